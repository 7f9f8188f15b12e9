"""Who administers one side of a SIREN, read in the database at that instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.models.rattachements import q_droit_en_vigueur
from jalon.socle.acteurs import Domaine, Niveau, Profil


@dataclass(frozen=True, slots=True)
class Administrateur:
    """Somebody who holds accès = Gestion on a whole SIREN."""

    personne_id: UUID
    rattachement_id: UUID
    nom: str
    email: str
    profil: Profil
    probation_jusqu_a: datetime | None


def q_du_cote(siren: str, profil: Profil | None, prefixe: str = "") -> Q:
    """Rows of one side of a SIREN; both sides when no profile is given."""
    adherent, prestataire = Q(**{f"{prefixe}siren": siren}), Q(**{f"{prefixe}prestataire_siren": siren})
    if profil is None:
        return adherent | prestataire
    return prestataire if profil == Profil.PRESTATAIRE else adherent


def tous_les_administrateurs(siren: str, profil: Profil | None, maintenant: datetime) -> list[Administrateur]:
    """Including those in probation, in the order they came. One query."""
    droits = (
        DroitAccorde.objects.filter(q_droit_en_vigueur(maintenant), q_du_cote(siren, profil, "rattachement__"))
        .filter(etendue=Etendue.SIREN, domaine=Domaine.ACCES, niveau__gte=Niveau.GESTION)
        .filter(rattachement__etat=EtatRattachement.ACTIF, rattachement__personne__is_active=True)
        .select_related("rattachement__personne")
        .order_by("debut", "id")
    )
    trouves = []
    for droit in droits:
        lien, personne = droit.rattachement, droit.rattachement.personne
        if personne is not None:
            trouves.append(
                Administrateur(
                    personne.id, lien.id, personne.nom_complet, personne.email, Profil(lien.profil), lien.probation_jusqu_a
                )
            )
    return trouves


def administrateurs_actifs(siren: str, profil: Profil | None, maintenant: datetime) -> list[Administrateur]:
    """Active and out of probation: the only ones who count as administrators."""
    return hors_probation(tous_les_administrateurs(siren, profil, maintenant), maintenant)


def hors_probation(administrateurs: Iterable[Administrateur], maintenant: datetime) -> list[Administrateur]:
    """Those whose 72 hours are over, or never began."""
    return [a for a in administrateurs if a.probation_jusqu_a is None or a.probation_jusqu_a <= maintenant]
