"""About rights prepared for large filers: to who signs, to who is awaited, to who administers already."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels.acces import SurUnAcces
from jalon.habilitations.courriels.base import DOSSIER, nom_de_l_organisation
from jalon.habilitations.enums import EtatPreparation, EtatRattachement
from jalon.habilitations.models import OrganisationPreparee, PreparationDroits
from jalon.habilitations.requetes.opco import roles_en_vigueur
from jalon.habilitations.requetes.preparations import signataires_possibles
from jalon.socle.acteurs import Profil
from jalon.socle.horloge import maintenant


class AccesPrepare(SurUnAcces):
    """To the address of a file of rights: an account to create, or an access that opened."""

    genre = "habilitations.acces_prepare"
    gabarit = f"{DOSSIER}/acces_prepare"
    titre = "Votre accès est préparé"

    def contexte(self) -> Mapping[str, object]:
        attendu = self.lien.etat == EtatRattachement.INVITE
        return {**super().contexte(), "attendu": attendu, "chemin": "/compte/signup/" if attendu else self.chemin}

    def autorise(self) -> bool:
        return self.lien.etat != EtatRattachement.RETIRE


class _SurUnePreparation(Message):
    def __init__(self, preparation: PreparationDroits, destinataire: Destinataire) -> None:
        self.preparation = preparation
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        preparation = PreparationDroits.objects.defer("contenu", "refus").filter(id=objet_id).first()
        return cls(preparation, destinataire) if preparation is not None else None

    def contexte(self) -> Mapping[str, object]:
        return {
            "fichier": self.preparation.nom,
            "appliquee": self.preparation.etat == EtatPreparation.APPLIQUEE,
            "chemin": f"/opco/preparations/{self.preparation.pk}/",
        }


class PreparationASigner(_SurUnePreparation):
    """To the people of the OPCO who may sign it."""

    genre = "habilitations.preparation_a_signer"
    gabarit = f"{DOSSIER}/preparation_a_signer"

    def sujet(self) -> str:
        return "Des droits préparés attendent deux signatures"

    def autorise(self) -> bool:
        if self.preparation.etat != EtatPreparation.EN_ATTENTE:
            return False
        return self.destinataire.personne_id in {p.id for p in signataires_possibles(self.preparation, maintenant())}


class PreparationClose(_SurUnePreparation):
    """To her author and those who signed: applied, or set aside."""

    genre = "habilitations.preparation_close"
    gabarit = f"{DOSSIER}/preparation_close"

    def sujet(self) -> str:
        appliquee = self.preparation.etat == EtatPreparation.APPLIQUEE
        return "Les droits préparés sont donnés" if appliquee else "Des droits préparés ont été écartés"

    def autorise(self) -> bool:
        """Whether the recipient still works at the OPCO."""
        qui = self.destinataire.personne_id
        return qui is not None and roles_en_vigueur(maintenant()).filter(role__personne_id=qui).exists()


class DroitsRepris(Message):
    """To those who administer already: the OPCO added what their organisation had prepared with it."""

    genre = "habilitations.droits_repris"
    gabarit = f"{DOSSIER}/droits_repris"
    chemin: ClassVar[str] = "/accueil/"

    def __init__(self, organisation: OrganisationPreparee, destinataire: Destinataire) -> None:
        self.organisation = organisation
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        organisation = OrganisationPreparee.objects.tous("courriel sur cette organisation préparée").filter(id=objet_id).first()
        return cls(organisation, destinataire) if organisation is not None else None

    def sujet(self) -> str:
        return f"Des accès ont été ajoutés\u00a0: {nom_de_l_organisation(self.organisation.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.organisation.organisation_siren),
            "prestataire": self.organisation.profil == Profil.PRESTATAIRE,
            "personnes": self.organisation.changees,
            "chemin": self.chemin,
        }

    def autorise(self) -> bool:
        tous = tous_les_administrateurs(self.organisation.organisation_siren, Profil(self.organisation.profil), maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in tous}


MESSAGES: tuple[type[Message], ...] = (AccesPrepare, PreparationASigner, PreparationClose, DroitsRepris)
