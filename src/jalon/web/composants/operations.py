"""What a selection bar posts: the act, and the requests ticked, or the filter of the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from jalon.dossiers.enums import GenreOperation
from jalon.dossiers.models import OperationEnNombre
from jalon.socle.listes import liste as liste_declaree

TITRES = {
    GenreOperation.SUPPRIMER: "Suppression de brouillons",
    GenreOperation.PIECES: "Pièces de plusieurs dossiers",
    GenreOperation.ATTRIBUER: "Dossiers confiés",
    GenreOperation.COMPLET: "Dossier complet (PDF)",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """`filtre`: the parameters of the list, when all of it is chosen; None: the requests ticked."""

    genre: GenreOperation | None
    dossiers: list[UUID]
    liste: str
    filtre: Mapping[str, str] | None
    beneficiaire: UUID | None


def selection_de(request: HttpRequest, liste: str) -> dict[str, str]:
    """What the bar of a list posts back: its name and its filters, so that all of it may be chosen; empty where no list is declared."""
    if liste_declaree(liste) is None:
        return {"liste_choisie": "", "filtre_choisi": ""}
    filtres = QueryDict(mutable=True)
    filtres.update({nom: valeur for nom, valeur in request.GET.dict().items() if valeur and nom != "page"})
    return {"liste_choisie": liste, "filtre_choisi": filtres.urlencode()}


def lire_selection(request: HttpRequest) -> Selection:
    """What was posted; what cannot be read is left out, and the act then says that nothing is chosen."""
    poste = request.POST
    genre = next((g for g in GenreOperation if g.value == poste.get("acte")), None)
    tout = "tout" in poste
    return Selection(
        genre,
        [] if tout else [lu for texte in poste.getlist("dossiers") if (lu := _uuid(texte)) is not None],
        poste.get("liste", "")[:20],
        QueryDict(poste.get("filtre", "")[:2000]).dict() if tout else None,
        _uuid(poste.get("conseiller", "")),
    )


def _uuid(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None


def contexte_d_operation(operation: OperationEnNombre) -> dict[str, object]:
    """What its page shows; `fichier`: where it is downloaded, once it is there."""
    espace = [operation.siren] if operation.siren else []
    present = operation.etat == "terminee" and operation.servis
    complet = operation.genre == GenreOperation.COMPLET
    return {
        "operation": operation,
        "titre": TITRES[GenreOperation(operation.genre)],
        "total": operation.etapes,
        "fichier": reverse(f"{'espace' if espace else 'opco'}_operation_fichier", args=[*espace, operation.pk])
        if present
        else "",
        "complet": complet,
        "dossier": reverse(f"{'espace' if espace else 'opco'}_dossier", args=[*espace, operation.dossiers[0]]) if complet else "",
    }
