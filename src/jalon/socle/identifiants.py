"""Identifiers of people, companies and rows: parsing what people type, checking keys, printing in groups."""

import re
from itertools import pairwise
from uuid import UUID

import uuid_utils.compat
from stdnum.fr import nir as _nir
from stdnum.fr import siren as _siren
from stdnum.fr import siret as _siret

from jalon.socle.erreurs import SaisieRefusee

SIREN_LA_POSTE = "356000000"
SEXES_NIR = frozenset("123478")
LETTRES_UAI = "ABCDEFGHJKLMNPRSTUVWXYZ"


def nouvel_id() -> UUID:
    """Return a UUIDv7: sortable by creation time, so that b-tree inserts stay at the end."""
    return uuid_utils.compat.uuid7()


def _chiffres(texte: str) -> str:
    return re.sub(r"[\s.\-]", "", texte)


def _controler_longueur(nom: str, chiffres: str, attendu: int) -> None:
    if not chiffres:
        raise SaisieRefusee(f"Indiquez le {nom}")
    if not chiffres.isascii() or not chiffres.isdigit():
        raise SaisieRefusee(f"Le {nom} ne comporte que des chiffres")
    ecart = attendu - len(chiffres)
    if ecart > 0:
        raise SaisieRefusee(f"Le {nom} comporte {attendu} chiffres, il en manque {ecart}")
    if ecart < 0:
        raise SaisieRefusee(f"Le {nom} comporte {attendu} chiffres, il y en a {-ecart} de trop")


def analyser_siren(texte: str) -> str:
    """Return the 9 digits of a SIREN typed in any form. Raises SaisieRefusee with what to mend."""
    chiffres = _chiffres(texte)
    _controler_longueur("SIREN", chiffres, 9)
    if not _siren.is_valid(chiffres):
        raise SaisieRefusee("Ce SIREN n’existe pas. Vérifiez les 9 chiffres")
    return chiffres


def siret_valide(chiffres: str) -> bool:
    """Luhn on 14 digits; La Poste's establishments sum to a multiple of 5 instead."""
    if len(chiffres) != 14 or not chiffres.isascii() or not chiffres.isdigit():
        return False
    if chiffres.startswith(SIREN_LA_POSTE):
        return _siret.is_valid(chiffres) or sum(map(int, chiffres)) % 5 == 0
    return bool(_siret.is_valid(chiffres))


def analyser_siret(texte: str) -> str:
    """Return the 14 digits of a SIRET typed in any form. Raises SaisieRefusee with what to mend."""
    chiffres = _chiffres(texte)
    _controler_longueur("SIRET", chiffres, 14)
    if not siret_valide(chiffres):
        raise SaisieRefusee("Ce SIRET n’existe pas. Vérifiez les 14 chiffres")
    return chiffres


def analyser_nir(texte: str) -> str:
    """Return the 15 characters of a NIR (key included). Raises SaisieRefusee.

    Only the key, the sex and the Corsican departments are judged: provisional numbers (sex 3, 4, 7, 8) and
    unknown months of birth (20 to 42, 50 to 99) exist (regles.md §4).
    """
    caracteres = _chiffres(texte).upper()
    if not caracteres:
        raise SaisieRefusee("Indiquez le NIR")
    if len(caracteres) != 15:
        ecart = 15 - len(caracteres)
        manque = f"il en manque {ecart}" if ecart > 0 else f"il y en a {-ecart} de trop"
        raise SaisieRefusee(f"Le NIR comporte 15 caractères, clé comprise\u00a0: {manque}")
    if not re.fullmatch(r"\d{5}(\d{2}|2A|2B)\d{8}", caracteres):
        raise SaisieRefusee("Le NIR ne comporte que des chiffres, sauf 2A ou 2B pour la Corse")
    if caracteres[0] not in SEXES_NIR:
        raise SaisieRefusee("Un NIR commence par 1 ou 2 (3, 4, 7 ou 8 s’il est provisoire)")
    if _nir.calc_check_digits(caracteres[:13]) != caracteres[13:]:
        raise SaisieRefusee("La clé de ce NIR ne correspond pas. Vérifiez les 15 caractères")
    return caracteres


def completer_nir(texte: str) -> str:
    """As `analyser_nir`, but the key may be left out (the CERFA 10103 has 13 characters): it is then computed."""
    caracteres = _chiffres(texte).upper()
    if len(caracteres) == 13 and re.fullmatch(r"\d{5}(\d{2}|2A|2B)\d{6}", caracteres):
        return analyser_nir(caracteres + str(_nir.calc_check_digits(caracteres)))
    return analyser_nir(caracteres)


def analyser_uai(texte: str) -> str:
    """Return the 7 digits and the letter of a UAI. Raises SaisieRefusee.

    The letter is the remainder of the number by 23, I, O and Q left out (regles.md §4, checked on 28 real ones).
    """
    caracteres = _chiffres(texte).upper()
    if not caracteres:
        raise SaisieRefusee("Indiquez l’UAI")
    if not re.fullmatch(r"\d{7}[A-Z]", caracteres):
        raise SaisieRefusee("L’UAI comporte 7 chiffres et une lettre, par exemple 0561910X")
    if LETTRES_UAI[int(caracteres[:7]) % 23] != caracteres[7]:
        raise SaisieRefusee("Cet UAI n’existe pas. Vérifiez les 7 chiffres et la lettre")
    return caracteres


def analyser_numero_deca(texte: str) -> str:
    """Return the 15 characters of the number of a deposited contract. Raises SaisieRefusee.

    Département on 3 characters, year, month, 2 characters (« NC » or digits), 4 digits (regles.md §1.3).
    """
    caracteres = _chiffres(texte).upper()
    if not caracteres:
        raise SaisieRefusee("Indiquez le numéro du contrat précédent")
    if not re.fullmatch(r"[09]\d[0-9AB]20\d{2}(?:0[1-9]|1[0-2])(?:NC|\d{2})\d{4}", caracteres):
        raise SaisieRefusee("Le numéro de contrat comporte 15 caractères, par exemple 02B202212000000")
    return caracteres


def analyser_nda(texte: str) -> str:
    """Return the 11 digits of a numéro de déclaration d'activité. Format only: no key is published."""
    chiffres = _chiffres(texte)
    _controler_longueur("numéro de déclaration d’activité", chiffres, 11)
    return chiffres


def grouper(chiffres: str) -> str:
    """Print a SIREN (3 groups) or a SIRET (3 groups and the NIC) with no-break spaces."""
    tete = [chiffres[i : i + 3] for i in range(0, min(len(chiffres), 9), 3)]
    return "\u00a0".join([*tete, chiffres[9:]]) if len(chiffres) > 9 else "\u00a0".join(tete)


def masquer_nir(nir: str) -> str:
    """Print a NIR without what identifies: « 1 85 ** ** *** *** ** »."""
    return f"{nir[0]} {nir[1:3]} ** ** *** *** **"


def grouper_nir(nir: str) -> str:
    """Print a NIR and its key in groups, with no-break spaces: « 1 85 07 74 123 456 78 »."""
    bornes = (0, 1, 3, 5, 7, 10, 13, 15)
    return "\u00a0".join(nir[debut:fin] for debut, fin in pairwise(bornes))
