"""Every address × every role × GET and POST has the answer declared by hand (exigences, S1)."""

import pytest

from tests.matrice.attendus_autres import API, COMPTES, PUBLIQUES
from tests.matrice.attendus_espace import CHEZ_L_ENTREPRISE, CHEZ_LE_PRESTATAIRE
from tests.matrice.attendus_opco import CHEZ_L_OPCO
from tests.matrice.monde import Monde
from tests.matrice.requetes import classer, demander, essai, noms_du_produit
from tests.matrice.roles import CLES, ROLES, Ligne

pytestmark = pytest.mark.nuit

TABLE = [*PUBLIQUES, *COMPTES, *CHEZ_L_ENTREPRISE, *CHEZ_LE_PRESTATAIRE, *CHEZ_L_OPCO, *API]
TEMOINS = ("anonyme", "sans_second_facteur", "sans_droit", "a_admin", "p_admin", "conseiller")


def roles_de(ligne: Ligne, methode: str) -> tuple[str, ...]:
    """Everybody; where rights play no part (public pages, a method that does not exist), one person of each sort."""
    if ligne.sorte == "api":
        return (*ROLES, *CLES)
    sans_droits = ligne.sorte in {"public", "connecte"} or (ligne.get if methode == "GET" else ligne.post) is None
    return TEMOINS if sans_droits else ROLES


def test_chaque_adresse_du_produit_a_sa_ligne() -> None:
    assert noms_du_produit() == {ligne.nom for ligne in TABLE}


@pytest.mark.parametrize("ligne", TABLE, ids=lambda ligne: ligne.identifiant)
def test_la_reponse_est_celle_de_la_table(monde: Monde, ligne: Ligne) -> None:
    ecarts = []
    for methode in ("GET", "POST"):
        for role in roles_de(ligne, methode):
            with essai():
                obtenu = classer(demander(monde, ligne, methode, role))
            attendu = ligne.attendu(methode, role)
            if obtenu != attendu:
                ecarts.append(f"{methode} {role} : {obtenu} au lieu de {attendu}")
    assert not ecarts, "\n".join(ecarts)
