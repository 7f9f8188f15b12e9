"""E-mails about agreements."""

from datetime import datetime

from jalon.courriers.messages import Destinataire, Message
from jalon.dossiers.courriels import CourrielDeDossier, destinataires
from jalon.dossiers.destinataires import personnes_de_l_entreprise, personnes_du_prestataire
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Niveau


def aux_gens_de_l_entreprise(dossier: Dossier, maintenant: datetime) -> list[Destinataire]:
    """Those who type for the company."""
    return destinataires(personnes_de_l_entreprise(dossier, Niveau.SAISIE, maintenant))


def aux_gens_du_prestataire(dossier: Dossier, maintenant: datetime) -> list[Destinataire]:
    """Everybody of the provider who reads requests: it discovers the agreement by this e-mail."""
    return destinataires(personnes_du_prestataire(dossier, Niveau.LECTURE, maintenant))


class AccordEntreprise(CourrielDeDossier):
    """To the company: the request is granted, the agreement is on its page."""

    genre = "engagements.accord_entreprise"
    gabarit = "engagements/courriels/accord_entreprise"
    titre = "Votre demande est accordée"


class AccordPrestataire(CourrielDeDossier):
    """To the provider: a training is granted, the agreement and what to invoice are on its page."""

    genre = "engagements.accord_prestataire"
    gabarit = "engagements/courriels/accord_prestataire"
    titre = "Une formation que vous dispensez est financée"


class AccordRevuEntreprise(CourrielDeDossier):
    """To the company: the amounts were counted again, after a change of the contract or of what is published."""

    genre = "engagements.accord_revu_entreprise"
    gabarit = "engagements/courriels/accord_revu_entreprise"
    titre = "Votre accord de prise en charge est recalculé"


class AccordRevuPrestataire(CourrielDeDossier):
    """To the provider: its payments to come are not the same any more."""

    genre = "engagements.accord_revu_prestataire"
    gabarit = "engagements/courriels/accord_revu_prestataire"
    titre = "L’échéancier d’une formation que vous dispensez est recalculé"


MESSAGES: tuple[type[Message], ...] = (AccordEntreprise, AccordPrestataire, AccordRevuEntreprise, AccordRevuPrestataire)
