"""The first pages of a whole dossier: its contents, then its summary, as one PDF to which documents are bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.editions.composition import CompositionImpossible, composer, composer_recapitulatif, nombre_de_pages
from jalon.editions.documents import Emetteur, Paires, Recapitulatif
from jalon.editions.fusion import fusionner, sans_promesse
from jalon.socle.dates import formater_date

TITRE_DU_SOMMAIRE, TITRE_DU_RECAPITULATIF = "Sommaire", "Récapitulatif de la demande"
ESSAIS = 4


@dataclass(frozen=True, slots=True)
class DocumentRelie:
    """A document of the file, and how many pages it has there; none: why it is not there."""

    libelle: str
    le: date | None = None
    pages: int = 0
    motif: str = ""


@dataclass(frozen=True, slots=True)
class Sommaire:
    """What the contents say. `documents`: in the order of the file, after the summary, those left out among them."""

    emetteur: Emetteur
    intitule: str
    reference: str
    meta: Paires
    transmis_le: date
    documents: tuple[DocumentRelie, ...]
    note: str = ""

    def donnees(self, lignes: Sequence[tuple[DocumentRelie, int]]) -> dict[str, Any]:
        """Values for the template; `lignes`: what the file holds, and from which page."""
        return {
            "emetteur": self.emetteur.donnees(),
            "intitule": self.intitule,
            "reference": self.reference,
            "meta": [list(p) for p in self.meta],
            "lignes": [{"libelle": d.libelle, "le": _jour(d.le), "pages": str(d.pages), "page": str(page)} for d, page in lignes],
            "ecartees": [{"libelle": d.libelle, "le": _jour(d.le), "motif": d.motif} for d in self.documents if not d.pages],
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Tete:
    """The first pages, and the bookmarks of the whole file: a title, and its page from 0."""

    pdf: bytes
    signets: tuple[tuple[str, int], ...]


def composer_tete(sommaire: Sommaire, recapitulatif: Recapitulatif, *, date_document: date) -> Tete:
    """Typeset the contents and the summary. The contents say pages that depend on how long they are: they are made until they agree.

    Raises CompositionImpossible.
    """
    resume = composer_recapitulatif(recapitulatif, date_document=date_document)
    demande = DocumentRelie(TITRE_DU_RECAPITULATIF, sommaire.transmis_le, nombre_de_pages(resume))
    presents = (demande, *(d for d in sommaire.documents if d.pages))
    titre, longueur = f"Dossier complet, {sommaire.reference}", 1
    for _ in range(ESSAIS):
        lignes = _paginer(presents, longueur)
        pdf = composer("sommaire", sommaire.donnees(lignes), titre=titre, date_document=date_document)
        if nombre_de_pages(pdf) == longueur:
            signets = ((TITRE_DU_SOMMAIRE, 0), *((document.libelle, page - 1) for document, page in lignes))
            return Tete(sans_promesse(fusionner([pdf, resume])), signets)
        longueur = nombre_de_pages(pdf)
    raise CompositionImpossible("le sommaire ne trouve pas sa longueur")


def _paginer(documents: Sequence[DocumentRelie], avant: int) -> list[tuple[DocumentRelie, int]]:
    """Each with its first page, from 1."""
    lignes, page = [], avant + 1
    for document in documents:
        lignes.append((document, page))
        page += document.pages
    return lignes


def _jour(jour: date | None) -> str:
    return formater_date(jour) if jour else ""
