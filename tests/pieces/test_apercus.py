"""Pages drawn from a kept document: bounds, one drawing, forgotten with the document."""

import io
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks

from jalon.pieces import actions
from jalon.pieces.actions import apercus as module_apercus
from jalon.pieces.actions import (
    demander_apercu,
    deposer_document,
    dessiner_apercu,
    retirer_pages_orphelines,
    supprimer_document,
)
from jalon.pieces.enums import PAGES_AU_PLUS, EtatApercu, EtatDocument, TypeDocument
from jalon.pieces.examen import Dessin, dessiner
from jalon.pieces.inspection import apercu as dans_l_enclos
from jalon.pieces.models import Apercu, Document
from jalon.pieces.requetes import COFFRE_APERCUS, DocumentIndisponible, cle_de_page, lire_page
from jalon.pieces.taches import dessiner_apercu as travail
from jalon.pieces.taches import retirer_orphelins as taches_de_la_nuit
from jalon.socle import coffre
from jalon.socle.erreurs import Introuvable
from tests.pieces.acteur import ActeurDEssai
from tests.pieces.fabrique import pdf, photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coffres")]
LE = datetime(2026, 11, 23, 10, tzinfo=UTC)
FAUSSE_PAGE = b"\x89PNG\r\n\x1a\n"


def deposer(octets: bytes | None = None, nom: str = "Convention.pdf") -> Document:
    return deposer_document(nom=nom, contenu=io.BytesIO(octets or pdf()), par=ActeurDEssai(), maintenant=LE)


def fait(document: Document) -> Apercu:
    demander_apercu(document=document, maintenant=LE)
    dessiner_apercu(document_id=document.id, maintenant=LE)
    return Apercu.objects.get(document=document)


def images(racine: Path) -> list[Path]:
    return sorted(f for f in (racine / "apercus").rglob("*") if f.is_file())


def refuser(document: Document) -> None:
    trouves = Document.objects.de_proprietaire([document.id], "essai")
    trouves.update(etat=EtatDocument.REFUSEE)
    document.refresh_from_db(from_queryset=trouves)


def test_les_dix_premieres_pages_sont_dessinees_en_png_chiffres(coffres: Path) -> None:
    document = deposer(pdf(pages=12))
    apercu = fait(document)
    assert (apercu.etat, apercu.total, apercu.pages, apercu.fait_le) == (EtatApercu.PRET, 12, PAGES_AU_PLUS, LE)
    with Image.open(io.BytesIO(lire_page(document, 10))) as image:
        assert image.format == "PNG"
        assert 1280 <= max(image.size) <= 1290  # A4 at 110 dots an inch
    assert len(images(coffres)) == 10
    assert all(not f.read_bytes().startswith(FAUSSE_PAGE) for f in images(coffres))


@pytest.mark.parametrize("numero", [0, 3, -1, 99])
def test_une_page_hors_du_document_est_introuvable(numero: int) -> None:
    document = deposer(pdf(pages=2))
    fait(document)
    with pytest.raises(Introuvable):
        lire_page(document, numero)


def test_une_page_pas_encore_dessinee_est_introuvable() -> None:
    document = deposer()
    demander_apercu(document=document, maintenant=LE)
    with pytest.raises(Introuvable):
        lire_page(document, 1)


def test_une_photo_fait_une_page_bornee() -> None:
    document = deposer(photo(), "photo.jpg")
    assert (fait(document).total, Apercu.objects.get().pages) == (1, 1)
    with Image.open(io.BytesIO(lire_page(document, 1))) as image:
        assert max(image.size) <= dans_l_enclos.COTE_AU_PLUS


def test_un_plan_immense_est_reduit() -> None:
    with pikepdf.new() as plan:
        plan.add_blank_page(page_size=(14_000, 9_000))
        tampon = io.BytesIO()
        plan.save(tampon)
    (page,) = dessiner(tampon.getvalue(), TypeDocument.PDF).pages
    with Image.open(io.BytesIO(page)) as image:
        assert max(image.size) == dans_l_enclos.COTE_AU_PLUS


def test_le_temps_passe_garde_les_pages_deja_dessinees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dans_l_enclos, "SECONDES_AU_PLUS", 0.0)
    total, pages = dans_l_enclos.pages_d_un_pdf(pdf(pages=4))
    assert (total, len(pages)) == (4, 1)


def test_le_poids_passe_garde_les_pages_deja_dessinees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dans_l_enclos, "OCTETS_AU_PLUS", 10)
    total, pages = dans_l_enclos.pages_d_un_pdf(pdf(pages=4))
    assert (total, len(pages)) == (4, 1)


@pytest.mark.parametrize(
    ("octets", "genre"), [(b"%PDF-1.7 rien", TypeDocument.PDF), (b"\x89PNG", TypeDocument.PNG), (b"", TypeDocument.JPEG)]
)
def test_ce_qui_ne_se_dessine_pas_ne_donne_rien(octets: bytes, genre: TypeDocument) -> None:
    assert dessiner(octets, genre) == Dessin(0, ())


def test_un_dessin_trop_long_ne_donne_rien() -> None:
    assert dessiner(pdf(), TypeDocument.PDF, secondes=0.001) == Dessin(0, ())


@pytest.mark.parametrize(
    "sortie",
    [
        b"ok\n1 8\n<script>",
        b"ok\n1 9\n" + FAUSSE_PAGE,
        b"ok\n1 8\n" + FAUSSE_PAGE + b"reste",
        b"ok\n11 " + b" ".join([b"8"] * 11) + b"\n" + FAUSSE_PAGE * 11,
        b"ok\nun 8\n" + FAUSSE_PAGE,
        b"ok\n1\n",
    ],
)
def test_un_processus_detourne_ne_fait_servir_que_des_png(sortie: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.pieces.examen.DESSIN", ("/bin/sh", "-c", 'cat >/dev/null; printf "%b" "$0"', _echappe(sortie)))
    assert dessiner(b"", TypeDocument.PDF) == Dessin(0, ())


def _echappe(octets: bytes) -> str:
    return "".join(f"\\0{octet:03o}" for octet in octets)


def test_l_epreuve_du_processus_detourne_laisse_passer_une_page_honnete(monkeypatch: pytest.MonkeyPatch) -> None:
    honnete = _echappe(b"ok\n4 8\n" + FAUSSE_PAGE)
    monkeypatch.setattr("jalon.pieces.examen.DESSIN", ("/bin/sh", "-c", 'cat >/dev/null; printf "%b" "$0"', honnete))
    assert dessiner(b"", TypeDocument.PDF) == Dessin(4, (FAUSSE_PAGE,))


def test_un_document_indessinable_le_dit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_apercus, "dessiner", lambda *_: Dessin(0, ()))
    apercu = fait(deposer())
    assert (apercu.etat, apercu.pages, apercu.fait_le) == (EtatApercu.IMPOSSIBLE, 0, LE)


def test_deux_demandes_font_un_travail_et_un_dessin(monkeypatch: pytest.MonkeyPatch) -> None:
    document = deposer()
    demander_apercu(document=document, maintenant=LE)
    demander_apercu(document=document, maintenant=LE)
    (unique,) = ProcrastinateJob.objects.filter(task_name="pieces.dessiner_apercu")
    travail(**unique.args)
    monkeypatch.setattr(module_apercus, "dessiner", lambda *_: pytest.fail("déjà dessiné"))
    travail(**unique.args)
    assert Apercu.objects.get().etat == EtatApercu.PRET


@pytest.mark.parametrize("etat", [EtatDocument.EN_ATTENTE, EtatDocument.REFUSEE])
def test_rien_ne_se_dessine_avant_l_antivirus(etat: EtatDocument) -> None:
    document = deposer()
    Document.objects.de_proprietaire([document.id], "essai").update(etat=etat)
    document.etat = etat
    with pytest.raises(DocumentIndisponible):
        demander_apercu(document=document, maintenant=LE)
    assert not Apercu.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="pieces.dessiner_apercu").exists()


def test_refuse_entre_la_demande_et_le_dessin_il_est_oublie(coffres: Path) -> None:
    document = deposer()
    demander_apercu(document=document, maintenant=LE)
    refuser(document)
    dessiner_apercu(document_id=document.id, maintenant=LE)
    assert not Apercu.objects.exists()
    assert images(coffres) == []


def test_une_page_d_un_document_refuse_depuis_ne_se_lit_plus() -> None:
    document = deposer()
    fait(document)
    refuser(document)
    with pytest.raises(DocumentIndisponible):
        lire_page(document, 1)


def test_le_document_supprime_emporte_ses_pages(
    coffres: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = deposer(pdf(pages=3))
    fait(document)
    with django_capture_on_commit_callbacks(execute=True):
        supprimer_document(document=document)
    assert images(coffres) == []
    assert not Apercu.objects.exists()


def test_supprime_pendant_le_dessin_il_ne_laisse_aucune_page(
    coffres: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = deposer(pdf(pages=2))
    demander_apercu(document=document, maintenant=LE)

    def dessiner_trop_tard(octets: bytes, genre: TypeDocument) -> Dessin:
        with django_capture_on_commit_callbacks(execute=True):
            supprimer_document(document=document)
        return dessiner(octets, genre)

    monkeypatch.setattr(module_apercus, "dessiner", dessiner_trop_tard)
    dessiner_apercu(document_id=document.id, maintenant=LE)
    assert images(coffres) == []


def test_le_balai_retire_les_pages_sans_apercu_d_un_jour(coffres: Path) -> None:
    document, parti = deposer(), deposer()
    fait(document)
    coffre.ranger(COFFRE_APERCUS, cle_de_page(parti.id, 1), FAUSSE_PAGE)
    retirer_pages_orphelines()
    assert len(images(coffres)) == 2
    hier = time.time() - timedelta(days=1, minutes=1).total_seconds()
    for fichier in images(coffres):
        os.utime(fichier, (hier, hier))
    retirer_pages_orphelines()
    (reste,) = images(coffres)
    assert reste.name == cle_de_page(document.id, 1)


def test_le_balai_de_la_nuit_passe_aussi_sur_les_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    appels: list[str] = []
    monkeypatch.setattr(actions, "retirer_orphelins", lambda: appels.append("documents"))
    monkeypatch.setattr(actions, "retirer_pages_orphelines", lambda: appels.append("pages"))
    taches_de_la_nuit()
    assert appels == ["documents", "pages"]
