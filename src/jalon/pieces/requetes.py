"""Reading a document that the owner has already handed out, and the state of the antivirus."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.conf import settings

from jalon.pieces.antivirus import EtatAntivirus, interroger
from jalon.pieces.enums import EtatApercu, EtatDocument, TypeDocument
from jalon.pieces.models import Apercu, Document
from jalon.pieces.regles import ETATS_SERVIS, LIBELLES_ETATS, LIBELLES_TYPES, afficher_taille
from jalon.socle import coffre
from jalon.socle.erreurs import Introuvable, TransitionImpossible

COFFRE = "pieces"
COFFRE_APERCUS = "apercus"
SECONDES_ETAT = 2.0


class DocumentIndisponible(TransitionImpossible):
    """The document is not served in its present state (409)."""

    code = "document-indisponible"


class ContenuAltere(RuntimeError):
    """The content is not the one that was received."""


def est_lisible(document: Document) -> bool:
    """Whether the content may be served: structure checked, and antivirus passed when there is one."""
    return document.etat in ETATS_SERVIS


def exiger_lisible(document: Document) -> None:
    """Raises DocumentIndisponible, with the reason."""
    if document.etat == EtatDocument.EN_ATTENTE:
        raise DocumentIndisponible("Ce document est en cours d’analyse par l’antivirus. Revenez dans quelques minutes.")
    if not est_lisible(document):
        raise DocumentIndisponible(document.motif_refus or "Ce document a été refusé. Il n’a pas été conservé.")


def lire_document(document: Document) -> bytes:
    """The content of a document reached by its owner.

    Raises: DocumentIndisponible while it waits for the antivirus or once refused; ContenuAltere when it changed.
    """
    exiger_lisible(document)
    octets = coffre.lire(COFFRE, str(document.id))
    if hashlib.sha256(octets).hexdigest() != document.sha256:
        raise ContenuAltere(f"document {document.id} : empreinte différente")
    return octets


def cle_de_page(document_id: UUID, numero: int) -> str:
    """Under which the image of a page is kept; ends with the identifier, which spreads them over folders."""
    return f"{numero:02d}-{document_id}"


def lire_page(document: Document, numero: int) -> bytes:
    """The image (PNG) of a page of the preview, from 1.

    Raises: DocumentIndisponible (refused since), Introuvable (no such page, or not drawn yet).
    """
    exiger_lisible(document)
    apercu = Apercu.objects.filter(document=document, etat=EtatApercu.PRET).first()
    if apercu is None or not 1 <= numero <= apercu.pages:
        raise Introuvable("Nous ne trouvons pas cette page.")
    return coffre.lire(COFFRE_APERCUS, cle_de_page(document.id, numero))


def type_affiche(document: Document) -> str:
    """« PDF, 412 Ko »."""
    return f"{LIBELLES_TYPES[TypeDocument(document.type_mime)]}, {afficher_taille(document.taille)}"


def etat_affiche(document: Document) -> str:
    """« Contrôlée », « Saine », « En cours d’analyse », « Refusée »."""
    return LIBELLES_ETATS[EtatDocument(document.etat)]


def antivirus(maintenant: datetime) -> EtatAntivirus:
    """State of ClamAV for `jalon verifier` and `/readyz`: answers within 2 s whatever happens."""
    return interroger(adresse=settings.CLAMAV_ADRESSE, secondes=SECONDES_ETAT, maintenant=maintenant)
