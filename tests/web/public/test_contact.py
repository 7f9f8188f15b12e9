"""The contact form brings the page that one left; the help shows what concerns one's profile first."""

import re

import pytest
from django.test import Client

from jalon.aide.models import Ticket
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN
from tests.matrice.conftest import monde
from tests.matrice.monde import Monde
from tests.matrice.requetes import essai

__all__ = ["monde"]

MESSAGE = {"objet": "autre", "nom": "Paul", "email": "paul@essai.example", "siren": "", "message": "Bonjour."}
RIB = f"http://testserver/e/{SIREN}/coordonnees-bancaires/"


def lire(client: Client, adresse: str, **entetes: str) -> str:
    reponse = client.get(adresse, **entetes)  # type: ignore[arg-type]
    assert reponse.status_code == 200
    return reponse.content.decode()


def _cache(page: str, nom: str) -> str:
    boite = re.search(rf'<input type="hidden" name="{nom}"[^>]*>', page)
    if boite is None:
        return ""
    valeur = re.search(r'value="([^"]*)"', boite[0])
    return valeur[1] if valeur else ""


def _dernier() -> Ticket:
    dernier = Ticket.objects.tous("essai").order_by("recu_le", "id").last()
    assert isinstance(dernier, Ticket)
    return dernier


def test_la_page_quittee_suit_de_l_aide_au_message(monde: Monde) -> None:
    client = monde.client("a_admin")
    aide = lire(client, "/aide/", HTTP_REFERER=RIB)
    assert f'href="/contact/?page=espace_rib&amp;espace={SIREN}"' in aide
    assert "Sur la page que vous quittez" in aide
    page = lire(client, f"/contact/?page=espace_rib&espace={SIREN}")
    assert "/e/…/coordonnees-bancaires/" in page
    assert (_cache(page, "page"), _cache(page, "espace")) == ("espace_rib", SIREN)
    assert f'name="siren" value="{SIREN}"' in page
    with essai():
        client.post("/contact/", {**MESSAGE, "siren": SIREN, "page": "espace_rib", "espace": SIREN})
        assert (_dernier().page, _dernier().espace) == ("espace_rib", SIREN)
        montre = lire(monde.client("aef"), f"/opco/messages/{_dernier().pk}/")
    assert "/e/…/coordonnees-bancaires/" in montre
    assert "personne connectée" in montre


@pytest.mark.parametrize(
    ("role", "page", "espace", "garde"),
    [
        ("anonyme", "espace_rib", SIREN, ("espace_rib", "")),
        ("a_admin", "espace_rib", AUTRE_SIREN, ("espace_rib", "")),
        ("a_admin", "inconnue", SIREN, ("", SIREN)),
        ("a_admin", "", SIREN, ("", "")),
    ],
)
def test_une_provenance_inventee_n_est_pas_gardee(
    role: str, page: str, espace: str, garde: tuple[str, str], monde: Monde
) -> None:
    with essai():
        reponse = monde.client(role).post("/contact/", {**MESSAGE, "page": page, "espace": espace})
        assert reponse.status_code == 200
        assert (_dernier().page, _dernier().espace) == garde


def test_un_autre_site_ne_dit_pas_d_ou_l_on_vient(monde: Monde) -> None:
    client = monde.client("a_admin")
    for adresse in (
        f"http://ailleurs.example/e/{SIREN}/coordonnees-bancaires/",
        "http://testserver/nulle/part",
        "http://testserver/aide/",
    ):
        assert _cache(lire(client, "/contact/", HTTP_REFERER=adresse), "page") == ""
    assert _cache(lire(client, "/contact/", HTTP_REFERER=RIB), "page") == "espace_rib"


def test_le_rappel_se_voit_et_se_note_cote_opco(monde: Monde) -> None:
    chemin = f"/opco/messages/{monde.objets['ticket']}/"
    client = monde.client("aef")
    assert "À rappeler le 03/02/2027, le matin" in lire(client, "/opco/messages/")
    with essai():
        assert "J’ai rappelé" in lire(client, chemin)
        assert client.post(f"{chemin}rappele/").status_code == 302
        apres = lire(client, chemin)
        assert "J’ai rappelé" not in apres
        assert re.search(r"Rappelé le .* par ", apres)
        assert client.post(f"{chemin}rappele/").status_code == 409


@pytest.mark.django_db
def test_un_visiteur_garde_son_profil_dans_un_temoin() -> None:
    client = Client()
    assert "Nous joindre depuis l’outre-mer" in lire(client, "/aide/")
    assert client.post("/compte/profil/", {"branche": "", "region": "84"}).status_code == 302
    assert client.cookies["profil"]["httponly"]
    aide = lire(client, "/aide/")
    assert "Nous joindre depuis l’outre-mer" not in aide
    assert "Auvergne-Rhône-Alpes" in aide
    assert 'href="?tout=1"' in aide
    assert "Nous joindre depuis l’outre-mer" in lire(client, "/aide/?tout=1")
    assert 'href="?tout=1&amp;q=outre%20mer"' in lire(client, "/aide/?q=outre mer")
    client.post("/compte/profil/", {"branche": "", "region": "04"})
    assert "Nous joindre depuis l’outre-mer" in lire(client, "/aide/")
    assert "soit, à votre heure, de" in lire(client, "/contact/")
    client.cookies["profil"] = "x.<b>"
    assert "Choisir ma branche et ma région" in lire(client, "/aide/")


def test_une_personne_connectee_garde_le_sien_avec_son_compte(monde: Monde) -> None:
    with essai():
        client = monde.client("a_admin")
        reponse = client.post("/compte/profil/", {"branche": "1979", "region": "84"})
        assert "profil" not in reponse.cookies
        assert "IDCC\u00a01979" in lire(monde.client("a_admin"), "/aide/")
        assert "IDCC\u00a01979" not in lire(monde.client("a_lecteur"), "/aide/")
