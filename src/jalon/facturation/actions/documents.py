"""Handing out the documents of an invoice: each download is a line of the register (exigences, P2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.facturation.requetes import documents_de, facture_accessible
from jalon.journal.actions import noter_revelation
from jalon.journal.enums import Sensible
from jalon.pieces.models import Document
from jalon.pieces.requetes import lire_document
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable

LIBELLES = {
    "facture": "Facture",
    "certificat": "Certificat de réalisation",
    "participation": "Facture de participation de l’employeur",
    "attestation": "Attestation de début de la formation",
}


def ouvrir_document(*, facture_id: UUID, nom: str, par: Acteur, maintenant: datetime) -> tuple[Document, bytes]:
    """« facture », « certificat », « participation » or « attestation », and its content. Raises Introuvable, DocumentIndisponible (still analysed, or refused since)."""
    with transaction.atomic():
        facture = facture_accessible(facture_id, par)
        document = documents_de(facture).get(nom)
        if document is None:
            raise Introuvable
        octets = lire_document(document)
        noter_revelation(
            sensible=Sensible.DOCUMENT, par=par, portee=facture.portee, objet=facture, le=maintenant,
            libelle=f"{LIBELLES[nom]} {facture.numero}", motif="Téléchargement depuis la facture",
        )  # fmt: skip
    return document, octets
