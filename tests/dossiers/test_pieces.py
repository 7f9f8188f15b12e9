"""Documents of a request, with the real inspection."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import deposer_piece, ouvrir_piece, retirer_piece
from jalon.dossiers.enums import EtatPiece
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import pieces_attendues, pieces_de, pieces_utilisables, reponses_de, versions_de_piece
from jalon.journal.models import Evenement
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.requetes import DocumentIndisponible
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    LE,
    aline,
    brouillon,
    complet,
    driss,
    emma,
    joindre,
    monde,
    relire,
    transmis,
)
from tests.pieces.conftest import coffres
from tests.pieces.fabrique import pdf

__all__ = ["coffres"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde(coffres: Path) -> None:
    monde()


def deposer(
    dossier: Dossier, code: str = "programme", par: FauxActeur | None = None, octets: bytes | None = None
) -> PieceDeposee:
    contenu = io.BytesIO(octets if octets is not None else pdf())
    return deposer_piece(dossier_id=dossier.id, code=code, nom="piece.pdf", contenu=contenu, par=par or aline(), maintenant=LE)


def test_une_piece_remplacee_est_gardee() -> None:
    dossier = brouillon()
    premiere = deposer(dossier)
    seconde = deposer(dossier)
    assert [p.id for p in pieces_de(dossier, aline())] == [seconde.id]
    versions = versions_de_piece(dossier, aline(), "programme")
    assert {p.id: p.etat for p in versions} == {premiere.id: EtatPiece.REMPLACEE, seconde.id: EtatPiece.DEPOSEE}
    codes = list(Evenement.objects.tous("essai").filter(code__startswith="piece.").order_by("id").values_list("code", flat=True))
    assert codes == ["piece.deposee", "piece.remplacee"]


def test_ouvrir_une_piece_rend_ses_octets_et_s_ecrit_au_journal() -> None:
    octets = pdf(pages=2)
    dossier = brouillon()
    piece = deposer(dossier, octets=octets)
    lue, contenu = ouvrir_piece(dossier_id=dossier.id, piece_id=piece.id, par=aline(), maintenant=LE)
    assert (lue.id, contenu) == (piece.id, octets)
    assert Evenement.objects.tous("essai").get(code="piece.ouverte").details == {"piece": "Programme"}


def test_une_piece_en_analyse_ne_s_ouvre_pas() -> None:
    dossier = brouillon()
    piece = joindre(dossier, "programme", etat=EtatDocument.EN_ATTENTE)
    with pytest.raises(DocumentIndisponible):
        ouvrir_piece(dossier_id=dossier.id, piece_id=piece.id, par=aline(), maintenant=LE)
    assert not Evenement.objects.tous("essai").filter(code="piece.ouverte").exists()
    assert pieces_utilisables(dossier) == frozenset()


@pytest.mark.parametrize("acteur", [driss(), emma(), acteur_entreprise(AUTRE_SIREN), FauxActeur()])
def test_la_piece_d_un_brouillon_est_introuvable_ailleurs(acteur: FauxActeur) -> None:
    dossier = brouillon()
    piece = joindre(dossier, "programme")
    with pytest.raises(Introuvable):
        ouvrir_piece(dossier_id=dossier.id, piece_id=piece.id, par=acteur, maintenant=LE)
    with pytest.raises(Introuvable):
        retirer_piece(dossier_id=piece.dossier_id, piece_id=piece.id, par=acteur, maintenant=LE)
    with pytest.raises(Introuvable):
        deposer(dossier, par=acteur)


def test_la_piece_d_un_autre_dossier_est_introuvable() -> None:
    dossier, autre = brouillon(), brouillon()
    piece = joindre(autre, "programme")
    with pytest.raises(Introuvable):
        ouvrir_piece(dossier_id=dossier.id, piece_id=piece.id, par=aline(), maintenant=LE)


def test_deposer_demande_le_droit_de_saisie() -> None:
    with pytest.raises(DroitManquant):
        deposer(brouillon(), par=aline(niveau=Niveau.LECTURE))


@pytest.mark.parametrize("code", ["inconnue", "complementaire"])
def test_une_piece_que_rien_ne_demande_est_refusee(code: str) -> None:
    with pytest.raises((Introuvable, TransitionImpossible)):
        deposer(brouillon(), code)


def test_un_fichier_refuse_ne_laisse_rien() -> None:
    dossier = brouillon()
    with pytest.raises(SaisieRefusee):
        deposer(dossier, octets=b"pas un pdf")
    assert not PieceDeposee.objects.tous("essai").exists()


def test_un_dossier_transmis_pendant_l_inspection_ne_garde_pas_le_fichier(monkeypatch: pytest.MonkeyPatch) -> None:
    from jalon.dossiers.actions import pieces as module
    from jalon.dossiers.actions import transmettre_dossier

    dossier = complet()
    reel = module.deposer_document
    deposes: list[Document] = []

    def pendant(**arguments: object) -> Document:
        deposes.append(reel(**arguments))  # type: ignore[arg-type]
        transmettre_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE)
        return deposes[0]

    monkeypatch.setattr(module, "deposer_document", pendant)
    with pytest.raises(TransitionImpossible):
        deposer(dossier)
    assert not Document.objects.de_proprietaire([deposes[0].id], "essai").exists()
    assert len(pieces_de(relire(dossier), aline())) == 2


def test_retirer_efface_les_versions_du_brouillon() -> None:
    dossier = brouillon()
    joindre(dossier, "programme")
    piece = joindre(dossier, "programme")
    garde = joindre(dossier, "convention_signee")
    retirer_piece(dossier_id=piece.dossier_id, piece_id=piece.id, par=aline(), maintenant=LE + timedelta(minutes=1))
    assert [p.id for p in pieces_de(dossier, aline())] == [garde.id]
    assert not Document.objects.de_proprietaire([piece.document_id], "essai").exists()


def test_une_piece_transmise_ne_se_retire_pas() -> None:
    dossier = transmis()
    piece = pieces_de(dossier, aline())[0]
    with pytest.raises(TransitionImpossible):
        retirer_piece(dossier_id=piece.dossier_id, piece_id=piece.id, par=aline(), maintenant=LE)
    with pytest.raises(DroitManquant):
        retirer_piece(dossier_id=piece.dossier_id, piece_id=piece.id, par=emma(), maintenant=LE)


def test_les_pieces_attendues_suivent_les_reponses() -> None:
    dossier = complet()
    declaration, reponses = dispositif_de(dossier.dispositif), reponses_de(dossier, aline())
    assert {p.piece.code: p.fournie for p in pieces_attendues(dossier, declaration, reponses)} == {
        "convention": "convention_signee",
        "programme": "programme",
    }
