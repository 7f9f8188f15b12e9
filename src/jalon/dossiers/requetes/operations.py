"""Acts on many requests, as who asked for them follows them."""

from uuid import UUID

from jalon.dossiers.enums import GenreOperation
from jalon.dossiers.models import OperationEnNombre, PieceDeposee
from jalon.pieces.regles import ETATS_SERVIS
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import Introuvable

COFFRE = "operations"
"""Where the files that are made by an act are kept, for a day."""
OCTETS_AU_PLUS = 60_000_000


def operation_accessible(operation_id: UUID, acteur: Acteur) -> OperationEnNombre:
    """Hers, wherever she asked for it. Raises Introuvable."""
    operation: OperationEnNombre | None = OperationEnNombre.objects.visibles_par(acteur).filter(pk=operation_id).first()
    if operation is None:
        raise Introuvable
    return operation


def pieces_encore_lues(operation: OperationEnNombre, acteur: Acteur) -> bool:
    """Whether she may still read what the file holds: every document of one PDF, some of each request of a ZIP.

    A provider sees a request without its documents; the antivirus may have refused one since.
    """
    visibles = PieceDeposee.objects.visibles_par(acteur)
    if not operation.siren:
        visibles = visibles.filter(dossier__portefeuille_id__in=acteur.portefeuilles(Pouvoir.CONSULTER))
    if operation.genre == GenreOperation.COMPLET:
        relies = [feuillet["piece"] for feuillet in operation.feuillets if feuillet["pages"]]
        servies: int = visibles.filter(pk__in=relies, document__etat__in=ETATS_SERVIS).count()
        return servies == len(relies)
    lus: int = visibles.filter(dossier_id__in=operation.servis).values("dossier_id").distinct().count()
    return lus == len(operation.servis)
