"""Looking at a document in the page: images, never the file itself. Each opening is a line of the register (exigences, P2)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.dossiers.actions.pieces import noter_ouverture
from jalon.dossiers.models import PieceDeposee
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.pieces import piece_accessible
from jalon.journal.requetes import revelee_depuis
from jalon.pieces.actions import demander_apercu
from jalon.pieces.enums import EtatApercu
from jalon.pieces.models import Apercu
from jalon.pieces.requetes import lire_page
from jalon.socle.acteurs import Acteur

MOTIF = "Aperçu depuis le dossier"
DUREE_D_UNE_OUVERTURE = timedelta(minutes=10)


def ouvrir_apercu(*, dossier_id: UUID, piece_id: UUID, par: Acteur, maintenant: datetime) -> tuple[PieceDeposee, Apercu]:
    """A document and its preview, asked from the worker the first time; noted once there is something to look at.

    Raises: Introuvable, DocumentIndisponible (still analysed, or refused since).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        piece = piece_accessible(dossier, piece_id, par)
        apercu = demander_apercu(document=piece.document, maintenant=maintenant)
        if apercu.etat == EtatApercu.PRET:
            noter_ouverture(dossier, piece, MOTIF, par, maintenant)
    return piece, apercu


def lire_page_d_apercu(*, dossier_id: UUID, piece_id: UUID, numero: int, par: Acteur, maintenant: datetime) -> bytes:
    """The image of a page, rights read again. Without its page opened in the last ten minutes, it is an opening of its own.

    Raises: Introuvable (also: no such page), DocumentIndisponible (refused since).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        piece = piece_accessible(dossier, piece_id, par)
        octets = lire_page(piece.document, numero)
        if not revelee_depuis(par=par, objet=piece, motif=MOTIF, depuis=maintenant - DUREE_D_UNE_OUVERTURE):
            noter_ouverture(dossier, piece, MOTIF, par, maintenant)
    return octets
