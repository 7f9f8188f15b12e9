"""Requests for a new second factor: where they go, who sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jalon.habilitations.administrateurs import droits_d_administration
from jalon.habilitations.enums import EtatPerte, EtatRattachement
from jalon.habilitations.models import PerteSecondFacteur, Rattachement
from jalon.habilitations.models.second_facteur import EN_COURS
from jalon.habilitations.regles import VALIDITE_DEMANDE
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import Introuvable


@dataclass(frozen=True, slots=True)
class PerteAffichee:
    """A request as its card shows it. `suite`: what waits, in words; `confirmable` and `remplacable`: by this person, now."""

    perte: PerteSecondFacteur
    confirmable: bool
    remplacable: bool
    suite: str


def organisation_a_prevenir(personne_id: UUID, maintenant: datetime) -> tuple[str, str, UUID] | None:
    """SIREN, side and portefeuille of the organisation whose head office is written to: one that she administers, or her first."""
    liens = Rattachement.objects.tous("organisation de la personne qui a perdu son second facteur").filter(
        personne_id=personne_id, etat=EtatRattachement.ACTIF, portefeuille_id__isnull=False
    )
    administres = droits_d_administration(maintenant).filter(rattachement__personne_id=personne_id).values("rattachement_id")
    lien = liens.filter(id__in=administres).order_by("cree_le", "id").first() or liens.order_by("cree_le", "id").first()
    return (lien.organisation_siren, lien.profil, lien.portefeuille_id) if lien is not None else None


def perte_accessible(perte_id: UUID, acteur: Acteur) -> PerteSecondFacteur:
    """A request of the portefeuilles that the actor may consult. Raises Introuvable."""
    visibles = acteur.portefeuilles(Pouvoir.CONSULTER)
    perte = PerteSecondFacteur.objects.filter(id=perte_id, portefeuille_id__in=visibles).first()
    if perte is None:
        raise Introuvable
    return perte


def perte_en_cours(personne_id: UUID, maintenant: datetime) -> PerteSecondFacteur | None:
    """The open request of a person."""
    return PerteSecondFacteur.objects.filter(
        personne_id=personne_id, etat__in=EN_COURS, demandee_le__gt=maintenant - VALIDITE_DEMANDE
    ).first()


def pertes_a_traiter(acteur: Acteur, maintenant: datetime) -> list[PerteAffichee]:
    """Open requests of the portefeuilles where the actor decides, oldest first."""
    pertes = PerteSecondFacteur.objects.filter(
        etat__in=EN_COURS, demandee_le__gt=maintenant - VALIDITE_DEMANDE,
        portefeuille_id__in=acteur.portefeuilles(Pouvoir.DECIDER_ACCES),
    )  # fmt: skip
    return [_afficher(p, acteur) for p in pertes.select_related("personne", "avis").order_by("demandee_le", "id")]


def _afficher(perte: PerteSecondFacteur, acteur: Acteur) -> PerteAffichee:
    if perte.etat == EtatPerte.DEMANDEE:
        return PerteAffichee(perte, confirmable=True, remplacable=False, suite="Attend une première vérification.")
    postee = perte.avis is not None and perte.avis.envoye_le is not None
    if not postee:
        suite = "Vérifiée. La lettre au siège est à poster, puis à déclarer sur la page des codes."
    elif perte.premier_par == acteur.identite:
        suite = "Vérifiée par vous, lettre postée. Une autre personne de l’OPCO doit confirmer."
    else:
        suite = "Vérifiée une première fois, lettre postée. Votre confirmation remplacera le second facteur."
    return PerteAffichee(perte, confirmable=False, remplacable=postee and perte.premier_par != acteur.identite, suite=suite)
