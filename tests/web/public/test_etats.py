"""Messages of state on the pages: those of whom they concern, closed for a session when they only inform."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from jalon.aide.models import MessageEtat
from tests.dossiers.fabrique import SIREN, SIREN_OF
from tests.matrice.conftest import monde
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import essai

__all__ = ["monde"]

TEXTES = {"information": "Un nouveau guide.", "maintenance": "Arrêt ce soir.", "perturbation": "Factures en panne."}


def _ecrire(niveau: str, *publics: str) -> MessageEtat:
    caches["processus"].clear()
    return MessageEtat.objects.create(
        niveau=niveau,
        texte=TEXTES[niveau],
        debut=MAINTENANT - timedelta(hours=1),
        publics=list(publics),
        guide="facturer",
        auteur="Karim",
    )


def _lire(monde: Monde, role: str, adresse: str) -> str:
    reponse = monde.client(role).get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_chaque_page_montre_ce_qui_concerne_sa_coquille(monde: Monde) -> None:
    pages = [
        ("anonyme", "/compte/login/", "communes"),
        ("anonyme", "/aide/", "communes"),
        ("a_admin", "/compte/profil/", "communes"),
        ("a_admin", f"/e/{SIREN}/", "entreprises"),
        ("p_admin", f"/e/{SIREN_OF}/", "prestataires"),
        ("c_collab", f"/e/{SIREN}/dossiers/", "cabinets"),
        ("admin_opco", "/opco/", "opco"),
        ("admin_opco", "/compte/profil/", "opco"),
    ]
    for role, adresse, public in pages:
        with essai():
            _ecrire("perturbation", public)
            page = _lire(monde, role, adresse)
            assert page.count("Factures en panne.") == 1, adresse
            assert 'role="status"><svg' in page
            assert "/aide/guides/facturer/" in page
        with essai():
            _ecrire(
                "perturbation",
                *(
                    {"entreprises", "prestataires", "cabinets", "opco", "communes"}
                    - {
                        public,
                        *(["entreprises"] if public == "cabinets" else []),
                        *(["communes", "opco"] if adresse == "/compte/profil/" else []),
                    }
                ),
            )
            assert "Factures en panne." not in _lire(monde, role, adresse), adresse


def test_une_information_se_ferme_pour_la_session_et_rien_d_autre(monde: Monde) -> None:
    with essai():
        MessageEtat.objects.all().delete()
        info, panne = _ecrire("information", "communes"), _ecrire("perturbation", "communes")
        client = monde.client("anonyme")
        page = client.get("/aide/").content.decode()
        assert page.index("Factures en panne.") < page.index("Un nouveau guide.")
        assert page.count("/fermer/") == 1
        retour = client.post(f"/etat-du-service/{info.pk}/fermer/", headers={"Referer": "http://testserver/aide/?q=rib"})
        assert retour["Location"] == "http://testserver/aide/?q=rib"
        ailleurs = client.post(f"/etat-du-service/{info.pk}/fermer/", headers={"Referer": "https://piege.example/"})
        assert ailleurs["Location"] == "/"
        page = client.get("/aide/").content.decode()
        assert "Un nouveau guide." not in page
        assert "Factures en panne." in page
        assert client.post(f"/etat-du-service/{panne.pk}/fermer/").status_code == 409
        assert "Un nouveau guide." in _lire(monde, "anonyme", "/aide/")


def test_la_page_publique_dit_le_present_et_le_passe(monde: Monde) -> None:
    with essai():
        _ecrire("maintenance", "communes")
        interne, finie = _ecrire("perturbation", "opco"), _ecrire("information", "entreprises")
        MessageEtat.objects.filter(pk=finie.pk).update(terminee_le=MAINTENANT)
        page = _lire(monde, "anonyme", "/etat-du-service/")
        present, passe = page.split("90 derniers jours")
        assert "Arrêt ce soir." in present.split("En ce moment")[1]
        assert "Un nouveau guide." in passe
        assert interne.texte not in page
        assert interne.texte in _lire(monde, "conseiller", "/etat-du-service/")


@pytest.mark.parametrize("role", ["anonyme", "conseiller"])
def test_sans_message_la_page_le_dit(role: str, monde: Monde) -> None:
    with essai():
        MessageEtat.objects.all().delete()
        caches["processus"].clear()
        assert "Rien à signaler" in _lire(monde, role, "/etat-du-service/")


def test_la_page_d_une_erreur_dit_ce_que_le_processus_sait_deja(monde: Monde) -> None:
    with essai():
        _ecrire("perturbation", "communes")
        client = monde.client("anonyme")
        assert "Factures en panne." not in client.get("/inconnue/").content.decode()
        client.get("/aide/")
        assert "Factures en panne." in client.get("/inconnue/").content.decode()


def test_l_opco_ecrit_puis_termine(monde: Monde) -> None:
    client = monde.client("admin_opco")
    boites = {
        "niveau": "maintenance",
        "texte": "Arrêt dimanche.",
        "debut_jour": "07/02/2027",
        "debut_heure": "22:00",
        "publics": ["communes", "opco"],
    }
    with essai():
        for faute, phrase in (
            ({"debut_jour": ""}, "Indiquez aussi le jour"),
            ({"fin_jour": "06/02/2027"}, "Choisissez une fin à venir"),
        ):
            refus = client.post("/opco/etat-du-service/nouveau/", boites | faute)
            assert refus.status_code == 422
            assert phrase in refus.content.decode()
            assert "Arrêt dimanche." in refus.content.decode()
        assert client.post("/opco/etat-du-service/nouveau/", boites | {"fin_jour": "08/02/2027"}).status_code == 302
        ecrit = MessageEtat.objects.get(texte="Arrêt dimanche.")
        assert (f"{ecrit.debut:%d %H:%M}", f"{ecrit.fin_prevue:%d %H:%M:%S}") == ("07 21:00", "08 22:59:59")
        assert "À venir" in _lire(monde, "admin_opco", "/opco/etat-du-service/")
        assert client.post(f"/opco/etat-du-service/{ecrit.pk}/terminer/").status_code == 302
        assert "Retiré avant d’être affiché" in _lire(monde, "admin_opco", "/opco/etat-du-service/")
        assert client.post("/opco/etat-du-service/nouveau/", boites | {"debut_jour": "", "debut_heure": ""}).status_code == 302
        assert "Terminer<" in _lire(monde, "admin_opco", "/opco/etat-du-service/")
