"""About a request of access."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.courriels.base import DOSSIER, nom_de_l_organisation
from jalon.habilitations.enums import (
    EtatDemande,
    OrigineDemande,
)
from jalon.habilitations.models import (
    DemandeAcces,
)
from jalon.habilitations.regles import (
    VALIDITE_DEMANDE,
)
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.horloge import maintenant


class _SurUneDemande(Message):
    """About a request of access."""

    titre: ClassVar[str]

    def __init__(self, demande: DemandeAcces, destinataire: Destinataire) -> None:
        self.demande = demande
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        demande = DemandeAcces.objects.tous("courriel sur cette demande").filter(id=objet_id).first()
        return cls(demande, destinataire) if demande is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.demande.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.demande.organisation_siren),
            "prestataire": self.demande.profil == Profil.PRESTATAIRE,
            "chemin": "/accueil/",
            "accordee": self.demande.etat == EtatDemande.ACCORDEE,
            "avec_code": self.demande.origine == OrigineDemande.CODE,
        }


class DemandeRecue(_SurUneDemande):
    """To those who decide: active administrators, or the AEF when there is none."""

    genre = "habilitations.demande_recue"
    gabarit = f"{DOSSIER}/demande_recue"
    titre = "Une demande d’accès attend votre réponse"

    def autorise(self) -> bool:
        if self.demande.etat != EtatDemande.EN_ATTENTE:
            return False
        le = maintenant()
        actifs = administrateurs_actifs(self.demande.organisation_siren, Profil(self.demande.profil), le)
        sans_personne = not actifs and self.demande.origine == OrigineDemande.CODE
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, self.demande.portefeuille_id, le) if sans_personne else []
        return self.destinataire.personne_id in {*(a.personne_id for a in actifs), *(p.id for p in aef)}


class DemandeRelancee(DemandeRecue):
    """To those who decide, 7 then 21 days later; given up once the request has lapsed."""

    genre = "habilitations.demande_relancee"
    gabarit = f"{DOSSIER}/demande_relancee"
    titre = "Une demande d’accès attend toujours votre réponse"

    def autorise(self) -> bool:
        return maintenant() < self.demande.demandee_le + VALIDITE_DEMANDE and super().autorise()


class DemandeDecidee(_SurUneDemande):
    """To the person who asked."""

    genre = "habilitations.demande_decidee"
    gabarit = f"{DOSSIER}/demande_decidee"
    titre = "Votre demande d’accès a reçu une réponse"
