"""Cancelled before it began, or closed once everything is paid."""

from datetime import timedelta
from decimal import Decimal

import pytest

from jalon.dossiers.actions import annuler_dossier, reporter_montants, solder_dossier
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import DemandeComplement, Dossier
from jalon.engagements.models import ConsommationAnnuelle, Engagement
from jalon.instruction.actions import demander_complement
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    LE,
    accorde,
    aline,
    complet,
    driss,
    emma,
    en_instruction,
    monde,
    relire,
    transmis,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def annuler(dossier: Dossier, par: FauxActeur | None = None, motif: str = "Formation reportée", jours: int = 3) -> Dossier:
    return annuler_dossier(dossier_id=dossier.id, motif=motif, par=par or aline(), maintenant=LE + timedelta(days=jours))


def test_annuler_arrete_le_dossier() -> None:
    dossier = annuler(transmis())
    relu = relire(dossier)
    assert (relu.etat, relu.attend_qui, relu.attend_avant) == (EtatDossier.ANNULE, "", None)


def test_annuler_un_accord_rend_le_budget() -> None:
    dossier = accorde()
    engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    assert engagement.impute > 0
    avant = ConsommationAnnuelle.objects.get(siren=dossier.siren).montant
    annuler(dossier)
    assert ConsommationAnnuelle.objects.get(siren=dossier.siren).montant == avant - engagement.impute
    assert Engagement.objects.tous("essai").get(dossier=dossier).annule_le is not None


def test_annuler_ferme_la_demande_de_complement() -> None:
    dossier = en_instruction()
    demander_complement(
        dossier_id=dossier.id, pieces=["programme"], cases=[], message="Illisible", echeance=LE.date() + timedelta(days=9),
        par=emma(), maintenant=LE,
    )  # fmt: skip
    annuler(dossier)
    assert not DemandeComplement.objects.tous("essai").filter(satisfaite_le__isnull=True).exists()


def test_une_formation_commencee_ne_s_annule_plus() -> None:
    with pytest.raises(TransitionImpossible, match="11/01/2027"):
        annuler(accorde(), jours=60)


def test_annuler_demande_un_motif() -> None:
    with pytest.raises(SaisieRefusee):
        annuler(transmis(), motif="  ")
    with pytest.raises(SaisieRefusee):
        annuler(transmis(), motif="x" * 501)


def test_un_brouillon_ou_un_dossier_annule_ne_s_annule_pas() -> None:
    with pytest.raises(TransitionImpossible):
        annuler(complet())
    with pytest.raises(TransitionImpossible):
        annuler(annuler(transmis()))


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.SAISIE), DroitManquant),
        (driss(), DroitManquant),
        (emma(), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
def test_annuler_demande_le_droit_d_envoi(acteur: FauxActeur, erreur: type[Exception]) -> None:
    with pytest.raises(erreur):
        annuler(accorde(), acteur)


def test_tout_est_paye_le_dossier_est_solde() -> None:
    dossier = accorde()
    assert dossier.montant_a_payer is not None
    moitie = dossier.montant_a_payer / 2
    reporter_montants(dossier_id=dossier.id, facture=dossier.montant_a_payer, paye=moitie, maintenant=LE)
    relu = relire(dossier)
    assert (relu.etat, relu.montant_paye) == (EtatDossier.ACCORDE, moitie)
    with pytest.raises(TransitionImpossible, match="facture"):
        solder_dossier(dossier_id=dossier.id, par=emma(), maintenant=LE)
    reporter_montants(dossier_id=dossier.id, facture=dossier.montant_a_payer, paye=dossier.montant_a_payer, maintenant=LE)
    assert relire(dossier).etat == EtatDossier.SOLDE


def test_l_opco_clot_un_dossier_dont_rien_n_est_plus_attendu() -> None:
    dossier = accorde()
    reporter_montants(dossier_id=dossier.id, facture=Decimal("100.00"), paye=Decimal("100.00"), maintenant=LE)
    with pytest.raises(DroitManquant):
        solder_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE)
    assert solder_dossier(dossier_id=dossier.id, par=emma(), maintenant=LE).etat == EtatDossier.SOLDE
    with pytest.raises(TransitionImpossible):
        solder_dossier(dossier_id=transmis().id, par=emma(), maintenant=LE)


def test_reporter_sur_un_dossier_inconnu() -> None:
    from jalon.socle.identifiants import nouvel_id

    with pytest.raises(LookupError):
        reporter_montants(dossier_id=nouvel_id(), facture=Decimal(0), paye=Decimal(0), maintenant=LE)
