"""About a decision that takes two people of the OPCO."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels.base import DOSSIER, nom_de_l_organisation
from jalon.habilitations.enums import (
    LIBELLES_DECISIONS,
    EtatDecision,
    NatureDecision,
)
from jalon.habilitations.models import (
    DecisionADeux,
)
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.horloge import maintenant


class _SurUneDecision(Message):
    """About a decision that takes two people of the OPCO."""

    def __init__(self, decision: DecisionADeux, destinataire: Destinataire) -> None:
        self.decision = decision
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        decision = DecisionADeux.objects.tous("courriel sur cette décision").filter(id=objet_id).first()
        return cls(decision, destinataire) if decision is not None else None

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.decision.organisation_siren),
            "prestataire": self.decision.profil == Profil.PRESTATAIRE,
            "decision": LIBELLES_DECISIONS[NatureDecision(self.decision.nature)],
            "etat": self.decision.etat,
            "chemin": self.chemin,
        }

    chemin: ClassVar[str] = "/contact/"


class DecisionAConfirmer(_SurUneDecision):
    """To the people of the OPCO who may confirm."""

    genre = "habilitations.decision_a_confirmer"
    gabarit = f"{DOSSIER}/decision_a_confirmer"
    chemin = "/opco/decisions/"

    def sujet(self) -> str:
        return f"Une décision attend une seconde personne\u00a0: {nom_de_l_organisation(self.decision.organisation_siren)}"

    def autorise(self) -> bool:
        if self.decision.etat != EtatDecision.PROPOSEE:
            return False
        confirmeurs = personnes_du_pouvoir(Pouvoir.DECIDER_A_DEUX, self.decision.portefeuille_id, maintenant())
        return self.destinataire.personne_id in {p.id for p in confirmeurs}


class DecisionAnnoncee(_SurUneDecision):
    """To the administrators of the organisations concerned, at each step (exigences, T14)."""

    genre = "habilitations.decision_annoncee"
    gabarit = f"{DOSSIER}/decision_annoncee"

    def sujet(self) -> str:
        return f"Accès à l’espace\u00a0: {nom_de_l_organisation(self.decision.organisation_siren)}"

    def autorise(self) -> bool:
        cotes = [siren for siren in (self.decision.organisation_siren, self.decision.repreneur_siren) if siren]
        tous = [a for siren in cotes for a in tous_les_administrateurs(siren, Profil(self.decision.profil), maintenant())]
        return self.destinataire.personne_id in {a.personne_id for a in tous}
