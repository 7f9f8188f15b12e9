"""About a code and its letter."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels.base import DOSSIER, nom_de_l_organisation
from jalon.habilitations.enums import (
    EtatCode,
)
from jalon.habilitations.models import (
    CodeActivation,
    DemandeLettre,
)
from jalon.habilitations.regles import (
    dernier_jour,
)
from jalon.socle.acteurs import Profil
from jalon.socle.dates import formater_date
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper


class _SurUnCode(Message):
    """About a code: its letter, never what it carries."""

    titre: ClassVar[str]
    chemin: ClassVar[str] = "/accueil/"

    def __init__(self, code: CodeActivation, destinataire: Destinataire) -> None:
        self.code = code
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        code = CodeActivation.objects.filter(id=objet_id).first()
        return cls(code, destinataire) if code is not None else None

    def organisation(self) -> str:
        """How the organisation is named to that recipient."""
        return nom_de_l_organisation(self.code.siren)

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {self.organisation()}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": self.organisation(),
            "prestataire": self.code.profil == Profil.PRESTATAIRE,
            "chemin": self.chemin,
            "fin": formater_date(dernier_jour(self.code.expire_le)),
        }

    def autorise(self) -> bool:
        tous = tous_les_administrateurs(self.code.siren, Profil(self.code.profil), maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in tous}


class CodeEmis(_SurUnCode):
    """To the administrators of an organisation for which a new letter was made: its first use will name somebody."""

    genre = "habilitations.code_emis"
    gabarit = f"{DOSSIER}/code_emis"
    titre = "Un courrier d’activation va partir"


class CodeTermine(_SurUnCode):
    """To the administrators: a code was ended, by one of them, by the OPCO, or because its letter came back."""

    genre = "habilitations.code_termine"
    gabarit = f"{DOSSIER}/code_termine"
    titre = "Un code d’activation a été arrêté"


class CodeBientotPerime(_SurUnCode):
    """To those who asked for the letter, while nobody used it. They hold nothing there: the SIREN alone is named (T16)."""

    genre = "habilitations.code_bientot_perime"
    gabarit = f"{DOSSIER}/code_bientot_perime"
    titre = "Un code d’activation va expirer"
    chemin = "/acces/codes/"

    def organisation(self) -> str:
        return f"SIREN {grouper(self.code.siren)}"

    def autorise(self) -> bool:
        vivant = self.code.etat == EtatCode.ACTIF and maintenant() < self.code.expire_le
        qui_attend = DemandeLettre.objects.filter(lettre_id=self.code.lettre_id).values_list("personne_id", flat=True)
        return vivant and self.code.premier_usage_le is None and self.destinataire.personne_id in qui_attend


class LettreEcartee(Message):
    """To the person whose request of a letter the AEF set aside: the reason is on her page."""

    genre = "habilitations.lettre_ecartee"
    gabarit = f"{DOSSIER}/lettre_ecartee"

    def __init__(self, demande: DemandeLettre, destinataire: Destinataire) -> None:
        self.demande = demande
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        demande = DemandeLettre.objects.filter(id=objet_id).first()
        return cls(demande, destinataire) if demande is not None else None

    def sujet(self) -> str:
        return f"Votre demande de courrier d’activation\u00a0: SIREN {grouper(self.demande.siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": f"SIREN {grouper(self.demande.siren)}",
            "prestataire": self.demande.profil == Profil.PRESTATAIRE,
            "chemin": "/acces/codes/",
        }

    def autorise(self) -> bool:
        return self.demande.ecartee_le is not None
