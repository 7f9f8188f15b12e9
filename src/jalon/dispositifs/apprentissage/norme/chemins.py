"""Where each box stands in the norm, and the properties of the norm that are no box of the form."""

from collections.abc import Iterator
from functools import cache

from jalon.dispositifs.apprentissage.declaration import CONTRAT_APPRENTISSAGE
from jalon.dispositifs.base import Case

LIEU = "organismeFormationLieuFormationPrincipal"
PERIODES = "contrat.remunerationsAnnuelles"
RACINES = {
    "entete": "contrat",
    "employeur": "employeur",
    "apprenti": "apprenti",
    "representant": "apprenti.responsableLegal",
    "maitre1": "maitre1",
    "maitre2": "maitre2",
    "contrat": "contrat",
    "remunerations": PERIODES,
    "cfa": "organismeFormation",
    "formation": "formation",
    "lieu": LIEU,
    "signature": "contrat",
}
OBJETS = frozenset(RACINES.values())
DEDUITES = frozenset({("employeur", "secteur"), ("apprenti", "mineur"), ("maitre2", "second")})
"""Boxes that the norm does not carry: they follow from others."""
SYNONYMES = {"adresse1": "voie", "adresse2": "complement"}
"""Names of an address in version 1 of the norm -> in version 2."""
LIBRES: dict[str, type | tuple[type, ...]] = {
    "etat": str,
    "commentaireEtat": str,
    "versionCERFA": str,
    "CERFASignatureProbante": bool,
    "CERFAsignatureProbante": bool,
    "numeroInterne": (str, int),
    "numeroExterne": (str, int),
    "numeroDeca": (str, int),
    "employeur.nom": str,
    "employeur.prenom": str,
    "employeur.libelleIdcc": str,
    "maitre1.nir": (str, int),
    "maitre2.nir": (str, int),
    "contrat.noContrat": (str, int),
    "contrat.noAvenant": (str, int),
    "contrat.dateRupture": str,
    "organismeFormation.visaCfa": bool,
}
"""Properties that are known and kept out of the form."""


@cache
def chemins() -> dict[str, tuple[str, Case]]:
    """Path of the norm -> (section, box). Periods of pay: path of a property inside one of them."""
    trouves: dict[str, tuple[str, Case]] = {}
    for section in CONTRAT_APPRENTISSAGE.sections:
        for case in section.cases:
            if (section.code, case.nom) not in DEDUITES:
                for chemin in _noms(section.code, case):
                    trouves[chemin] = (section.code, case)
    return trouves


def _noms(section: str, case: Case) -> Iterator[str]:
    """The path of a box, and its synonym in the other version of the norm."""
    chemin = chemin_de(section, case)
    yield chemin
    tete, _, nom = chemin.rpartition(".")
    if tete.endswith("adresse") and nom in SYNONYMES:
        yield f"{tete}.{SYNONYMES[nom]}"


def chemin_de(section: str, case: Case) -> str:
    """« apprenti.dateNaissance »."""
    if not case.norme:
        return f"{RACINES[section]}.{case.api}"
    absolu = case.norme.split(".")[0] in OBJETS
    return case.norme if absolu else f"{RACINES[section]}.{case.norme}"


@cache
def objets() -> frozenset[str]:
    """Paths that hold an object, and not a value."""
    trouves = set()
    for chemin in [*chemins(), *LIBRES]:
        parties = chemin.split(".")
        trouves |= {".".join(parties[:rang]) for rang in range(1, len(parties))}
    return frozenset(trouves - {PERIODES})
