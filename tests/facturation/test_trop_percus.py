"""What was paid in excess: the arithmetic, then its life, from the day an agreement is counted again."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.engagements.actions import reprendre_echeancier
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de
from jalon.facturation.actions import (
    confirmer_abandon,
    ecarter_abandon,
    enregistrer_remboursement,
    marquer_reglees,
    proposer_abandon,
    reclamer_trop_percu,
)
from jalon.facturation.comptes import comptes_de, ne_comptent_plus
from jalon.facturation.courriels import TropPercuConstate
from jalon.facturation.enums import EtatTropPercu, PosteVerse
from jalon.facturation.models import Facture, Remboursement, TropPercu
from jalon.facturation.regles.trop_percus import CompteDeVerse, refus_de_la_limite, refus_du_remboursement
from jalon.facturation.requetes import trop_percus, trop_percus_a_faire, trop_percus_de
from jalon.facturation.suites import facture_sur_l_accord
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import (
    DroitManquant,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    SecondFacteurRequis,
    TransitionImpossible,
)
from jalon.socle.montants import ZERO, somme
from tests.acteurs import acteur_entreprise, acteur_opco, acteur_prestataire
from tests.banque.outils import MAINTENANT, PORTEFEUILLE, SIREN, SIREN_PRESTATAIRE
from tests.facturation.outils import NIVEAU_6, accorder_contrat, contrat_estime, entreprise, gestionnaire, organisme, relire
from tests.facturation.test_depot_par_echeance import OUVRE, a, avance, compte, regler, suivi

COMPTABLE = acteur_opco(PORTEFEUILLE, Pouvoir.PREPARER_LOTS, nom="Inès Essai")
JEANNE = acteur_opco(PORTEFEUILLE, Pouvoir.SIGNER_LOTS, Pouvoir.TRAITER_FACTURES, nom="Jeanne Essai")
JOUR = MAINTENANT.date()

CENTIMES = st.integers(0, 2_000_000).map(lambda c: Decimal(c) / 100)


@settings(max_examples=300, deadline=None)
@given(CENTIMES, CENTIMES, st.integers(0, 100), st.integers(0, 100))
def test_chaque_centime_est_du_rendu_abandonne_ou_a_reprendre(verse: Decimal, du: Decimal, part: int, abandon: int) -> None:
    """However the agreement moves after that: what came back is never asked twice, what was given up never paid twice."""
    exces = CompteDeVerse(verse=verse, du=du).reste
    rendu = (exces * part / 100).quantize(Decimal("0.01"))
    abandonne = ((exces - rendu) * abandon / 100).quantize(Decimal("0.01"))
    for nouveau in (du, ZERO, verse, du + Decimal("0.01")):
        compte = CompteDeVerse(verse=verse, du=nouveau, rendu=rendu, abandonne=abandonne)
        assert compte.retenu + compte.abandon_utile + compte.reste == compte.verse - compte.rendu
        assert min(compte.retenu, compte.abandon_utile, compte.reste) >= ZERO
        assert compte.abandon_utile <= abandonne
        assert compte.retenu <= nouveau
    assert CompteDeVerse(verse=verse, du=du, rendu=rendu, abandonne=abandonne).reste == exces - rendu - abandonne


@pytest.mark.parametrize(
    ("montant", "recu_le", "reference", "cases"),
    [
        ("100.00", JOUR, "VIR 12", set()),
        ("0.01", JOUR, "VIR 12", set()),
        ("0.00", JOUR, "VIR 12", {"montant"}),
        ("100.01", JOUR, "VIR 12", {"montant"}),
        ("10.005", JOUR, "VIR 12", {"montant"}),
        ("100.00", JOUR + timedelta(days=1), "VIR 12", {"recu_le"}),
        ("100.00", JOUR, " ", {"reference"}),
        ("100.00", JOUR, "x" * 61, {"reference"}),
    ],
)
def test_un_remboursement_se_juge_par_case(montant: str, recu_le: date, reference: str, cases: set[str]) -> None:
    assert set(refus_du_remboursement(Decimal(montant), recu_le, reference, Decimal("100.00"), JOUR)) == cases


def test_la_limite_est_a_venir() -> None:
    assert refus_de_la_limite(JOUR + timedelta(days=1), JOUR) == ""
    assert refus_de_la_limite(JOUR, JOUR)


def reprendre(engagement: Engagement, npec: str) -> Engagement:
    lu = Engagement.objects.tous("essai").select_related("dossier").get(pk=engagement.pk)
    return reprendre_echeancier(
        engagement=lu, estimation=contrat_estime(npec, **NIVEAU_6), motif="avenant 35", par=gestionnaire(), maintenant=MAINTENANT
    ).engagement


@pytest.fixture
def trop(db: None) -> TropPercu:
    """4 850 € paid on a contract counted again at 1 500 € a year."""
    engagement = accorder_contrat()
    regler(avance(engagement))
    regler(avance(engagement, 2, le=a(OUVRE)))
    reprendre(engagement, "1500")
    return TropPercu.objects.tous("essai").select_related("engagement__dossier").get()


def relu(trop: TropPercu) -> TropPercu:
    lu: TropPercu = TropPercu.objects.tous("essai").select_related("engagement__dossier").get(pk=trop.pk)
    return lu


def recevoir(trop: TropPercu, montant: Decimal | str, par: Acteur = COMPTABLE) -> Remboursement:
    return enregistrer_remboursement(
        trop_percu_id=trop.pk, montant=Decimal(montant), recu_le=JOUR, reference="VIR 12", par=par, maintenant=MAINTENANT
    )


def codes(trop: TropPercu) -> list[str]:
    lus = Evenement.objects.tous("essai").filter(objet_id=str(trop.engagement.dossier_id), code__startswith="trop_percu.")
    return list(lus.order_by("le", "id").values_list("code", flat=True))


def juste(engagement: Engagement) -> None:
    """On every part, to the cent; and the schedule and the debt say the same."""
    comptes = comptes_de(engagement)
    assert all(c.retenu + c.abandon_utile + c.reste == c.net for c in comptes.values())
    ouverts = TropPercu.objects.tous("essai").filter(engagement=engagement, etat__in=["a_reclamer", "reclame"])
    assert somme(t.reste for t in ouverts) == somme(c.reste for c in comptes.values())
    assert suivi(engagement).trop_verse == comptes[PosteVerse.ECHEANCES].reste + comptes[PosteVerse.ECHEANCES].abandon_utile


def test_un_recalcul_constate_ce_que_les_echeances_ne_peuvent_absorber(trop: TropPercu) -> None:
    engagement = trop.engagement
    du = somme(e.montant for e in echeances_de(engagement))
    assert (trop.poste, trop.etat, trop.montant) == (PosteVerse.ECHEANCES, EtatTropPercu.A_RECLAMER, Decimal("4850.00") - du)
    assert (trop.beneficiaire_siren, trop.motif) == (SIREN_PRESTATAIRE, "avenant 35")
    assert codes(trop) == ["trop_percu.constate"]
    juste(engagement)
    assert [t.pk for t in trop_percus_de(engagement.dossier, organisme())] == [trop.pk]


def test_ce_que_les_echeances_absorbent_n_est_pas_une_dette(db: None) -> None:
    engagement = accorder_contrat()
    regler(avance(engagement))
    apres = reprendre(engagement, "6000")
    assert not TropPercu.objects.tous("essai").exists()
    assert suivi(apres).lignes[0].regle > ZERO


def test_rien_n_est_reclame_de_ce_qui_n_est_pas_encore_paye(db: None) -> None:
    engagement = accorder_contrat()
    envoyee = avance(engagement)
    apres = reprendre(engagement, "500")
    assert not TropPercu.objects.tous("essai").exists()
    Facture.objects.tous("essai").filter(pk=envoyee.pk).update(
        etat="en_paiement", coordonnees=compte(), iban_chiffre="essai", coordonnees_figees_le=MAINTENANT
    )
    en_paiement = Facture.objects.tous("essai").select_related("engagement__dossier").filter(pk=envoyee.pk)
    marquer_reglees(factures=en_paiement, reference="LOT 1", par=COMPTABLE, maintenant=MAINTENANT)
    trop = TropPercu.objects.tous("essai").get()
    assert trop.montant == Decimal("2450.00") - somme(e.montant for e in echeances_de(apres))


def test_un_recalcul_en_sens_inverse_l_eteint(trop: TropPercu) -> None:
    engagement = reprendre(trop.engagement, "8000")
    assert (relu(trop).etat, relu(trop).montant) == (EtatTropPercu.SANS_OBJET, ZERO)
    assert suivi(engagement).trop_verse == ZERO
    juste(engagement)
    reprendre(engagement, "1500")
    assert TropPercu.objects.tous("essai").filter(etat=EtatTropPercu.A_RECLAMER).count() == 1


def test_reclame_puis_rendu_en_deux_fois_il_est_recouvre(trop: TropPercu) -> None:
    total = trop.montant
    reclamer_trop_percu(trop_percu_id=trop.pk, avant=JOUR + timedelta(days=30), par=gestionnaire(), maintenant=MAINTENANT)
    assert (relu(trop).etat, relu(trop).reclame_avant) == (EtatTropPercu.RECLAME, JOUR + timedelta(days=30))
    recevoir(trop, "1000.00")
    assert (relu(trop).etat, relu(trop).reste) == (EtatTropPercu.RECLAME, total - 1000)
    recevoir(trop, total - 1000)
    assert (relu(trop).etat, relu(trop).reste) == (EtatTropPercu.RECOUVRE, ZERO)
    with pytest.raises(TransitionImpossible, match="Recouvré"):
        recevoir(trop, "1.00")
    assert ne_comptent_plus({trop.engagement_id}) == {trop.engagement_id: total}
    assert codes(trop) == ["trop_percu.constate", "trop_percu.reclame", "trop_percu.recu", "trop_percu.recu"]
    dossier = relire(trop.engagement.dossier_id)
    assert dossier.montant_paye == dossier.montant_facture == Decimal("4850.00") - total
    assert facture_sur_l_accord(trop.engagement_id) == Decimal("4850.00") - total
    juste(trop.engagement)


def test_ce_qui_est_rendu_se_facture_de_nouveau_si_l_accord_remonte(trop: TropPercu) -> None:
    rendu = trop.montant
    recevoir(trop, rendu)
    engagement = reprendre(trop.engagement, "8000")
    suivie = suivi(engagement)
    assert suivie.regle == Decimal("4850.00") - rendu
    assert suivie.reste == suivie.total - suivie.regle
    juste(engagement)


def test_l_abandon_se_decide_a_deux(trop: TropPercu) -> None:
    with pytest.raises(TransitionImpossible, match="Personne n’a proposé"):
        confirmer_abandon(trop_percu_id=trop.pk, par=JEANNE, maintenant=MAINTENANT)
    recevoir(trop, "100.00")
    proposer_abandon(trop_percu_id=trop.pk, motif="CFA en liquidation", par=JEANNE, maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible, match="déjà proposé"):
        proposer_abandon(trop_percu_id=trop.pk, motif="Encore", par=gestionnaire(), maintenant=MAINTENANT)
    with pytest.raises(DroitManquant, match="une autre personne"):
        confirmer_abandon(trop_percu_id=trop.pk, par=JEANNE, maintenant=MAINTENANT)
    autre = acteur_opco(PORTEFEUILLE, Pouvoir.SIGNER_LOTS, second_facteur_le=None)
    with pytest.raises(SecondFacteurRequis):
        confirmer_abandon(trop_percu_id=trop.pk, par=autre, maintenant=MAINTENANT)
    ecarter_abandon(trop_percu_id=trop.pk, par=JEANNE, maintenant=MAINTENANT)
    proposer_abandon(trop_percu_id=trop.pk, motif="CFA liquidé", par=gestionnaire(), maintenant=MAINTENANT)
    confirmer_abandon(trop_percu_id=trop.pk, par=JEANNE, maintenant=MAINTENANT)
    fini = relu(trop)
    assert (fini.etat, fini.abandonne, fini.reste) == (EtatTropPercu.ABANDONNE, trop.montant - 100, ZERO)
    juste(trop.engagement)
    assert ne_comptent_plus({trop.engagement_id}) == {trop.engagement_id: trop.montant}, "annex costs can still be paid"
    engagement = reprendre(trop.engagement, "1500.00")
    assert not TropPercu.objects.tous("essai").filter(etat=EtatTropPercu.A_RECLAMER).exists(), "given up once for all"
    remonte = reprendre(engagement, "8000")
    assert suivi(remonte).regle == Decimal("4750.00"), "what was given up counts as paid"
    assert ne_comptent_plus({trop.engagement_id}) == {trop.engagement_id: Decimal("100.00")}
    juste(remonte)


ACTES: list[tuple[Callable[[TropPercu, Acteur], Any], Acteur]] = [
    (
        lambda t, par: reclamer_trop_percu(trop_percu_id=t.pk, avant=JOUR + timedelta(days=9), par=par, maintenant=MAINTENANT),
        COMPTABLE,
    ),
    (lambda t, par: recevoir(t, "1.00", par), gestionnaire()),
    (lambda t, par: proposer_abandon(trop_percu_id=t.pk, motif="Essai", par=par, maintenant=MAINTENANT), COMPTABLE),
    (lambda t, par: confirmer_abandon(trop_percu_id=t.pk, par=par, maintenant=MAINTENANT), gestionnaire()),
    (lambda t, par: ecarter_abandon(trop_percu_id=t.pk, par=par, maintenant=MAINTENANT), gestionnaire()),
]


def test_chaque_acte_demande_son_pouvoir_et_rien_n_est_ecrit(trop: TropPercu) -> None:
    for acte, sans_pouvoir in ACTES:
        for acteur, erreur in (
            (sans_pouvoir, DroitManquant),
            (organisme(), DroitManquant),
            (acteur_prestataire("552100554"), Introuvable),
            (acteur_opco(trop.pk, *Pouvoir), Introuvable),
        ):
            with pytest.raises(erreur):
                acte(trop, acteur)
    for refus in (
        lambda: reclamer_trop_percu(trop_percu_id=trop.pk, avant=JOUR, par=gestionnaire(), maintenant=MAINTENANT),
        lambda: proposer_abandon(trop_percu_id=trop.pk, motif=" ", par=gestionnaire(), maintenant=MAINTENANT),
        lambda: recevoir(trop, trop.montant + 1),
    ):
        with pytest.raises((SaisieRefusee, SaisiesRefusees)):
            refus()
    assert vars(relu(trop)).keys() == vars(trop).keys()
    assert (relu(trop).etat, codes(trop)) == (EtatTropPercu.A_RECLAMER, ["trop_percu.constate"])


def test_chacun_voit_ce_qui_le_concerne_et_ce_qu_il_a_a_faire(trop: TropPercu) -> None:
    assert [len(trop_percus(x, s)) for x, s in ((organisme(), SIREN_PRESTATAIRE), (entreprise(), SIREN), (gestionnaire(), None))] == [
        1, 1, 1,
    ]  # fmt: skip
    assert trop_percus(acteur_entreprise("552100554"), "552100554") == []
    assert [t.titre for t in trop_percus_a_faire(gestionnaire(), None, JOUR)] == ["Réclamer un trop-perçu"]
    assert trop_percus_a_faire(COMPTABLE, None, JOUR) == trop_percus_a_faire(organisme(), SIREN_PRESTATAIRE, JOUR) == []
    reclamer_trop_percu(trop_percu_id=trop.pk, avant=JOUR + timedelta(days=9), par=gestionnaire(), maintenant=MAINTENANT)
    assert [t.action for t in trop_percus_a_faire(organisme(), SIREN_PRESTATAIRE, JOUR)] == ["Voir"]
    assert trop_percus_a_faire(entreprise(), SIREN, JOUR) == []
    assert trop_percus_a_faire(gestionnaire(), None, JOUR + timedelta(days=9)) == []
    assert [t.titre for t in trop_percus_a_faire(gestionnaire(), None, JOUR + timedelta(days=10))] == ["Relancer un trop-perçu"]


def test_le_courriel_ne_dit_aucun_montant_et_se_tait_une_fois_rendu(trop: TropPercu) -> None:
    message = TropPercuConstate.charger(trop.pk, Destinataire("driss@exemple.fr", None))
    assert message is not None
    assert set(message.contexte()) == {"dossier", "avant", "chemin"}
    assert not message.autorise(), "nobody in particular"
    assert not Courriel.objects.filter(genre="facturation.trop_percu_constate").exists(), "no administrator here"


def test_la_base_refuse_un_abandon_seul_et_un_effacement(trop: TropPercu) -> None:
    lignes = TropPercu.objects.tous("essai").filter(pk=trop.pk)
    for champs in (
        {"abandon_propose_par": trop.pk, "abandonne_par": trop.pk},
        {"recu": trop.montant + 1},
        {"etat": "inconnu"},
    ):
        with pytest.raises(Exception, match="trop_percu_"):
            _changer(lignes, champs)


def _changer(lignes: QuerySet[TropPercu], champs: dict[str, Any]) -> None:
    with transaction.atomic():
        lignes.update(**champs)
