"""The same money written down twice at the same instant, or given up while it comes back: never more than what is owed."""

from decimal import Decimal

from jalon.facturation.actions import confirmer_abandon, proposer_abandon
from jalon.facturation.models import Remboursement, TropPercu
from jalon.socle.erreurs import ErreurMetier
from jalon.socle.montants import ZERO
from tests.banque.outils import MAINTENANT
from tests.facturation.outils import accorder_contrat, gestionnaire
from tests.facturation.test_depot_par_echeance import OUVRE, a, avance, regler
from tests.facturation.test_trop_percus import JEANNE, recevoir, reprendre
from tests.fils import ensemble


def du_trop() -> TropPercu:
    engagement = accorder_contrat()
    regler(avance(engagement))
    regler(avance(engagement, 2, le=a(OUVRE)))
    reprendre(engagement, "1500")
    trop: TropPercu = TropPercu.objects.tous("essai").get()
    return trop


def test_un_remboursement_saisi_par_plusieurs_n_est_compte_qu_une_fois(base_reelle: str) -> None:
    trop = du_trop()
    issues = ensemble([lambda: recevoir(trop, trop.montant) for _ in range(4)])
    assert [isinstance(x, Remboursement) for x in issues].count(True) == 1
    assert all(isinstance(x, Remboursement | ErreurMetier) for x in issues)
    assert TropPercu.objects.tous("essai").get().reste == ZERO


def test_abandonne_pendant_qu_il_est_rendu_le_compte_tombe_juste(base_reelle: str) -> None:
    trop = du_trop()
    proposer_abandon(trop_percu_id=trop.pk, motif="Essai", par=gestionnaire(), maintenant=MAINTENANT)
    ensemble([
        lambda: recevoir(trop, Decimal("100.00")),
        lambda: confirmer_abandon(trop_percu_id=trop.pk, par=JEANNE, maintenant=MAINTENANT),
    ])  # fmt: skip
    fini = TropPercu.objects.tous("essai").get()
    assert fini.reste == ZERO
    assert fini.recu + fini.abandonne == trop.montant
    assert fini.recu in {ZERO, Decimal("100.00")}
