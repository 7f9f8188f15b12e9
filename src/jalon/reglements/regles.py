"""Pure judgement on batches: states, names, the day asked to the bank."""

import re
import unicodedata
from datetime import date, timedelta

import holidays

from jalon.reglements.enums import LIBELLES_ETATS, EtatLot
from jalon.socle.etats import TableEtats, Transition

_E = EtatLot
_HORS_SEPA = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_EQUIVALENTS = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "'", "–": "-", "—": "-"})
LONGUEUR_NOM = 70
LONGUEUR_LIBELLE = 140
LONGUEUR_REFERENCE = 60

TABLE = TableEtats(
    EtatLot,
    LIBELLES_ETATS,
    [
        Transition(_E.PREPARE, _E.SIGNE, "signer", "le responsable financier, qui ne l’a pas préparé"),
        Transition(_E.PREPARE, _E.ABANDONNE, "abandonner", "le comptable ou le responsable financier"),
        Transition(_E.SIGNE, _E.ABANDONNE, "abandonner avant tout envoi à la banque", "le responsable financier"),
        Transition(_E.SIGNE, _E.EXECUTE, "déclarer exécuté", "le comptable ou le responsable financier"),
    ],
)


def page_des_etats() -> str:
    """The page of documentation of the states of a batch."""
    return TABLE.en_markdown("États d’un lot de virements")


def former_numero(jour: date, rang: int) -> str:
    """« VIR261123000012 »: the day it was prepared, then six digits of a sequence with holes. Also the message id."""
    return f"VIR{jour:%y%m%d}{rang:06d}"


def former_end_to_end(lot: str, rang: int) -> str:
    """« VIR261123000012-0001 »: what the beneficiary's bank shows, at most 35 characters."""
    return f"{lot}-{rang:04d}"


def texte_sepa(texte: str, longueur: int) -> str:
    """Only the characters that every bank of the SEPA accepts."""
    nu = unicodedata.normalize("NFKD", texte.translate(_EQUIVALENTS))
    nu = "".join(c for c in nu if not unicodedata.combining(c))
    return " ".join(_HORS_SEPA.sub(" ", nu).split())[:longueur].strip()


def jour_bancaire(jour: date) -> date:
    """That day, or the next one when TARGET settles nothing: Saturdays, Sundays, closing days of the Eurosystem."""
    fermes = holidays.financial_holidays("XECB")
    while jour.weekday() >= 5 or jour in fermes:
        jour += timedelta(days=1)
    return jour
