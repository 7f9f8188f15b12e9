"""« Voir le portail comme… » in the browser: the banner, what stays closed, and when it is over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.confirmation import VALIDITE_SECOND_FACTEUR
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
)
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
SECONDE, QUINZE = timedelta(seconds=1), timedelta(minutes=15)
ACCUEIL, DROITS, HABILITATIONS = (f"/e/{SIREN}/{page}" for page in ("", "mes-droits/", "habilitations/"))
BANDEAU = "Vous voyez l’espace comme <strong>Bruno Marchetti</strong> — lecture seule, jusqu’à 10:15"
REFUS = "Vous voyez le portail comme Bruno Marchetti\u00a0: rien ne peut être modifié."
FERMEE = "Vous voyez le portail comme Bruno Marchetti\u00a0: cette page ne s’ouvre pas ainsi."


@pytest.fixture(autouse=True)
def horloge() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(LE, tick=False) as voyage:
        yield voyage


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    droits = [sur_le_siren(Domaine.FACTURES, Niveau.ENVOI), sur_le_siren(Domaine.PLAN, Niveau.SAISIE)]
    return rattacher(personne("Bruno", "Marchetti"), droits=droits)


def _adresse(lien: Rattachement) -> str:
    return reverse("espace_voir_comme", args=[SIREN, lien.id])


def _regarder(qui: Personne, lien: Rattachement) -> Client:
    navigateur = navigateur_de(qui)
    reponse = navigateur.post(_adresse(lien))
    assert (reponse.status_code, reponse["Location"]) == (302, ACCUEIL)
    return navigateur


def _fins() -> list[str]:
    return [str(e.details["raison"]) for e in Evenement.objects.tous("essai").filter(code="acces.vue_fin").order_by("id")]


def _page(navigateur: Client, chemin: str = ACCUEIL) -> str:
    reponse = navigateur.get(chemin)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_le_bouton_est_au_tableau_de_qui_a_acces_a_quoi(aline: Personne, bruno: Rattachement) -> None:
    invite = rattacher(personne("Nina", "Roux"))
    Rattachement.objects.tous("essai").filter(id=invite.id).update(
        personne=None, courriel_invite="n@essai.example", etat=EtatRattachement.INVITE, cree_le=LE
    )
    page = _page(navigateur_de(aline), HABILITATIONS)
    assert page.count("Voir comme<") == 1
    assert _adresse(bruno) in page
    nouvelle = personne("Louise", "Rey")
    rattacher(nouvelle, probation_jusqu_a=LE + QUINZE)
    assert "Voir comme<" not in _page(navigateur_de(nouvelle), HABILITATIONS)


def test_la_page_dit_ce_qui_sera_vu_et_qui_le_saura(aline: Personne, bruno: Rattachement) -> None:
    page = _page(navigateur_de(aline), _adresse(bruno))
    assert "Voir l’espace comme Bruno Marchetti" in page
    assert "Bruno Marchetti en est averti par courriel" in page
    assert not Courriel.objects.exists()


def test_on_voit_les_pages_de_sa_collegue_sous_un_bandeau(aline: Personne, bruno: Rattachement) -> None:
    chez_elle = _page(navigateur_de(bruno.personne))  # type: ignore[arg-type]
    ses_pages = [nom for nom in ("factures", "reglements", "habilitations", "coordonnees-bancaires") if f"/{nom}/" in chez_elle]
    assert ses_pages == ["factures"]
    navigateur = _regarder(aline, bruno)
    page = _page(navigateur)
    assert BANDEAU in page
    assert "Bonjour Bruno" in page
    assert "Vue en lecture seule" in page
    assert [
        nom for nom in ("factures", "reglements", "habilitations", "coordonnees-bancaires") if f"/{nom}/" in page
    ] == ses_pages
    for refusee in ("habilitations/", "reglements/", "coordonnees-bancaires/", "cles/"):
        reponse = navigateur.get(f"/e/{SIREN}/{refusee}")
        assert reponse.status_code == 403
        assert BANDEAU in reponse.content.decode()
    assert "Préparer" in _page(navigateur, DROITS)


def test_les_taches_ne_sont_pas_dites_faites(aline: Personne) -> None:
    louise = rattacher(personne("Bruno", "Marchetti"))
    Rattachement.objects.tous("essai").update(revu_le=LE - timedelta(days=400), actif_depuis=LE - timedelta(days=400))
    assert "Revoir les droits donnés" in _page(navigateur_de(aline), f"/e/{SIREN}/taches/")
    navigateur = _regarder(aline, louise)
    for chemin in (ACCUEIL, f"/e/{SIREN}/taches/"):
        page = _page(navigateur, chemin)
        assert "Tâches non montrées" in page
        assert "Aucune tâche" not in page
        assert "Rien ne vous attend" not in page
        assert "Revoir les droits donnés" not in page


def test_le_menu_ne_mene_nulle_part_ailleurs(aline: Personne, bruno: Rattachement) -> None:
    organisation(AUTRE_SIREN, "AUTRE SOCIETE")
    rattacher(aline, AUTRE_SIREN)
    rattacher(bruno.personne, AUTRE_SIREN)  # type: ignore[arg-type]
    navigateur = _regarder(aline, bruno)
    page = _page(navigateur)
    assert AUTRE_SIREN not in page
    assert "AUTRE SOCIETE" not in page
    for ailleurs in (
        f"/e/{AUTRE_SIREN}/", f"/e/{AUTRE_SIREN}/mes-droits/", "/accueil/", "/mes/dossiers/", "/acces/codes/", "/activation/",
        "/compte/2fa/", "/compte/email/", "/compte/sessions/", "/opco/", f"/e/{SIREN}/clients/", f"/e/{SIREN}/dossiers/nouveau/",
        f"/e/{SIREN}/habilitations/journal/",
    ):  # fmt: skip
        reponse = navigateur.get(ailleurs)
        assert (ailleurs, reponse.status_code) == (ailleurs, 403)
        page = reponse.content.decode()
        assert FERMEE in page
        assert "Quitter la vue et revenir à mes pages" in page
        assert BANDEAU in page
    assert navigateur.get("/nulle-part/").status_code == 404
    assert navigateur.get(f"/e/{SIREN}/dossiers/{nouvel_id()}/").status_code == 404


def test_ce_qui_est_public_reste_ouvert(aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    for chemin in ("/contact/", "/aide/connexion/", "/compte/logout/", reverse("seance")):
        assert (chemin, navigateur.get(chemin).status_code) == (chemin, 200)
    assert BANDEAU in _page(navigateur, "/contact/")
    assert navigateur.head(ACCUEIL).status_code == 200
    assert navigateur.options(ACCUEIL).status_code == 405


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_rien_ne_peut_etre_modifie(methode: str, aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    avant = Evenement.objects.tous("essai").count()
    for chemin in (ACCUEIL, HABILITATIONS, _adresse(bruno), "/contact/", "/theme/", "/nulle-part/", f"/e/{AUTRE_SIREN}/"):
        reponse = getattr(navigateur, methode)(chemin)
        assert (chemin, reponse.status_code) == (chemin, 403)
        assert REFUS in reponse.content.decode()
        fragment = getattr(navigateur, methode)(chemin, headers={"HX-Request": "true"})
        assert (fragment.status_code, fragment["HX-Retarget"]) == (403, "#alerte")
        assert REFUS in fragment.content.decode()
    assert Evenement.objects.tous("essai").count() == avant


def test_une_page_qui_ecrirait_quand_meme_ne_le_peut_pas(
    aline: Personne, bruno: Rattachement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ecrire(*_: object) -> list[object]:
        Personne.objects.filter(pk=aline.pk).update(nom="Changé")
        return []

    monkeypatch.setattr("jalon.web.espace.accueil.nouvelles_affichees", ecrire)
    navigateur = _regarder(aline, bruno)
    navigateur.raise_request_exception = False
    assert navigateur.get(ACCUEIL).status_code == 500
    assert Personne.objects.get(pk=aline.pk).nom == "Ferrand"
    assert navigateur.get(DROITS).status_code == 200


def test_commencer_demande_un_second_facteur_de_moins_de_cinq_minutes(
    aline: Personne, bruno: Rattachement, horloge: time_machine.Traveller
) -> None:
    navigateur = navigateur_de(aline)
    horloge.shift(VALIDITE_SECOND_FACTEUR)
    reponse = navigateur.post(_adresse(bruno))
    assert reponse["Location"].startswith("/compte/2fa/reauthenticate/")
    assert not Evenement.objects.tous("essai").exists()
    horloge.shift(-SECONDE)
    assert navigateur.post(_adresse(bruno))["Location"] == ACCUEIL


def test_quitter_rend_ses_propres_pages(aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    assert navigateur.get("/acces/vue/quitter/").status_code == 405
    reponse = navigateur.post("/acces/vue/quitter/")
    assert (reponse.status_code, reponse["Location"]) == (302, HABILITATIONS)
    page = _page(navigateur, HABILITATIONS)
    assert "Vous voyez l’espace comme" not in page
    assert "Inviter une personne" in page
    assert _fins() == ["vue quittée"]
    assert navigateur.post("/acces/vue/quitter/")["Location"] == "/accueil/"
    assert _fins() == ["vue quittée"]


def test_quitter_demande_le_jeton_de_la_page(aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = navigateur.cookies
    assert strict.post("/acces/vue/quitter/").status_code == 403
    assert _fins() == []


def test_quinze_minutes_a_la_seconde(aline: Personne, bruno: Rattachement, horloge: time_machine.Traveller) -> None:
    navigateur = _regarder(aline, bruno)
    horloge.shift(QUINZE - SECONDE)
    assert BANDEAU in _page(navigateur)
    horloge.shift(SECONDE)
    page = _page(navigateur)
    assert "Vous voyez l’espace comme" not in page
    assert "Les 15\u00a0minutes sont passées\u00a0: vous êtes revenu à vos propres pages." in page
    assert "Bonjour Aline" in page
    assert _fins() == ["15\u00a0minutes passées"]
    assert "15\u00a0minutes sont passées" not in _page(navigateur)


def test_un_formulaire_envoye_apres_la_fin_ne_part_pas_a_son_nom(
    aline: Personne, bruno: Rattachement, horloge: time_machine.Traveller
) -> None:
    navigateur = _regarder(aline, bruno)
    horloge.shift(QUINZE)
    retirer = reverse("espace_retirer", args=[SIREN, bruno.id])
    reponse = navigateur.post(retirer, {"motif": "Départ"})
    assert reponse.status_code == 403
    page = reponse.content.decode()
    assert "Cette vue est terminée" in page
    assert "Rien n’a été modifié." in page
    assert Rattachement.objects.tous("essai").get(id=bruno.id).etat == EtatRattachement.ACTIF
    assert navigateur.get(retirer)["Location"].startswith("/compte/2fa/")


def test_retirer_l_acces_de_la_collegue_ferme_la_vue_a_la_demande_suivante(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    navigateur = _regarder(aline, bruno)
    assert BANDEAU in _page(navigateur)
    retirer_rattachement(rattachement_id=bruno.id, motif="Départ", par=acteur(louise), maintenant=LE)
    page = _page(navigateur)
    assert "Vous voyez l’espace comme" not in page
    assert "Cet accès, ou le vôtre, a changé" in page
    assert _fins() == ["accès retiré ou modifié"]


def test_perdre_l_administration_ferme_la_vue_a_la_demande_suivante(aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    DroitAccorde.objects.filter(rattachement__personne=aline).exclude(domaine=Domaine.PLAN).update(revoque_le=LE)
    assert "Bonjour Aline" in _page(navigateur)
    assert navigateur.get(f"/e/{SIREN}/factures/").status_code == 403
    assert _fins() == ["accès retiré ou modifié"]


def test_partir_de_l_organisation_ferme_tout(aline: Personne, bruno: Rattachement) -> None:
    rattacher(personne("Louise", "Rey"))
    navigateur = _regarder(aline, bruno)
    d_aline = Rattachement.objects.tous("essai").get(personne=aline)
    retirer_rattachement(rattachement_id=d_aline.id, motif="Départ", par=acteur(aline), maintenant=LE)
    assert navigateur.get(ACCUEIL).status_code == 404
    assert navigateur.post("/acces/vue/quitter/")["Location"] == "/accueil/"


def test_un_compte_coupe_ne_regarde_plus(aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    Personne.objects.filter(pk=aline.pk).update(suspendue_le=LE)
    reponse = navigateur.get(ACCUEIL)
    assert reponse.status_code == 403
    assert "Votre accès est suspendu" in reponse.content.decode()


def test_se_deconnecter_finit_la_vue(aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    assert navigateur.post("/compte/logout/")["Location"] == "/compte/login/"
    assert _fins() == ["déconnexion"]
    suivante = navigateur_de(aline)
    assert "Bonjour Aline" in _page(suivante)


def test_deconnecter_sans_le_jeton_ne_finit_rien(aline: Personne, bruno: Rattachement) -> None:
    navigateur = _regarder(aline, bruno)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = navigateur.cookies
    assert strict.post("/compte/logout/").status_code == 403
    assert _fins() == []
    assert BANDEAU in _page(navigateur)


def test_la_vue_ne_passe_pas_d_une_seance_a_l_autre(aline: Personne, bruno: Rattachement) -> None:
    _regarder(aline, bruno)
    assert "Bonjour Aline" in _page(navigateur_de(aline))
    assert "Bonjour Bruno" in _page(navigateur_de(bruno.personne))  # type: ignore[arg-type]


def test_une_seance_de_mot_de_passe_seul_ne_commence_rien(aline: Personne, bruno: Rattachement) -> None:
    navigateur = navigateur_de(aline, "password")
    assert navigateur.post(_adresse(bruno))["Location"].startswith("/compte/2fa/")
    assert not Evenement.objects.tous("essai").exists()


def test_dispenser_les_lecteurs_ne_dispense_pas_qui_regarde(aline: Personne, bruno: Rattachement, settings: Any) -> None:
    settings.JALON_SECOND_FACTEUR_LECTEURS = "facultatif"
    navigateur = _regarder(aline, bruno)
    DroitAccorde.objects.filter(rattachement=bruno).update(niveau=Niveau.LECTURE)
    aline.authenticator_set.all().delete()
    assert navigateur.get(ACCUEIL)["Location"] == "/compte/2fa/"


def test_l_autre_cote_du_siren_se_voit_par_son_propre_lien(aline: Personne) -> None:
    rattacher(aline, profil=Profil.PRESTATAIRE)
    driss = rattacher(personne("Bruno", "Marchetti"), profil=Profil.PRESTATAIRE)
    navigateur = _regarder(aline, driss)
    page = _page(navigateur, DROITS)
    assert "Côté prestataire" in page
    assert "Côté entreprise" not in page


def test_elle_lit_sur_sa_page_qui_a_regarde(aline: Personne, bruno: Rattachement) -> None:
    _regarder(aline, bruno)
    page = _page(navigateur_de(bruno.personne), DROITS)  # type: ignore[arg-type]
    assert "Aline Ferrand regarde l’espace comme Bruno Marchetti" in page
    journal = _page(navigateur_de(aline), f"/e/{SIREN}/habilitations/journal/?genre=vues")
    assert "Aline Ferrand regarde l’espace comme Bruno Marchetti" in journal
