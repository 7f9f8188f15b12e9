"""The bell, the list and the preferences, through the client."""

import time
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon.comptes.jetons import jeton_d_arret
from jalon.comptes.models import Personne
from jalon.habilitations.models import DroitAccorde
from jalon.notifications.enums import Canal, Genre
from jalon.notifications.models import Notification
from jalon.notifications.requetes import NE_CONCERNE_PLUS, choix_de
from jalon.socle.acteurs import Domaine, Portee
from jalon.socle.identifiants import nouvel_id
from jalon.web.composants.seance import CLE_VUE
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, organisation, personne, rattacher
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db
BOITE = "/mes/notifications/"
REGLER = "/compte/courriels/notifications/"


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    rattacher(qui := personne())
    return qui


def dire(qui: Personne, phrase: str = "Un essai.", genre: Genre = Genre.DOSSIER_TRANSMIS) -> Notification:
    ligne = Notification(
        personne=qui, origine=nouvel_id(), code="essai", genre=genre, phrase=phrase, page="espace_dossiers",
        parametres={"siren": SIREN}, lieu=SIREN, canal=Canal.PORTAIL, survenue_le=LE, creee_le=LE,
    ).porter(Portee(siren=SIREN, domaine=Domaine.PLAN))  # fmt: skip
    ligne.save(force_insert=True)
    return ligne


def lire(reponse: object) -> str:
    return reponse.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_la_cloche_compte_en_une_requete_et_se_tait_sans_rien(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    accueil = lire(navigateur.get(f"/e/{SIREN}/"))
    page_valide(accueil)
    assert f'href="{BOITE}"' in accueil
    assert f'hx-get="{BOITE}nombre/" hx-trigger="load, every 60s"' in accueil
    assert lire(navigateur.get(f"{BOITE}nombre/")).strip() == ""
    for rang in range(3):
        dire(aline, f"Essai {rang}.")
    with CaptureQueriesContext(connection) as requetes:
        assert ">3<" in lire(navigateur.get(f"{BOITE}nombre/"))
    assert sum("notifications_notification" in r["sql"] for r in requetes) == 1
    Notification.objects.tous("essai").bulk_create(
        Notification(
            personne=aline, origine=nouvel_id(), code="essai", genre=Genre.EXPORT_PRET, phrase="x", page="accueil",
            canal=Canal.PORTAIL, survenue_le=LE, creee_le=LE,
        )
        for _ in range(100)
    )  # fmt: skip
    assert "99+" in lire(navigateur.get(f"{BOITE}nombre/"))
    assert lire(Client().get(f"{BOITE}nombre/")).strip() == ""


def test_la_cloche_ne_prolonge_pas_la_session(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    navigateur.get(BOITE)
    debut = navigateur.session[CLE_VUE]
    with time_machine.travel(LE.timestamp() + settings.JALON_SEANCE_INACTIVITE - 1, tick=False):
        navigateur.get(f"{BOITE}nombre/")
        assert navigateur.session[CLE_VUE] == debut
        assert int(time.time()) - debut > 60
        navigateur.get(BOITE)
        assert navigateur.session[CLE_VUE] > debut


def test_la_liste_se_filtre_se_lit_et_mene_a_l_objet(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    une, autre = dire(aline, "Premier essai."), dire(aline, "Second essai.", Genre.FACTURE_PAYEE)
    page = lire(navigateur.get(BOITE))
    page_valide(page)
    assert "Premier essai." in page
    assert "Second essai." in page
    assert "BELLERIVE RESTAURATION" in page
    seule = lire(navigateur.get(f"{BOITE}?genre=facture_payee"))
    assert "Premier essai." not in seule
    assert "Second essai." in seule
    reponse = navigateur.get(f"{BOITE}{une.pk}/")
    assert (reponse.status_code, reponse["Location"]) == (302, f"/e/{SIREN}/dossiers/")
    assert "Premier essai." not in lire(navigateur.get(f"{BOITE}?etat=non_lues"))
    reponse = navigateur.post(f"{BOITE}{autre.pk}/lue/", {"etat": "non_lues", "genre": "facture_payee"})
    assert reponse["Location"] == f"{BOITE}?genre=facture_payee&etat=non_lues"
    vide = lire(navigateur.get(f"{BOITE}?etat=non_lues&genre=inconnu&page=x"))
    page_valide(vide)
    assert "Aucune notification ne correspond" in vide


def test_tout_marquer_comme_lu_ne_touche_que_le_sujet_montre(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    dire(aline)
    dire(aline, genre=Genre.FACTURE_PAYEE)
    dire(personne("Gaël"))
    page = lire(navigateur.post(f"{BOITE}lues/", {"genre": "facture_payee"}, follow=True))
    assert "1 notification marquée comme lue." in page
    navigateur.post(f"{BOITE}lues/")
    assert [n.personne.prenom for n in Notification.objects.tous("essai").filter(lue_le=None)] == ["Gaël"]


def test_cinquante_par_page(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    for rang in range(51):
        dire(aline, f"Essai {rang}.")
    assert 'rel="next"' in lire(navigateur.get(BOITE))
    derniere = lire(navigateur.get(f"{BOITE}?page=2"))
    assert 'rel="prev"' in derniere
    assert 'rel="next"' not in derniere
    assert "Essai 0." in derniere


def test_un_droit_perdu_depuis_se_dit_dans_la_liste_et_a_l_ouverture(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    une = dire(aline, "Le secret.")
    DroitAccorde.objects.filter(domaine=Domaine.PLAN).delete()
    page = lire(navigateur.get(BOITE))
    assert "Le secret." not in page
    assert NE_CONCERNE_PLUS in page
    reponse = navigateur.get(f"{BOITE}{une.pk}/")
    assert reponse.status_code == 403
    assert "Le secret." not in lire(reponse)
    assert "Un administrateur de l’organisation" in lire(reponse)
    assert Notification.objects.tous("essai").get().lue_le is None


def test_celle_d_un_autre_n_existe_pas(aline: Personne) -> None:
    autre = dire(personne("Gaël"))
    navigateur = navigateur_de(aline)
    assert navigateur.get(f"{BOITE}{autre.pk}/").status_code == 404
    assert navigateur.post(f"{BOITE}{autre.pk}/lue/").status_code == 404


def test_regler_partout_puis_dans_un_espace(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    page = lire(navigateur.get(REGLER))
    page_valide(page)
    tout = {genre.value: "portail" for genre in Genre}
    assert navigateur.post(REGLER, tout | {"facture_payee": "aucun"}).status_code == 302
    ici = lire(navigateur.get(f"{REGLER}?lieu={SIREN}"))
    page_valide(ici)
    assert "Comme partout ailleurs" in ici
    reponse = navigateur.post(REGLER, {"lieu": SIREN, "facture_payee": "immediat"})
    assert reponse["Location"] == f"{REGLER}?lieu={SIREN}"
    choix = choix_de(aline.pk)
    assert (choix[Genre.FACTURE_PAYEE, ""], choix[Genre.FACTURE_PAYEE, SIREN]) == (Canal.AUCUN, Canal.IMMEDIAT)
    assert len(choix) == len(Genre) + 1
    assert navigateur.post(REGLER, {"lieu": AUTRE_SIREN, **tout}).status_code == 404
    assert navigateur.get(f"{REGLER}?lieu=n-importe").status_code == 404
    refus = navigateur.post(REGLER, tout | {"facture_payee": ""})
    assert refus.status_code == 422
    assert len(choix_de(aline.pk)) == len(Genre) + 1


def test_le_lien_d_un_courriel_demande_puis_arrete(aline: Personne) -> None:
    adresse = reverse("notifications_arreter", args=[jeton_d_arret(aline.pk, "notifications")])
    anonyme = Client()
    page_valide(lire(anonyme.get(adresse)))
    assert choix_de(aline.pk) == {}
    assert "C’est fait" in lire(anonyme.post(adresse))
    assert choix_de(aline.pk)[Genre.PIECE_REFUSEE, ""] is Canal.PORTAIL
    assert anonyme.post("/courriels/notifications/faux/").status_code == 404
