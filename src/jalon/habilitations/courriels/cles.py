"""About a key of the API."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels.base import DOSSIER, nom_de_l_organisation
from jalon.habilitations.models import (
    CleApi,
)
from jalon.habilitations.regles import (
    dernier_jour,
)
from jalon.socle.acteurs import Profil
from jalon.socle.dates import formater_date
from jalon.socle.horloge import maintenant


class _SurUneCle(Message):
    """About a key in force: names it and its last day, never more."""

    titre: ClassVar[str]

    def __init__(self, cle: CleApi, destinataire: Destinataire) -> None:
        self.cle = cle
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        cle = CleApi.objects.tous("courriel sur cette clé").filter(id=objet_id).first()
        return cls(cle, destinataire) if cle is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.cle.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.cle.organisation_siren),
            "prestataire": self.cle.profil == Profil.PRESTATAIRE,
            "nom": self.cle.nom,
            "ancienne": self.cle.ancienne,
            "dernier_jour": formater_date(dernier_jour(self.cle.expire_le)),
            "chemin": "/accueil/",
        }

    def autorise(self) -> bool:
        le = maintenant()
        if self.cle.revoquee_le is not None or self.cle.expire_le <= le:
            return False
        tous = tous_les_administrateurs(self.cle.organisation_siren, Profil(self.cle.profil), le)
        return self.destinataire.personne_id in {a.personne_id for a in tous}


class CleCreee(_SurUneCle):
    """Somebody made a key: every administrator hears of it, who made it included."""

    genre = "habilitations.cle_creee"
    gabarit = f"{DOSSIER}/cle_creee"
    titre = "Une clé d’API vient d’être créée"


class CleBientotExpiree(_SurUneCle):
    """Thirty days, then seven, before its end."""

    genre = "habilitations.cle_bientot_expiree"
    gabarit = f"{DOSSIER}/cle_bientot_expiree"
    titre = "Une clé d’API expire bientôt"
