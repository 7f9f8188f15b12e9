"""What the actions on exports share: the lock of their owner, their line in the journal, whose turn it is."""

from datetime import datetime
from uuid import UUID

from jalon.comptes.models import Personne
from jalon.exports.enums import LIBELLES_FORMATS, EtatExport, FormatExport
from jalon.exports.models import Export, portee_d_un_export
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur
from jalon.socle.travaux import differer

TACHE = "exports.produire"


def verrouiller_demandeur(personne_id: UUID) -> Personne | None:
    """The person, until the end of the transaction: her exports are counted, begun and ended one at a time."""
    return Personne.objects.select_for_update(no_key=True).filter(id=personne_id).first()


def noter_export(*, code: str, export: Export, par: Acteur, le: datetime, **details: object) -> None:
    """One line in the journal of accesses of the organisation."""
    noter(
        code,
        par=par,
        portee=portee_d_un_export(export.lieu),
        objet=export,
        le=le,
        details={"libelle": export.libelle, "format": LIBELLES_FORMATS[FormatExport(export.format)], **details},
    )


def passer_au_suivant(personne_id: UUID) -> None:
    """Queue the oldest export of that person that waits, if one does. The caller holds her lock."""
    suivant = (
        Export.objects.tous("le tour de l’export suivant de la même personne")
        .filter(demandeur_id=personne_id, etat=EtatExport.DEMANDE)
        .order_by("demande_le", "id")
        .first()
    )
    if suivant is not None:
        differer(TACHE, export_id=str(suivant.id))
