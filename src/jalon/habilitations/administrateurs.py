"""Who administers one side of a SIREN, read in the database at that instant."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.courriers.messages import Destinataire
from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.models.rattachements import q_droit_en_vigueur
from jalon.socle.acteurs import Domaine, Niveau, Profil

_LIEN = "rattachement__"


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


def droits_d_administration(maintenant: datetime) -> QuerySet[DroitAccorde]:
    """Rows in force of accès = Gestion on a whole SIREN, of active links of open accounts, probation included."""
    return DroitAccorde.objects.filter(
        q_droit_en_vigueur(maintenant),
        etendue=Etendue.SIREN,
        domaine=Domaine.ACCES,
        niveau__gte=Niveau.GESTION,
        rattachement__etat=EtatRattachement.ACTIF,
        rattachement__personne__is_active=True,
        rattachement__personne__suspendue_le__isnull=True,
    )


def tous_les_administrateurs(siren: str, profil: Profil | None, maintenant: datetime) -> list[Administrateur]:
    """Including those in probation, in the order they came. One query."""
    return [a for _, a in _en_administrateurs(droits_d_administration(maintenant).filter(q_du_cote(siren, profil, _LIEN)))]


def administrateurs_de(sirens: Collection[str], profil: Profil, maintenant: datetime) -> dict[str, list[Administrateur]]:
    """Administrators, probation included, of many SIREN at once: only those that have some. One query."""
    colonne = "prestataire_siren" if profil == Profil.PRESTATAIRE else "siren"
    droits = droits_d_administration(maintenant).filter(**{f"{_LIEN}{colonne}__dans": list(sirens)})
    par_siren: dict[str, list[Administrateur]] = {}
    for siren, administrateur in _en_administrateurs(droits):
        par_siren.setdefault(siren, []).append(administrateur)
    return par_siren


def _en_administrateurs(droits: QuerySet[DroitAccorde]) -> Iterator[tuple[str, Administrateur]]:
    for droit in droits.select_related("rattachement__personne").order_by("debut", "id"):
        lien, personne = droit.rattachement, droit.rattachement.personne
        if personne is not None:
            yield (
                lien.organisation_siren,
                Administrateur(
                    personne.id, lien.id, personne.nom_complet, personne.email, Profil(lien.profil), lien.probation_jusqu_a
                ),
            )


def adresses_des_administrateurs(siren: str, maintenant: datetime) -> list[Destinataire]:
    """Where those of both sides are written to, each once."""
    siens = {a.personne_id: a.email for a in tous_les_administrateurs(siren, None, maintenant)}
    return [Destinataire(adresse, personne_id) for personne_id, adresse in siens.items()]


def administrateurs_actifs(siren: str, profil: Profil | None, maintenant: datetime) -> list[Administrateur]:
    """Active and out of probation: the only ones who count as administrators."""
    return hors_probation(tous_les_administrateurs(siren, profil, maintenant), maintenant)


def hors_probation(administrateurs: Iterable[Administrateur], maintenant: datetime) -> list[Administrateur]:
    """Those whose 72 hours are over, or never began."""
    return [a for a in administrateurs if a.probation_jusqu_a is None or a.probation_jusqu_a <= maintenant]
