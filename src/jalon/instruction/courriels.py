"""E-mails about what the OPCO asks and decides."""

from jalon.courriers.messages import Message
from jalon.dossiers.courriels import CourrielDeDossier


class ComplementDemande(CourrielDeDossier):
    """To those who type for the company: something is asked, by a day."""

    genre = "instruction.complement_demande"
    gabarit = "instruction/courriels/complement_demande"
    titre = "Votre dossier est à compléter"


class DossierRefuse(CourrielDeDossier):
    """To those who type for the company: the reason is on the page."""

    genre = "instruction.refus"
    gabarit = "instruction/courriels/refus"
    titre = "Votre demande est refusée"


MESSAGES: tuple[type[Message], ...] = (ComplementDemande, DossierRefuse)
