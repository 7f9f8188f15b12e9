"""Threads of a request: the company and the OPCO have one, the provider and the OPCO another, since the grant."""

from uuid import UUID

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de
from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Message
from jalon.messagerie.requetes import messages_du_fil, non_lus
from jalon.socle.acteurs import Acteur


def fil_de(dossier: Dossier, acteur: Acteur, avec: Cote = Cote.ENTREPRISE) -> UUID | None:
    """The thread that the actor may read. Only the OPCO chooses: `avec` the company or the provider. None: no such thread."""
    cote = cote_de(dossier, acteur)
    if cote == Cote.ENTREPRISE or (cote == Cote.OPCO and avec == Cote.ENTREPRISE):
        return dossier.fil_id
    if cote == Cote.PRESTATAIRE or (cote == Cote.OPCO and avec == Cote.PRESTATAIRE):
        return dossier.fil_prestataire_id
    return None


def messages_de(dossier: Dossier, acteur: Acteur, avec: Cote = Cote.ENTREPRISE) -> list[Message]:
    """Messages of the thread that the actor may read, oldest first."""
    fil = fil_de(dossier, acteur, avec)
    return messages_du_fil(fil) if fil else []


def messages_non_lus(dossier: Dossier, acteur: Acteur) -> int:
    """How many messages of others wait for the actor, both threads together for the OPCO."""
    fils = {fil_de(dossier, acteur, avec) for avec in (Cote.ENTREPRISE, Cote.PRESTATAIRE)} - {None}
    return sum(non_lus([f for f in fils if f], acteur).values())
