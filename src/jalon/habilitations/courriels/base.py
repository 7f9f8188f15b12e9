"""What every e-mail about access shares."""

from jalon.courriers.messages import Destinataire
from jalon.habilitations.models import (
    Rattachement,
)
from jalon.organisations.requetes import organisation
from jalon.socle.identifiants import grouper

DOSSIER = "habilitations/courriels"


def a_la_personne(lien: Rattachement) -> list[Destinataire]:
    """The person of a link, or the invited address."""
    if lien.personne is not None:
        return [Destinataire(lien.personne.email, lien.personne_id)]
    return [Destinataire(lien.courriel_invite)]


def nom_de_l_organisation(siren: str) -> str:
    """« Bellerive Restauration (SIREN 123 456 782) »."""
    trouvee = organisation(siren)
    return f"{trouvee.denomination} (SIREN {grouper(siren)})" if trouvee else f"SIREN {grouper(siren)}"
