"""Asking, waiting, answering, through the pages."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.habilitations.actions.rejoindre import demander_acces
from jalon.habilitations.enums import EtatDemande, JeuDeDroits
from jalon.habilitations.models import CompteurEssais, DemandeAcces
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    organisation,
    personne,
    rattacher,
    sirens,
)
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db
CORPS = {"profil": "adherent", "numero": SIREN, "jeu": "lecture", "etendue": "siren", "raison": "Nouveau poste"}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    seule = personne("Aline", "Ferrand")
    rattacher(seule)
    return seule


@pytest.fixture
def bruno(aline: Personne) -> Personne:
    del aline
    return personne("Bruno", "Marchetti")


def _lire(reponse: HttpResponse, statut: int = 200) -> str:
    assert reponse.status_code == statut
    page = reponse.content.decode()
    page_valide(page)
    return page


def _demande(qui: Personne, jeu: JeuDeDroits = JeuDeDroits.LECTURE, sirets: list[str] | None = None) -> DemandeAcces:
    return demander_acces(
        personne_id=qui.id, numero_saisi=SIREN, profil=Profil.ADHERENT, jeu=jeu, sirets_saisis=sirets, raison="Essai",
        maintenant=LE,
    )  # fmt: skip


def test_la_demande_mene_a_sa_page_d_attente_puis_se_retire(aline: Personne, bruno: Personne) -> None:
    navigateur = navigateur_de(bruno)
    page = _lire(navigateur.get(reverse("rejoindre"), {"siren": SIREN, "profil": "adherent"}))
    assert f'value="{SIREN}"' in page
    reponse = navigateur.post(reverse("rejoindre"), CORPS)
    demande = DemandeAcces.objects.tous("essai").get()
    assert reponse["Location"] == reverse("ma_demande", args=[demande.pk])
    page = _lire(navigateur.get(reponse["Location"]))
    for dit in (
        "Aline Ferrand peut répondre",
        "à Aline Ferrand",
        "Lecture\u00a0: consulte",
        "Nouveau poste",
        "Toute l’entreprise",
    ):
        assert dit in page, dit
    assert aline.email not in page
    assert reverse("ma_demande", args=[demande.pk]) in _lire(navigateur.get(reverse("accueil")))
    retour = navigateur.post(reverse("ma_demande_retirer", args=[demande.pk]))
    assert retour["Location"] == reverse("ma_demande", args=[demande.pk])
    page = _lire(navigateur.get(retour["Location"]))
    assert "Demande retirée" in page
    assert "Retirer ma demande" not in page
    assert "peut répondre" not in page


def test_la_page_dit_pourquoi_personne_ne_repond_de_la_meme_facon_pour_tous_les_siren(bruno: Personne) -> None:
    inconnu, sans, en_probation = sirens(3)
    organisation(sans)
    organisation(en_probation)
    rattacher(personne("Chloé"), en_probation, probation_jusqu_a=LE + timedelta(hours=1))
    navigateur, pages = navigateur_de(bruno), set()
    for siren in (inconnu, sans, en_probation):
        CompteurEssais.objects.all().delete()
        page = _lire(navigateur.post(reverse("rejoindre"), {**CORPS, "numero": siren}), 422)
        assert reverse("courrier") in page
        assert "Passer par le courrier" in page
        debut = page.index("<main")
        pages.add(page[debut : page.index("</main>")].replace(siren, "?").split('name="csrfmiddlewaretoken"')[0])
    assert len(pages) == 1


def test_les_sirets_tapes_se_lisent_ligne_a_ligne(bruno: Personne) -> None:
    corps = {**CORPS, "etendue": "siret", "sirets": f"{SIRET}\n {SIRET_2} ;"}
    assert navigateur_de(bruno).post(reverse("rejoindre"), corps).status_code == 302
    assert DemandeAcces.objects.tous("essai").get().sirets == [SIRET, SIRET_2]


def test_la_demande_d_un_autre_n_existe_pas(aline: Personne, bruno: Personne) -> None:
    demande = _demande(bruno)
    for adresse, methode in (("ma_demande", "get"), ("ma_demande_retirer", "post")):
        reponse = getattr(navigateur_de(aline), methode)(reverse(adresse, args=[demande.pk]))
        assert reponse.status_code == 404
    assert DemandeAcces.objects.tous("essai").get().etat == EtatDemande.EN_ATTENTE


def test_les_issues_se_lisent_sur_la_page_d_attente(bruno: Personne) -> None:
    demande = _demande(bruno)
    navigateur = navigateur_de(bruno)
    adresse = reverse("ma_demande", args=[demande.pk])
    toutes = DemandeAcces.objects.tous("essai")
    toutes.update(etat=EtatDemande.REFUSEE, decidee_le=LE, motif="Inconnu ici")
    assert "Motif\u00a0: Inconnu ici." in _lire(navigateur.get(adresse))
    toutes.update(etat=EtatDemande.ACCORDEE)
    assert "Demande acceptée" in _lire(navigateur.get(adresse))
    toutes.update(etat=EtatDemande.EN_ATTENTE, decidee_le=None)
    with time_machine.travel(LE + timedelta(days=8), tick=False):
        assert "Rappel envoyé" in _lire(navigateur_de(bruno).get(adresse))
    with time_machine.travel(LE + timedelta(days=30), tick=False):
        page = _lire(navigateur_de(bruno).get(adresse))
    assert "Demande expirée" in page
    assert "Faire une nouvelle demande" in page


def test_sans_plus_personne_la_page_d_attente_mene_au_courrier_ou_a_l_opco(aline: Personne, bruno: Personne) -> None:
    demande = _demande(bruno)
    aline.is_active = False
    aline.save()
    adresse = reverse("ma_demande", args=[demande.pk])
    page = _lire(navigateur_de(bruno).get(adresse))
    assert "Plus personne ne peut répondre" in page
    assert reverse("courrier") in page
    DemandeAcces.objects.tous("essai").update(origine="code", prevenus=[])
    page = _lire(navigateur_de(bruno).get(adresse))
    assert "L’OPCO répond à cette demande" in page
    assert "à l’OPCO" in page


def test_un_administrateur_accorde_moins_depuis_la_page(aline: Personne, bruno: Personne) -> None:
    demande = _demande(bruno, JeuDeDroits.GESTIONNAIRE_RH)
    navigateur = navigateur_de(aline)
    adresse = reverse("espace_demande", args=[SIREN, demande.pk])
    assert adresse in _lire(navigateur.get(reverse("espace_habilitations", args=[SIREN])))
    page = _lire(navigateur.get(adresse))
    assert "Aucun code" in page
    assert 'value="administration"' not in page
    corps = {"jeu": "lecture", "etendue": "siret", "sirets": [f"{SIREN}00010"], "decision": "accorder"}
    assert navigateur.post(adresse, corps).status_code == 302
    lu = acteur(bruno)
    assert lu.perimetre(Droit(Domaine.PLAN, Niveau.LECTURE)).sirets == {f"{SIREN}00010"}
    assert not lu.a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.SAISIE))
    assert "n’attend plus de réponse" in _lire(navigateur.get(adresse))


def test_la_carte_accorde_ce_qui_est_demande(aline: Personne, bruno: Personne) -> None:
    demande = _demande(bruno, JeuDeDroits.GESTIONNAIRE_RH, [SIRET])
    page = _lire(navigateur_de(aline).get(reverse("espace_habilitations", args=[SIREN])))
    assert "Demande, sans code" in page
    assert "1 établissement" in page
    adresse = reverse("espace_demande", args=[SIREN, demande.pk])
    assert navigateur_de(aline).post(adresse, {"decision": "accorder"}).status_code == 302
    assert acteur(bruno).perimetre(Droit(Domaine.PLAN, Niveau.ENVOI)).sirets == {SIRET}


def test_une_demande_d_etablissements_ne_propose_que_les_siens(aline: Personne, bruno: Personne) -> None:
    demande = _demande(bruno, sirets=[SIRET])
    adresse = reverse("espace_demande", args=[SIREN, demande.pk])
    page = _lire(navigateur_de(aline).get(adresse))
    assert "établissements à venir compris" not in page
    refus = navigateur_de(aline).post(
        adresse, {"jeu": "lecture", "etendue": "siret", "sirets": [SIRET_2], "decision": "accorder"}
    )
    assert "Choisissez des établissements de la demande" in _lire(refus, 422)


def test_cote_prestataire_le_perimetre_ne_se_choisit_pas(aline: Personne, bruno: Personne) -> None:
    rattacher(aline, SIREN, Profil.PRESTATAIRE)
    demande = DemandeAcces(personne=bruno, profil=Profil.PRESTATAIRE, origine="sans_code", jeu="lecture", demandee_le=LE).porter(
        portee_des_acces(SIREN, Profil.PRESTATAIRE, PORTEFEUILLE_PAR_DEFAUT)
    )
    demande.save(force_insert=True)
    adresse = reverse("espace_demande", args=[SIREN, demande.pk])
    page = _lire(navigateur_de(aline).get(adresse))
    assert 'name="etendue"' not in page
    assert navigateur_de(aline).post(adresse, {"jeu": "lecture", "decision": "accorder"}).status_code == 302
    assert acteur(bruno).perimetre(Droit(Domaine.PLAN, Niveau.LECTURE)).prestataires == {SIREN}
