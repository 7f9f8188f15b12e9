"""Which document the life of a contract expects."""

from jalon.contrats.enums import EtatAvenant
from jalon.contrats.models import Avenant
from jalon.contrats.requetes.avenants import avenant_en_cours
from jalon.contrats.requetes.contenus import vie_de
from jalon.contrats.requetes.ruptures import declarations
from jalon.dossiers.enums import EtatDossier, EtatPiece
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes.pieces import AVENANT_SIGNE, PREUVE_DE_RUPTURE, PREUVE_DU_PRESTATAIRE
from jalon.messagerie.enums import Cote
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


def code_attendu_du_prestataire(dossier: Dossier) -> str:
    """The code of the proof that the provider may attach. Raises TransitionImpossible before any rupture is declared."""
    vie_de(dossier)
    if dossier.etat == EtatDossier.ROMPU or (dossier.etat == EtatDossier.ACCORDE and Cote.PRESTATAIRE in declarations(dossier)):
        return PREUVE_DU_PRESTATAIRE
    raise TransitionImpossible("Aucune rupture n’est déclarée sur ce contrat\u00a0: signalez-la d’abord, puis joignez sa preuve.")


def preuve_du_prestataire(dossier: Dossier) -> PieceDeposee | None:
    """What the provider attached last, to tell it: it reads no other document of the request."""
    pieces = PieceDeposee.objects.tous("règles d’un contrat déjà obtenu par sa porte").filter(
        dossier=dossier, code=PREUVE_DU_PRESTATAIRE, etat=EtatPiece.DEPOSEE
    )
    piece: PieceDeposee | None = pieces.select_related("document").first()
    return piece


def avenant_signe(dossier: Dossier, avenant: Avenant) -> PieceDeposee | None:
    """The signed document of this avenant, attached since it was begun and passed by its checks; None: missing."""
    pieces = PieceDeposee.objects.tous("règles d’un contrat déjà obtenu par sa porte").filter(
        dossier=dossier, code=AVENANT_SIGNE, etat=EtatPiece.DEPOSEE, deposee_le__gte=avenant.commence_le
    )
    piece: PieceDeposee | None = pieces.select_related("document").first()
    return piece if piece is not None and est_lisible(piece.document) else None
