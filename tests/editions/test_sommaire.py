"""The first pages of a whole dossier say where each document is, and what is not there."""

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest

from jalon.editions import sommaire as module
from jalon.editions.composition import CompositionImpossible
from jalon.editions.documents import Emetteur, Recapitulatif, RubriqueRecap
from jalon.editions.sommaire import DocumentRelie, Sommaire, Tete, composer_tete

LE = date(2026, 11, 24)
EMETTEUR = Emetteur("OPCO Exemple", "https://opco.example")
RECAPITULATIF = Recapitulatif(EMETTEUR, "Plan", "2611AF000001", (RubriqueRecap("Action", (("Lieu", "Annecy"),)),))


def tete(*documents: DocumentRelie, note: str = "") -> Tete:
    meta = (("Numéro", "2611AF000001"),)
    sommaire = Sommaire(EMETTEUR, "Plan", "dossier 2611AF000001", meta, LE, documents, note)
    return composer_tete(sommaire, RECAPITULATIF, date_document=LE)


def texte(octets: bytes, page: int = 0) -> str:
    return str(pypdfium2.PdfDocument(octets)[page].get_textpage().get_text_range())  # type: ignore[no-untyped-call]


def test_le_sommaire_dit_les_pages_et_ce_qui_manque() -> None:
    faite = tete(
        DocumentRelie("Convention signée", LE, 3),
        DocumentRelie("Programme", LE, 0, "Protégée par un mot de passe"),
        DocumentRelie("Devis", LE, 1),
        note="Une note",
    )
    assert faite.signets == (("Sommaire", 0), ("Récapitulatif de la demande", 1), ("Convention signée", 2), ("Devis", 5))
    lu = texte(faite.pdf)
    for phrase in ("Convention signée", "24/11/2026", "Pièces qui ne sont pas dans ce fichier", "mot de passe", "Une note"):
        assert phrase in lu
    assert "Annecy" in texte(faite.pdf, 1)


def test_un_long_sommaire_compte_ses_propres_pages() -> None:
    faite = tete(*(DocumentRelie(f"Pièce {rang}", LE, 1) for rang in range(80)))
    with pikepdf.open(io.BytesIO(faite.pdf)) as document:
        pages = len(document.pages)
        assert document.Root.Lang == "fr-FR"
        assert "/StructTreeRoot" in document.Root
        assert "pdfuaid:part" not in document.open_metadata()
    assert pages > 3
    assert faite.signets[1] == ("Récapitulatif de la demande", pages - 1)
    assert faite.signets[2] == ("Pièce 0", pages)
    assert "Annecy" in texte(faite.pdf, pages - 1)


def test_sans_piece_il_reste_la_demande() -> None:
    assert "Pièces qui ne sont pas" not in texte(tete().pdf)


def test_un_sommaire_qui_ne_trouve_pas_sa_longueur_est_une_faute(monkeypatch: pytest.MonkeyPatch) -> None:
    longueurs = iter(range(1, 50))
    monkeypatch.setattr(module, "nombre_de_pages", lambda _: next(longueurs) * 2)
    with pytest.raises(CompositionImpossible):
        tete()
