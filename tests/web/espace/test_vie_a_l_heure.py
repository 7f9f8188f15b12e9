"""Contracts paid by the hour, contracts that change hands, overpayments: through the pages."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jalon.dossiers.enums import EtatDossier
from jalon.engagements.models import Engagement
from jalon.facturation.models import Facture, TropPercu
from jalon.habilitations.enums import Role
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Profil
from tests.banque.outils import IBANS, ajouter
from tests.contrats.fabrique import PENDANT, relire
from tests.contrats.fabrique import accorde as apprentissage
from tests.contrats.professionnels import accorde as professionnel
from tests.contrats.professionnels import montant
from tests.contrats.test_transferts import facture, transmis
from tests.dossiers.fabrique import AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF, monde
from tests.habilitations.fabrique import agent, personne, rattacher
from tests.seances import navigateur_de
from tests.web.espace.test_ruptures import page

pytestmark = pytest.mark.django_db
ACCORD = {"motif": "accord", "signature": "05/03/2027", "le": "10/03/2027"}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    monde()
    Organisation.objects.filter(siren=AUTRE_SIREN).update(adherent_depuis=date(2020, 1, 1))
    with time_machine.travel(PENDANT, tick=False):
        yield


@pytest.fixture
def aline() -> Client:
    qui = personne()
    rattacher(qui, SIREN)
    return navigateur_de(qui)


@pytest.fixture
def driss() -> Client:
    qui = personne("Driss", "Cfa")
    rattacher(qui, SIREN_OF, Profil.PRESTATAIRE)
    return navigateur_de(qui)


def opco(role: Role, prenom: str) -> Client:
    return navigateur_de(agent(role, [PORTEFEUILLE], prenom, "Essai"))


def test_une_rupture_demande_les_heures_et_paie_ce_qui_est_fait(aline: Client, driss: Client) -> None:
    dossier = professionnel()
    rupture = reverse("contrat_rupture", args=[SIREN, dossier.pk])
    choix = page(aline, rupture)
    assert "dans les 30 jours" in choix
    assert "45 premiers jours" not in choix
    assert "Heures de formation suivies" in page(aline, f"{rupture}?motif=accord")
    assert "0 s’il n’y en a eu aucune" in page(aline, rupture, 422, {**ACCORD, "heures_faites": ""})
    assert "400 heures en tout" in page(aline, rupture, 422, {**ACCORD, "heures_faites": "401"})
    apercu = page(aline, rupture, donnees={**ACCORD, "heures_faites": "150"})
    for mot in ("1\u202f372,50", "150 heures payées sur les 400", "09/04/2027", "au plus tard"):
        assert mot in apercu.replace("1\u00a0372,50", "1\u202f372,50"), mot
    assert aline.post(rupture, {**ACCORD, "heures_faites": "150", "confirmer": "1"}).status_code == 302
    assert relire(dossier).etat == EtatDossier.ROMPU
    vue = page(driss, reverse("espace_dossier", args=[SIREN_OF, dossier.pk]))
    assert "Rupture du contrat" in vue
    assert "Dire si la formation continue" not in vue
    cfa = page(driss, reverse("contrat_rupture", args=[SIREN_OF, dossier.pk]))
    assert "combien d’heures" in cfa
    assert "La formation continue-t-elle" not in cfa
    assert str(montant(dossier)) == "1372.50"


def test_les_natures_d_avenant_se_choisissent_par_leurs_mots(aline: Client) -> None:
    dossier = professionnel()
    choix = page(aline, reverse("contrat_avenant", args=[SIREN, dossier.pk]))
    assert "Le programme de la formation" in choix
    assert "D6325-13" in choix
    adresse = reverse("contrat_avenant", args=[SIREN, dossier.pk])
    assert aline.post(adresse, {"code": "programme"}).status_code == 302
    formulaire = page(aline, adresse)
    assert "Durée totale des actions" in formulaire
    assert "Salaire brut" not in formulaire


def test_un_contrat_change_de_mains(aline: Client) -> None:
    louise = personne("Louise", "Belle")
    rattacher(louise, AUTRE_SIREN)
    dossier = transmis(apprentissage())
    chez_b = reverse("espace_dossier", args=[AUTRE_SIREN, dossier.pk])
    assert navigateur_de(louise).get(chez_b).status_code == 404
    assert "passe à une autre entreprise" in page(aline, reverse("contrat_avenant", args=[SIREN, dossier.pk]))
    emma = opco(Role.CONSEILLER, "Emma")
    reponse = emma.post(reverse("opco_avenant", args=[dossier.pk]), {"decision": "accepter", "texte": ""})
    assert reponse["Location"] == reverse("opco_dossiers"), "it left her portefeuilles"
    assert aline.get(reverse("espace_dossier", args=[SIREN, dossier.pk])).status_code == 404
    trace = page(aline, reverse("contrats_transferes", args=[SIREN]))
    assert dossier.numero in trace
    assert "Bellerive" in trace
    chez_elle = page(navigateur_de(louise), chez_b)
    assert "Hôtel du Lac l’employait" in chez_elle.replace("\n", " ")
    assert "Aucun contrat n’a quitté" in page(navigateur_de(louise), reverse("contrats_transferes", args=[AUTRE_SIREN]))


def test_un_trop_percu_se_reclame_et_se_recoit(driss: Client) -> None:
    dossier = apprentissage()
    engagement = dossier_engagement(dossier.pk)
    compte = ajouter(IBANS[4], siren=SIREN_OF, profil=Profil.PRESTATAIRE, le=PENDANT)
    payee = facture(dossier)
    Facture.objects.tous("essai").filter(pk=payee.pk).update(
        etat="reglee", coordonnees=compte, iban_chiffre="essai", coordonnees_figees_le=PENDANT
    )
    trop = TropPercu(
        engagement=engagement, poste="echeances", dossier_numero=engagement.numero, beneficiaire_profil="prestataire",
        beneficiaire_siren=SIREN_OF, beneficiaire_nom="Savoir Faire", montant=100, motif="contrat rompu", etat_depuis=PENDANT,
        constate_le=PENDANT,
    ).porter(engagement.portee)  # fmt: skip
    trop.domaine = "factures"
    trop.save(force_insert=True)
    farid, ines = opco(Role.GESTIONNAIRE, "Farid"), opco(Role.COMPTABLE, "Inès")
    assert engagement.numero in page(farid, reverse("opco_trop_percus"))
    assert "Réclamer un trop-perçu" in page(farid, reverse("opco_accueil"))
    fiche = page(farid, reverse("opco_trop_percu", args=[trop.pk]))
    assert "Réclamer au bénéficiaire" in fiche
    assert "Enregistrer un remboursement" not in fiche
    assert "Laissez un délai" in page(farid, reverse("opco_trop_percu_reclamer", args=[trop.pk]), 422, {"avant": "10/03/2027"})
    assert farid.post(reverse("opco_trop_percu_reclamer", args=[trop.pk]), {"avant": "10/04/2027"}).status_code == 302
    assert "10/04/2027" in page(driss, reverse("espace_trop_percus", args=[SIREN_OF]))
    recu = {"montant": "100", "recu_le": "09/03/2027", "reference": "VIR 7"}
    assert ines.post(reverse("opco_trop_percu_rembourser", args=[trop.pk]), recu).status_code == 302
    assert "Recouvré" in page(ines, reverse("opco_trop_percu", args=[trop.pk]))


def dossier_engagement(dossier_id: object) -> Engagement:
    engagement: Engagement = Engagement.objects.tous("essai").get(dossier_id=dossier_id)
    return engagement
