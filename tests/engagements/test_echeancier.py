"""The schedule of a contract: frozen with the grant, counted again without making money nor losing what is paid."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalon.engagements.actions import engager, produire_accord, reprendre_echeancier
from jalon.engagements.actions.commun import exiger_juste
from jalon.engagements.models import EcheanceEngagement, Engagement, LigneEngagement
from jalon.engagements.requetes import accord_pdf, echeances_de, lignes_de
from jalon.journal.models import Evenement
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.socle.montants import somme
from tests.dossiers import fabrique
from tests.dossiers.fabrique import driss, emma, monde, relire
from tests.engagements.contrats import LE, accorde, en_instruction, estimation
from tests.pieces.conftest import coffres

__all__ = ["coffres"]

PLUS_TARD = LE + timedelta(days=30)


@pytest.fixture
def _monde(db: None) -> None:
    monde()


def relu(engagement: Engagement) -> Engagement:
    lu: Engagement = Engagement.objects.tous("essai").select_related("dossier").get(pk=engagement.pk)
    return lu


def reprendre(engagement: Engagement, nouvelle: Any = None, motif: str = "Avenant", **plus: Any) -> Any:
    return reprendre_echeancier(
        engagement=engagement, estimation=nouvelle or estimation(**plus), motif=motif, par=emma(), maintenant=PLUS_TARD
    )


@pytest.mark.usefixtures("_monde")
def test_l_accord_fige_l_echeancier_et_ses_raisons() -> None:
    fige = accorde()
    assert fige.echelonne
    assert fige.version == 1
    echeances = echeances_de(fige)
    annexes = somme(ligne.montant_ht for ligne in lignes_de(fige) if ligne.annexe)
    assert annexes > 0
    assert somme(e.montant for e in echeances) == fige.montant_ht - annexes
    assert [e.numero for e in echeances] == list(range(1, len(echeances) + 1))
    assert echeances[0].codification == "E1"
    assert [e.perdu_apres is not None for e in echeances] == [False] * (len(echeances) - 1) + [True]
    assert fige.explications[0].keys() == {"libelle", "montant", "source"}
    assert "Code du travail" in fige.explications[-1]["source"]
    assert fige.bareme_reference
    dossier = relire(fige.dossier)
    assert (dossier.montant_accorde, dossier.montant_a_payer) == (fige.montant_ht, fige.montant_a_payer)


@pytest.mark.usefixtures("_monde")
def test_un_echeancier_qui_ne_tombe_pas_juste_n_est_jamais_engage() -> None:
    dossier, bonne = en_instruction(), estimation()
    premiere, *autres = bonne.echeances
    fausse = replace(bonne, echeances=(replace(premiere, montant=premiere.montant - Decimal("0.01")), *autres))
    with pytest.raises(ValueError, match="échéancier de"):
        engager(dossier=dossier, estimation=fausse, par=emma(), maintenant=LE)
    assert not EcheanceEngagement.objects.exists()
    fige = engager(dossier=dossier, estimation=bonne, par=emma(), maintenant=LE)
    with pytest.raises(ValueError, match="échéancier de"):
        reprendre(fige, fausse)


@pytest.mark.usefixtures("_monde")
def test_une_demande_du_plan_n_a_pas_d_echeancier() -> None:
    dossier = fabrique.accorde()
    fige = Engagement.objects.tous("essai").get(dossier=dossier)
    assert not fige.echelonne
    assert echeances_de(fige) == []
    with pytest.raises(TransitionImpossible, match="n’a pas d’échéancier"):
        reprendre(fige)


@pytest.mark.usefixtures("_monde")
def test_un_niveau_publie_plus_tard_ecrit_une_nouvelle_version() -> None:
    fige = accorde()
    avant, anciennes, lignes = fige.montant_ht, echeances_de(fige), lignes_de(fige)
    bilan = reprendre(fige, npec="9000", motif="  Niveau de la   branche publié ")
    apres = relu(fige)
    assert bilan.change
    assert bilan.engagement.pk == fige.pk
    assert (apres.version, apres.edition) == (2, None)
    assert apres.montant_ht > avant
    assert (
        apres.montant_ht == apres.montant_a_payer == relire(fige.dossier).montant_a_payer == relire(fige.dossier).montant_accorde
    )
    nouvelles = echeances_de(apres)
    assert {e.version for e in nouvelles} == {2}
    assert tuple(e.figee for e in nouvelles) == estimation("9000").echeances == bilan.a_verser
    assert somme(ligne.montant_ht for ligne in lignes_de(apres)) == apres.montant_ht
    gardees = EcheanceEngagement.objects.filter(engagement=fige, version=1)
    assert [e.montant for e in gardees.order_by("numero")] == [e.montant for e in anciennes]
    assert {e.remplacee_le for e in gardees} == {PLUS_TARD}
    assert LigneEngagement.objects.filter(engagement=fige, remplacee_le=PLUS_TARD).count() == len(lignes)
    ligne = Evenement.objects.tous("essai").get(code="engagement.echeancier_repris")
    assert ligne.details["motif"] == "Niveau de la branche publié"
    assert ligne.details["version"] == 2
    assert ligne.details["avant"] != ligne.details["apres"]


@pytest.mark.usefixtures("_monde")
def test_recalcule_pareil_rien_n_est_ecrit() -> None:
    fige = accorde()
    reprendre(fige, npec="9000")
    encore = reprendre(fige, npec="9000")
    assert not encore.change
    assert relu(fige).version == 2
    assert Evenement.objects.tous("essai").filter(code="engagement.echeancier_repris").count() == 1


@pytest.mark.usefixtures("_monde")
@pytest.mark.parametrize("motif", ["", "   ", "x" * 501])
def test_le_motif_se_dit(motif: str) -> None:
    with pytest.raises(SaisieRefusee):
        reprendre(accorde(), npec="9000", motif=motif)


@pytest.mark.usefixtures("_monde")
def test_sans_calcul_ou_annule_rien_ne_change() -> None:
    fige = accorde()
    with pytest.raises(TransitionImpossible, match="Vérifiez"):
        reprendre(fige, replace(estimation(), echeances=(), avertissements=("Vérifiez le diplôme",)))
    Engagement.objects.tous("essai").filter(pk=fige.pk).update(annule_le=LE)
    with pytest.raises(TransitionImpossible, match="annulé"):
        reprendre(fige, npec="9000")
    assert EcheanceEngagement.objects.filter(version=2).count() == 0


@pytest.mark.usefixtures("_monde")
def test_la_base_garde_l_echeancier() -> None:
    fige = accorde()
    premiere = echeances_de(fige)[0]
    for champs in ({"montant": 0}, {"numero": 99}, {"date_ouverture": LE.date()}, {"version": 7}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            EcheanceEngagement.objects.filter(pk=premiere.pk).update(**champs)
    with pytest.raises(ProgrammingError), transaction.atomic():
        EcheanceEngagement.objects.filter(pk=premiere.pk).delete()
    colonnes: dict[str, Any] = {
        "engagement": fige, "version": 2, "numero": 98, "annee": 1, "date_ouverture": LE.date(), "part": 10, "montant_brut": 5,
    }  # fmt: skip
    for faux in ({"montant": 6}, {"montant": -1}, {"montant": 5, "part": 101}, {"montant": 5, "perdu_apres": LE.date()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EcheanceEngagement(**{**colonnes, **faux}).save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        EcheanceEngagement(**{**colonnes, "numero": 1, "montant": 5}).save(force_insert=True)


@pytest.mark.usefixtures("_monde", "coffres")
def test_le_nouvel_accord_s_imprime_avec_son_echeancier() -> None:
    fige = accorde()
    produire_accord(engagement_id=fige.pk, maintenant=LE)
    premier = relu(fige).edition
    reprendre(fige, npec="9000")
    produire_accord(engagement_id=fige.pk, maintenant=PLUS_TARD)
    apres = relu(fige)
    assert apres.edition is not None
    assert apres.edition != premier
    _, octets = accord_pdf(fige.pk, driss())
    texte = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(octets))
    assert "Échéancier de paiement" in texte
    for echeance in echeances_de(apres):
        assert f"{echeance.codification}, année {echeance.annee}" in texte
    assert "au plus tard le" in texte


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    npec=st.decimals(min_value=0, max_value=15000, places=2),
    jours=st.integers(min_value=181, max_value=1200),
    diplome=st.sampled_from([33, 44, 54, 63, 73]),
    repas=st.integers(min_value=0, max_value=2000),
    nuitees=st.integers(min_value=0, max_value=2000),
)
def test_tout_contrat_tombe_juste(npec: Decimal, jours: int, diplome: int, repas: int, nuitees: int) -> None:
    """Random levels, durations, diplomas and annex costs: payments sum to the grant without annex costs, to the cent."""
    fin = (date(2026, 9, 1) + timedelta(days=jours)).isoformat()
    convention = {"repas": str(repas), "nuitees": str(nuitees)}
    estimee = estimation(str(npec), convention, contrat__dateFinContrat=fin, formation__typeDiplome=diplome)
    assert estimee.echeances
    exiger_juste(estimee)
    annexes = somme(ligne.montant_ht for ligne in estimee.lignes if ligne.annexe)
    assert somme(e.montant for e in estimee.echeances) == estimee.total_ht - annexes
    assert all(e.montant <= e.brut for e in estimee.echeances)
