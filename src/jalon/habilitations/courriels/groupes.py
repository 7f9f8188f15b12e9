"""About a group of establishments on which rights are given."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels.base import DOSSIER, nom_de_l_organisation
from jalon.habilitations.models import GroupeEtablissements
from jalon.socle.acteurs import Profil
from jalon.socle.horloge import maintenant


class GroupeModifie(Message):
    """To the other administrators: what a group holds has changed, and with it the rights of those who have some on it (T12)."""

    genre = "habilitations.groupe_modifie"
    gabarit = f"{DOSSIER}/groupe_modifie"

    def __init__(self, groupe: GroupeEtablissements, destinataire: Destinataire) -> None:
        self.groupe = groupe
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        groupe = GroupeEtablissements.objects.tous("courriel sur ce groupe").filter(id=objet_id).first()
        return cls(groupe, destinataire) if groupe is not None else None

    def sujet(self) -> str:
        return f"Un groupe d’établissements a changé\u00a0: {nom_de_l_organisation(self.groupe.siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.groupe.siren),
            "chemin": f"/e/{self.groupe.siren}/habilitations/groupes/{self.groupe.id}/",
        }

    def autorise(self) -> bool:
        """Whether the recipient still administers the company, probation included."""
        tous = tous_les_administrateurs(self.groupe.siren, Profil.ADHERENT, maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in tous}
