"""The document of an avenant, or of a rupture: attached by the company, or by the provider beside it; read by the OPCO."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from jalon.contrats.requetes.preuves import code_attendu, code_attendu_du_prestataire
from jalon.contrats.requetes.ruptures import exiger_le_cfa
from jalon.dossiers.actions.pieces import attacher
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import cote_de, dossier_accessible
from jalon.messagerie.enums import Cote
from jalon.pieces.actions import deposer_document, supprimer_document
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import ErreurMetier


def joindre_preuve(*, dossier_id: UUID, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime) -> PieceDeposee:
    """Attach the signed avenant while it is prepared, the proof of the rupture once it is declared; a new one replaces it.

    The provider attaches its own proof of a rupture that either side declared: it never replaces that of the company.
    The file is inspected before any lock is taken.
    Raises: Introuvable, DroitManquant (Gestion on its side), TransitionImpossible (nothing is expected), SaisieRefusee (the file; it is
    not kept).
    """
    _exiger(dossier_accessible(dossier_id, par), par)
    document = deposer_document(nom=nom, contenu=contenu, par=par, maintenant=maintenant)
    try:
        with transaction.atomic():
            dossier = dossier_accessible(dossier_id, par, verrou=True)
            return attacher(dossier, _exiger(dossier, par), document, par, maintenant)
    except ErreurMetier:
        supprimer_document(document=document)
        raise


def _exiger(dossier: Dossier, par: Acteur) -> str:
    """The code expected of the side of the actor, who manages contracts there."""
    if cote_de(dossier, par) == Cote.PRESTATAIRE:
        exiger_le_cfa(dossier, par)
        return code_attendu_du_prestataire(dossier)
    par.exiger(dossier.droit(Niveau.GESTION), dossier.portee_de_l_entreprise)
    return code_attendu(dossier)
