"""Invoices of one payment, and a schedule counted again, at the same instant."""

from decimal import Decimal

from django.db import transaction

from jalon.dossiers.models import Dossier
from jalon.engagements.models import EcheanceEngagement, Engagement
from jalon.facturation.models import Facture
from jalon.facturation.suites import facture_sur_l_accord
from jalon.socle.erreurs import SaisiesRefusees
from jalon.socle.montants import ZERO, euros
from tests.facturation.outils import accorder_contrat
from tests.facturation.test_depot_par_echeance import avance, reprendre, suivi
from tests.fils import ensemble


def test_deux_factures_d_une_echeance_au_meme_instant(base_reelle: str) -> None:
    engagement = accorder_contrat()
    issues = ensemble([lambda: avance(engagement, 1, "1000.00") for _ in range(5)])
    recues = [x for x in issues if isinstance(x, Facture)]
    refusees = [x for x in issues if isinstance(x, SaisiesRefusees)]
    assert (len(recues), len(refusees)) == (1, 4)
    assert all("déjà en cours" in x.champs["echeance"] for x in refusees)
    assert Facture.objects.tous("essai").count() == 1


def test_une_facture_et_un_recalcul_au_meme_instant_ne_perdent_rien(base_reelle: str) -> None:
    engagement = accorder_contrat()

    def recalculer() -> object:
        with transaction.atomic():
            Dossier.objects.tous("essai").select_for_update(of=("self",)).get(pk=engagement.dossier_id)
            return reprendre(engagement, npec="9000")

    ensemble([lambda: avance(engagement, 1, "2450.00"), recalculer])
    apres = Engagement.objects.tous("essai").get(pk=engagement.pk)
    assert apres.version == 2
    etat = suivi(apres)
    demande = facture_sur_l_accord(engagement.pk)
    assert demande in {ZERO, Decimal("2450.00")}
    assert etat.regle + etat.en_cours == demande
    assert euros(etat.reste + demande) == etat.total
    assert EcheanceEngagement.objects.filter(engagement=engagement, remplacee_le__isnull=True).count() == len(etat.lignes)
    assert etat.trop_verse == ZERO
