"""Whom a refusal names; what an administrator reads of his own organisation."""

import pytest

from tests.matrice.monde import Monde

ADMINISTRATEURS_DE_A = "Personne a_admin ou Personne double_admin"


@pytest.mark.parametrize(
    ("role", "ou", "administrateurs"),
    [
        ("a_lecteur", "siren", ADMINISTRATEURS_DE_A),
        ("a_expire", "siren", ADMINISTRATEURS_DE_A),
        ("a_revoque", "siren", ADMINISTRATEURS_DE_A),
        ("p_lecteur", "prestataire", "Personne p_admin"),
        ("p_expire", "prestataire", "Personne p_admin"),
    ],
)
def test_un_droit_manquant_ou_fini_se_demande_a_un_administrateur(monde: Monde, role: str, ou: str, administrateurs: str) -> None:
    for page in ("habilitations/inviter/", "coordonnees-bancaires/ajouter/"):
        reponse = monde.client(role).get(f"/e/{monde.objets[ou]}/{page}")
        assert reponse.status_code == 403
        assert f"Demandez-le à {administrateurs}." in reponse.content.decode(), page


@pytest.mark.parametrize(
    ("role", "ou", "comptes", "cles"),
    [("a_admin", "siren", 2, 2), ("p_admin", "prestataire", 1, 1), ("a_probation", "siren", 0, 2)],
)
def test_le_journal_des_acces_est_celui_de_l_organisation(monde: Monde, role: str, ou: str, comptes: int, cles: int) -> None:
    """Accounts and keys of the company or of the provider, nothing of its requests; in probation, nothing of an account."""
    page = monde.client(role).get(f"/e/{monde.objets[ou]}/habilitations/journal/").content.decode()
    assert page.count("Coordonnées bancaires ajoutées par") == comptes
    assert page.count("a créé la clé d’API") == cles
    assert "Dossier transmis par" not in page
