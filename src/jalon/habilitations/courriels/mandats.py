"""E-mails about mandates, to the administrators of both sides; whether they still administer is read when they are sent."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Mandat, Rattachement
from jalon.habilitations.regles import dernier_jour
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.dates import formater_date
from jalon.socle.horloge import maintenant

DOSSIER = "habilitations/courriels"


class SurUnMandat(Message):
    """Names both organisations and the last day."""

    titre: ClassVar[str]

    def __init__(self, mandat: Mandat, destinataire: Destinataire) -> None:
        self.mandat = mandat
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        mandat = Mandat.objects.tous("courriel sur ce mandat").filter(id=objet_id).first()
        return cls(mandat, destinataire) if mandat is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.mandat.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "client": nom_de_l_organisation(self.mandat.organisation_siren),
            "mandataire": nom_de_l_organisation(self.mandat.mandataire_siren),
            "jusqu_au": formater_date(dernier_jour(self.mandat.fin)),
            "chemin": "/accueil/",
        }

    def autorise(self) -> bool:
        """Whether the recipient administers either side now."""
        le, mandat = maintenant(), self.mandat
        cotes = ((mandat.organisation_siren, Profil(mandat.profil)), (mandat.mandataire_siren, Profil.PRESTATAIRE))
        return any(
            a.personne_id == self.destinataire.personne_id
            for siren, profil in cotes
            for a in tous_les_administrateurs(siren, profil, le)
        )


class MandatDonne(SurUnMandat):
    """A mandate was given."""

    genre = "habilitations.mandat_donne"
    gabarit = f"{DOSSIER}/mandat_donne"
    titre = "Un mandat a été donné"


class MandatModifie(SurUnMandat):
    """Its rights, its perimeter or its end changed."""

    genre = "habilitations.mandat_modifie"
    gabarit = f"{DOSSIER}/mandat_modifie"
    titre = "Un mandat a été modifié ou renouvelé"


class MandatTermine(SurUnMandat):
    """Either side ended it: the reason is on the page."""

    genre = "habilitations.mandat_termine"
    gabarit = f"{DOSSIER}/mandat_termine"
    titre = "Un mandat a pris fin"


class MandatEnAttente(SurUnMandat):
    """A wide mandate, or the fourth grant of an hour, waits for somebody else (exigences, T12): to the client's administrators."""

    genre = "habilitations.mandat_en_attente"
    gabarit = f"{DOSSIER}/mandat_en_attente"
    titre = "Un mandat attend une confirmation"

    def autorise(self) -> bool:
        return super().autorise() and self.mandat.attend(maintenant())


class MandatDecide(SurUnMandat):
    """Somebody confirmed or refused what waited."""

    genre = "habilitations.mandat_decide"
    gabarit = f"{DOSSIER}/mandat_decide"
    titre = "Un mandat en attente a reçu une réponse"


class MandatAVerifier(SurUnMandat):
    """To the AEF of the portefeuille: one person gave many accesses in an hour."""

    genre = "habilitations.mandat_a_verifier"
    gabarit = f"{DOSSIER}/mandat_a_verifier"
    titre = "Un mandat donné en rafale est à vérifier"

    def autorise(self) -> bool:
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, self.mandat.portefeuille_id, maintenant())
        return self.destinataire.personne_id in {p.id for p in aef}


class EcheanceMandat(SurUnMandat):
    """It ends soon, unless it was renewed or ended since."""

    genre = "habilitations.mandat_echeance"
    gabarit = f"{DOSSIER}/mandat_echeance"
    titre = "Un mandat prend bientôt fin"

    def autorise(self) -> bool:
        return self.mandat.en_vigueur(maintenant()) and super().autorise()


class ClientsConfies(Message):
    """To a collaborator whose clients changed."""

    genre = "habilitations.clients_confies"
    gabarit = f"{DOSSIER}/clients_confies"

    def __init__(self, lien: Rattachement, destinataire: Destinataire) -> None:
        self.lien = lien
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        lien = Rattachement.objects.tous("courriel sur les clients de ce rattachement").filter(id=objet_id).first()
        return cls(lien, destinataire) if lien is not None else None

    def sujet(self) -> str:
        return f"Vos clients ont changé\u00a0: {nom_de_l_organisation(self.lien.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        siren = self.lien.organisation_siren
        return {"organisation": nom_de_l_organisation(siren), "chemin": f"/e/{siren}/clients/"}

    def autorise(self) -> bool:
        return self.lien.etat == EtatRattachement.ACTIF


MESSAGES: tuple[type[Message], ...] = (
    MandatDonne,
    MandatModifie,
    MandatTermine,
    MandatEnAttente,
    MandatDecide,
    MandatAVerifier,
    EcheanceMandat,
    ClientsConfies,
)
