"""A batch that cannot go on says so on its own page, with the lines concerned: nobody is sent elsewhere."""

from django.urls import reverse

from jalon.banque.actions import geler_coordonnees
from jalon.reglements.models import Virement
from tests.acteurs import acteur_prestataire
from tests.dossiers.fabrique import SIREN_OF
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import essai
from tests.saisies.lecture import Page

ADRESSES = {"opco_lot_preparer", "opco_lot_signer", "opco_lot_fichier"}


def test_un_lot_sans_rien_a_payer_le_dit(monde: Monde) -> None:
    with essai():
        comptable = monde.client("comptable")
        assert comptable.post(reverse("opco_lot_preparer")).status_code == 302
        reponse = comptable.post(reverse("opco_lot_preparer"))
    _refuse(reponse.status_code, reponse.content.decode(), "Aucune facture ne peut être payée maintenant")


def test_un_compte_gele_empeche_de_signer_et_le_lot_le_montre(monde: Monde) -> None:
    with essai():
        _geler(monde)
        reponse = monde.client("responsable").post(reverse("opco_lot_signer", args=[monde.objets["lot"]]))
    page = _refuse(
        reponse.status_code, reponse.content.decode(), "Ce lot ne peut plus être signé. Abandonnez-le, puis préparez-en un autre"
    )
    assert "Des comptes ne peuvent plus être payés" in page.html


def test_un_compte_gele_apres_la_signature_empeche_de_remettre_le_fichier(monde: Monde) -> None:
    with essai():
        lot = monde.objets["lot"]
        assert monde.client("responsable").post(reverse("opco_lot_signer", args=[lot])).status_code == 302
        _geler(monde)
        reponse = monde.client("comptable").post(reverse("opco_lot_fichier", args=[lot]))
    _refuse(reponse.status_code, reponse.content.decode(), "Ne remettez pas ce lot à la banque\u00a0: abandonnez-le")


def _geler(monde: Monde) -> None:
    lignes = Virement.objects.tous("essai").filter(lot_id=monde.objets["lot"])
    for ligne in lignes:
        geler_coordonnees(
            coordonnees_id=ligne.coordonnees_id, motif="Doute", par=acteur_prestataire(SIREN_OF), maintenant=MAINTENANT
        )


def _refuse(statut: int, html: str, phrase: str) -> Page:
    assert statut == 422
    page = Page(html)
    assert page.titre.startswith("Erreur\u00a0: ")
    assert page.resume == [("", phrase)]
    return page
