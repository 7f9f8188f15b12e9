"""The agenda is everybody's; the link and the calendar file are for who is registered."""

import pytest

from jalon.aide.models import Webinaire
from jalon.courriers.models import Courriel
from tests.matrice.conftest import monde
from tests.matrice.monde import Monde
from tests.matrice.requetes import essai

__all__ = ["monde"]

LIEN = "https://visio.example/premiers-pas"


def _lire(monde: Monde, role: str, adresse: str) -> str:
    reponse = monde.client(role).get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_le_lien_ne_se_montre_qu_une_fois_inscrit(monde: Monde) -> None:
    adresse = f"/aide/webinaires/{monde.objets['webinaire']}/"
    visiteur = _lire(monde, "anonyme", adresse)
    assert "Se connecter pour m’inscrire" in visiteur
    with essai():
        assert "M’inscrire" in _lire(monde, "a_lecteur", adresse)
        monde.client("a_lecteur").post(f"{adresse}inscription/")
        inscrite = _lire(monde, "a_lecteur", adresse)
        assert f'href="{LIEN}"' in inscrite
        for autre in ("anonyme", "a_admin"):
            assert LIEN not in _lire(monde, autre, adresse)
        fichier = monde.client("a_lecteur").get(f"{adresse}calendrier.ics")
        assert fichier["Content-Type"] == "text/calendar; charset=utf-8"
        assert LIEN in fichier.content.decode()
        assert monde.client("a_admin").get(f"{adresse}calendrier.ics").status_code == 404
        assert "Vous êtes inscrit" in _lire(monde, "a_lecteur", "/aide/webinaires/")
        assert Courriel.objects.filter(genre="aide.inscription_webinaire").count() == 1
        monde.client("a_lecteur").post(f"{adresse}retrait/")
        assert LIEN not in _lire(monde, "a_lecteur", adresse)


def test_l_agenda_suit_le_profil_et_se_voit_toujours_en_entier(monde: Monde) -> None:
    with essai():
        Webinaire.objects.filter(pk=monde.objets["webinaire"]).update(region="04")
        client = monde.client("anonyme")
        client.post("/compte/profil/", {"branche": "", "region": "84"})
        assert "Premiers pas" not in client.get("/aide/webinaires/").content.decode()
        assert "Premiers pas" in client.get("/aide/webinaires/?tout=1").content.decode()


@pytest.mark.parametrize("champ", ["debut", "annule_le"])
def test_un_webinaire_passe_ou_annule_le_dit(champ: str, monde: Monde) -> None:
    with essai():
        Webinaire.objects.filter(pk=monde.objets["webinaire"]).update(**{champ: "2027-01-15T09:00:00Z"})
        page = _lire(monde, "a_lecteur", f"/aide/webinaires/{monde.objets['webinaire']}/")
        assert ("est passé" if champ == "debut" else "est annulé") in page
        assert "M’inscrire" not in page
        assert ("Passés" in _lire(monde, "anonyme", "/aide/webinaires/")) is (champ == "debut")


def test_l_opco_programme_modifie_et_annule(monde: Monde) -> None:
    client = monde.client("aef")
    boites = {
        "titre": "Bien facturer", "resume": "Les pièces.", "jour": "10/02/2027", "heure": "10:00", "duree": "45", "places": "5",
        "lien": "https://visio.example/x", "region": "", "branche": "",
    }  # fmt: skip
    with essai():
        assert client.post("/opco/webinaires/", boites).status_code == 302
        cree = Webinaire.objects.get(titre="Bien facturer")
        assert cree.quand == "10/02/2027 à 10:00"
        assert 'value="10:00"' in _lire(monde, "aef", f"/opco/webinaires/{cree.pk}/")
        client.post(f"/opco/webinaires/{cree.pk}/", {**boites, "heure": "11:30"})
        assert "10/02/2027 à 11:30" in _lire(monde, "aef", "/opco/webinaires/")
        client.post(f"/opco/webinaires/{cree.pk}/annuler/")
        assert "Annulé" in _lire(monde, "aef", "/opco/webinaires/")
        assert "Enregistrer" not in _lire(monde, "aef", f"/opco/webinaires/{cree.pk}/")
