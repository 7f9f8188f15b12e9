"""Two people at once (exigences, R7): threads with real commits, 40 tries of each race."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models import Count

from jalon.banque.actions import geler_coordonnees
from jalon.banque.models import CoordonneesBancaires
from jalon.facturation.actions import rejeter_facture
from jalon.facturation.enums import MotifRejet
from jalon.facturation.models import Facture
from jalon.referentiels.actions import regler_paiements
from jalon.referentiels.models import ReglagePaiement
from jalon.reglements.actions import abandonner_lot
from jalon.reglements.models import LotVirements, Virement
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import ErreurMetier
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import acteur_opco
from tests.banque.outils import IBANS, JOUR, MAINTENANT, PORTEFEUILLE, SIREN_PRESTATAIRE, ajouter
from tests.facturation.outils import accorder, deposer, gestionnaire, relire, saisie_facture
from tests.fils import ensemble
from tests.reglements.outils import (
    comptable,
    factures_acceptees,
    lignes,
    preparer,
    responsable,
    rib_du_prestataire,
    signer,
    telecharger,
)

ESSAIS = 40


def refus(resultats: list[object]) -> list[ErreurMetier]:
    return [r for r in resultats if isinstance(r, ErreurMetier)]


def test_deux_comptables_qui_preparent_ensemble_ne_prennent_pas_deux_fois_la_meme_facture(base_reelle: str) -> None:
    rib_du_prestataire()
    for _ in range(ESSAIS):
        factures = {f.pk for f in factures_acceptees(2)}
        ensemble([preparer, lambda: preparer(par=comptable(id=nouvel_id()))])
        actifs = Virement.objects.tous("essai").filter(facture_id__in=factures, retire_le__isnull=True)
        assert set(actifs.values_list("facture_id", flat=True)) == factures
        assert actifs.count() == len(factures)
    en_double = Virement.objects.tous("essai").order_by().values("facture_id").annotate(n=Count("pk")).filter(n__gt=1)
    assert not en_double.exists()


def test_deux_signatures_ensemble_n_ecrivent_qu_un_fichier(base_reelle: str) -> None:
    rib_du_prestataire()
    for _ in range(ESSAIS // 4):
        factures_acceptees(1)
        lot = preparer().lot
        resultats = ensemble([lambda lot=lot: signer(lot), lambda lot=lot: signer(lot, par=responsable(id=nouvel_id()))])
        assert len(refus(resultats)) == 1
        assert telecharger(lot).sha256 == telecharger(lot).sha256


def test_un_gel_et_une_signature_ensemble_ne_laissent_pas_partir_un_compte_gele(base_reelle: str) -> None:
    for rang in range(ESSAIS // 4):
        compte = rib_du_prestataire(IBANS[rang % 3], MAINTENANT - (40 - 4 * rang) * JOUR)
        factures_acceptees(1)
        lot = preparer().lot

        def geler(compte: UUID = compte) -> object:
            return geler_coordonnees(coordonnees_id=compte, motif="Fraude", par=gestionnaire(), maintenant=MAINTENANT)

        signature, gel = ensemble([lambda lot=lot: signer(lot), geler])
        assert not isinstance(gel, ErreurMetier)
        if isinstance(signature, ErreurMetier):
            abandonner_lot(lot_id=lot.pk, motif="Gel", par=comptable(), maintenant=MAINTENANT)
        else:
            with pytest.raises(ErreurMetier, match="Ne remettez pas"):
                telecharger(lot)
            abandonner_lot(lot_id=lot.pk, motif="Gel", par=responsable(), maintenant=MAINTENANT)
        assert Virement.objects.tous("essai").filter(prestataire_siren=SIREN_PRESTATAIRE, retire_le__isnull=True).count() == 0
        for facture in Facture.objects.tous("essai").filter(etat="acceptee"):
            rejeter_facture(facture_id=facture.pk, motif=MotifRejet.AUTRE, texte="Fin", par=gestionnaire(), maintenant=MAINTENANT)


def test_deux_factures_ensemble_ne_depassent_pas_l_accord(base_reelle: str) -> None:
    for _ in range(ESSAIS):
        engagement = accorder()
        resultats = ensemble([lambda e=engagement: deposer(e, saisie_facture("600.00")) for _ in range(2)])
        assert len(refus(resultats)) == 1
        assert relire(engagement.dossier_id).montant_facture == 720


def test_le_meme_numero_ensemble_n_est_pris_qu_une_fois(base_reelle: str) -> None:
    for rang in range(ESSAIS // 2):
        un, deux = accorder(), accorder()
        numero = f"DOUBLE-{rang}"
        resultats = ensemble(
            [
                lambda e=un, n=numero: deposer(e, saisie_facture("10.00", numero=n)),
                lambda e=deux, n=numero: deposer(e, saisie_facture("11.00", numero=n)),
            ]
        )
        assert [r.message for r in refus(resultats)] == [
            "Ce numéro a déjà été transmis par cet émetteur. Une facture ne se présente qu’une fois"
        ]


def test_deux_ajouts_de_compte_ensemble_n_en_laissent_qu_un_en_attente(base_reelle: str) -> None:
    for rang in range(ESSAIS // 2):
        siren = f"{100000000 + rang}"
        resultats = ensemble([lambda s=siren, i=i: ajouter(IBANS[i], siren=s) for i in (0, 1)])
        assert len(refus(resultats)) == 1
        assert CoordonneesBancaires.objects.tous("essai").filter(siren=siren).count() == 1


def test_rejeter_et_preparer_ensemble_ne_paient_pas_une_facture_rejetee(base_reelle: str) -> None:
    rib_du_prestataire()
    for _ in range(ESSAIS // 2):
        facture = factures_acceptees(1)[0]

        def rejeter(cle: UUID = facture.pk) -> object:
            return rejeter_facture(facture_id=cle, motif=MotifRejet.AUTRE, texte="Non", par=gestionnaire(), maintenant=MAINTENANT)

        ensemble([lambda: preparer(MAINTENANT + timedelta(seconds=1)), rejeter])
        facture = Facture.objects.tous("essai").get(pk=facture.pk)
        en_lot = Virement.objects.tous("essai").filter(facture=facture, retire_le__isnull=True).exists()
        assert (facture.etat, en_lot) in {("rejetee", False), ("en_paiement", True)}
    for lot in LotVirements.objects.tous("essai"):
        assert sum(v.montant for v in lignes(lot)) == lot.total


def test_deux_reglages_des_paiements_ensemble_n_en_ecrivent_qu_un(base_reelle: str) -> None:
    karim = acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES)
    resultats = ensemble(
        [lambda: regler_paiements(compte_verifie=False, motif="Conseil", par=karim, maintenant=MAINTENANT) for _ in range(2)]
    )
    assert sorted(type(r).__name__ for r in resultats) == ["ReglagePaiement", "SaisieRefusee"]
    assert list(ReglagePaiement.objects.order_by("revision").values_list("revision", "compte_verifie")) == [(1, True), (2, False)]
