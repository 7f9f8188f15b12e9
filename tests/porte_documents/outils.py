"""Documents kept by the real actions."""

import io
from datetime import date
from typing import Any

from jalon.pieces.models import Document
from jalon.porte_documents.actions import ajouter_document
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.regles import Description
from jalon.porte_documents.requetes import Lieu
from jalon.socle.acteurs import Acteur, Profil
from tests.dossiers.fabrique import LE, SIREN, SIREN_OF, aline
from tests.pieces.fabrique import pdf

UNE_PAGE, DEUX_PAGES, TROIS_PAGES = (pdf(pages=n) for n in (1, 2, 3))
"""The same bytes throughout: a PDF written a second later has another identifier."""
CHEZ_A, CHEZ_P = Lieu(SIREN), Lieu(SIREN_OF, Profil.PRESTATAIRE)


def description(**autres: Any) -> Description:
    """A programme that serves every request."""
    dite: dict[str, Any] = {"libelle": "Programme 2026", "genre": "programme", "domaine": "", "valide_jusqu_au": None}
    return Description(**(dite | autres))


def ajouter(
    par: Acteur | None = None, lieu: Lieu = CHEZ_A, *, octets: bytes | None = None, nom: str = "programme.pdf", **autres: Any
) -> DocumentGarde:
    """A document kept, through the whole reception."""
    contenu = io.BytesIO(UNE_PAGE if octets is None else octets)
    return ajouter_document(
        lieu=lieu, description=description(**autres), nom=nom, contenu=contenu, par=par or aline(), maintenant=LE
    )


def gardes() -> list[DocumentGarde]:
    """Everything kept, by name."""
    return list(DocumentGarde.objects.tous("essai").select_related("document").order_by("libelle"))


def documents() -> set[Any]:
    """Ids of the files that have a row."""
    return set(Document._base_manager.values_list("pk", flat=True))


DEMAIN, HIER = date(2026, 11, 25), date(2026, 11, 23)
