"""The rights of one actor, read in two queries: what `acteurs` judges on, as plain values."""

from collections.abc import Iterator
from dataclasses import (
    dataclass,
)
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from jalon.comptes.models import Personne
from jalon.habilitations.enums import (
    Attente,
    EtatRattachement,
    Etendue,
    Role,
)
from jalon.habilitations.mandats import lire_niveaux, plus_petits
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.requetes_preparees import curseur_prepare

FERMES_EN_PROBATION = frozenset({Domaine.RIB, Domaine.EXPORTS})


@dataclass(frozen=True, slots=True)
class DroitLu:
    """A right in force. `siret` is empty for the whole SIREN."""

    siret: str
    domaine: Domaine
    niveau: Niveau


@dataclass(frozen=True, slots=True)
class RattachementLu:
    """An active link of the person, with the rights in force there.

    `mandataire`: the person has no link of her own there, she acts under a mandate given to that SIREN, of which she is.
    """

    id: UUID
    siren: str
    profil: Profil
    probation_jusqu_a: datetime | None
    droits: tuple[DroitLu, ...]
    mandataire: str = ""

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
SELECT r.id, r.siren, r.prestataire_siren, r.profil, r.probation_jusqu_a,
    string_agg(concat_ws(' ', d.domaine, d.niveau, CASE d.etendue WHEN %(siret)s THEN d.siret END), ','),
    '' AS mandataire, r.cree_le, '' AS part, NULL AS sirets
FROM habilitations_rattachement r
JOIN comptes_personne p ON p.id = r.personne_id AND p.is_active AND p.suspendue_le IS NULL
LEFT JOIN habilitations_droitaccorde d ON d.rattachement_id = r.id
    AND d.revoque_le IS NULL AND d.debut <= %(le)s AND (d.fin IS NULL OR d.fin > %(le)s)
    AND d.attente <> %(verification)s
WHERE r.personne_id = %(personne)s AND r.etat = %(actif)s
    AND coalesce(nullif(r.siren, ''), r.prestataire_siren) <> ALL (
        ARRAY(SELECT siren FROM organisations_organisation WHERE suspendue_le IS NOT NULL)
    )
GROUP BY r.id
UNION ALL
SELECT r.id, string_agg(m.siren || m.prestataire_siren, ' '), '', m.profil, r.probation_jusqu_a, m.droits,
    m.mandataire_siren, r.cree_le, a.droits, m.sirets
FROM habilitations_rattachement r
JOIN comptes_personne p ON p.id = r.personne_id AND p.is_active AND p.suspendue_le IS NULL
JOIN habilitations_affectation a ON a.rattachement_id = r.id AND a.revoquee_le IS NULL
JOIN habilitations_mandat m ON m.id = a.mandat_id AND m.mandataire_siren = r.prestataire_siren
    AND m.termine_le IS NULL AND m.debut <= %(le)s AND m.fin > %(le)s
WHERE r.personne_id = %(personne)s AND r.etat = %(actif)s AND r.prestataire_siren <> ''
    AND NOT ARRAY[m.mandataire_siren, coalesce(nullif(m.siren, ''), m.prestataire_siren)]::text[] && ARRAY(
        SELECT siren::text FROM organisations_organisation WHERE suspendue_le IS NOT NULL
    )
GROUP BY r.id, m.profil, m.droits, m.mandataire_siren, a.droits, m.sirets
ORDER BY 7, 8, 1
"""
_ROLES = """
SELECT o.role, array_agg(p.portefeuille_id)
FROM habilitations_roleopco o
JOIN habilitations_portefeuilledurole p ON p.role_id = o.id
JOIN comptes_personne q ON q.id = o.personne_id AND q.is_active AND q.est_opco AND q.suspendue_le IS NULL
WHERE o.personne_id = %(personne)s AND o.debut <= %(le)s AND (o.fin IS NULL OR o.fin > %(le)s)
GROUP BY o.role
ORDER BY o.role
"""
"""Read at every request of everybody, up to 5,000 clients for a cabinet: written once, not composed each time. Mandates cost one
more look at an index to who has none, and come after own links, in one row for all the clients of the same rights."""


def lire_rattachements(personne: Personne, maintenant: datetime) -> tuple[RattachementLu, ...]:
    """Active links of an open account, then her clients by mandate, one query; a link without any right is kept.

    What the OPCO has cut, account or organisation, gives nothing from the next request on (exigences, S5).
    """
    with curseur_prepare() as curseur:
        curseur.execute(
            _RATTACHEMENTS,
            {
                "le": maintenant,
                "personne": personne.pk,
                "actif": EtatRattachement.ACTIF.value,
                "siret": Etendue.SIRET.value,
                "verification": Attente.VERIFICATION.value,
            },
        )
        return tuple(lien for ligne in curseur for lien in _rattachements_lus(ligne, maintenant))


def _rattachements_lus(ligne: tuple[Any, ...], maintenant: datetime) -> Iterator[RattachementLu]:
    ident, siren, prestataire, profil, probation, droits, mandataire, _, part, sirets = ligne
    cote, en_probation = Profil(profil), probation is not None and maintenant < probation
    if not mandataire:
        yield RattachementLu(ident, siren or prestataire, cote, probation, _droits_lus(droits or "", en_probation))
        return
    lus = _droits_par_mandat(droits, part, tuple(sirets), en_probation)
    for client in siren.split(" "):
        yield RattachementLu(ident, client, cote, None, lus, mandataire)


@lru_cache(maxsize=4096)
def _droits_par_mandat(mandat: str, part: str, sirets: tuple[str, ...], en_probation: bool) -> tuple[DroitLu, ...]:
    """The smaller of what the mandate gives and of the collaborator's part of it, on the whole SIREN or on each SIRET."""
    niveaux = plus_petits(lire_niveaux(mandat), lire_niveaux(part))
    return tuple(
        DroitLu(siret, domaine, niveau)
        for siret in (sirets or ("",))
        for domaine, niveau in niveaux.items()
        if not (en_probation and domaine in FERMES_EN_PROBATION)
    )


@lru_cache(maxsize=4096)
def _droits_lus(texte: str, en_probation: bool) -> tuple[DroitLu, ...]:
    """« plan 1,factures 2 12345678200010 » as rights. A cabinet reads the same few texts hundreds of times."""
    lus = (morceau.split(" ") for morceau in texte.split(",") if morceau)
    return tuple(
        DroitLu(siret[0] if siret else "", Domaine(domaine), Niveau(int(niveau)))
        for domaine, niveau, *siret in lus
        if not (en_probation and domaine in FERMES_EN_PROBATION)
    )


def lire_roles(personne: Personne, maintenant: datetime) -> tuple[RoleLu, ...]:
    """Roles in force of somebody of the OPCO, one query."""
    with connection.cursor() as curseur:
        curseur.execute(_ROLES, {"personne": personne.pk, "le": maintenant})
        return tuple(RoleLu(Role(role), frozenset(portefeuilles)) for role, portefeuilles in curseur)
