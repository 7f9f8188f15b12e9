"""Writing and reading in the threads of a request."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.dossiers.courriels import MessageRecu, destinataires_du_message
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de, dossier_accessible, portee_entreprise, portee_prestataire
from jalon.dossiers.requetes.echanges import fil_de
from jalon.journal.actions import noter
from jalon.messagerie.actions import ajouter_message, marquer_lu
from jalon.messagerie.enums import LIBELLES_COTES, Cote
from jalon.messagerie.models import Message
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.erreurs import Introuvable, TransitionImpossible


def ecrire_message(*, dossier_id: UUID, corps: str, par: Acteur, maintenant: datetime, avec: Cote = Cote.ENTREPRISE) -> Message:
    """Write in a thread of a sent request; the other side is told by e-mail that a message waits, not what it says.

    The OPCO chooses `avec` whom; company and provider each write to the OPCO.
    Raises: Introuvable, DroitManquant, SaisieRefusee, TransitionImpossible (draft).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        cote = cote_de(dossier, par)
        if dossier.est_brouillon or cote is None:
            raise TransitionImpossible("Transmettez le dossier pour écrire à l’OPCO à son sujet.")
        _exiger_d_ecrire(dossier, cote, par)
        fil = fil_de(dossier, par, avec)
        if fil is None:
            raise Introuvable("Cet échange s’ouvrira avec l’accord de prise en charge.")
        message = ajouter_message(fil_id=fil, cote=cote, corps=corps, par=par, maintenant=maintenant)
        portee = dossier.portee_du_journal if fil == dossier.fil_prestataire_id else dossier.portee_des_suites
        noter("message.ecrit", par=par, portee=portee, objet=dossier, le=maintenant, details={"cote": LIBELLES_COTES[cote]})
        destinataires = destinataires_du_message(dossier, cote, avec, maintenant)
        preparer(MessageRecu, dossier.id, destinataires, le=maintenant, cle=str(message.id))
    return message


def _exiger_d_ecrire(dossier: Dossier, cote: Cote, par: Acteur) -> None:
    if cote == Cote.OPCO:
        par.exiger_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id)
        return
    portee = portee_entreprise(dossier) if cote == Cote.ENTREPRISE else portee_prestataire(dossier)
    par.exiger(dossier.droit(Niveau.SAISIE), portee)


def marquer_messages_lus(*, dossier_id: UUID, par: Acteur, maintenant: datetime, avec: Cote = Cote.ENTREPRISE) -> None:
    """Note that the actor has read a thread. Raises Introuvable."""
    with transaction.atomic():
        fil = fil_de(dossier_accessible(dossier_id, par), par, avec)
        if fil is not None:
            marquer_lu(fil_id=fil, par=par, maintenant=maintenant)
