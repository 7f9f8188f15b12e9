"""An account that nobody at the OPCO verified is not paid, unless the OPCO says otherwise (exigences, T5)."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from jalon.banque.actions import confirmer_coordonnees
from jalon.banque.enums import MethodeConfirmation
from jalon.facturation.models import Facture
from jalon.habilitations.enums import Role
from jalon.journal.models import Evenement
from jalon.referentiels.actions import regler_paiements
from jalon.referentiels.models import ReglagePaiement
from jalon.referentiels.requetes import reglage_des_paiements
from jalon.reglements.requetes import alertes_de, factures_a_payer
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, Empechements, SaisieRefusee
from tests.acteurs import FauxActeur, acteur_opco
from tests.banque.outils import MAINTENANT, PORTEFEUILLE
from tests.facturation.outils import gestionnaire
from tests.habilitations.fabrique import agent
from tests.reglements.outils import comptable, factures_acceptees, lignes, preparer, relire, rib_du_prestataire, signer
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
JOUR = jour_de_paris(MAINTENANT)
RAISON = "personne à l’OPCO n’a encore vérifié ces coordonnées bancaires"


def karim() -> FauxActeur:
    return acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES, nom="Karim Essai")


def regler(*, compte_verifie: bool, motif: str = "Conseil", par: FauxActeur | None = None) -> ReglagePaiement:
    return regler_paiements(compte_verifie=compte_verifie, motif=motif, par=par or karim(), maintenant=MAINTENANT)


def verifier(compte: UUID) -> None:
    confirmer_coordonnees(
        coordonnees_id=compte, methode=MethodeConfirmation.CONTRE_APPEL, commentaire="", par=gestionnaire(), maintenant=MAINTENANT
    )


def test_un_compte_non_verifie_attend_et_la_verification_le_libere() -> None:
    compte = rib_du_prestataire(verifie=False)
    facture = factures_acceptees(1)[0]
    with pytest.raises(Empechements) as refus:
        preparer()
    assert [str(r) for r in refus.value.raisons] == [f"{facture.numero}\u00a0: {RAISON}"]
    payables, ecartees = factures_a_payer(comptable(), MAINTENANT)
    assert ([p.facture.pk for p in payables], [(e.facture.pk, e.compte) for e in ecartees]) == ([], [(facture.pk, compte)])
    verifier(compte)
    assert [v.facture_id for v in lignes(preparer().lot)] == [facture.pk]


def test_le_delai_se_dit_avant_la_verification() -> None:
    rib_du_prestataire(le=MAINTENANT - timedelta(hours=1), verifie=False)
    factures_acceptees(1)
    _, (ecartee,) = factures_a_payer(comptable(), MAINTENANT)
    assert ("72\u00a0heures" in ecartee.raison, ecartee.compte) == (True, None)


def test_l_opco_le_regle_et_un_lot_prepare_entre_temps_ne_se_signe_pas() -> None:
    compte = rib_du_prestataire(verifie=False)
    factures_acceptees(1)
    assert reglage_des_paiements(JOUR).compte_verifie
    assert not regler(compte_verifie=False).compte_verifie
    assert [reglage_des_paiements(JOUR + timedelta(days=j)).compte_verifie for j in (-1, 0, 400)] == [True, False, False]
    lot = preparer().lot
    regler(compte_verifie=True)
    with pytest.raises(Empechements) as refus:
        signer(lot)
    assert RAISON in str(refus.value.raisons[0])
    assert [a.compte for a in alertes_de(relire(lot), MAINTENANT)] == [compte]
    verifier(compte)
    assert signer(lot).sha256
    assert Evenement.objects.tous("essai").filter(code="paiements.regles").count() == 2


def test_ce_que_le_reglage_refuse() -> None:
    for essai, erreur in (
        ({"compte_verifie": True}, SaisieRefusee),
        ({"compte_verifie": False, "motif": " "}, SaisieRefusee),
        ({"compte_verifie": False, "par": comptable()}, DroitManquant),
    ):
        with pytest.raises(erreur):  # type: ignore[arg-type]
            regler(**essai)  # type: ignore[arg-type]
    assert not Evenement.objects.tous("essai").filter(code="paiements.regles").exists()
    assert reglage_des_paiements(JOUR).compte_verifie


def test_la_page_du_lot_dit_lesquelles_attendent_et_y_mene() -> None:
    compte = rib_du_prestataire(verifie=False)
    facture: Facture = factures_acceptees(1)[0]
    with time_machine.travel(MAINTENANT, tick=False):
        ines = navigateur_de(agent(Role.COMPTABLE, prenom="Inès"))
        for nom in ("opco_lots", "opco_lot_preparer"):
            page = ines.get(reverse(nom)).content.decode()
            assert "1 facture attend la vérification d’un compte" in page
            assert facture.numero in page
            assert "Un gestionnaire de l’OPCO doit vérifier le compte" in page
            assert reverse("opco_ribs") not in page
        verifier(compte)
        assert "la vérification d’un compte" not in ines.get(reverse("opco_lot_preparer")).content.decode()


def test_la_page_des_reglages_le_change() -> None:
    with time_machine.travel(MAINTENANT, tick=False):
        navigateur = navigateur_de(agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"))
        assert "Il n’est pas payé" in navigateur.get(reverse("opco_reglages")).content.decode()
        adresse = reverse("opco_reglage_paiements")
        fait = navigateur.post(adresse, {"compte_verifie": "non", "motif": "Conseil"}, follow=True).content.decode()
        assert "Le réglage des paiements est modifié" in fait
        assert "Il est payé après ses 72\u00a0heures" in fait
