"""The rights of one actor, read in two queries: what `acteurs` judges on, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import FilteredRelation

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatRattachement, Etendue, Role
from jalon.habilitations.models import PortefeuilleDuRole, Rattachement
from jalon.habilitations.models.rattachements import q_droit_en_vigueur
from jalon.socle.acteurs import Domaine, Niveau, Profil

FERMES_EN_PROBATION = frozenset({Domaine.RIB, Domaine.EXPORTS})


@dataclass(frozen=True, slots=True)
class DroitLu:
    """A right in force. `siret` is empty for the whole SIREN."""

    siret: str
    domaine: Domaine
    niveau: Niveau


@dataclass(frozen=True, slots=True)
class RattachementLu:
    """An active link of the person, with the rights in force there."""

    id: UUID
    siren: str
    profil: Profil
    probation_jusqu_a: datetime | None
    droits: tuple[DroitLu, ...]

    def niveau_sur_le_siren(self, domaine: Domaine) -> Niveau:
        """Level held on the whole SIREN."""
        return max((d.niveau for d in self.droits if d.domaine == domaine and not d.siret), default=Niveau.AUCUN)

    def en_probation(self, maintenant: datetime) -> bool:
        """Whether RIB and exports are still closed."""
        return self.probation_jusqu_a is not None and maintenant < self.probation_jusqu_a

    def administre(self, maintenant: datetime) -> bool:
        """Accès = Gestion on the whole SIREN, out of probation."""
        return self.niveau_sur_le_siren(Domaine.ACCES) >= Niveau.GESTION and not self.en_probation(maintenant)


@dataclass(frozen=True, slots=True)
class RoleLu:
    """A role in force and its portefeuilles."""

    role: Role
    portefeuilles: frozenset[UUID]


def lire_rattachements(personne: Personne, maintenant: datetime) -> tuple[RattachementLu, ...]:
    """Active links of an open account, one query; a link without any right is kept."""
    lignes = (
        Rattachement.objects.tous("droits de la personne connectée")
        .filter(personne_id=personne.pk, personne__is_active=True, etat=EtatRattachement.ACTIF)
        .annotate(en_vigueur=FilteredRelation("droits", condition=q_droit_en_vigueur(maintenant, "droits__")))
        .order_by("cree_le", "id")
        .values_list(
            "id",
            "siren",
            "prestataire_siren",
            "profil",
            "probation_jusqu_a",
            "en_vigueur__etendue",
            "en_vigueur__siret",
            "en_vigueur__domaine",
            "en_vigueur__niveau",
        )
    )
    entetes: dict[UUID, tuple[str, Profil, datetime | None]] = {}
    droits: dict[UUID, list[DroitLu]] = {}
    for ident, siren, prestataire, profil, probation, etendue, siret, domaine, niveau in lignes:
        entetes[ident] = (siren or prestataire, Profil(profil), probation)
        suite = droits.setdefault(ident, [])
        if etendue is not None and not (probation and maintenant < probation and domaine in FERMES_EN_PROBATION):
            suite.append(DroitLu("" if etendue == Etendue.SIREN else siret, Domaine(domaine), Niveau(niveau)))
    return tuple(RattachementLu(i, *entete, tuple(droits[i])) for i, entete in entetes.items())


def lire_roles(personne: Personne, maintenant: datetime) -> tuple[RoleLu, ...]:
    """Roles in force of somebody of the OPCO, one query."""
    lignes = (
        PortefeuilleDuRole.objects.filter(
            role__personne_id=personne.pk, role__personne__is_active=True, role__personne__est_opco=True
        )
        .filter(role__debut__lte=maintenant)
        .exclude(role__fin__lte=maintenant)
        .order_by("role__role")
        .values_list("role__role", "portefeuille_id")
    )
    par_role: dict[Role, set[UUID]] = {}
    for role, portefeuille in lignes:
        par_role.setdefault(Role(role), set()).add(portefeuille)
    return tuple(RoleLu(role, frozenset(ids)) for role, ids in par_role.items())
