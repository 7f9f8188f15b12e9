"""What a level published after the grant changes in the payments of a contract (Code du travail, D6332-80)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from jalon.contrats.requetes.contenus import accordes, deja_verse, engagement_du_contrat, versions_du_contrat, vie_de
from jalon.contrats.requetes.ruptures import apercu_de_rupture, avec_la_suite, declarations, lire
from jalon.dispositifs.base import EffetSurArgent
from jalon.dossiers.enums import PAYABLES, EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de
from jalon.messagerie.enums import Cote
from jalon.socle.erreurs import ErreurMetier, TransitionImpossible
from jalon.socle.montants import ZERO, somme


@dataclass(frozen=True, slots=True)
class ApercuDuNiveau:
    """Euros net of the participation, before and after; `trop_verse`: to be taken back; `empechement`: why it is not counted."""

    avant: Decimal
    apres: Decimal = ZERO
    trop_verse: Decimal = ZERO
    empechement: str = ""

    @property
    def ecart(self) -> Decimal:
        """What the level adds, or takes away."""
        return self.apres - self.avant


def regularisation_de(dossier: Dossier, maintenant: datetime) -> tuple[Engagement, EffetSurArgent]:
    """The agreement of a contract reached by its door, and its payments counted again with the level published since.

    Raises: TransitionImpossible (closed or cancelled, level applied already or not published), what counting raises.
    """
    vie = vie_de(dossier)
    if dossier.etat not in PAYABLES:
        raise TransitionImpossible("Ce contrat est clos\u00a0: ses paiements ne se recalculent plus.")
    engagement = engagement_du_contrat(dossier)
    if vie.attente_du_niveau not in {x["source"] for x in engagement.explications}:
        raise TransitionImpossible("Le niveau publié par la branche est déjà celui de cet accord.")
    effet = _recompter(dossier, engagement, maintenant)
    if vie.attente_du_niveau in {x.source for x in effet.estimation.explications}:
        raise TransitionImpossible("La branche n’a pas encore publié de niveau pour ce contrat.")
    return engagement, effet


def _recompter(dossier: Dossier, engagement: Engagement, maintenant: datetime) -> EffetSurArgent:
    """As its last avenant, or its rupture, leaves it."""
    declaree = declarations(dossier).get(Cote.ENTREPRISE)
    if dossier.etat == EtatDossier.ROMPU and declaree is not None:
        return apercu_de_rupture(dossier, avec_la_suite(dossier, lire(declaree)), maintenant).effet
    return vie_de(dossier).reprendre(
        versions_du_contrat(dossier), contexte_de(dossier, maintenant), deja_verse(engagement), accordes(engagement)
    )


def apercu_du_niveau(dossier: Dossier, maintenant: datetime) -> ApercuDuNiveau:
    """The same before it is done, without writing anything; the caller obtained the contract by its door."""
    avant = somme(e.montant for e in echeances_de(engagement_du_contrat(dossier)))
    try:
        _, effet = regularisation_de(dossier, maintenant)
    except ErreurMetier as refus:
        return ApercuDuNiveau(avant, empechement=refus.message)
    return ApercuDuNiveau(avant, somme(e.montant for e in effet.estimation.echeances), effet.trop_verse)
