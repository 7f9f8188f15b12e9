"""The whole table, and which lines are asked by whom."""

from collections.abc import Iterator

from tests.matrice.attendus_autres import API, COMPTES, PUBLIQUES
from tests.matrice.attendus_entreprise import CHEZ_L_ENTREPRISE
from tests.matrice.attendus_opco import CHEZ_L_OPCO
from tests.matrice.attendus_prestataire import CHEZ_LE_CABINET, CHEZ_LE_PRESTATAIRE
from tests.matrice.roles import CLES, ROLES, Ligne

METIER = [*CHEZ_L_ENTREPRISE, *CHEZ_LE_PRESTATAIRE, *CHEZ_LE_CABINET, *CHEZ_L_OPCO]
TABLE = [*PUBLIQUES, *COMPTES, *METIER, *API]
TEMOINS = frozenset({"anonyme", "sans_second_facteur", "sans_droit", "a_admin", "p_admin", "conseiller"})
"""One person of each sort, where rights play no part: public pages, accounts, methods that do not exist."""
REFUS = frozenset({"connexion", "second", "401", "403", "404", "405"})


def roles_de(ligne: Ligne, methode: str) -> tuple[str, ...]:
    """Who is asked for that line."""
    if ligne.sorte == "api":
        return (*ROLES, *CLES)
    sans_droits = ligne.sorte in {"public", "connecte"} or methode not in ligne.methodes
    return tuple(role for role in ROLES if role in TEMOINS or not sans_droits)


def essais_de(role: str) -> Iterator[tuple[Ligne, str, str]]:
    """Line, method and expected answer of everything that a role is asked."""
    for ligne in TABLE:
        for methode in ("GET", "POST"):
            if role in roles_de(ligne, methode):
                yield ligne, methode, ligne.attendus(methode)[role]


def est_un_refus(ligne: Ligne, _methode: str, attendu: str) -> bool:
    """Whether nothing at all may come of it; signing out and the like are tried apart."""
    return attendu in REFUS and ligne.sorte not in {"public", "connecte"}
