"""Tables of requests."""

from jalon.dossiers.models.dossier import Dossier
from jalon.dossiers.models.operations import OperationEnNombre
from jalon.dossiers.models.suites import DemandeComplement, DemandeModification, PieceDeposee, VersionContenu

__all__ = ["DemandeComplement", "DemandeModification", "Dossier", "OperationEnNombre", "PieceDeposee", "VersionContenu"]
