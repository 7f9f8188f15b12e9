"""Typesetting with Typst: data in, PDF/UA-1 bytes out. Pure: no clock, no database, no network."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

import pikepdf
import typst

from jalon.editions.documents import Accord, Emetteur, Lettre, Recapitulatif
from jalon.editions.formulaire import FormulairePapier
from jalon.editions.fusion import fusionner
from jalon.editions.regles import POLICES, date_longue, donnees_imprimables, imprimable

GABARITS = Path(__file__).parent / "gabarits"
LETTRES_PAR_PARTIE = 100  # typesetting a letter takes about 0.5 MB of memory
VERSIONS = {"lettres_activation": 1, "accord": 2, "recapitulatif": 1, "formulaire": 1, "sommaire": 1}


class CompositionImpossible(RuntimeError):
    """The template refused the data: a fault of ours, never of what a person typed."""


@lru_cache(maxsize=1)
def _polices() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[POLICES])


def composer(gabarit: str, donnees: Mapping[str, object], *, titre: str, date_document: date) -> bytes:
    """Typeset a document. The same input gives the same bytes; texts are printed as they are, never read as markup.

    Raises CompositionImpossible when the template is unknown or does not find what it needs.
    """
    if gabarit not in VERSIONS:
        raise CompositionImpossible(f"gabarit inconnu : {gabarit}")
    complet = donnees_imprimables({**donnees, "titre": " ".join(imprimable(titre).split())})
    compilateur = typst.Compiler(
        GABARITS / f"{gabarit}.typ",
        root=GABARITS,
        font_paths=_polices(),
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(complet, ensure_ascii=False)},
    )
    try:
        resultat = compilateur.compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=datetime.combine(date_document, time(12), UTC)
        )
    except typst.TypstError as erreur:
        raise CompositionImpossible(f"{gabarit} : {erreur.message}") from erreur
    if not isinstance(resultat, bytes):
        raise CompositionImpossible(f"{gabarit} : aucun PDF produit")
    return resultat


def nombre_de_pages(pdf: bytes) -> int:
    """Pages of a PDF that we made."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def composer_lettres(
    lettres: Sequence[Lettre], *, emetteur: Emetteur, titre: str, date_document: date, lieu: str = "PARIS"
) -> tuple[bytes, dict[str, int]]:
    """Typeset a batch of letters, one page each; gives the bytes and the page (from 1) of each letter number.

    Raises CompositionImpossible when the batch is empty, a number comes twice or the pages do not match.
    """
    pages = {lettre.numero: rang for rang, lettre in enumerate(lettres, start=1)}
    if not lettres or len(pages) != len(lettres):
        raise CompositionImpossible("un lot de lettres a au moins une lettre, et chaque numéro une seule fois")
    donnees = {
        "emetteur": emetteur.donnees(),
        "site": emetteur.site_affiche,
        "telephone": emetteur.telephone,
        "lieu_date": f"{lieu}, le {date_longue(date_document)}",
    }
    parties = [
        composer(
            "lettres_activation",
            {**donnees, "lettres": [lettre.donnees() for lettre in lettres[debut : debut + LETTRES_PAR_PARTIE]]},
            titre=titre,
            date_document=date_document,
        )
        for debut in range(0, len(lettres), LETTRES_PAR_PARTIE)
    ]
    pdf = fusionner(parties)
    if nombre_de_pages(pdf) != len(lettres):
        raise CompositionImpossible("une lettre ne tient pas sur une page")
    return pdf, pages


def composer_accord(accord: Accord) -> bytes:
    """Typeset an accord de prise en charge."""
    titre = f"Accord de prise en charge n°\u00a0{accord.numero}"
    return composer("accord", accord.donnees(), titre=titre, date_document=accord.fait_le)


def composer_recapitulatif(recapitulatif: Recapitulatif, *, date_document: date) -> bytes:
    """Typeset a dossier in the order of its boxes."""
    titre = f"{recapitulatif.intitule}, {recapitulatif.reference}"
    return composer("recapitulatif", recapitulatif.donnees(), titre=titre, date_document=date_document)


def composer_formulaire(formulaire: FormulairePapier, *, date_document: date) -> bytes:
    """Typeset a form ready to sign."""
    titre = f"{formulaire.intitule}, {formulaire.formulaire}, {formulaire.reference}"
    return composer("formulaire", formulaire.donnees(), titre=titre, date_document=date_document)
