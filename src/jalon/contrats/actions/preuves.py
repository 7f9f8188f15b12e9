"""The document of an avenant, or of a rupture: attached by the company, read by the OPCO."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from jalon.contrats.requetes.preuves import code_attendu
from jalon.dossiers.actions.pieces import attacher
from jalon.dossiers.models import PieceDeposee
from jalon.dossiers.requetes import dossier_accessible
from jalon.pieces.actions import deposer_document, supprimer_document
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import ErreurMetier


def joindre_preuve(*, dossier_id: UUID, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime) -> PieceDeposee:
    """Attach the signed avenant while it is prepared, the proof of the rupture once it is declared; a new one replaces it.

    The file is inspected before any lock is taken.
    Raises: Introuvable, DroitManquant (Gestion), TransitionImpossible (nothing is expected), SaisieRefusee (the file; it is not kept).
    """
    code_attendu(dossier_accessible(dossier_id, par, Niveau.GESTION))
    document = deposer_document(nom=nom, contenu=contenu, par=par, maintenant=maintenant)
    try:
        with transaction.atomic():
            dossier = dossier_accessible(dossier_id, par, Niveau.GESTION, verrou=True)
            return attacher(dossier, code_attendu(dossier), document, par, maintenant)
    except ErreurMetier:
        supprimer_document(document=document)
        raise
