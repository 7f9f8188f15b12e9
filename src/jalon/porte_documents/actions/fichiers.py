"""The file of a document: replaced, downloaded, looked at. Each opening is a line of the register (exigences, P2)."""

from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from jalon.journal.actions import noter_revelation
from jalon.journal.enums import Sensible
from jalon.journal.requetes import revelee_depuis
from jalon.pieces.actions import demander_apercu, supprimer_document
from jalon.pieces.enums import EtatApercu
from jalon.pieces.models import Apercu, Document
from jalon.pieces.requetes import lire_document, lire_page
from jalon.porte_documents.actions.fiches import CHANGE, noter_acte, recevoir
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.requetes import document_accessible
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import ErreurMetier, TransitionImpossible

APERCU = "Aperçu depuis le porte-documents"
DUREE_D_UNE_OUVERTURE = timedelta(minutes=10)


def remplacer_fichier(
    *, document_id: UUID, version: int, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime
) -> DocumentGarde:
    """A new version of the file. The requests that took the former one keep it; otherwise it is deleted.

    Raises: Introuvable, DroitManquant, SaisieRefusee (the file; it is not kept), TransitionImpossible (somebody else changed it).
    """
    document_accessible(document_id, par, Niveau.SAISIE)
    document = recevoir(nom=nom, contenu=contenu, par=par, maintenant=maintenant)
    try:
        return _remplacer(document_id, version, document, par, maintenant)
    except ErreurMetier:
        supprimer_document(document=document)
        raise


def _remplacer(document_id: UUID, version: int, document: Document, par: Acteur, maintenant: datetime) -> DocumentGarde:
    with transaction.atomic():
        garde = document_accessible(document_id, par, Niveau.SAISIE, verrou=True)
        if garde.version != version:
            raise TransitionImpossible(CHANGE)
        ancien = garde.document
        garde.document, garde.origine = document, ""
        garde.version, garde.modifie_le = garde.version + 1, maintenant
        garde.save(update_fields=["document", "origine", "version", "modifie_le"])
        noter_acte("porte_documents.remplacement", garde, par, maintenant, version=garde.version)
        supprimer_document(document=ancien)
    return garde


def ouvrir_document(*, document_id: UUID, par: Acteur, maintenant: datetime) -> tuple[DocumentGarde, bytes]:
    """A document and its content, for a download.

    Raises: Introuvable, DocumentIndisponible (still analysed, or refused since).
    """
    with transaction.atomic():
        garde = document_accessible(document_id, par)
        octets = lire_document(garde.document)
        _noter_ouverture(garde, "Téléchargement depuis le porte-documents", par, maintenant)
    return garde, octets


def ouvrir_apercu(*, document_id: UUID, par: Acteur, maintenant: datetime) -> tuple[DocumentGarde, Apercu]:
    """A document and its preview, asked from the worker the first time; noted once there is something to look at.

    Raises: Introuvable, DocumentIndisponible (still analysed, or refused since).
    """
    with transaction.atomic():
        garde = document_accessible(document_id, par)
        apercu = demander_apercu(document=garde.document, maintenant=maintenant)
        if apercu.etat == EtatApercu.PRET:
            _noter_ouverture(garde, APERCU, par, maintenant)
    return garde, apercu


def lire_page_d_apercu(*, document_id: UUID, numero: int, par: Acteur, maintenant: datetime) -> bytes:
    """The image of a page, rights read again. Without its page opened in the last ten minutes, it is an opening of its own.

    Raises: Introuvable (also: no such page), DocumentIndisponible (refused since).
    """
    with transaction.atomic():
        garde = document_accessible(document_id, par)
        octets = lire_page(garde.document, numero)
        if not revelee_depuis(par=par, objet=garde, motif=APERCU, depuis=maintenant - DUREE_D_UNE_OUVERTURE):
            _noter_ouverture(garde, APERCU, par, maintenant)
    return octets


def _noter_ouverture(garde: DocumentGarde, motif: str, par: Acteur, maintenant: datetime) -> None:
    noter_acte("porte_documents.ouverture", garde, par, maintenant)
    noter_revelation(
        sensible=Sensible.DOCUMENT, par=par, portee=garde.portee, objet=garde, le=maintenant, libelle=garde.libelle, motif=motif
    )
