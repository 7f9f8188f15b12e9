"""E-mails about the life of a contract: a sentence and a link; motives and amounts are read on the page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self
from uuid import UUID

from jalon.comptes.models import Personne
from jalon.comptes.requetes import personne
from jalon.contrats.models import Transfert
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, Message, cle_d_envoi
from jalon.dossiers.courriels import CourrielDeDossier, destinataire_instructeur, destinataires
from jalon.dossiers.destinataires import personnes_de_l_entreprise, personnes_du_prestataire
from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle import horloge
from jalon.socle.acteurs import Niveau

GABARITS = "contrats/courriels"


class RuptureAuCfa(CourrielDeDossier):
    """To the CFA: the contract is broken, it says whether the teaching goes on."""

    genre = "contrats.rupture_au_cfa"
    gabarit = f"{GABARITS}/rupture_au_cfa"
    titre = "Un contrat est rompu"


class RuptureSignalee(CourrielDeDossier):
    """To those who may declare it for the company: the CFA signals a rupture, they confirm it."""

    genre = "contrats.rupture_signalee"
    gabarit = f"{GABARITS}/rupture_signalee"
    titre = "La rupture d’un contrat est signalée"


class RuptureAuConseiller(CourrielDeDossier):
    """To the adviser: one side declared a rupture, or changed what it had declared."""

    genre = "contrats.rupture_au_conseiller"
    gabarit = f"{GABARITS}/rupture_au_conseiller"
    titre = "Une rupture est déclarée"


class FormationApresRupture(CourrielDeDossier):
    """To the company: the CFA said whether the teaching goes on."""

    genre = "contrats.formation_apres_rupture"
    gabarit = f"{GABARITS}/formation_apres_rupture"
    titre = "Réponse sur la suite de la formation"


class AnnulationAuCfa(CourrielDeDossier):
    """To the CFA: a contract that it had been told of will not begin."""

    genre = "contrats.annulation_au_cfa"
    gabarit = f"{GABARITS}/annulation_au_cfa"
    titre = "Un contrat est annulé"


class AvenantTransmis(CourrielDeDossier):
    """To the adviser: an avenant waits for a decision."""

    genre = "contrats.avenant_transmis"
    gabarit = f"{GABARITS}/avenant_transmis"
    titre = "Un avenant est arrivé"


class AvenantDecide(CourrielDeDossier):
    """To those who type for the company: the avenant is accepted or refused."""

    genre = "contrats.avenant_decide"
    gabarit = f"{GABARITS}/avenant_decide"
    titre = "L’OPCO a répondu à votre avenant"


class AvenantAuCfa(CourrielDeDossier):
    """To the CFA: the contract changes."""

    genre = "contrats.avenant_au_cfa"
    gabarit = f"{GABARITS}/avenant_au_cfa"
    titre = "Un contrat change"


class ContratRepris(CourrielDeDossier):
    """To those who type for the company that takes a contract over: it is on their space from now on."""

    genre = "contrats.repris"
    gabarit = f"{GABARITS}/repris"
    titre = "Un contrat passe à votre entreprise"


class ContratCede(Message):
    """To those who typed for the former company: the contract left their space, its trace stays."""

    genre = "contrats.cede"
    gabarit = f"{GABARITS}/cede"

    def __init__(self, transfert: Transfert, destinataire: Destinataire) -> None:
        self.transfert = transfert
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        transfert = Transfert.objects.tous("courriel sur ce transfert").select_related("dossier").filter(pk=objet_id).first()
        return cls(transfert, destinataire) if transfert is not None else None

    def sujet(self) -> str:
        return f"Un contrat quitte votre entreprise\u00a0: {self.transfert.numero}"

    def contexte(self) -> Mapping[str, object]:
        return {"numero": self.transfert.numero, "chemin": f"/e/{self.transfert.siren}/contrats-transferes/"}

    def autorise(self) -> bool:
        qui = personne(self.destinataire.personne_id) if self.destinataire.personne_id else None
        if qui is None:
            return False
        droit = self.transfert.dossier.droit(Niveau.LECTURE)
        return ActeurPersonne(qui, horloge.maintenant()).peut(droit, self.transfert.portee)


MESSAGES: tuple[type[Message], ...] = (
    RuptureAuCfa,
    RuptureSignalee,
    RuptureAuConseiller,
    FormationApresRupture,
    AnnulationAuCfa,
    AvenantTransmis,
    AvenantDecide,
    AvenantAuCfa,
    ContratRepris,
    ContratCede,
)


def ecrire_au_cfa(classe: type[Message], dossier: Dossier, maintenant: datetime) -> None:
    """To everybody of the CFA who reads requests."""
    _preparer(classe, dossier, destinataires(personnes_du_prestataire(dossier, Niveau.LECTURE, maintenant)), maintenant)


def ecrire_a_l_entreprise(classe: type[Message], dossier: Dossier, maintenant: datetime, niveau: Niveau = Niveau.SAISIE) -> None:
    """To those who hold that level for the company."""
    _preparer(classe, dossier, destinataires(personnes_de_l_entreprise(dossier, niveau, maintenant)), maintenant)


def ecrire_au_conseiller(classe: type[Message], dossier: Dossier, maintenant: datetime) -> None:
    """To the adviser who examined the request."""
    _preparer(classe, dossier, destinataire_instructeur(dossier), maintenant)


def ecrire_sur_le_transfert(classe: type[Message], transfert: Transfert, personnes: list[Personne], maintenant: datetime) -> None:
    """To those who typed for the former company, read before the contract left it."""
    preparer(classe, transfert.id, destinataires(personnes), le=maintenant)


def _preparer(classe: type[Message], dossier: Dossier, gens: list[Destinataire], maintenant: datetime) -> None:
    preparer(classe, dossier.id, gens, le=maintenant, cle=cle_d_envoi(maintenant))
