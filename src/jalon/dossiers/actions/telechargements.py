"""Documents that we typeset from a request (agreement, summary): their downloads are lines of the register (exigences, P2)."""

from datetime import datetime
from uuid import UUID

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.journal.actions import noter_revelation
from jalon.journal.enums import Sensible
from jalon.socle.acteurs import Acteur


def noter_telechargement(*, dossier_id: UUID, document: str, par: Acteur, maintenant: datetime) -> None:
    """Say, before it is handed over, that a document of the request is read. Raises Introuvable."""
    dossier = dossier_accessible(dossier_id, par)
    noter_revelation(
        sensible=Sensible.DOCUMENT, par=par, portee=dossier.portee_des_suites, objet=dossier, le=maintenant,
        libelle=f"{document}, {designation(dossier)}", motif="Téléchargement depuis le dossier",
    )  # fmt: skip


def designation(dossier: Dossier) -> str:
    """« dossier 2611CA000318 », « brouillon … »: how the register names a request."""
    return f"dossier {dossier.numero}" if dossier.numero else str(dossier)
