"""Documents: attached one at a time, replaced without being lost, taken back while nothing was sent."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.reponses import commencer_la_reponse
from jalon.dossiers.enums import EtatDossier, EtatPiece
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.pieces import (
    PIECE_COMPLEMENTAIRE,
    codes_admis,
    complement_en_cours,
    libelle_de_piece,
    piece_accessible,
)
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.actions import noter, noter_revelation
from jalon.journal.enums import Sensible
from jalon.pieces.actions import deposer_document, supprimer_document
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.requetes import lire_document
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import ErreurMetier, Introuvable, TransitionImpossible


def deposer_piece(*, dossier_id: UUID, code: str, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime) -> PieceDeposee:
    """Attach a document under a code of the dispositif. The one in force under that code is kept, as replaced.

    The file is inspected before any lock is taken. While a complement is waited for, only the documents asked again are received.
    Raises: Introuvable, DroitManquant, TransitionImpossible, SaisieRefusee (the file; it is not kept).
    """
    exiger_ouverte(dossier_accessible(dossier_id, par, Niveau.SAISIE), code)
    document = deposer_document(nom=nom, contenu=contenu, par=par, maintenant=maintenant)
    try:
        return _attacher(dossier_id, code, document, par, maintenant)
    except ErreurMetier:
        supprimer_document(document=document)
        raise


def _attacher(dossier_id: UUID, code: str, document: Document, par: Acteur, maintenant: datetime) -> PieceDeposee:
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        exiger_ouverte(dossier, code)
        return attacher(dossier, code, document, par, maintenant)


def attacher(
    dossier: Dossier, code: str, document: Document, par: Acteur, maintenant: datetime, *, origine: str = ""
) -> PieceDeposee:
    """Put an inspected document under a code of a request that the caller locked and judged; the one in force is kept, replaced.

    `origine`: its name in the porte-documents that it comes from.
    """
    with transaction.atomic():
        precedentes = PieceDeposee.objects.tous("pièces d’un dossier déjà obtenu par sa porte").filter(dossier=dossier, code=code)
        remplace = precedentes.exclude(etat=EtatPiece.REMPLACEE).update(etat=EtatPiece.REMPLACEE) > 0
        piece = PieceDeposee(
            dossier=dossier,
            code=code,
            document=document,
            deposee_le=maintenant,
            deposee_par=par.identite,
            deposee_par_nom=par.libelle[:200],
            origine=origine,
        ).porter(dossier.portee_des_suites)
        piece.save(force_insert=True)
        commencer_la_reponse(dossier, maintenant)
        dossier.modifie_le = maintenant
        dossier.save(update_fields=["modifie_le"])
        evenement = "piece.prise" if origine else "piece.remplacee" if remplace else "piece.deposee"
        _noter(evenement, dossier, code, par, maintenant)
    return piece


def retirer_piece(*, dossier_id: UUID, piece_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Take a document back from a draft: it is deleted, with the versions that it had replaced under the same code.

    Raises: Introuvable, DroitManquant, TransitionImpossible (the request was sent).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        vue = piece_accessible(dossier, piece_id, par)
        if not dossier.est_brouillon:
            raise TransitionImpossible("Ce dossier est transmis\u00a0: ses pièces ne se retirent plus, elles se remplacent.")
        versions = PieceDeposee.objects.tous("pièces d’un dossier déjà obtenu par sa porte").filter(
            dossier=dossier, code=vue.code
        )
        documents = [piece.document for piece in versions.select_related("document").order_by("document_id")]
        versions.delete()
        for document in documents:
            supprimer_document(document=document)
        dossier.modifie_le = maintenant
        dossier.save(update_fields=["modifie_le"])
        _noter("piece.retiree", dossier, vue.code, par, maintenant)


def noter_le_refus(document_id: UUID, maintenant: datetime) -> None:
    """The antivirus has answered on a document: when it refused it, the request of which it is a piece says so (registered in `pieces`)."""
    pieces = PieceDeposee.objects.tous("le dossier d’un document que l’antivirus vient de refuser")
    refusees = pieces.filter(document_id=document_id, document__etat=EtatDocument.REFUSEE).exclude(etat=EtatPiece.REMPLACEE)
    for piece in refusees.select_related("dossier").defer("dossier__reponses", "dossier__contenu", "dossier__recherche"):
        _noter("piece.refusee", piece.dossier, piece.code, ActeurSysteme("antivirus"), maintenant)


def ouvrir_piece(*, dossier_id: UUID, piece_id: UUID, par: Acteur, maintenant: datetime) -> tuple[PieceDeposee, bytes]:
    """A document and its content, for a download; noted in the journal (exigences, P2).

    Raises: Introuvable, DocumentIndisponible (still analysed, or refused since).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        piece = piece_accessible(dossier, piece_id, par)
        octets = lire_document(piece.document)
        noter_ouverture(dossier, piece, "Téléchargement depuis le dossier", par, maintenant)
    return piece, octets


def noter_ouverture(dossier: Dossier, piece: PieceDeposee, motif: str, par: Acteur, maintenant: datetime) -> None:
    """One line in the journal of the request, one in the register, in the caller's transaction."""
    _noter("piece.ouverte", dossier, piece.code, par, maintenant)
    noter_revelation(
        sensible=Sensible.DOCUMENT, par=par, portee=dossier.portee_des_suites, objet=piece, le=maintenant,
        libelle=f"{libelle_de_piece(dispositif_de(dossier.dispositif), piece.code)}, {dossier}", motif=motif,
    )  # fmt: skip


def exiger_ouverte(dossier: Dossier, code: str) -> None:
    """A draft takes any document of its dispositif; a sent request, those asked again. Raises Introuvable, TransitionImpossible."""
    declaration = dispositif_de(dossier.dispositif)
    if code != PIECE_COMPLEMENTAIRE:
        try:
            declaration.piece(code)
        except KeyError:
            raise Introuvable("Nous ne trouvons pas cette pièce dans la demande.") from None
    if dossier.etat == EtatDossier.BROUILLON and code != PIECE_COMPLEMENTAIRE:
        return
    demande = complement_en_cours(dossier) if dossier.etat == EtatDossier.A_COMPLETER else None
    if demande is None or code not in codes_admis(declaration, demande.pieces):
        raise TransitionImpossible("Cette pièce n’est pas demandée\u00a0: elle ne peut pas être jointe maintenant.")


def _noter(evenement: str, dossier: Dossier, code: str, par: Acteur, maintenant: datetime) -> None:
    libelle = libelle_de_piece(dispositif_de(dossier.dispositif), code)
    noter(evenement, par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details={"piece": libelle})
