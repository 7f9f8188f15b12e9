"""Requests of access that somebody must decide."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.comptes.requetes import noms
from jalon.habilitations.administrateurs import (
    administrateurs_actifs,
    droits_d_administration,
    q_du_cote,
    tous_les_administrateurs,
)
from jalon.habilitations.enums import (
    EtatDemande,
    JeuDeDroits,
    OrigineDemande,
)
from jalon.habilitations.models import DemandeAcces
from jalon.habilitations.regles import (
    RELANCES_DEMANDE,
    VALIDITE_DEMANDE,
)
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.erreurs import Introuvable


@dataclass(frozen=True, slots=True)
class DemandeAffichee:
    """A pending request as its card shows it."""

    id: UUID
    siren: str
    profil: Profil
    nom: str
    initiales: str
    email: str
    demandee_le: datetime
    expire_le: datetime
    avec_code: bool
    jeu: JeuDeDroits
    sirets: tuple[str, ...]
    raison: str


def _en_attente(acteur: Acteur, maintenant: datetime) -> QuerySet[DemandeAcces]:
    vivantes: QuerySet[DemandeAcces] = DemandeAcces.objects.visibles_par(acteur).filter(
        etat=EtatDemande.EN_ATTENTE, demandee_le__gt=maintenant - VALIDITE_DEMANDE
    )
    miennes = Q(personne_id=acteur.identite) if acteur.identite else Q(pk__in=[])
    return vivantes.exclude(miennes).select_related("personne").order_by("demandee_le", "id")


def demande_accessible(demande_id: UUID, acteur: Acteur) -> DemandeAcces:
    """A request made to an organisation whose accesses the actor sees. Raises Introuvable."""
    demande: DemandeAcces | None = DemandeAcces.objects.visibles_par(acteur).filter(id=demande_id).first()
    if demande is None:
        raise Introuvable
    return demande


def ma_demande(demande_id: UUID, acteur: Acteur, *, verrou: bool = False) -> DemandeAcces:
    """A request of the person herself. Raises Introuvable."""
    demandes = DemandeAcces.objects.tous("demande de la personne elle-même")
    siennes = demandes.select_for_update() if verrou else demandes
    demande: DemandeAcces | None = siennes.filter(id=demande_id, personne_id=acteur.identite).first()
    if demande is None or acteur.identite is None:
        raise Introuvable
    return demande


@dataclass(frozen=True, slots=True)
class SuiteDeDemande:
    """What the person reads of her own request: who was told, who may answer now, when it was recalled and ends."""

    demande: DemandeAcces
    prevenus: tuple[str, ...]
    decideurs: tuple[str, ...]
    relances: tuple[datetime, ...]
    expire_le: datetime
    expiree: bool
    attend: bool


def suite_de_ma_demande(demande_id: UUID, acteur: Acteur, maintenant: datetime) -> SuiteDeDemande:
    """The waiting page of a request of the person. Raises Introuvable."""
    demande = ma_demande(demande_id, acteur)
    connus = noms(set(demande.prevenus))
    expire_le = demande.demandee_le + VALIDITE_DEMANDE
    expiree = demande.etat == EtatDemande.EXPIREE or (demande.etat == EtatDemande.EN_ATTENTE and expire_le <= maintenant)
    attend = demande.etat == EtatDemande.EN_ATTENTE and not expiree
    actifs = administrateurs_actifs(demande.organisation_siren, Profil(demande.profil), maintenant) if attend else []
    jusqu_a = demande.decidee_le or maintenant
    return SuiteDeDemande(
        demande=demande,
        prevenus=tuple(connus[p] for p in demande.prevenus if p in connus),
        decideurs=tuple(a.nom for a in actifs),
        relances=tuple(demande.demandee_le + r for r in RELANCES_DEMANDE if demande.demandee_le + r <= jusqu_a),
        expire_le=expire_le,
        expiree=expiree,
        attend=attend,
    )


def demandes_en_attente(
    siren: str, acteur: Acteur, maintenant: datetime, profil: Profil = Profil.ADHERENT
) -> list[DemandeAffichee]:
    """Pending requests on one side of a SIREN, oldest first, for somebody who sees its accesses."""
    return [demande_affichee(d) for d in _en_attente(acteur, maintenant).filter(q_du_cote(siren, profil))]


def demandes_de_l_opco(acteur: Acteur, maintenant: datetime) -> list[DemandeAffichee]:
    """Pending requests made with a code that nobody of the organisation can decide, in the actor's portefeuilles, oldest first."""
    actifs = droits_d_administration(maintenant).filter(
        Q(rattachement__probation_jusqu_a__isnull=True) | Q(rattachement__probation_jusqu_a__lte=maintenant)
    )
    demandes = _en_attente(acteur, maintenant).filter(portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.DECIDER_ACCES)))
    orphelines = demandes.filter(origine=OrigineDemande.CODE).exclude(
        Q(profil=Profil.ADHERENT, siren__in=actifs.filter(rattachement__profil=Profil.ADHERENT).values("rattachement__siren"))
        | Q(
            profil=Profil.PRESTATAIRE,
            prestataire_siren__in=actifs.filter(rattachement__profil=Profil.PRESTATAIRE).values(
                "rattachement__prestataire_siren"
            ),
        )
    )
    return [demande_affichee(d) for d in orphelines]


def demande_affichee(demande: DemandeAcces) -> DemandeAffichee:
    """What is shown of a request already obtained by its door."""
    personne = demande.personne
    return DemandeAffichee(
        id=demande.id,
        siren=demande.organisation_siren,
        profil=Profil(demande.profil),
        nom=personne.nom_complet,
        initiales=personne.initiales,
        email=personne.email,
        demandee_le=demande.demandee_le,
        expire_le=demande.demandee_le + VALIDITE_DEMANDE,
        avec_code=demande.origine == OrigineDemande.CODE,
        jeu=JeuDeDroits(demande.jeu),
        sirets=tuple(demande.sirets),
        raison=demande.raison,
    )


def etat_de_l_administration(siren: str, profil: Profil, maintenant: datetime) -> tuple[int, int]:
    """Administrators who count, and administrators in probation."""
    tous = tous_les_administrateurs(siren, profil, maintenant)
    actifs = len(administrateurs_actifs(siren, profil, maintenant))
    return actifs, len(tous) - actifs
