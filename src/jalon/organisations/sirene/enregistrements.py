"""Makes the lines of a slice alike: no quotes, no masked values, nothing that COPY would misread, one line per physical line.

Quotes are rare in the register: only the lines that hold one go through the csv module.
"""

import csv

LIGNES_D_UN_ENREGISTREMENT = 20
MASQUE = b"[ND]"
SEPARATEUR_INTERIEUR = b"\x1f"
"""Stands for a separator that belongs to a value; `Conversion` puts the separator back."""


def uniformiser(octets: bytes, separateur: str, nombre: int) -> bytes:
    """Lines that can be split on the separator alone. A value with line breaks is sewn onto its first line, the others left empty."""
    propre = octets.replace(MASQUE, b"").replace(b"\\", b"\\\\").replace(b"\t", b" ").replace(b"\r", b"")
    propre = propre.replace(SEPARATEUR_INTERIEUR, b" ")
    if not propre.endswith(b"\n"):
        propre += b"\n"
    morceaux: list[bytes] = []
    debut = 0
    while (guillemet := propre.find(b'"', debut)) >= 0:
        ligne = propre.rfind(b"\n", debut, guillemet) + 1 or debut
        fin, valeurs = _enregistrement(propre, ligne, separateur, nombre)
        sauts = propre.count(b"\n", ligne, fin)
        morceaux += (propre[debut:ligne], _joindre(valeurs, separateur.encode()), b"\n" * sauts)
        debut = fin
    return b"".join((*morceaux, propre[debut:]))


def _enregistrement(octets: bytes, debut: int, separateur: str, nombre: int) -> tuple[int, list[str]]:
    """Where the record that begins there ends, and its values. A quote never closed holds back its own line only."""
    fin = premiere = octets.index(b"\n", debut) + 1
    ouvert = octets.count(b'"', debut, fin) % 2
    for _ in range(LIGNES_D_UN_ENREGISTREMENT if ouvert else 0):
        suivante = octets.find(b"\n", fin) + 1
        if not suivante:
            break
        ferme, fin = octets.count(b'"', fin, suivante) % 2, suivante
        if ferme:
            valeurs = _valeurs(octets[debut:fin], separateur)
            if len(valeurs) == nombre:
                return fin, valeurs
            break
    return premiere, _valeurs(octets[debut:premiere], separateur)


def _valeurs(octets: bytes, separateur: str) -> list[str]:
    ligne = octets[:-1].replace(b"\n", b" ").decode()
    try:
        return next(csv.reader([ligne], delimiter=separateur))
    except csv.Error:
        return [ligne]


def _joindre(valeurs: list[str], separateur: bytes) -> bytes:
    return separateur.join([valeur.encode().replace(separateur, SEPARATEUR_INTERIEUR) for valeur in valeurs])
