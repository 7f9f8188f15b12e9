"""The rights of one actor, read in two queries: what `acteurs` judges on, as plain values."""

from collections.abc import Iterator
from dataclasses import (
    dataclass,
)
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from jalon.comptes.models import Personne
from jalon.habilitations.enums import (
    Attente,
    EtatRattachement,
    Etendue,
    OrigineMandat,
    Role,
)
from jalon.habilitations.mandats import lire_niveaux, plus_petits
from jalon.pieces.regles import ETATS_SERVIS
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.requetes_preparees import curseur_prepare

FERMES_EN_PROBATION = frozenset({Domaine.RIB, Domaine.EXPORTS})


@dataclass(frozen=True, slots=True)
class DroitLu:
    """A right in force. `siret` is empty for the whole SIREN, `dispositif` for the whole domain."""

    siret: str
    domaine: Domaine
    niveau: Niveau
    dispositif: str = ""


class RattachementLu(NamedTuple):
    """An active link of the person, with the rights in force there. A named tuple: a cabinet reads 5,000 of them for each page.

    `mandataire`: the person has no link of her own there, she acts under a mandate given to that SIREN, of which she is.
    `prestataire`: under a convention with that provider, whose name the requests must bear for anything to be held on them.
    """

    id: UUID
    siren: str
    profil: Profil
    probation_jusqu_a: datetime | None
    droits: tuple[DroitLu, ...]
    mandataire: str = ""
    prestataire: str = ""

    def niveau_sur_le_siren(self, domaine: Domaine) -> Niveau:
        """Level held on the whole SIREN, for the whole domain."""
        tenus = (d.niveau for d in self.droits if d.domaine == domaine and not d.siret and not d.dispositif)
        return max(tenus, default=Niveau.AUCUN)

    def en_probation(self, maintenant: datetime) -> bool:
        """Whether RIB, exports and NIR are still closed: where she acts by mandate too."""
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
    string_agg(concat_ws(' ', concat_ws('/', d.domaine, nullif(d.dispositif, '')), d.niveau, CASE d.etendue
        WHEN %(siret)s THEN d.siret WHEN %(groupe)s THEN d.groupe_id::text END), ','),
    r.prestataire_siren <> '' AND EXISTS (
        SELECT FROM habilitations_affectation a WHERE a.rattachement_id = r.id AND a.revoquee_le IS NULL
    )
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
ORDER BY r.cree_le, r.id
"""
_MANDATS = """
SELECT r.id, string_agg(m.siren || m.prestataire_siren, ' '), m.profil, r.probation_jusqu_a, m.droits, m.mandataire_siren, a.droits,
    m.sirets, CASE m.origine WHEN %(convention)s THEN m.mandataire_siren ELSE '' END
FROM habilitations_rattachement r
JOIN habilitations_affectation a ON a.rattachement_id = r.id AND a.revoquee_le IS NULL
JOIN habilitations_mandat m ON m.id = a.mandat_id AND m.mandataire_siren = r.prestataire_siren
    AND m.termine_le IS NULL AND NOT m.retenu AND m.debut <= %(le)s AND m.fin > %(le)s
    AND (m.piece_id IS NULL OR EXISTS (SELECT FROM pieces_document p WHERE p.id = m.piece_id AND p.etat = ANY(%(servis)s)))
WHERE r.id = ANY(%(liens)s)
    AND coalesce(nullif(m.siren, ''), m.prestataire_siren) <> ALL (
        ARRAY(SELECT siren FROM organisations_organisation WHERE suspendue_le IS NOT NULL)
    )
GROUP BY r.id, m.profil, m.droits, m.mandataire_siren, a.droits, m.sirets, m.origine
ORDER BY m.mandataire_siren, r.cree_le, r.id
"""
"""Asked only of who has a part of a mandate, with one row for all the clients of the same rights; what holds of the link that it
comes through was judged by the query before."""
_ROLES = """
SELECT o.role, array_agg(p.portefeuille_id)
FROM habilitations_roleopco o
JOIN habilitations_portefeuilledurole p ON p.role_id = o.id
JOIN comptes_personne q ON q.id = o.personne_id AND q.is_active AND q.est_opco AND q.suspendue_le IS NULL
WHERE o.personne_id = %(personne)s AND o.debut <= %(le)s AND (o.fin IS NULL OR o.fin > %(le)s)
GROUP BY o.role
ORDER BY o.role
"""
"""Read at every request of everybody: written once, not composed each time."""


_GROUPES = """
SELECT id::text, sirets FROM habilitations_groupeetablissements WHERE id = ANY(%s::uuid[]) AND supprime_le IS NULL ORDER BY id
"""
"""Asked only when a right on a group was read: the query of everybody else is not the longer for it."""
Groupes = tuple[tuple[str, tuple[str, ...]], ...]


def lire_rattachements(personne: Personne, maintenant: datetime) -> tuple[RattachementLu, ...]:
    """Active links of an open account, then her clients by mandate: one query, one more with mandates, one more with groups.

    A link without any right is kept. What the OPCO has cut, account or organisation, gives nothing from the next request on
    (exigences, S5).
    """
    with curseur_prepare() as curseur:
        curseur.execute(
            _RATTACHEMENTS,
            {
                "le": maintenant,
                "personne": personne.pk,
                "actif": EtatRattachement.ACTIF.value,
                "siret": Etendue.SIRET.value,
                "groupe": Etendue.GROUPE.value,
                "verification": Attente.VERIFICATION.value,
            },
        )
        liens = curseur.fetchall()
        cites = sorted({mot for lien in liens if lien[5] for mot in _groupes_cites(lien[5])})
        groupes: Groupes = ()
        if cites:
            curseur.execute(_GROUPES, [cites])
            groupes = tuple((ident, tuple(sirets)) for ident, sirets in curseur)
        parts: list[tuple[Any, ...]] = []
        if porteurs := [lien[0] for lien in liens if lien[6]]:
            curseur.execute(
                _MANDATS,
                {
                    "le": maintenant,
                    "liens": porteurs,
                    "convention": OrigineMandat.CONVENTION.value,
                    "servis": sorted(ETATS_SERVIS),
                },
            )
            parts = curseur.fetchall()
    propres = (_rattachement_lu(lien, groupes, maintenant) for lien in liens)
    return (*propres, *(client for part in parts for client in _clients_lus(part, maintenant)))


def _groupes_cites(texte: str) -> list[str]:
    """Ids of groups in a text of rights: the only places that have a dash."""
    return [lieu for _, _, *lieux in _morceaux(texte) for lieu in lieux if "-" in lieu] if "-" in texte else []


def _morceaux(texte: str) -> Iterator[list[str]]:
    """Domain (and dispositif), level, place (none for the whole SIREN) of each right."""
    return (morceau.split(" ") for morceau in texte.split(",") if morceau)


def _rattachement_lu(ligne: tuple[Any, ...], groupes: Groupes, maintenant: datetime) -> RattachementLu:
    ident, siren, prestataire, profil, probation, droits, _ = ligne
    lus = _droits_resolus(droits or "", probation is not None and maintenant < probation, groupes)
    return RattachementLu(ident, siren or prestataire, Profil(profil), probation, lus)


def _clients_lus(ligne: tuple[Any, ...], maintenant: datetime) -> Iterator[RattachementLu]:
    ident, sirens, profil, probation, droits, mandataire, part, sirets, prestataire = ligne
    lus, cote = _droits_par_mandat(droits, part, tuple(sirets), probation is not None and maintenant < probation), Profil(profil)
    for client in sirens.split(" "):
        yield RattachementLu(ident, client, cote, probation, lus, mandataire, prestataire)


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


def _droits_resolus(texte: str, en_probation: bool, groupes: Groupes) -> tuple[DroitLu, ...]:
    return _droits_par_groupe(texte, en_probation, groupes) if _groupes_cites(texte) else _droits_lus(texte, en_probation)


@lru_cache(maxsize=64)
def _droits_par_groupe(texte: str, en_probation: bool, groupes: Groupes) -> tuple[DroitLu, ...]:
    """Each right on a group as rights on the SIRET that it holds: none when it is empty, or put aside."""
    sirets = dict(groupes)
    return tuple(
        DroitLu(siret, d.domaine, d.niveau, d.dispositif)
        for d in _droits_lus(texte, en_probation)
        for siret in (sirets.get(d.siret, ()) if "-" in d.siret else (d.siret,))
    )


@lru_cache(maxsize=4096)
def _droits_lus(texte: str, en_probation: bool) -> tuple[DroitLu, ...]:
    """« plan/action_formation 1,factures 2 12345678200010 » as rights. A cabinet reads the same few texts hundreds of times."""
    lus = ((*objet.partition("/"), niveau, lieu) for objet, niveau, *lieu in _morceaux(texte))
    return tuple(
        DroitLu(lieu[0] if lieu else "", Domaine(domaine), Niveau(int(niveau)), dispositif)
        for domaine, _, dispositif, niveau, lieu in lus
        if not (en_probation and domaine in FERMES_EN_PROBATION)
    )


def lire_roles(personne: Personne, maintenant: datetime) -> tuple[RoleLu, ...]:
    """Roles in force of somebody of the OPCO, one query."""
    with connection.cursor() as curseur:
        curseur.execute(_ROLES, {"personne": personne.pk, "le": maintenant})
        return tuple(RoleLu(Role(role), frozenset(portefeuilles)) for role, portefeuilles in curseur)
