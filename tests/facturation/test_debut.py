"""A recent CFA: its first advance comes with a proof that the training began (R6332-25, V)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.base import Echeance
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.facturation.actions import noter_declaration_activite
from jalon.facturation.models import DeclarationActivite, Facture
from jalon.facturation.regles.debut import SANS_CONDITION, DebutDuCfa, debut_du_cfa, refus_de_la_declaration
from jalon.facturation.requetes import documents_de
from jalon.journal.models import Evenement
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees
from tests.acteurs import acteur_opco
from tests.banque.outils import MAINTENANT, PORTEFEUILLE, SIREN_PRESTATAIRE
from tests.dossiers.fabrique import organisation
from tests.facturation.outils import accorder_contrat, fichier, gestionnaire
from tests.facturation.test_depot_par_echeance import OUVRE, a, avance, suivi

DEBUT = date(2026, 9, 1)


def echeance(numero: int = 1, *, solde: bool = False) -> Echeance:
    return Echeance(
        numero=numero, annee=1, date_ouverture=DEBUT, part=Decimal(40), brut=Decimal(1), montant=Decimal(1), solde=solde
    )


def debut(enregistree_le: date, jour: date, **plus: Any) -> DebutDuCfa:
    return debut_du_cfa(enregistree_le, **{"differe": False, "attestee": False, "debut": DEBUT, "jour": jour, **plus})


@pytest.mark.parametrize(
    ("enregistree_le", "jour", "recent"),
    [
        (date(2026, 5, 10), date(2026, 11, 9), True),
        (date(2026, 5, 10), date(2026, 11, 10), False),
        (date(2026, 8, 31), date(2027, 2, 27), True),
        (date(2026, 8, 31), date(2027, 2, 28), False),
    ],
)
def test_six_mois_se_comptent_de_l_enregistrement(enregistree_le: date, jour: date, recent: bool) -> None:
    assert debut(enregistree_le, jour).recent is recent
    assert debut(enregistree_le, jour).exige_l_attestation(echeance()) is recent


def test_l_attestation_vient_une_fois_avec_une_avance_jamais_avec_un_solde() -> None:
    recent = debut(date(2026, 8, 1), date(2026, 9, 2))
    assert [recent.exige_l_attestation(e) for e in (echeance(), echeance(2), echeance(3, solde=True))] == [True, True, False]
    assert not debut(date(2026, 8, 1), date(2026, 9, 2), attestee=True).exige_l_attestation(echeance())
    assert not SANS_CONDITION.exige_l_attestation(echeance())


def test_le_premier_versement_peut_attendre_le_troisieme_mois() -> None:
    jour = date(2026, 9, 2)
    assert debut(date(2026, 8, 1), jour).ouverture(echeance()) == DEBUT
    differe = debut(date(2026, 8, 1), jour, differe=True)
    assert (differe.ouverture(echeance()), differe.ouverture(echeance(2))) == (date(2026, 11, 1), DEBUT)
    assert debut(date(2026, 1, 1), jour, differe=True).ouverture(echeance()) == DEBUT, "no longer recent"
    assert debut(date(2026, 8, 1), jour, differe=True, debut=None).ouverture(echeance()) == DEBUT


def test_un_enregistrement_n_est_pas_a_venir() -> None:
    assert refus_de_la_declaration(DEBUT, DEBUT) == ""
    assert refus_de_la_declaration(DEBUT + timedelta(days=1), DEBUT)


def declarer(le: date = date(2026, 8, 1), *, differe: bool = False, par: Acteur | None = None) -> DeclarationActivite:
    return noter_declaration_activite(
        siren=SIREN_PRESTATAIRE, enregistree_le=le, differe=differe, par=par or gestionnaire(), maintenant=MAINTENANT
    )


@pytest.fixture
def engagement(db: None) -> Engagement:
    if not Organisation.objects.filter(siren=SIREN_PRESTATAIRE).exists():
        organisation(SIREN_PRESTATAIRE, "Institut Horizon", PORTEFEUILLE)
    return accorder_contrat()


def refus(acte: Any) -> dict[str, str]:
    with pytest.raises(SaisiesRefusees) as refuse:
        acte()
    return dict(refuse.value.champs)


def test_sans_attestation_l_avance_d_un_cfa_recent_est_refusee(engagement: Engagement) -> None:
    declarer(date(2026, 11, 1))
    assert "attestation de début" in refus(lambda: avance(engagement))["attestation"]
    assert not Facture.objects.tous("essai").exists()
    envoyee = avance(engagement, fichier_attestation=fichier("attestation.pdf"))
    assert set(documents_de(envoyee)) == {"facture", "attestation"}
    assert avance(engagement, 2, le=a(OUVRE)).attestation_debut is None, "it came once"


def test_une_facture_rejetee_n_atteste_rien(engagement: Engagement) -> None:
    declarer()
    envoyee = avance(engagement, fichier_attestation=fichier("attestation.pdf"))
    Facture.objects.tous("essai").filter(pk=envoyee.pk).update(etat="rejetee", motif_rejet="autre")
    assert "attestation" in refus(lambda: avance(engagement))


def test_un_cfa_ancien_ou_inconnu_n_en_joint_pas(engagement: Engagement) -> None:
    assert avance(engagement, ht="10.00").attestation_debut is None
    declarer(date(2026, 1, 1))
    assert not refus_eventuel(engagement)


def refus_eventuel(engagement: Engagement) -> dict[str, str]:
    Facture.objects.tous("essai").filter(engagement=engagement).update(etat="rejetee", motif_rejet="autre")
    try:
        avance(engagement)
    except SaisiesRefusees as refuse:
        return dict(refuse.champs)
    return {}


def test_rien_ne_se_facture_avant_le_troisieme_mois(engagement: Engagement) -> None:
    declarer(date(2026, 11, 10), differe=True)
    Dossier.objects.tous("essai").filter(pk=engagement.dossier_id).update(date_debut=date(2026, 10, 1))
    frais = Engagement.objects.tous("essai").select_related("dossier").get(pk=engagement.pk)
    assert suivi(frais).lignes[0].echeance.date_ouverture == date(2026, 12, 1)
    assert "01/12/2026" in refus(lambda: avance(frais, fichier_attestation=fichier("a.pdf")))["echeance"]
    plus_tard = datetime.fromisoformat("2026-12-01T09:00:00+00:00")
    assert avance(frais, le=plus_tard, fichier_attestation=fichier("b.pdf")).echeance is not None


def test_noter_demande_le_pouvoir_et_se_corrige(engagement: Engagement) -> None:
    for acteur, erreur in (
        (acteur_opco(PORTEFEUILLE, Pouvoir.DECIDER), DroitManquant),
        (acteur_opco(engagement.pk, *Pouvoir), Introuvable),
    ):
        with pytest.raises(erreur):
            declarer(par=acteur)
    with pytest.raises(Introuvable):
        noter_declaration_activite(
            siren="552100554", enregistree_le=DEBUT, differe=False, par=gestionnaire(), maintenant=MAINTENANT
        )
    with pytest.raises(SaisieRefusee):
        declarer(MAINTENANT.date() + timedelta(days=1))
    assert not DeclarationActivite.objects.exists()
    declarer()
    declarer(date(2026, 7, 1), differe=True)
    notee = DeclarationActivite.objects.get()
    assert (notee.enregistree_le, notee.differe) == (date(2026, 7, 1), True)
    assert Evenement.objects.tous("essai").filter(code="organisme.declaration_activite").count() == 2
