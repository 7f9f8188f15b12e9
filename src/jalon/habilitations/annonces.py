"""E-mails about a lost second factor: to its owner and to the administrators beside her. Nothing in them lets anybody in."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import q_du_cote
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import PerteSecondFacteur, Rattachement
from jalon.socle.acteurs import Profil


class _SurUnePerte(Message):
    titre: ClassVar[str]

    def __init__(self, perte: PerteSecondFacteur, destinataire: Destinataire) -> None:
        self.perte = perte
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        perte = PerteSecondFacteur.objects.filter(id=objet_id).first()
        return cls(perte, destinataire) if perte is not None else None

    def sujet(self) -> str:
        return self.titre

    def contexte(self) -> Mapping[str, object]:
        return {
            "sien": self.destinataire.personne_id == self.perte.personne_id,
            "organisation": nom_de_l_organisation(self.perte.siren),
            "chemin": "/compte/second-facteur-perdu/",
        }

    def autorise(self) -> bool:
        """Its owner, or somebody still attached to that side of the organisation."""
        if self.destinataire.personne_id == self.perte.personne_id:
            return True
        liens = Rattachement.objects.tous("destinataire d’une annonce sur un second facteur").filter(
            q_du_cote(self.perte.siren, Profil(self.perte.profil)),
            personne_id=self.destinataire.personne_id,
            etat=EtatRattachement.ACTIF,
        )
        return bool(liens.exists())


class PerteDeclaree(_SurUnePerte):
    """Somebody who knows the password says that the second factor is lost."""

    genre = "habilitations.perte_declaree"
    gabarit = "habilitations/courriels/perte_declaree"
    titre = "Demande de remplacement d’un second facteur"


class SecondFacteurRemplace(_SurUnePerte):
    """It was withdrawn, and 72 hours begin."""

    genre = "habilitations.second_facteur_remplace"
    gabarit = "habilitations/courriels/second_facteur_remplace"
    titre = "Un second facteur a été retiré"


class PerteRefusee(_SurUnePerte):
    """The OPCO refused."""

    genre = "habilitations.perte_refusee"
    gabarit = "habilitations/courriels/perte_refusee"
    titre = "Remplacement d’un second facteur refusé"


ANNONCES: tuple[type[Message], ...] = (PerteDeclaree, SecondFacteurRemplace, PerteRefusee)
