"""A rupture declared by the company, signalled or completed by the CFA, and the payments that follow."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jalon.contrats.actions import declarer_rupture, signaler_rupture
from jalon.contrats.models import RuptureDeclaree
from jalon.contrats.requetes import apercu_de_rupture, rupture_de, ruptures_a_faire
from jalon.courriers.models import Courriel
from jalon.dispositifs.base import Rupture
from jalon.dossiers.actions import reporter_montants, solder_dossier
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import etapes
from jalon.engagements import branchements
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import DroitManquant, ErreurMetier, Introuvable, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_prestataire
from tests.contrats import fabrique
from tests.contrats.fabrique import PENDANT, accord_signe, accorde, aline, driss, echeancier, emma, relire, total
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN, SIREN_OF, monde
from tests.dossiers.fabrique import accorde as action_accordee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def declarer(dossier: Dossier, rupture: Rupture | None = None, par: Acteur | None = None) -> RuptureDeclaree:
    return declarer_rupture(dossier_id=dossier.id, rupture=rupture or accord_signe(), par=par or aline(), maintenant=PENDANT)


def signaler(dossier: Dossier, rupture: Rupture | None = None, par: Acteur | None = None) -> RuptureDeclaree:
    return signaler_rupture(
        dossier_id=dossier.id, rupture=rupture or Rupture(le=date(2027, 3, 10)), par=par or driss(),
        maintenant=PENDANT + timedelta(days=1),
    )  # fmt: skip


def journal(dossier: Dossier) -> list[str]:
    return list(
        Evenement.objects.tous("essai").filter(objet_id=str(dossier.pk)).order_by("le", "id").values_list("code", flat=True)
    )


def genres() -> set[str]:
    return {g for g in Courriel.objects.values_list("genre", flat=True) if g.startswith("contrats.")}


def test_l_entreprise_declare_le_contrat_est_rompu_et_ses_paiements_sont_recomptes() -> None:
    dossier = accorde()
    assert total(dossier) == Decimal("12000.00")
    declarer(dossier)
    relu = relire(dossier)
    assert (relu.etat, relu.attend_qui) == (EtatDossier.ROMPU, "prestataire")
    jours = (date(2027, 3, 10) - date(2026, 9, 1)).days + 1
    attendu = (Decimal(6000) * jours / 365).quantize(Decimal("0.01"))
    assert total(dossier) == attendu
    assert (relu.montant_accorde, fabrique.engagement(dossier).montant_ht) == (attendu, attendu)
    assert [c for c in journal(dossier) if c.startswith(("contrat.", "engagement.echeancier"))] == [
        "contrat.rompu", "engagement.echeancier_repris",
    ]  # fmt: skip


def test_ce_qui_est_montre_avant_de_confirmer_est_ce_qui_est_ecrit(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = accorde()
    monkeypatch.setattr(branchements, "deja_facture", lambda _: Decimal("2400.00"))
    monkeypatch.setattr("jalon.contrats.requetes.contenus.deja_facture", lambda _: Decimal("2400.00"))
    apercu = apercu_de_rupture(dossier, accord_signe(), PENDANT)
    assert apercu.prevu == Decimal("12000.00")
    assert (apercu.effet.jours_du_contrat, apercu.effet.jours_maintenus) == (191, 0)
    assert apercu.effet.deja_verse + apercu.reste - apercu.effet.trop_verse == apercu.du
    assert echeancier(dossier) == echeancier(relire(dossier)), "an overview writes nothing"
    declarer(dossier)
    assert total(dossier) == apercu.du


def test_ce_qui_est_verse_en_trop_est_a_reprendre(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = accorde()
    monkeypatch.setattr("jalon.contrats.requetes.contenus.deja_facture", lambda _: Decimal("4200.00"))
    apercu = apercu_de_rupture(dossier, accord_signe(), PENDANT)
    assert (apercu.reste, apercu.effet.trop_verse) == (Decimal("0.00"), Decimal("4200.00") - apercu.du)


def test_le_cfa_signale_d_abord_le_contrat_ne_bouge_pas_et_l_entreprise_est_prevenue() -> None:
    dossier = accorde()
    signaler(dossier)
    assert relire(dossier).etat == EtatDossier.ACCORDE
    assert total(dossier) == Decimal("12000.00")
    assert "contrat.rupture_signalee" in journal(dossier)


def test_le_cfa_complete_la_formation_maintenue_est_payee() -> None:
    dossier = accorde()
    declarer(dossier)
    seche = total(dossier)
    signaler(dossier, Rupture(le=date(2027, 3, 10), formation_jusqu_au=date(2027, 6, 10)))
    jours = (date(2027, 6, 10) - date(2027, 3, 10)).days
    assert total(dossier) - seche == pytest.approx(Decimal(6000) * jours / 365, abs=Decimal("0.01"))
    assert journal(dossier)[-2:] == ["contrat.formation_maintenue", "engagement.echeancier_repris"]
    signaler(dossier)
    assert total(dossier) == seche
    assert "contrat.formation_arretee" in journal(dossier)


def test_le_signalement_du_cfa_compte_quand_l_entreprise_confirme() -> None:
    dossier = accorde()
    signaler(dossier, Rupture(le=date(2027, 3, 9), formation_jusqu_au=date(2027, 4, 9)))
    declarer(dossier)
    jours = (date(2027, 4, 9) - date(2026, 9, 1)).days + 1
    assert total(dossier) == (Decimal(6000) * jours / 365).quantize(Decimal("0.01"))


def test_sans_maintien_par_la_loi_la_suite_du_cfa_ne_compte_pas() -> None:
    """L6222-18-1: an exclusion ends the teaching."""
    dossier = accorde()
    signaler(dossier, Rupture(le=date(2027, 3, 9), formation_jusqu_au=date(2027, 4, 9)))
    declarer(dossier, Rupture(le=date(2027, 3, 10), motif="exclusion", dates={"exclusion": date(2027, 3, 1)}))
    assert total(dossier) == (Decimal(6000) * 191 / 365).quantize(Decimal("0.01"))
    with pytest.raises(SaisiesRefusees) as refus:
        signaler(dossier, Rupture(le=date(2027, 3, 10), formation_jusqu_au=date(2027, 4, 9)))
    assert set(refus.value.champs) == {"formation_jusqu_au"}


def test_une_declaration_se_corrige_et_la_precedente_reste() -> None:
    dossier = accorde()
    declarer(dossier)
    declarer(dossier, accord_signe(le=date(2027, 3, 8)))
    assert total(dossier) == (Decimal(6000) * 189 / 365).quantize(Decimal("0.01"))
    lues = RuptureDeclaree.objects.tous("essai").filter(dossier=dossier).order_by("declaree_le", "id")
    assert [(d.le, d.remplacee_le is None) for d in lues] == [(date(2027, 3, 10), False), (date(2027, 3, 8), True)]
    assert "contrat.rupture_corrigee" in journal(dossier)


def test_l_opco_et_l_entreprise_voient_les_deux_et_leurs_ecarts() -> None:
    dossier = accorde()
    declarer(dossier)
    signaler(dossier, Rupture(le=date(2027, 3, 12), motif="initiative"))
    for acteur in (aline(), emma()):
        vue = rupture_de(relire(dossier), acteur)
        assert vue is not None
        assert vue.entreprise is not None
        assert vue.prestataire is not None
        assert ("Accord signé le", "05/03/2027") in vue.entreprise.faits
        assert len(vue.ecarts) == 2
    vue = rupture_de(relire(dossier), driss())
    assert vue is not None
    assert vue.ecarts == ()


def test_le_cfa_ne_lit_pas_le_motif_d_un_licenciement() -> None:
    dossier = accorde()
    declarer(dossier, Rupture(le=date(2027, 3, 10), motif="inaptitude", dates={"notification": date(2027, 3, 10)}))
    vue = rupture_de(relire(dossier), driss())
    assert vue is not None
    assert vue.entreprise is not None
    assert "naptitude" not in repr(vue)
    assert vue.entreprise.faits == ()
    assert vue.entreprise.le == date(2027, 3, 10)
    pour_le_cfa = Evenement.objects.tous("essai").filter(objet_id=str(dossier.pk), prestataire_siren=SIREN_OF)
    assert not any("naptitude" in f"{e.details}" for e in pour_le_cfa)
    mien = rupture_de(relire(dossier), aline())
    assert mien is not None
    assert mien.entreprise is not None
    assert "Inaptitude" in mien.entreprise.motif


def test_chaque_cote_est_appele_a_repondre() -> None:
    dossier = accorde()
    assert (ruptures_a_faire(aline(), SIREN), ruptures_a_faire(driss(), SIREN_OF)) == ([], [])
    signaler(dossier)
    assert [t.action for t in ruptures_a_faire(aline(), SIREN)] == ["Déclarer"]
    assert ruptures_a_faire(aline(niveau=Niveau.ENVOI), SIREN) == []
    declarer(dossier)
    assert (ruptures_a_faire(aline(), SIREN), ruptures_a_faire(driss(), SIREN_OF)) == ([], [])
    autre = accorde()
    declarer(autre)
    assert [t.action for t in ruptures_a_faire(driss(), SIREN_OF)] == ["Répondre"]
    assert ruptures_a_faire(driss(niveau=Niveau.ENVOI), SIREN_OF) == []
    signaler(autre)
    assert ruptures_a_faire(driss(), SIREN_OF) == []


def test_les_etapes_disent_que_le_contrat_est_rompu() -> None:
    dossier = accorde()
    declarer(dossier)
    execution = etapes(relire(dossier), PENDANT.date())[4]
    assert (execution.titre, execution.etat) == ("Exécution", "fait")
    assert execution.detail.startswith("Rompu, déclaré le")


def test_sans_declaration_il_n_y_a_rien_a_voir() -> None:
    dossier = accorde()
    assert rupture_de(dossier, aline()) is None
    signaler(dossier)
    assert rupture_de(dossier, acteur_entreprise(AUTRE_SIREN)) is None


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.ENVOI), DroitManquant),
        (driss(), DroitManquant),
        (emma(), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
def test_declarer_demande_la_gestion_du_cote_de_l_entreprise(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = accorde()
    with pytest.raises(erreur):
        declarer(dossier, par=acteur)
    assert relire(dossier).etat == EtatDossier.ACCORDE


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (driss(niveau=Niveau.ENVOI), DroitManquant),
        (aline(), DroitManquant),
        (emma(), DroitManquant),
        (acteur_prestataire(AUTRE_SIREN), Introuvable),
    ],
)
def test_signaler_demande_la_gestion_du_cote_du_cfa(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = accorde()
    with pytest.raises(erreur):
        signaler(dossier, par=acteur)
    assert not RuptureDeclaree.objects.tous("essai").exists()


def test_les_refus_sont_par_case_et_rien_n_est_ecrit() -> None:
    dossier = accorde()
    avant = journal(dossier)
    for rupture, cases in [
        (Rupture(le=date(2028, 8, 31), motif="accord"), {"le", "signature"}),
        (Rupture(le=date(2027, 3, 10)), {"motif"}),
        (Rupture(le=date(2027, 3, 10), motif="essai"), {"jours_pratiques"}),
    ]:
        with pytest.raises(SaisiesRefusees) as refus:
            declarer(dossier, rupture)
        assert set(refus.value.champs) == cases
    with pytest.raises(SaisiesRefusees):
        signaler(dossier, Rupture(le=date(2026, 8, 31)))
    assert journal(dossier) == avant
    assert relire(dossier).etat == EtatDossier.ACCORDE


def _refusee(dossier: Dossier, mot: str) -> None:
    for essai in (declarer, signaler):
        with pytest.raises(ErreurMetier, match=mot):
            essai(dossier)


def test_un_contrat_pas_encore_accorde_ne_se_rompt_pas() -> None:
    with pytest.raises(TransitionImpossible, match="pas encore accordé"):
        declarer(fabrique.en_instruction())


def test_un_contrat_solde_ou_une_action_de_formation_ne_se_rompent_pas() -> None:
    dossier = accorde()
    solder_dossier(dossier_id=dossier.id, par=emma(), maintenant=PENDANT)
    _refusee(dossier, "terminé")
    with pytest.raises(TransitionImpossible, match="n’est pas un contrat"):
        declarer(action_accordee())


def test_un_contrat_rompu_se_solde_quand_tout_est_paye() -> None:
    dossier = accorde()
    declarer(dossier)
    reste = relire(dossier).montant_a_payer
    assert reste is not None
    reporter_montants(dossier_id=dossier.id, facture=reste, paye=reste, maintenant=PENDANT)
    assert relire(dossier).etat == EtatDossier.SOLDE


def test_la_declaration_gardee_ne_change_plus() -> None:
    dossier = accorde()
    declaree = declarer(dossier)
    with pytest.raises(Exception, match="rupture_figee"):
        RuptureDeclaree.objects.tous("essai").filter(pk=declaree.pk).update(le=date(2027, 1, 1))
