"""Judgements that both contracts make with the same words: each gives the sentence to say, or None."""

import re
from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import Contexte, charge
from jalon.socle.texte import normaliser

SANS_CONVENTION = frozenset({"9998", "9999"})
HOMMES = "137"
HEURES_LEGALES = Decimal(35)
MINUTES_PAR_HEURE = 60


def semaine_legale(heures: int, minutes: int | None) -> Decimal:
    """Hours of a week that a minimum pay is in proportion of: 35 at most, overtime being paid apart."""
    return min(HEURES_LEGALES, heures + Decimal(minutes or 0) / MINUTES_PAR_HEURE)


def sexe_et_nir(nir: str, sexe: str) -> str | None:
    """1, 3 or 7 for a man; 2, 4 or 8 for a woman (3, 4, 7, 8: provisional numbers)."""
    if sexe == ("M" if nir[0] in HOMMES else "F"):
        return None
    return "Le sexe et le premier chiffre du NIR ne correspondent pas\u00a0: vérifiez l’un et l’autre"


def naissance_et_nir(nir: str, naissance: date) -> str | None:
    """Digits 2-3 are the year, 4-5 the month; a month from 20 on means an unknown civil status, and is not compared."""
    if int(nir[1:3]) != naissance.year % 100:
        return "L’année de naissance et les chiffres 2 et 3 du NIR ne correspondent pas\u00a0: vérifiez l’un et l’autre"
    if 1 <= int(nir[3:5]) <= 12 and int(nir[3:5]) != naissance.month:
        return "Le mois de naissance et les chiffres 4 et 5 du NIR ne correspondent pas\u00a0: vérifiez l’un et l’autre"
    return None


def departement_et_nir(nir: str, departement: str) -> str | None:
    """Characters 6-7, or 6-8 overseas. Départements have been split since 1968: a warning at most."""
    du_nir = nir[5:8] if nir[5:7] in {"97", "98"} else nir[5:7].lstrip("0")
    if du_nir == departement.lstrip("0") or not re.fullmatch(r"\d{1,3}|2[AB]", du_nir):
        return None
    return "Le département de naissance et les chiffres 6 et 7 du NIR ne correspondent pas\u00a0: vérifiez l’un et l’autre"


def etablissement_au_registre(siret: str, contexte: Contexte) -> str | None:
    """In the register, and open. Raises ReferentielAbsent."""
    fiche = charge(contexte.etablissement, "le répertoire Sirene")(siret)
    if fiche is None:
        return "Vérifiez le SIRET\u00a0: il ne figure pas dans notre copie du registre. La décision attendra une vérification"
    return None if fiche.ouvert else "Vérifiez le SIRET\u00a0: cet établissement est fermé au registre"


def convention_collective(idcc: str, contexte: Contexte) -> str | None:
    """In the public table, and of this OPCO. Raises ReferentielAbsent."""
    if idcc in SANS_CONVENTION:
        return None
    fiche = charge(contexte.idcc, "la liste des conventions collectives")(idcc)
    if fiche is None:
        return "Vérifiez l’IDCC\u00a0: il ne figure pas dans la liste publique des conventions collectives"
    if contexte.opco and fiche.opco and normaliser(fiche.opco) != normaliser(contexte.opco):
        return f"Vérifiez l’IDCC\u00a0: cette convention relève en principe de l’opérateur {fiche.opco}"
    return None


def du_compte(siret: str, contexte: Contexte) -> str | None:
    """The establishment belongs to a company that the actor files for."""
    if contexte.sirens is None or siret[:9] in contexte.sirens:
        return None
    return "Choisissez un établissement de votre entreprise\u00a0: ce SIRET n’en fait pas partie"
