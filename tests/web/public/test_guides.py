"""The pages of help: open to everybody, and begun by what one was doing."""

import pytest
from django.test import Client

from tests.dossiers.fabrique import SIREN
from tests.matrice.conftest import monde
from tests.matrice.monde import Monde

__all__ = ["monde"]


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    return reponse.content.decode()


@pytest.mark.django_db
def test_l_aide_se_lit_sans_compte_par_theme_et_se_cherche() -> None:
    page = lire(Client(), "/aide/")
    assert page.index("Premiers pas") < page.index("Alternance") < page.index("Factures et règlements")
    cherchee = lire(Client(), "/aide/?q=RIB")
    assert 'role="status">' in cherchee
    assert "/aide/guides/coordonnees-bancaires/" in cherchee
    assert "/aide/guides/cabinet-comptable/" not in cherchee
    assert "Aucun guide ne parle de «&nbsp;zygote&lt;b&gt;&nbsp;»" in lire(Client(), "/aide/?q=zygote<b>")


@pytest.mark.django_db
def test_un_guide_a_ses_sections_ses_voisins_et_s_envoie_par_courriel() -> None:
    page = lire(Client(), "/aide/guides/facturer/")
    assert '<a href="#les-pieces">Les pièces</a>' in page
    assert "/aide/guides/reglements/" in page
    assert 'href="mailto:?subject=Envoyer%20une%20facture&amp;body=' in page
    assert "http%3A//localhost%3A8000/aide/guides/facturer/" in page
    assert "Nous ne trouvons pas cette page" in lire(Client(), "/aide/guides/inconnu/", 404)


def test_l_aide_commence_par_la_page_que_l_on_quitte(monde: Monde) -> None:
    client = monde.client("a_admin")
    assert 'href="/aide/?page=espace_rib"' in lire(client, f"/e/{SIREN}/coordonnees-bancaires/")
    assert 'href="/aide/"' in lire(client, f"/e/{SIREN}/mes-droits/")
    page = lire(client, "/aide/?page=espace_rib")
    assert (
        page.index("Sur la page que vous quittez")
        < page.index("/aide/guides/coordonnees-bancaires/")
        < page.index("Premiers pas")
    )
    assert "Sur la page que vous quittez" not in lire(client, "/aide/?page=inconnue")
