"""E-mails about the life of a contract: a sentence and a link; motives and amounts are read on the page."""

from datetime import datetime

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, Message, cle_d_envoi
from jalon.dossiers.courriels import CourrielDeDossier, destinataire_instructeur, destinataires
from jalon.dossiers.destinataires import personnes_de_l_entreprise, personnes_du_prestataire
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Niveau

GABARITS = "contrats/courriels"


class RuptureAuCfa(CourrielDeDossier):
    """To the CFA: the contract is broken, it says whether the teaching goes on."""

    genre = "contrats.rupture_au_cfa"
    gabarit = f"{GABARITS}/rupture_au_cfa"
    titre = "Un contrat d’apprentissage est rompu"


class RuptureSignalee(CourrielDeDossier):
    """To those who may declare it for the company: the CFA signals a rupture, they confirm it."""

    genre = "contrats.rupture_signalee"
    gabarit = f"{GABARITS}/rupture_signalee"
    titre = "Le CFA signale la rupture d’un contrat"


class RuptureAuConseiller(CourrielDeDossier):
    """To the adviser: one side declared a rupture, or changed what it had declared."""

    genre = "contrats.rupture_au_conseiller"
    gabarit = f"{GABARITS}/rupture_au_conseiller"
    titre = "Une rupture est déclarée"


class FormationApresRupture(CourrielDeDossier):
    """To the company: the CFA said whether the teaching goes on."""

    genre = "contrats.formation_apres_rupture"
    gabarit = f"{GABARITS}/formation_apres_rupture"
    titre = "Le CFA répond sur la suite de la formation"


class AnnulationAuCfa(CourrielDeDossier):
    """To the CFA: a contract that it had been told of will not begin."""

    genre = "contrats.annulation_au_cfa"
    gabarit = f"{GABARITS}/annulation_au_cfa"
    titre = "Un contrat d’apprentissage est annulé"


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
    titre = "Un contrat d’apprentissage change"


MESSAGES: tuple[type[Message], ...] = (
    RuptureAuCfa,
    RuptureSignalee,
    RuptureAuConseiller,
    FormationApresRupture,
    AnnulationAuCfa,
    AvenantTransmis,
    AvenantDecide,
    AvenantAuCfa,
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


def _preparer(classe: type[Message], dossier: Dossier, gens: list[Destinataire], maintenant: datetime) -> None:
    preparer(classe, dossier.id, gens, le=maintenant, cle=cle_d_envoi(maintenant))
