"""Drawing the first pages of a document when somebody first looks at it, forgetting them with it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.pieces.enums import PAGES_AU_PLUS, EtatApercu, TypeDocument
from jalon.pieces.examen import Dessin, dessiner
from jalon.pieces.models import Apercu, Document
from jalon.pieces.requetes import COFFRE_APERCUS, DocumentIndisponible, cle_de_page, exiger_lisible, lire_document
from jalon.socle import coffre
from jalon.socle.travaux import differer

TACHE_APERCU = "pieces.dessiner_apercu"
AGE_ORPHELIN = timedelta(days=1)


def demander_apercu(*, document: Document, maintenant: datetime) -> Apercu:
    """The preview of a document, asked from the worker the first time. Its owner has judged the right to read it.

    Raises: DocumentIndisponible (still analysed, or refused).
    """
    exiger_lisible(document)
    with transaction.atomic():
        apercu, nouveau = Apercu.objects.get_or_create(document=document, defaults={"demande_le": maintenant})
        if nouveau:
            differer(TACHE_APERCU, document_id=str(document.id))
    return apercu


def dessiner_apercu(*, document_id: UUID, maintenant: datetime) -> None:
    """Draw, keep the images, then say so. Idempotent: an image already written is written again, whole."""
    document = Document.objects.de_proprietaire([document_id], "aperçu demandé par son propriétaire").first()
    if document is None or not Apercu.objects.filter(document_id=document_id, etat=EtatApercu.EN_COURS).exists():
        return
    try:
        octets = lire_document(document)
    except DocumentIndisponible:
        oublier_apercu(document_id=document_id)
        return
    dessin = dessiner(octets, TypeDocument(document.type_mime))
    for numero, page in enumerate(dessin.pages, 1):
        coffre.ranger(COFFRE_APERCUS, cle_de_page(document_id, numero), page)
    _inscrire(document_id, dessin, maintenant)


def _inscrire(document_id: UUID, dessin: Dessin, maintenant: datetime) -> None:
    with transaction.atomic():
        apercu = Apercu.objects.select_for_update().filter(document_id=document_id).first()
        if apercu is None:  # the document went away while it was drawn
            _retirer_pages(document_id)
            return
        apercu.etat = EtatApercu.PRET if dessin.pages else EtatApercu.IMPOSSIBLE
        apercu.total, apercu.pages, apercu.fait_le = dessin.total, len(dessin.pages), maintenant
        apercu.save(update_fields=["etat", "total", "pages", "fait_le"])


def oublier_apercu(*, document_id: UUID) -> None:
    """Delete the preview and, once the transaction is done, its images: the document goes away."""
    with transaction.atomic():
        if Apercu.objects.filter(document_id=document_id).delete()[0]:
            transaction.on_commit(lambda: _retirer_pages(document_id))


def retirer_pages_orphelines() -> None:
    """Delete the images without a preview, a day old: a worker, or a deletion, killed between its two halves."""
    coffre.retirer_provisoires(COFFRE_APERCUS, AGE_ORPHELIN)
    for cle in coffre.cles_anciennes(COFFRE_APERCUS, AGE_ORPHELIN):
        if not Apercu.objects.filter(document_id=UUID(cle.partition("-")[2])).exists():
            coffre.retirer(COFFRE_APERCUS, cle)


def _retirer_pages(document_id: UUID) -> None:
    for numero in range(1, PAGES_AU_PLUS + 1):
        coffre.retirer(COFFRE_APERCUS, cle_de_page(document_id, numero))
