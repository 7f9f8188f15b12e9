"""The rights of one actor, read in two queries: what `acteurs` judges on, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatRattachement, Etendue, Role
from jalon.habilitations.models import PortefeuilleDuRole
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


_RATTACHEMENTS = """
SELECT r.id, r.siren, r.prestataire_siren, r.profil, r.probation_jusqu_a, d.etendue, d.siret, d.domaine, d.niveau
FROM habilitations_rattachement r
JOIN comptes_personne p ON p.id = r.personne_id AND p.is_active
LEFT JOIN habilitations_droitaccorde d ON d.rattachement_id = r.id
    AND d.revoque_le IS NULL AND d.debut <= %(le)s AND (d.fin IS NULL OR d.fin > %(le)s)
WHERE r.personne_id = %(personne)s AND r.etat = %(actif)s
ORDER BY r.cree_le, r.id
"""
"""Read at every request of everybody, up to 5,000 links for a cabinet: written once, not composed each time."""


def lire_rattachements(personne: Personne, maintenant: datetime) -> tuple[RattachementLu, ...]:
    """Active links of an open account, one query; a link without any right is kept."""
    with connection.cursor() as curseur:
        curseur.execute(_RATTACHEMENTS, {"le": maintenant, "personne": personne.pk, "actif": EtatRattachement.ACTIF.value})
        lignes = curseur.fetchall()
    entetes: dict[UUID, tuple[str, Profil, datetime | None]] = {}
    droits: dict[UUID, list[DroitLu]] = {}
    for ident, siren, prestataire, profil, probation, etendue, siret, domaine, niveau in lignes:
        if ident not in entetes:
            entetes[ident], droits[ident] = (siren or prestataire, Profil(profil), probation), []
        if etendue is not None and not (probation and maintenant < probation and domaine in FERMES_EN_PROBATION):
            droits[ident].append(_droit_lu("" if etendue == Etendue.SIREN else siret, domaine, niveau))
    return tuple(RattachementLu(i, *entete, tuple(droits[i])) for i, entete in entetes.items())


@lru_cache(maxsize=4096)
def _droit_lu(siret: str, domaine: str, niveau: int) -> DroitLu:
    """A cabinet reads the same few values hundreds of times."""
    return DroitLu(siret, Domaine(domaine), Niveau(niveau))


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
