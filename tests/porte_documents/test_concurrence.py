"""One file, several hands at the same instant, with real commits: it stays as long as somebody points to it, and not a moment more."""

from functools import partial
from pathlib import Path

import pytest

from jalon.dossiers.actions import garder_piece, prendre_piece, retirer_piece, supprimer_brouillon
from jalon.dossiers.models import PieceDeposee
from jalon.pieces.models import Document
from jalon.pieces.requetes import lire_document
from jalon.porte_documents.actions import retirer_document
from jalon.porte_documents.models import DocumentGarde
from tests.dossiers.fabrique import LE, aline, brouillon, monde
from tests.fils import ensemble, genres
from tests.habilitations.vagues import deux_cents
from tests.pieces.conftest import coffres
from tests.porte_documents.outils import ajouter, description, documents, gardes

__all__ = ["coffres"]


@pytest.fixture(autouse=True)
def _sans_inspection(coffres: Path, sans_inspection: None) -> None:
    """The coffres of the test, and no process."""


def _tenus() -> set[object]:
    pieces = PieceDeposee.objects.tous("essai").values_list("document_id", flat=True)
    return {*pieces, *(g.document_id for g in gardes())}


def _lisibles() -> bool:
    return all(lire_document(d) for d in Document._base_manager.all())


@deux_cents(20)
def test_pendant_qu_un_document_se_retire_on_le_prend_entier_ou_pas_du_tout() -> None:
    monde()
    couples = [(ajouter(), brouillon()) for _ in range(10)]
    prises = [
        partial(prendre_piece, dossier_id=d.pk, code="programme", document_id=g.pk, par=aline(), maintenant=LE)
        for g, d in couples
    ]
    retraits = [partial(retirer_document, document_id=g.pk, par=aline(), maintenant=LE) for g, _ in couples]
    resultats = ensemble([*prises, *retraits])
    assert set(genres(resultats[:10])) <= {PieceDeposee.__name__, "Introuvable"}
    assert resultats[10:] == [None] * 10
    assert gardes() == []
    assert documents() == _tenus()
    assert len(documents()) == genres(resultats)[PieceDeposee.__name__]
    assert _lisibles()


@deux_cents(20)
def test_deux_qui_lachent_le_meme_fichier_l_effacent_ensemble() -> None:
    monde()
    actes = []
    for _ in range(7):
        garde, un, deux = ajouter(), brouillon(), brouillon()
        piece = prendre_piece(dossier_id=un.pk, code="programme", document_id=garde.pk, par=aline(), maintenant=LE)
        prendre_piece(dossier_id=deux.pk, code="programme", document_id=garde.pk, par=aline(), maintenant=LE)
        actes += [
            partial(retirer_document, document_id=garde.pk, par=aline(), maintenant=LE),
            partial(retirer_piece, dossier_id=un.pk, piece_id=piece.pk, par=aline(), maintenant=LE),
            partial(supprimer_brouillon, dossier_id=deux.pk, par=aline(), maintenant=LE),
        ]
    assert ensemble(actes) == [None] * 21
    assert (documents(), gardes()) == (set(), [])


@deux_cents(20)
def test_pendant_qu_une_piece_se_retire_on_la_garde_entiere_ou_pas_du_tout() -> None:
    monde()
    pieces = []
    for _ in range(10):
        source, dossier = ajouter(), brouillon()
        pieces.append(prendre_piece(dossier_id=dossier.pk, code="programme", document_id=source.pk, par=aline(), maintenant=LE))
        retirer_document(document_id=source.pk, par=aline(), maintenant=LE)
    reprises = [
        partial(
            garder_piece, dossier_id=p.dossier_id, piece_id=p.pk, siret="", description=description(), par=aline(), maintenant=LE
        )
        for p in pieces
    ]
    retraits = [partial(retirer_piece, dossier_id=p.dossier_id, piece_id=p.pk, par=aline(), maintenant=LE) for p in pieces]
    resultats = ensemble([*reprises, *retraits])
    assert set(genres(resultats[:10])) <= {DocumentGarde.__name__, "Introuvable"}
    assert resultats[10:] == [None] * 10
    assert documents() == _tenus() == {g.document_id for g in gardes()}
    assert _lisibles()
