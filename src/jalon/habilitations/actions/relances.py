"""Reminders: requests that nobody answers, codes that nobody uses. Repeated without harm: a message leaves once."""

from datetime import datetime

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.courriels import CodeBientotPerime, DemandeRelancee
from jalon.habilitations.enums import EtatCode, EtatDemande, OrigineDemande
from jalon.habilitations.models import CodeActivation, DemandeAcces, DemandeLettre
from jalon.habilitations.regles import RAPPELS_CODE, RELANCES_DEMANDE, VALIDITE_DEMANDE, avant_la_fin, rappel_du
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir, Profil


def relancer_demandes(*, maintenant: datetime) -> int:
    """Recall the requests of 7 then 21 days to those who decide today; gives how many requests."""
    attendent = DemandeAcces.objects.tous("relance de ceux qui décident").filter(
        etat=EtatDemande.EN_ATTENTE,
        demandee_le__lte=maintenant - min(RELANCES_DEMANDE),
        demandee_le__gt=maintenant - VALIDITE_DEMANDE,
    )
    nombre = 0
    for demande in attendent.order_by("demandee_le", "id"):
        moments = {relance.days: demande.demandee_le + relance for relance in RELANCES_DEMANDE}
        jours = rappel_du(moments, maintenant, fin=demande.demandee_le + VALIDITE_DEMANDE)
        if jours is not None:
            preparer(DemandeRelancee, demande.id, _decideurs(demande, maintenant), le=maintenant, cle=f"{jours}")
            nombre += 1
    return nombre


def _decideurs(demande: DemandeAcces, maintenant: datetime) -> list[Destinataire]:
    actifs = administrateurs_actifs(demande.organisation_siren, Profil(demande.profil), maintenant)
    if actifs or demande.origine == OrigineDemande.SANS_CODE:
        return [Destinataire(a.email, a.personne_id) for a in actifs]
    aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, demande.portefeuille_id, maintenant)
    return [Destinataire(p.email, p.id) for p in aef]


def rappeler_codes(*, maintenant: datetime) -> int:
    """Write to those who asked for a letter whose code nobody used, 14 then 3 days before its end; gives how many codes."""
    codes = CodeActivation.objects.filter(
        etat=EtatCode.ACTIF,
        premier_usage_le__isnull=True,
        expire_le__gt=maintenant,
        expire_le__lte=maintenant + max(RAPPELS_CODE),
        lettre__demandes__isnull=False,
    ).distinct()
    nombre = 0
    for code in codes.order_by("expire_le", "id"):
        jours = rappel_du(avant_la_fin(code.expire_le, RAPPELS_CODE), maintenant, fin=code.expire_le)
        if jours is not None:
            preparer(CodeBientotPerime, code.id, _qui_attend(code), le=maintenant, cle=f"{jours}")
            nombre += 1
    return nombre


def _qui_attend(code: CodeActivation) -> list[Destinataire]:
    demandes = DemandeLettre.objects.filter(lettre_id=code.lettre_id, personne__est_opco=False, personne__is_active=True)
    return [
        Destinataire(d.personne.email, d.personne_id) for d in demandes.select_related("personne").order_by("demandee_le", "id")
    ]
