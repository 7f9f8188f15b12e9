"""What every act on a request writes: its columns of state, a line of its history, a word to the company."""

from datetime import datetime

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Message, cle_d_envoi
from jalon.dossiers.courriels import destinataires
from jalon.dossiers.destinataires import personnes_de_l_entreprise
from jalon.dossiers.models import Dossier
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Niveau

CHAMPS_DE_L_ETAT = ["etat", "etat_depuis", "modifie_le", "attend_qui", "attend_avant", "attend_motif"]


def noter_sur(code: str, dossier: Dossier, par: Acteur, maintenant: datetime, **details: object) -> None:
    """One line of its history."""
    noter(code, par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details)


def ecrire_a_l_entreprise(classe: type[Message], dossier: Dossier, maintenant: datetime) -> None:
    """To those who type for the company."""
    gens = personnes_de_l_entreprise(dossier, Niveau.SAISIE, maintenant)
    preparer(classe, dossier.id, destinataires(gens), le=maintenant, cle=cle_d_envoi(maintenant))
