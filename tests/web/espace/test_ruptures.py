"""A rupture through the pages: the company declares it, the CFA answers, the adviser sees both."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.contrats.models import RuptureDeclaree
from jalon.courriers.models import Courriel
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.habilitations.enums import Role
from jalon.socle.acteurs import Profil
from tests.contrats.fabrique import PENDANT, TROIS_MOIS_AVANT, accorde, relire, total
from tests.dossiers.fabrique import PORTEFEUILLE, SIREN, SIREN_OF, monde
from tests.habilitations.fabrique import agent, personne, rattacher
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db
ACCORD = {"motif": "accord", "signature": "05/03/2027", "le": "10/03/2027"}
SUITE = {"le": "10/03/2027", "suite": "oui", "formation_jusqu_au": "10/06/2027"}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    monde()
    with time_machine.travel(PENDANT, tick=False):
        yield


@pytest.fixture
def qui() -> dict[str, Personne]:
    gens = {
        "aline": personne(),
        "driss": personne("Driss", "Cfa"),
        "emma": agent(Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Essai"),
    }
    rattacher(gens["aline"], SIREN)
    rattacher(gens["driss"], SIREN_OF, Profil.PRESTATAIRE)
    return gens


@pytest.fixture
def aline(qui: dict[str, Personne]) -> Client:
    return navigateur_de(qui["aline"])


@pytest.fixture
def driss(qui: dict[str, Personne]) -> Client:
    return navigateur_de(qui["driss"])


@pytest.fixture
def emma(qui: dict[str, Personne]) -> Client:
    return navigateur_de(qui["emma"])


def contrat() -> Dossier:
    """Granted, followed by the adviser who has an account."""
    dossier = accorde()
    conseiller = Personne.objects.get(prenom="Emma")
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=conseiller.pk)
    return relire(dossier)


def adresse(dossier: Dossier, siren: str = SIREN) -> str:
    return reverse("contrat_rupture", args=[siren, dossier.pk])


def page(navigateur: Client, url: str, statut: int = 200, donnees: dict[str, str] | None = None) -> str:
    reponse = navigateur.get(url) if donnees is None else navigateur.post(url, donnees)
    assert reponse.status_code == statut, reponse.content.decode()[:2000]
    html = reponse.content.decode()
    page_valide(html)
    return html


def test_l_entreprise_choisit_voit_ce_que_cela_change_puis_declare(aline: Client, driss: Client, emma: Client) -> None:
    dossier = contrat()
    assert "Déclarer la rupture" in page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))
    liste = page(aline, adresse(dossier))
    assert "commun accord" in liste
    assert "L6222-18" in liste
    formulaire = page(aline, f"{adresse(dossier)}?motif=accord")
    assert "Accord signé le" in formulaire
    assert "médiateur" not in formulaire
    apercu = page(aline, adresse(dossier), donnees=ACCORD)
    assert "Voici ce que cela change" in apercu
    assert "191 jours" in apercu
    assert relire(dossier).etat == EtatDossier.ACCORDE
    assert total(dossier) == 12000
    assert "05/03/2027" in page(aline, adresse(dossier), donnees={**ACCORD, "corriger": "1"})
    faite = aline.post(adresse(dossier), {**ACCORD, "confirmer": "1"})
    assert faite.status_code == 302
    assert relire(dossier).etat == EtatDossier.ROMPU
    lue = page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))
    assert "Rupture du contrat" in lue
    assert "Corriger la rupture" in lue
    assert "Dire si la formation continue" in page(driss, reverse("espace_dossier", args=[SIREN_OF, dossier.pk]))
    assert "Déclarée par l’entreprise" in page(emma, reverse("opco_dossier", args=[dossier.pk]))
    genres = set(Courriel.objects.filter(objet_id=dossier.pk).values_list("genre", flat=True))
    assert {"contrats.rupture_au_cfa", "contrats.rupture_au_conseiller"} <= genres


def test_les_delais_d_un_motif_sont_dits_a_cote_de_leur_case(aline: Client) -> None:
    dossier = contrat()
    html = page(
        aline,
        adresse(dossier),
        422,
        {"motif": "initiative", "mediateur": "01/03/2027", "employeur_informe": "04/03/2027", "le": "12/03/2027"},
    )
    assert "le 06/03/2027 au plus tôt" in html
    assert (
        page(aline, adresse(dossier), 422, {"motif": "accord", "signature": "", "le": ""}).count(
            "Indiquez le jour de la signature"
        )
        >= 1
    )
    assert "Choisissez le motif" in page(aline, adresse(dossier), 422, {"motif": "autre"})
    assert not RuptureDeclaree.objects.tous("essai").exists()


def test_le_cfa_signale_l_entreprise_confirme_les_deux_sont_vues(aline: Client, driss: Client, emma: Client) -> None:
    dossier = contrat()
    assert "Signaler une rupture" in page(driss, reverse("espace_dossier", args=[SIREN_OF, dossier.pk]))
    formulaire = page(driss, adresse(dossier, SIREN_OF))
    assert "Faute grave" not in formulaire
    assert "Inaptitude" not in formulaire
    signale = {"le": "12/03/2027", "motif": "initiative", "exclusion": "", "suite": "non", "formation_jusqu_au": ""}
    assert "Voici ce que cela change" in page(driss, adresse(dossier, SIREN_OF), donnees=signale)
    assert driss.post(adresse(dossier, SIREN_OF), {**signale, "confirmer": "1"}).status_code == 302
    assert relire(dossier).etat == EtatDossier.ACCORDE
    assert "Le CFA signale la rupture du contrat" in page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))
    assert "l’entreprise ne l’a pas déclarée" in page(emma, reverse("opco_dossier", args=[dossier.pk]))
    assert aline.post(adresse(dossier), {**ACCORD, "confirmer": "1"}).status_code == 302
    html = page(emma, reverse("opco_dossier", args=[dossier.pk]))
    assert "Les deux déclarations diffèrent" in html
    genres = set(Courriel.objects.filter(objet_id=dossier.pk).values_list("genre", flat=True))
    assert "contrats.rupture_signalee" in genres


def test_apres_la_rupture_le_cfa_dit_que_la_formation_continue(aline: Client, driss: Client) -> None:
    dossier = contrat()
    aline.post(adresse(dossier), {**ACCORD, "confirmer": "1"})
    seche = total(dossier)
    formulaire = page(driss, adresse(dossier, SIREN_OF))
    assert "10/03/2027" in formulaire
    assert "Motif" not in formulaire
    assert "92 jours financés de plus" in page(driss, adresse(dossier, SIREN_OF), donnees=SUITE)
    html = page(driss, adresse(dossier, SIREN_OF), 422, {**SUITE, "formation_jusqu_au": "11/09/2027"})
    assert "jusqu’au 10/09/2027 au plus" in html
    assert "Indiquez le dernier jour de formation prévu" in page(
        driss, adresse(dossier, SIREN_OF), 422, {**SUITE, "formation_jusqu_au": ""}
    )
    assert driss.post(adresse(dossier, SIREN_OF), {**SUITE, "confirmer": "1"}).status_code == 302
    assert total(dossier) > seche
    assert "Jusqu’au 10/06/2027" in page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))
    assert Courriel.objects.filter(objet_id=dossier.pk, genre="contrats.formation_apres_rupture").exists()


def test_annuler_avant_le_debut_parle_d_un_contrat_et_previent_le_cfa(aline: Client) -> None:
    dossier = accorde(**TROIS_MOIS_AVANT)
    url = reverse("espace_dossier_annuler", args=[SIREN, dossier.pk])
    with time_machine.travel("2026-11-30 09:00:00Z", tick=False):
        html = page(aline, url)
        assert "Annuler ce contrat" in html
        assert aline.post(url, {"motif": "L’apprenti renonce"}).status_code == 302
    assert relire(dossier).etat == EtatDossier.ANNULE
    assert total(dossier) == 0
    assert Courriel.objects.filter(objet_id=dossier.pk, genre="contrats.annulation_au_cfa").exists()


def test_un_contrat_commence_ne_s_annule_plus_il_se_rompt(aline: Client) -> None:
    dossier = accorde(**TROIS_MOIS_AVANT)
    url = reverse("espace_dossier_annuler", args=[SIREN, dossier.pk])
    with time_machine.travel("2026-12-01 09:00:00Z", tick=False):
        assert "il ne s’annule plus, déclarez sa rupture" in page(aline, url, 422, {"motif": "L’apprenti renonce"})
