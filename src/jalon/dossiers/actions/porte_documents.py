"""Between a request and the porte-documents: a piece taken from it, a piece kept in it. The file is shared, never copied."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.pieces import attacher, exiger_ouverte
from jalon.dossiers.models import PieceDeposee
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.pieces import libelle_de_piece, piece_accessible
from jalon.dossiers.requetes.porte_documents import sert_au_dossier
from jalon.pieces.actions import retenir_document
from jalon.porte_documents.actions import garder_document
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.regles import Description
from jalon.porte_documents.requetes import INTROUVABLE, Lieu, document_accessible
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import Introuvable


def prendre_piece(*, dossier_id: UUID, code: str, document_id: UUID, par: Acteur, maintenant: datetime) -> PieceDeposee:
    """Attach a document of the porte-documents of the company, or of the provider, under a code of the dispositif.

    What is done there later never changes the request: it points to the file itself. The porte-documents is locked before the file.
    Raises: Introuvable (the request, the code, a document that is not hers to read or serves other requests), DroitManquant,
    TransitionImpossible (not asked), DocumentIndisponible (still analysed, or refused).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        exiger_ouverte(dossier, code)
        garde = document_accessible(document_id, par, verrou=True)
        if not sert_au_dossier(garde, dossier):
            raise Introuvable(INTROUVABLE)
        document = retenir_document(document_id=garde.document_id)
        return attacher(dossier, code, document, par, maintenant, origine=garde.libelle)


def garder_piece(
    *, dossier_id: UUID, piece_id: UUID, siret: str, description: Description, par: Acteur, maintenant: datetime
) -> DocumentGarde:
    """Keep a piece in the porte-documents of the company, or of the establishment of the request (`siret`). It serves the family of
    the request, whatever is said: who reads the other one alone never read this piece.

    Raises: Introuvable, SaisiesRefusees (boxes), DroitManquant, SaisieRefusee (already there; full), DocumentIndisponible.
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        piece = piece_accessible(dossier, piece_id, par)
        if siret not in {"", dossier.siret}:
            raise Introuvable
        libelle = libelle_de_piece(dispositif_de(dossier.dispositif), piece.code)
        return garder_document(
            lieu=Lieu(dossier.siren, siret=siret),
            description=Description(
                libelle=description.libelle,
                genre=description.genre,
                domaine=dossier.domaine,
                valide_jusqu_au=description.valide_jusqu_au,
            ),
            document=piece.document,
            origine=f"{libelle}, {dossier}",
            par=par,
            maintenant=maintenant,
        )
