"""« Qui voit ce dossier »: the people whose rights, at this instant, reach a portée."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.habilitations.enums import LIBELLES_ROLES, EtatRattachement, Etendue, Role
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.models.rattachements import q_droit_en_vigueur, q_droit_sur_le_siret
from jalon.habilitations.requetes.mandats import mandataires_sur
from jalon.habilitations.requetes.opco import roles_en_vigueur
from jalon.habilitations.roles import POUVOIRS
from jalon.socle.acteurs import LIBELLES_NIVEAUX, Domaine, Niveau, Portee, Pouvoir, Profil


class Cote(StrEnum):
    """On whose side somebody sees."""

    ENTREPRISE = "entreprise"
    PRESTATAIRE = "prestataire"
    OPCO = "opco"


@dataclass(frozen=True, slots=True)
class PersonneQuiVoit:
    """A person, and in what quality. `niveau`: hers in the domain; that of reading at the OPCO."""

    personne_id: UUID
    nom: str
    cote: Cote
    qualite: str
    niveau: Niveau = Niveau.LECTURE


def qui_peut_voir(portee: Portee, maintenant: datetime, dispositif: str = "") -> list[PersonneQuiVoit]:
    """People of the company, of the provider, who act for them by mandate, then of the OPCO, each once with her highest level;
    with `dispositif`, those who see its requests by a right limited to it too. Three queries.

    Raises ValueError for a portée without domain: nothing is seen « in general ».
    """
    if portee.domaine is None:
        raise ValueError("une portée sans domaine n’est vue de personne")
    return [
        *_par_droit(portee, portee.domaine, dispositif, maintenant),
        *_par_mandat(portee, portee.domaine, maintenant),
        *_par_role(portee, maintenant),
    ]


def qui_agit_sur(
    portee: Portee, maintenant: datetime, dispositif: str = "", niveau: Niveau = Niveau.LECTURE
) -> list[PersonneQuiVoit]:
    """The same without the OPCO, from that level on: those of the organisations, or who act for them. Two queries."""
    if portee.domaine is None:
        raise ValueError("une portée sans domaine n’est vue de personne")
    gens = [*_par_droit(portee, portee.domaine, dispositif, maintenant), *_par_mandat(portee, portee.domaine, maintenant)]
    return [p for p in gens if p.niveau >= niveau]


def _q_de_la_portee(portee: Portee) -> Q:
    q = Q(pk__in=[])
    if portee.siren:
        q |= Q(rattachement__siren=portee.siren, etendue=Etendue.SIREN)
    if portee.siret:
        q |= Q(rattachement__profil=Profil.ADHERENT) & q_droit_sur_le_siret(portee.siret)
    if portee.prestataire_siren:
        q |= Q(rattachement__prestataire_siren=portee.prestataire_siren, etendue=Etendue.SIREN)
    return q


def _par_droit(portee: Portee, domaine: Domaine, dispositif: str, maintenant: datetime) -> list[PersonneQuiVoit]:
    droits = (
        DroitAccorde.objects.filter(
            q_droit_en_vigueur(maintenant), _q_de_la_portee(portee), domaine=domaine, dispositif__in=["", dispositif]
        )
        .filter(rattachement__etat=EtatRattachement.ACTIF, rattachement__personne__is_active=True)
        .filter(rattachement__personne__suspendue_le__isnull=True)
        .select_related("rattachement__personne")
        .order_by("rattachement__profil", "-niveau", "rattachement__personne__nom", "rattachement__personne__prenom")
    )
    vus: dict[object, PersonneQuiVoit] = {}
    for droit in droits:
        lien = droit.rattachement
        ferme = domaine in {Domaine.RIB, Domaine.EXPORTS} and lien.en_probation(maintenant)
        if lien.personne is None or ferme:
            continue
        cote = Cote.PRESTATAIRE if lien.profil == Profil.PRESTATAIRE else Cote.ENTREPRISE
        niveau = Niveau(droit.niveau)
        qualite = LIBELLES_NIVEAUX[niveau]
        vus.setdefault((lien.personne_id, cote), _qui_voit(lien.personne, cote, qualite, niveau))
    return list(vus.values())


def _par_mandat(portee: Portee, domaine: Domaine, maintenant: datetime) -> list[PersonneQuiVoit]:
    vus: dict[object, PersonneQuiVoit] = {}
    for lu in mandataires_sur(portee, domaine, maintenant):
        cote = Cote.PRESTATAIRE if lu.profil == Profil.PRESTATAIRE else Cote.ENTREPRISE
        qualite = f"{LIBELLES_NIVEAUX[lu.niveau]}, par mandat"
        vus.setdefault((lu.personne.pk, cote), _qui_voit(lu.personne, cote, qualite, lu.niveau))
    return list(vus.values())


def _par_role(portee: Portee, maintenant: datetime) -> list[PersonneQuiVoit]:
    if portee.portefeuille_id is None:
        return []
    consultent = [role.value for role, pouvoirs in POUVOIRS.items() if Pouvoir.CONSULTER in pouvoirs]
    lignes = (
        roles_en_vigueur(maintenant)
        .filter(portefeuille_id=portee.portefeuille_id, role__role__in=consultent)
        .select_related("role__personne")
        .order_by("role__personne__nom", "role__personne__prenom", "role__role")
    )
    return [_qui_voit(x.role.personne, Cote.OPCO, LIBELLES_ROLES[Role(x.role.role)]) for x in lignes]


def _qui_voit(personne: Personne, cote: Cote, qualite: str, niveau: Niveau = Niveau.LECTURE) -> PersonneQuiVoit:
    return PersonneQuiVoit(personne.pk, personne.nom_complet, cote, qualite, niveau)
