"""A contract of apprenticeship on the portal: begun, typed, sent, granted; what is closed is not filed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jalon.dossiers.actions import creer_brouillon, transmettre_dossier
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import DossierIncomplet
from jalon.engagements.models import Engagement, LigneEngagement
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.dossiers.contrats import LE, NIR, contrat_accorde, contrat_complet, contrat_transmis
from tests.dossiers.fabrique import SIREN, SIREN_OF, SIRET, aline, emma, monde, relire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def test_un_contrat_complet_part_sous_son_numero() -> None:
    dossier = contrat_transmis()
    assert dossier.etat == EtatDossier.TRANSMIS
    assert dossier.numero
    assert dossier.numero.startswith("2609CA")
    assert dossier.titre == "Zoé Exemple, BTS management en hôtellerie restauration"
    assert (dossier.siret, dossier.prestataire_siren) == (SIRET, SIREN_OF)
    assert (dossier.date_debut, dossier.date_fin) == (date(2026, 9, 1), date(2028, 8, 31))


def test_le_nir_n_est_en_clair_nulle_part() -> None:
    dossier = relire(contrat_transmis())
    ligne = str(Dossier.objects.tous("lecture des tests").filter(pk=dossier.pk).values().get())
    assert NIR not in ligne


def test_l_accord_engage_ce_que_la_loi_fixe() -> None:
    dossier = contrat_accorde()
    assert dossier.etat == EtatDossier.ACCORDE
    engagement = Engagement.objects.tous("lecture des tests").get(dossier=dossier)
    lignes = LigneEngagement.objects.filter(engagement=engagement).order_by("rang")
    assert [x.poste for x in lignes] == ["annee_1", "annee_2"]
    assert engagement.mode_paiement == ModePaiement.SUBROGATION
    assert engagement.montant_ht == sum((x.montant_ht for x in lignes), Decimal(0)) == engagement.montant_a_payer
    assert engagement.bareme_reference


def test_un_autre_montant_que_celui_de_la_loi_est_refuse() -> None:
    dossier = contrat_transmis()
    prendre_en_charge(dossier_id=dossier.id, par=emma(), maintenant=LE)
    with pytest.raises(SaisiesRefusees) as refus:
        accorder_dossier(dossier_id=dossier.id, montants_par_ligne={"annee_1": Decimal(1)}, par=emma(), maintenant=LE)
    assert "La loi fixe ce montant" in refus.value.champs["annee_1"]
    assert relire(dossier).etat == EtatDossier.EN_INSTRUCTION


def test_ce_qui_est_ferme_ne_se_commence_plus() -> None:
    with pytest.raises(SaisieRefusee, match="depuis le 01/01/2026") as refus:
        creer_brouillon(dispositif="pro_a", siren=SIREN, siret=SIRET, par=aline(), maintenant=LE)
    assert refus.value.champ == "dispositif"


def test_un_brouillon_d_avant_la_fermeture_ne_part_plus() -> None:
    avant = LE - timedelta(days=300)
    dossier = creer_brouillon(dispositif="pro_a", siren=SIREN, siret=SIRET, par=aline(), maintenant=avant)
    with pytest.raises(TransitionImpossible, match="ne se demande plus"):
        transmettre_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE)
    assert relire(dossier).est_brouillon


def test_une_case_laissee_vide_empeche_l_envoi_et_le_dit() -> None:
    dossier = contrat_complet(contrat__lieuSignatureContrat=None)
    with pytest.raises(DossierIncomplet, match="1\u00a0point à régler"):
        transmettre_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE)
