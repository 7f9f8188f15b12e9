"""What happened lately to the accesses of a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from jalon.comptes.requetes import adresses_verifiees
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.enums import EtatDemande, EtatRattachement
from jalon.habilitations.models import DemandeAcces, Rattachement
from jalon.habilitations.regles import VALIDITE_DEMANDE
from jalon.socle.acteurs import Profil

RECENT = timedelta(days=30)


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
