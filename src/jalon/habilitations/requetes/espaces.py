"""Where a person may act."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Q

from jalon.comptes.requetes import adresses_verifiees
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.enums import EtatDemande, EtatRattachement
from jalon.habilitations.lectures import RattachementLu
from jalon.habilitations.models import DemandeAcces, Rattachement
from jalon.habilitations.regles import VALIDITE_DEMANDE
from jalon.organisations.enums import EtatEtablissement
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.identifiants import grouper

RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Espace:
    """One side of one SIREN where the person is attached."""

    siren: str
    profil: Profil
    denomination: str
    role: str
    etablissements: int
    tout_le_siren: bool
    probation_jusqu_a: datetime | None

    @property
    def siren_groupe(self) -> str:
        """« 123 456 782 »."""
        return grouper(self.siren)


def mes_espaces(acteur: ActeurPersonne) -> list[Espace]:
    """The sides of SIREN where the person is attached, by name. Two queries beside the rights, whatever their number.

    `etablissements` counts the open places of the whole SIREN, or those on which a right was given.
    """
    sirens = list({r.siren for r in acteur.rattachements})
    if not sirens:
        return []
    noms = dict(Organisation.objects.filter(siren__dans=sirens).values_list("siren", "denomination"))
    ouverts = _etablissements_ouverts(sirens)
    espaces = [_espace(r, noms.get(r.siren, ""), ouverts.get(r.siren, 0), acteur.maintenant) for r in acteur.rattachements]
    return sorted(espaces, key=lambda e: (e.denomination, e.siren, e.profil))


def _espace(lien: RattachementLu, nom: str, ouverts: int, maintenant: datetime) -> Espace:
    sirets = {d.siret for d in lien.droits if d.siret}
    tout = any(not d.siret for d in lien.droits)
    return Espace(
        siren=lien.siren,
        profil=lien.profil,
        denomination=nom or f"SIREN {grouper(lien.siren)}",
        role=libelle_du_role(lien, maintenant),
        etablissements=ouverts if tout else len(sirets),
        tout_le_siren=tout,
        probation_jusqu_a=lien.probation_jusqu_a if lien.en_probation(maintenant) else None,
    )


def libelle_du_role(lien: RattachementLu, maintenant: datetime) -> str:
    """« Administration », « Administration (72 premières heures) », « Saisie », « Lecture », « Aucun droit »."""
    if lien.niveau_sur_le_siren(Domaine.ACCES) >= Niveau.GESTION:
        return "Administration (72\u00a0premières heures)" if lien.en_probation(maintenant) else "Administration"
    plus_haut = max((d.niveau for d in lien.droits), default=Niveau.AUCUN)
    return {
        Niveau.AUCUN: "Aucun droit",
        Niveau.LECTURE: "Lecture",
        Niveau.SAISIE: "Saisie",
        Niveau.ENVOI: "Envoi",
        Niveau.GESTION: "Gestion",
    }[plus_haut]


_COMPTER_OUVERTS = """
    SELECT s, (SELECT count(*) FROM organisations_etablissement e
               WHERE e.siret >= s AND e.siret < s || ':' AND e.etat = %s)
    FROM unnest(%s::text[]) AS s
"""


def _etablissements_ouverts(sirens: list[str]) -> dict[str, int]:
    """Open places by SIREN: one range of the primary key for each."""
    with connection.cursor() as curseur:
        curseur.execute(_COMPTER_OUVERTS, [EtatEtablissement.OUVERT.value, sirens])
        return dict(curseur.fetchall())


class Nature(StrEnum):
    """What happened to an access."""

    RETRAIT = "retrait"
    REFUS = "refus"
    ATTENTE = "attente"


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """What happened to the person's own accesses lately: told on her home page, to her alone."""

    le: datetime
    siren: str
    profil: Profil
    nature: Nature
    motif: str
    demande_id: UUID | None = None


def nouvelles_de_mes_acces(acteur: ActeurPersonne) -> list[Nouvelle]:
    """Withdrawals and refusals of the last 30 days with their reason, and requests that wait, newest first.

    Three queries. Nothing is told of a side where the person has an access again, nor of what she did herself.
    """
    nouvelles = [*_retraits(acteur), *_demandes(acteur)]
    return sorted(nouvelles, key=lambda n: n.le, reverse=True)


def _retraits(acteur: ActeurPersonne) -> list[Nouvelle]:
    moi, rouverts = acteur.personne.id, {(r.siren, r.profil) for r in acteur.rattachements}
    retraits = Rattachement.objects.tous("retraits de la personne elle-même").filter(
        Q(personne_id=moi) | Q(personne=None, courriel_invite__in=adresses_verifiees(moi)),
        etat=EtatRattachement.RETIRE,
        retire_le__gt=acteur.maintenant - RECENT,
    )
    par_cote = {(r.organisation_siren, Profil(r.profil)): r for r in retraits.order_by("retire_le") if r.retire_par != moi}
    return [
        Nouvelle(lien.retire_le, siren, profil, Nature.RETRAIT, lien.motif_retrait)
        for (siren, profil), lien in par_cote.items()
        if (siren, profil) not in rouverts and lien.retire_le is not None
    ]


def _demandes(acteur: ActeurPersonne) -> list[Nouvelle]:
    depuis, vivante = acteur.maintenant - RECENT, acteur.maintenant - VALIDITE_DEMANDE
    demandes = DemandeAcces.objects.tous("demandes de la personne elle-même").filter(
        Q(decidee_le__gt=depuis) | Q(demandee_le__gt=vivante), personne_id=acteur.personne.id
    )
    dernieres = {(d.organisation_siren, Profil(d.profil)): d for d in demandes.order_by("demandee_le")}
    nouvelles = []
    for (siren, profil), demande in dernieres.items():
        if demande.etat == EtatDemande.EN_ATTENTE:
            nouvelles.append(Nouvelle(demande.demandee_le, siren, profil, Nature.ATTENTE, "", demande.id))
        elif demande.etat == EtatDemande.REFUSEE and demande.decidee_le and not acteur.est_administrateur(siren, profil):
            nouvelles.append(Nouvelle(demande.decidee_le, siren, profil, Nature.REFUS, demande.motif, demande.id))
    return nouvelles
