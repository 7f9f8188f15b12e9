"""An invoice may hold its Factur-X data and nothing else; any other piece holds no file at all (exigences, T7)."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jalon.pieces.actions import deposer_document
from jalon.pieces.enums import TypeDocument
from jalon.pieces.examen import examiner
from jalon.pieces.inspection.motifs import Motif
from jalon.pieces.regles import PHRASES
from jalon.socle.erreurs import SaisieRefusee
from tests.pieces.acteur import ActeurDEssai
from tests.pieces.corpus_facturx import HONNETES, HOSTILES, Hostile, facturx
from tests.pieces.corpus_hostile import CORPUS

LE = datetime(2026, 11, 23, 10, tzinfo=UTC)
PDFS = [h for h in CORPUS if h.nom.endswith(".pdf") and h.phrase in PHRASES.values() and h.phrase != PHRASES[Motif.VIDE]]


@pytest.mark.parametrize("faire", [faire for _, faire in HONNETES], ids=[nom for nom, _ in HONNETES])
def test_une_facture_honnete_est_gardee_telle_quelle(faire: Callable[[], bytes]) -> None:
    octets = faire()
    examen = examiner(octets, TypeDocument.PDF, facture=True)
    assert examen.motif is None
    assert examen.contenu == octets


@pytest.mark.parametrize("hostile", HOSTILES, ids=lambda h: h.cas)
def test_ce_qui_se_cache_a_la_place_est_refuse(hostile: Hostile) -> None:
    assert examiner(hostile.faire(), TypeDocument.PDF, facture=True).motif is hostile.motif


@pytest.mark.parametrize("hostile", PDFS, ids=lambda h: h.cas)
def test_une_facture_ne_permet_rien_de_plus(hostile: object) -> None:
    examen = examiner(hostile.faire(), TypeDocument.PDF, facture=True)  # type: ignore[attr-defined]
    assert examen.motif is not None
    assert PHRASES[examen.motif] == hostile.phrase  # type: ignore[attr-defined]


@pytest.mark.parametrize("faire", [faire for nom, faire in HONNETES if nom != "PDF simple"])
def test_une_autre_piece_n_a_aucun_fichier_joint(faire: Callable[[], bytes]) -> None:
    assert examiner(faire(), TypeDocument.PDF).motif is Motif.FICHIERS_JOINTS


def test_les_cas_sont_distincts() -> None:
    assert len({h.cas for h in HOSTILES}) == len(HOSTILES) >= 40
    assert len(dict(HONNETES)) == len(HONNETES)


@pytest.mark.django_db
def test_le_depot_d_une_facture_garde_ses_donnees_celui_d_une_piece_les_refuse() -> None:
    octets = facturx()
    document = deposer_document(nom="f.pdf", contenu=io.BytesIO(octets), par=ActeurDEssai(), maintenant=LE, facture=True)
    assert document.taille == len(octets)
    with pytest.raises(SaisieRefusee) as refus:
        deposer_document(nom="f.pdf", contenu=io.BytesIO(octets), par=ActeurDEssai(), maintenant=LE)
    assert refus.value.message == PHRASES[Motif.FICHIERS_JOINTS]
