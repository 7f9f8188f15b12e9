"""The page of a preview: what it says while the worker draws, what it shows then, what each image answers."""

import io
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from jalon.dossiers.actions import deposer_piece
from jalon.dossiers.models import PieceDeposee
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.models import Revelation
from jalon.pieces.actions import dessiner_apercu
from jalon.pieces.enums import EtatApercu, EtatDocument
from jalon.pieces.models import Apercu, Document
from tests.dossiers.fabrique import brouillon, remplir
from tests.habilitations.fabrique import LE, SIREN, SIRET
from tests.pieces.conftest import coffres
from tests.pieces.fabrique import pdf

__all__ = ["coffres"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_cette_heure(coffres: Path) -> Iterator[None]:
    caches["processus"].clear()
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def piece(aline: ActeurPersonne) -> PieceDeposee:
    dossier, contenu = remplir(brouillon(aline, siret=SIRET), aline), io.BytesIO(pdf(pages=12))
    return deposer_piece(dossier_id=dossier.pk, code="programme", nom="p.pdf", contenu=contenu, par=aline, maintenant=LE)


def adresse(piece: PieceDeposee, *numero: int) -> str:
    return reverse("piece_apercu_page" if numero else "piece_apercu", args=[SIREN, piece.dossier_id, piece.pk, *numero])


def lire(navigateur: Client, piece: PieceDeposee) -> str:
    reponse = navigateur.get(adresse(piece))
    assert reponse.status_code == 200
    return unescape(reponse.content.decode())


def test_la_page_attend_le_dessin_puis_le_montre(navigateur: Client, piece: PieceDeposee) -> None:
    page = lire(navigateur, piece)
    assert 'hx-trigger="every 2s"' in page
    assert f'<a class="btn btn--2" href="{adresse(piece)}">Actualiser</a>' in page
    assert not Revelation.objects.tous("essai").exists()
    dessiner_apercu(document_id=piece.document_id, maintenant=LE)
    page = lire(navigateur, piece)
    assert "every 2s" not in page
    assert "10\u00a0pages sur 12" in page
    assert [f'src="{adresse(piece, n)}"' in page for n in (1, 10, 11)] == [True, True, False]
    assert 'alt="Page 3 sur 12, Programme"' in page
    assert reverse("piece_telecharger", args=[SIREN, piece.dossier_id, piece.pk]) in page


def test_une_image_ne_se_garde_nulle_part_et_ne_compte_pas_deux_fois(navigateur: Client, piece: PieceDeposee) -> None:
    lire(navigateur, piece)
    dessiner_apercu(document_id=piece.document_id, maintenant=LE)
    lire(navigateur, piece)
    for numero in (1, 2):
        reponse = navigateur.get(adresse(piece, numero))
        assert reponse.content.startswith(b"\x89PNG")
        assert (reponse["Content-Type"], reponse["Cache-Control"]) == ("image/png", "no-store")
        assert reponse["X-Content-Type-Options"] == "nosniff"
        assert reponse["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Revelation.objects.tous("essai").count() == 1
    assert navigateur.get(adresse(piece, 11)).status_code == 404


def test_un_document_qui_ne_se_dessine_pas_le_dit(navigateur: Client, piece: PieceDeposee) -> None:
    Apercu.objects.create(document_id=piece.document_id, etat=EtatApercu.IMPOSSIBLE, demande_le=LE)
    assert "Ce document ne se montre pas ici" in lire(navigateur, piece)


def test_le_lien_n_est_offert_que_pour_un_document_controle(navigateur: Client, piece: PieceDeposee) -> None:
    pieces = reverse("saisie_pieces", args=[SIREN, piece.dossier_id])
    assert adresse(piece) in navigateur.get(pieces).content.decode()
    Document.objects.de_proprietaire([piece.document_id], "essai").update(etat=EtatDocument.EN_ATTENTE)
    assert adresse(piece) not in navigateur.get(pieces).content.decode()
    assert navigateur.get(adresse(piece)).status_code == 409
