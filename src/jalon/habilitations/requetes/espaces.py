"""Where a person may act."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

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


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """What happened to the person's own accesses lately: told on her home page."""

    le: datetime
    siren: str
    profil: Profil
    nature: str
    motif: str


def nouvelles_de_mes_acces(personne_id: UUID, maintenant: datetime) -> list[Nouvelle]:
    """Withdrawals and refusals of the last 30 days with their reason, and requests that wait, newest first."""
    retraits = Rattachement.objects.tous("retraits de la personne elle-même").filter(
        personne_id=personne_id, etat=EtatRattachement.RETIRE, retire_le__gt=maintenant - RECENT
    )
    demandes = DemandeAcces.objects.tous("demandes de la personne elle-même").filter(personne_id=personne_id)
    refus = demandes.filter(etat=EtatDemande.REFUSEE, decidee_le__gt=maintenant - RECENT)
    attente = demandes.filter(etat=EtatDemande.EN_ATTENTE, demandee_le__gt=maintenant - VALIDITE_DEMANDE)
    nouvelles = [
        *(
            Nouvelle(r.retire_le, r.organisation_siren, Profil(r.profil), "retrait", r.motif_retrait)
            for r in retraits
            if r.retire_par != personne_id
        ),
        *(Nouvelle(d.decidee_le, d.organisation_siren, Profil(d.profil), "refus", d.motif) for d in refus),
        *(Nouvelle(d.demandee_le, d.organisation_siren, Profil(d.profil), "attente", "") for d in attente),
    ]
    return sorted(nouvelles, key=lambda n: n.le, reverse=True)
