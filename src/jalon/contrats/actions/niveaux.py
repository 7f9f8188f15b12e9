"""A level published after the grant, applied to the payments of a contract (Code du travail, D6332-80)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.contrats.requetes.niveaux import regularisation_de
from jalon.dossiers.requetes import dossier_a_traiter
from jalon.engagements.actions import EcheancierRepris, reprendre_echeancier
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import ErreurMetier

MOTIF = "niveau de prise en charge publié par la branche"


@dataclass(slots=True)
class BilanDeRegularisation:
    """How many were counted again, and why each of the others was not, by request."""

    faites: int = 0
    refus: dict[UUID, str] = field(default_factory=dict)


def regulariser_niveau(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> EcheancierRepris:
    """Count the payments of a contract again with the level that its branch published after the grant: a version of the agreement,
    a line in the journal, and both sides told once it is typeset.

    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible (closed, applied already, no level yet).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        engagement, effet = regularisation_de(dossier, maintenant)
        return reprendre_echeancier(
            engagement=engagement, estimation=effet.estimation, motif=MOTIF, par=par, maintenant=maintenant
        )


def regulariser_niveaux(*, dossiers: Collection[UUID], par: Acteur, maintenant: datetime) -> BilanDeRegularisation:
    """The same, one after the other, each in its own transaction: a refusal stops none of the others. Raises DroitManquant (nowhere)."""
    par.exiger_pouvoir(Pouvoir.DECIDER, None)
    bilan = BilanDeRegularisation()
    for dossier_id in dossiers:
        try:
            regulariser_niveau(dossier_id=dossier_id, par=par, maintenant=maintenant)
        except ErreurMetier as refus:
            bilan.refus[dossier_id] = refus.message
        else:
            bilan.faites += 1
    return bilan
