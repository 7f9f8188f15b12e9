"""Decisions made by two people of the OPCO."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.habilitations.administrateurs import administrateurs_de, hors_probation, q_du_cote
from jalon.habilitations.enums import EtatDecision, EtatRattachement, NatureDecision
from jalon.habilitations.models import DecisionADeux, Rattachement
from jalon.habilitations.regles import VALIDITE_DEMANDE, fin_de_validite
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.erreurs import Introuvable

MONTREES = 50


@dataclass(frozen=True, slots=True)
class PersonneRattachee:
    """Somebody whose access may be ended."""

    rattachement_id: UUID
    nom: str
    profil: Profil


def _de_l_opco(acteur: Acteur) -> QuerySet[DecisionADeux]:
    """Decisions of the portefeuilles where the actor may propose or confirm."""
    visibles: QuerySet[DecisionADeux] = DecisionADeux.objects.visibles_par(acteur).filter(
        portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.DECIDER_A_DEUX))
    )
    return visibles.select_related("proposee_par", "decidee_par", "rattachement__personne")


def decision_de(decision_id: UUID, acteur: Acteur) -> DecisionADeux:
    """A decision of the actor's portefeuilles. Raises Introuvable."""
    decision = _de_l_opco(acteur).filter(id=decision_id).first()
    if decision is None:
        raise Introuvable
    return decision


def decisions_proposees(acteur: Acteur, maintenant: datetime) -> list[DecisionADeux]:
    """Proposals that wait for a second person, oldest first."""
    vivantes = _de_l_opco(acteur).filter(etat=EtatDecision.PROPOSEE, proposee_le__gt=maintenant - VALIDITE_DEMANDE)
    return list(vivantes.order_by("proposee_le", "id"))


def decisions_closes(acteur: Acteur, maintenant: datetime) -> list[DecisionADeux]:
    """The last ones confirmed, set aside or lapsed, newest first."""
    lapsees = Q(etat=EtatDecision.PROPOSEE, proposee_le__lte=maintenant - VALIDITE_DEMANDE)
    return list(_de_l_opco(acteur).filter(~Q(etat=EtatDecision.PROPOSEE) | lapsees).order_by("-proposee_le", "-id")[:MONTREES])


def personnes_rattachees(siren: str, acteur: Acteur) -> list[PersonneRattachee]:
    """Active links of an organisation, both sides, by name, as the actor sees them."""
    liens = (
        Rattachement.objects.visibles_par(acteur)
        .filter(q_du_cote(siren, None), etat=EtatRattachement.ACTIF)
        .select_related("personne")
        .order_by("personne__nom", "personne__prenom", "id")
    )
    return [PersonneRattachee(lien.id, lien.personne.nom_complet, Profil(lien.profil)) for lien in liens]


def recuperations_ouvertes(sirens: Collection[str], profil: Profil, maintenant: datetime) -> dict[str, DecisionADeux]:
    """Confirmed recoveries that no order of letters has used, by SIREN: they last as long as a code does."""
    colonne = "prestataire_siren" if profil == Profil.PRESTATAIRE else "siren"
    confirmees = DecisionADeux.objects.tous("récupérations confirmées, à la commande d’une lettre").filter(
        **{f"{colonne}__dans": list(sirens)},
        nature=NatureDecision.RECUPERATION,
        etat=EtatDecision.CONFIRMEE,
        employee_le__isnull=True,
    )
    return {
        d.organisation_siren: d for d in confirmees if d.decidee_le is not None and maintenant < fin_de_validite(d.decidee_le)
    }


def deja_administres(sirens: Collection[str], profil: Profil, maintenant: datetime) -> set[str]:
    """SIREN that somebody administers, out of probation: a new letter would name a stranger beside him."""
    tous = administrateurs_de(sirens, profil, maintenant)
    return {siren for siren, administrateurs in tous.items() if hors_probation(administrateurs, maintenant)}
