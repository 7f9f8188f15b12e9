"""The signed avenant and the proof of a rupture, attached by the company."""

import io
from typing import Any

import pytest

from jalon.contrats.actions import commencer_avenant, declarer_rupture, joindre_preuve, preuves, signaler_rupture
from jalon.contrats.requetes import preuve_du_prestataire
from jalon.dispositifs.base import Rupture
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import libelle_de_piece, pieces_de
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.contrats.fabrique import PENDANT, accord_signe, accorde, aline, driss, emma, relire
from tests.dispositifs.apprentissage.demandes import APPRENTISSAGE
from tests.dossiers.fabrique import AUTRE_SIREN, monde
from tests.facturation.outils import document_leger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde(monkeypatch: pytest.MonkeyPatch) -> None:
    monde()
    monkeypatch.setattr(preuves, "deposer_document", document_leger)


def joindre(dossier: Dossier, par: Acteur | None = None) -> PieceDeposee:
    return joindre_preuve(
        dossier_id=dossier.id, nom="acte.pdf", contenu=io.BytesIO(b"%PDF-1.7 essai"), par=par or aline(), maintenant=PENDANT
    )


def rompu() -> Dossier:
    dossier = accorde()
    declarer_rupture(dossier_id=dossier.id, rupture=accord_signe(), par=aline(), maintenant=PENDANT)
    return dossier


def test_la_preuve_d_une_rupture_se_joint_et_se_remplace() -> None:
    dossier = rompu()
    joindre(dossier)
    joindre(dossier)
    pieces = PieceDeposee.objects.tous("essai").filter(dossier=dossier, code="preuve_rupture").order_by("id")
    assert [p.etat for p in pieces] == ["remplacee", "deposee"]
    assert libelle_de_piece(APPRENTISSAGE, "preuve_rupture") == "Preuve de la rupture"


def test_l_avenant_signe_se_joint_tant_qu_il_se_prepare() -> None:
    dossier = accorde()
    with pytest.raises(TransitionImpossible, match="Aucune pièce"):
        joindre(dossier)
    commencer_avenant(dossier_id=dossier.id, code="36", par=aline(), maintenant=PENDANT)
    assert joindre(dossier).code == "avenant_signe"


def test_un_fichier_refuse_n_est_pas_garde(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(**_: Any) -> Document:
        raise SaisieRefusee("Joignez un PDF, un JPEG ou un PNG", champ="fichier")

    monkeypatch.setattr(preuves, "deposer_document", refuser)
    dossier = rompu()
    with pytest.raises(SaisieRefusee):
        joindre(dossier)
    assert not PieceDeposee.objects.tous("essai").filter(dossier=dossier, code="preuve_rupture").exists()


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.ENVOI), DroitManquant),
        (driss(niveau=Niveau.ENVOI), DroitManquant),
        (emma(), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
def test_joindre_demande_la_gestion(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = rompu()
    with pytest.raises(erreur):
        joindre(dossier, acteur)


def test_le_cfa_joint_sa_preuve_a_cote_de_celle_de_l_entreprise() -> None:
    dossier = accorde()
    with pytest.raises(TransitionImpossible, match="signalez-la d’abord"):
        joindre(dossier, driss())
    signaler_rupture(dossier_id=dossier.id, rupture=Rupture(le=PENDANT.date()), par=driss(), maintenant=PENDANT)
    assert joindre(dossier, driss()).code == "preuve_prestataire"
    with pytest.raises(TransitionImpossible, match="Aucune pièce"):
        joindre(dossier)
    declarer_rupture(dossier_id=dossier.id, rupture=accord_signe(), par=aline(), maintenant=PENDANT)
    joindre(dossier)
    joindre(dossier, driss())
    relu = relire(dossier)
    assert [p.code for p in pieces_de(relu, emma()) if "preuve" in p.code] == ["preuve_prestataire", "preuve_rupture"]
    assert pieces_de(relu, driss()) == [], "a provider reads no document of the request"
    sienne = preuve_du_prestataire(relu)
    assert sienne is not None
    assert sienne.deposee_par_nom == "Driss Essai"
