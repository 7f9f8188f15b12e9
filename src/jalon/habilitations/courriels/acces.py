"""About a link: who came in, what changed, what waits, who left."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels.base import DOSSIER, nom_de_l_organisation
from jalon.habilitations.enums import (
    EtatRattachement,
)
from jalon.habilitations.models import (
    Rattachement,
)
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.horloge import maintenant


class SurUnAcces(Message):
    """About a link: names the organisation, links to a page."""

    titre: ClassVar[str]
    chemin: ClassVar[str] = "/accueil/"

    def __init__(self, lien: Rattachement, destinataire: Destinataire) -> None:
        self.lien = lien
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        lien = Rattachement.objects.tous("courriel sur ce rattachement").filter(id=objet_id).first()
        return cls(lien, destinataire) if lien is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.lien.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.lien.organisation_siren),
            "prestataire": self.lien.profil == Profil.PRESTATAIRE,
            "chemin": self.chemin,
        }

    def destinataire_administre(self) -> bool:
        """Whether the recipient still administers that side, probation included."""
        tous = tous_les_administrateurs(self.lien.organisation_siren, Profil(self.lien.profil), maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in tous}


class InvitationRecue(SurUnAcces):
    """To the invited address."""

    genre = "habilitations.invitation"
    gabarit = f"{DOSSIER}/invitation"
    titre = "Vous êtes invité à rejoindre un espace"

    def autorise(self) -> bool:
        return self.lien.etat == EtatRattachement.INVITE


class DroitsModifies(SurUnAcces):
    """To the person whose rights changed."""

    genre = "habilitations.droits_modifies"
    gabarit = f"{DOSSIER}/droits_modifies"
    titre = "Vos droits ont changé"

    def autorise(self) -> bool:
        return self.lien.etat != EtatRattachement.RETIRE


class EspaceVu(SurUnAcces):
    """To the person as whom an administrator looks at the space; her page says who, and when it ended."""

    genre = "habilitations.espace_vu"
    gabarit = f"{DOSSIER}/espace_vu"
    titre = "L’espace est vu comme vous le voyez"

    def contexte(self) -> Mapping[str, object]:
        return {**super().contexte(), "chemin": f"/e/{self.lien.organisation_siren}/mes-droits/"}

    def autorise(self) -> bool:
        return self.lien.etat == EtatRattachement.ACTIF


class AccesRetire(SurUnAcces):
    """To the person whose access was withdrawn: the reason is on her home page."""

    genre = "habilitations.acces_retire"
    gabarit = f"{DOSSIER}/acces_retire"
    titre = "Votre accès a été retiré"


class _AuxAdministrateurs(SurUnAcces):
    """To those who administer at the moment of sending."""

    def autorise(self) -> bool:
        return self.destinataire_administre()


class AdministrateurNomme(_AuxAdministrateurs):
    """A code was used and gave the administration (exigences, T1c)."""

    genre = "habilitations.administrateur_nomme"
    gabarit = f"{DOSSIER}/administrateur_nomme"
    titre = "Un administrateur a été nommé"


class NominationDecidee(_AuxAdministrateurs):
    """An administrator in her first 72 hours was confirmed, or refused; to her too when she was confirmed."""

    genre = "habilitations.nomination_decidee"
    gabarit = f"{DOSSIER}/nomination_decidee"
    titre = "Un nouvel administrateur a été vérifié"

    def contexte(self) -> Mapping[str, object]:
        return {**super().contexte(), "refusee": self.lien.etat == EtatRattachement.RETIRE}


class NouvelAcces(_AuxAdministrateurs):
    """Somebody was invited, let in, or made administrator by another administrator (exigences, T12)."""

    genre = "habilitations.nouvel_acces"
    gabarit = f"{DOSSIER}/nouvel_acces"
    titre = "Un nouvel accès a été donné"


class OctroiEnAttente(_AuxAdministrateurs):
    """A wide right, or the fourth grant of an hour, waits for somebody else (exigences, T12)."""

    genre = "habilitations.octroi_en_attente"
    gabarit = f"{DOSSIER}/octroi_en_attente"
    titre = "Des droits attendent une confirmation"


class OctroiDecide(_AuxAdministrateurs):
    """Somebody confirmed or refused what waited."""

    genre = "habilitations.octroi_decide"
    gabarit = f"{DOSSIER}/octroi_decide"
    titre = "Des droits en attente ont reçu une réponse"


class OctroiAVerifier(SurUnAcces):
    """To the AEF of the portefeuille: one person gave many rights in an hour."""

    genre = "habilitations.octroi_a_verifier"
    gabarit = f"{DOSSIER}/octroi_a_verifier"
    titre = "Des droits donnés en rafale sont à vérifier"

    def autorise(self) -> bool:
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, self.lien.portefeuille_id, maintenant())
        return self.destinataire.personne_id in {p.id for p in aef}


class RetraitAnnonce(_AuxAdministrateurs):
    """Somebody left or was removed."""

    genre = "habilitations.retrait_annonce"
    gabarit = f"{DOSSIER}/retrait_annonce"
    titre = "Un accès a pris fin"
