"""Which document the life of a contract expects."""

from jalon.contrats.enums import EtatAvenant
from jalon.contrats.models import Avenant
from jalon.contrats.requetes.avenants import avenant_en_cours
from jalon.contrats.requetes.contenus import vie_de
from jalon.dossiers.enums import EtatDossier, EtatPiece
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes.pieces import AVENANT_SIGNE, PREUVE_DE_RUPTURE
from jalon.pieces.requetes import est_lisible
from jalon.socle.erreurs import TransitionImpossible


def code_attendu(dossier: Dossier) -> str:
    """The code of the document expected now. Raises TransitionImpossible when none is."""
    vie_de(dossier)
    if dossier.etat == EtatDossier.ROMPU:
        return PREUVE_DE_RUPTURE
    avenant = avenant_en_cours(dossier)
    if avenant is None or avenant.etat != EtatAvenant.BROUILLON:
        raise TransitionImpossible("Aucune pièce n’est attendue sur ce contrat maintenant.")
    return AVENANT_SIGNE


def avenant_signe(dossier: Dossier, avenant: Avenant) -> PieceDeposee | None:
    """The signed document of this avenant, attached since it was begun and passed by its checks; None: missing."""
    pieces = PieceDeposee.objects.tous("règles d’un contrat déjà obtenu par sa porte").filter(
        dossier=dossier, code=AVENANT_SIGNE, etat=EtatPiece.DEPOSEE, deposee_le__gte=avenant.commence_le
    )
    piece: PieceDeposee | None = pieces.select_related("document").first()
    return piece if piece is not None and est_lisible(piece.document) else None
