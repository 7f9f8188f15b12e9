"""Writing and reading in the threads of a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import cle_d_envoi
from jalon.dossiers.courriels import (
    EchangeConfie,
    MessageRecu,
    RelanceRecue,
    destinataires,
    destinataires_de_la_relance,
    destinataires_du_message,
)
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de, dossier_a_traiter, dossier_accessible, portee_entreprise, portee_prestataire
from jalon.dossiers.requetes.echanges import fil_de, jointe_accessible
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.journal.actions import noter, noter_revelation
from jalon.journal.enums import Sensible
from jalon.messagerie.actions import ajouter_message, confier_fil, marquer_lu, noter_relance
from jalon.messagerie.enums import LIBELLES_COTES, Cote
from jalon.messagerie.models import Fil, Message, PieceJointe
from jalon.messagerie.regles import exiger_peu_de_pieces, lire_corps
from jalon.pieces.actions import deposer_document, supprimer_document
from jalon.pieces.models import Document
from jalon.pieces.requetes import lire_document
from jalon.socle.acteurs import Acteur, Niveau, Portee, Pouvoir
from jalon.socle.erreurs import ErreurMetier, Introuvable, SaisieRefusee, TransitionImpossible


@dataclass(frozen=True, slots=True)
class FichierJoint:
    """A file being uploaded with a message."""

    nom: str
    contenu: BinaryIO


def ecrire_message(
    *,
    dossier_id: UUID,
    corps: str,
    par: Acteur,
    maintenant: datetime,
    avec: Cote = Cote.ENTREPRISE,
    fichiers: Sequence[FichierJoint] = (),
) -> Message:
    """Write in a thread of a sent request; the other side is told by e-mail that a message waits, not what it says.

    The OPCO chooses `avec` whom; company and provider each write to the OPCO. Files are inspected before any lock is taken.
    Raises: Introuvable, DroitManquant, SaisieRefusee (text, or a file: nothing is then written nor kept), TransitionImpossible (draft).
    """
    _ouvrir(dossier_id, par, avec)
    lire_corps(corps)
    documents = _deposer(fichiers, par, maintenant)
    try:
        return _ecrire(dossier_id, corps, documents, par, avec, maintenant)
    except ErreurMetier:
        _abandonner(documents)
        raise


def _ecrire(
    dossier_id: UUID, corps: str, documents: Sequence[Document], par: Acteur, avec: Cote, maintenant: datetime
) -> Message:
    with transaction.atomic():
        dossier, cote, fil = _ouvrir(dossier_id, par, avec)
        return ecrire_dans_le_fil(
            dossier=dossier, fil=fil, cote=cote, avec=avec, corps=corps, documents=documents, par=par, maintenant=maintenant
        )


def ecrire_dans_le_fil(
    *,
    dossier: Dossier,
    fil: UUID,
    cote: Cote,
    corps: str,
    avec: Cote = Cote.ENTREPRISE,
    documents: Sequence[Document] = (),
    par: Acteur,
    maintenant: datetime,
) -> Message:
    """The message itself, in the thread of a request where the caller judged that the actor may write. Raises SaisieRefusee."""
    with transaction.atomic():
        message = ajouter_message(fil_id=fil, cote=cote, corps=corps, documents=documents, par=par, maintenant=maintenant)
        details = {"cote": LIBELLES_COTES[cote], "de": cote.value, "avec": avec.value}
        noter("message.ecrit", par=par, portee=_portee(dossier, fil), objet=dossier, le=maintenant, details=details)
        gens = destinataires_du_message(dossier, cote, avec, maintenant)
        preparer(MessageRecu, dossier.id, gens, le=maintenant, cle=str(message.id))
    return message


def _deposer(fichiers: Sequence[FichierJoint], par: Acteur, maintenant: datetime) -> list[Document]:
    """Every file inspected and kept, or none. Raises SaisieRefusee, which names the file."""
    exiger_peu_de_pieces(len(fichiers))
    documents: list[Document] = []
    for fichier in fichiers:
        try:
            documents.append(deposer_document(nom=fichier.nom, contenu=fichier.contenu, par=par, maintenant=maintenant))
        except SaisieRefusee as refus:
            _abandonner(documents)
            phrase = f"{fichier.nom}\u00a0: {refus.message}" if len(fichiers) > 1 else refus.message
            raise SaisieRefusee(phrase, champ="fichiers") from None
    return documents


def _abandonner(documents: Sequence[Document]) -> None:
    for document in documents:
        supprimer_document(document=document)


def _ouvrir(dossier_id: UUID, par: Acteur, avec: Cote) -> tuple[Dossier, Cote, UUID]:
    """The request, the side of the actor and the thread, if she may write there."""
    dossier = dossier_accessible(dossier_id, par)
    cote = cote_de(dossier, par)
    if dossier.est_brouillon or cote is None:
        raise TransitionImpossible("Transmettez le dossier pour écrire à l’OPCO à son sujet.")
    _exiger_d_ecrire(dossier, cote, par)
    fil = fil_de(dossier, par, avec)
    if fil is None:
        raise Introuvable("Cet échange s’ouvrira avec l’accord de prise en charge.")
    return dossier, cote, fil


def _exiger_d_ecrire(dossier: Dossier, cote: Cote, par: Acteur) -> None:
    if cote == Cote.OPCO:
        par.exiger_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id)
        return
    portee = portee_entreprise(dossier) if cote == Cote.ENTREPRISE else portee_prestataire(dossier)
    par.exiger(dossier.droit(Niveau.SAISIE), portee)


def _portee(dossier: Dossier, fil: UUID) -> Portee:
    """Whose are the events of a thread: the provider's too, in its own."""
    return dossier.portee_du_journal if fil == dossier.fil_prestataire_id else dossier.portee_des_suites


def marquer_messages_lus(*, dossier_id: UUID, par: Acteur, maintenant: datetime, avec: Cote = Cote.ENTREPRISE) -> None:
    """Note that the actor has read a thread. At the OPCO, who does not examine reads without a word to the other side.

    Raises Introuvable.
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        fil, cote = fil_de(dossier, par, avec), cote_de(dossier, par)
        if cote == Cote.OPCO and dossier.portefeuille_id not in par.portefeuilles(Pouvoir.INSTRUIRE):
            cote = None
        if fil is not None:
            marquer_lu(fil_id=fil, par=par, cote=cote, maintenant=maintenant)


def relancer_opco(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Remind the OPCO of a message without an answer: who has the thread, else the queue of the portefeuille, is told by e-mail.

    Raises: Introuvable, DroitManquant, TransitionImpossible (answered, or too early: says from which day).
    """
    with transaction.atomic():
        dossier, cote, fil = _ouvrir(dossier_id, par, Cote.ENTREPRISE)
        if cote == Cote.OPCO:
            raise TransitionImpossible("Seuls l’entreprise et l’organisme de formation relancent l’OPCO.")
        noter_relance(fil_id=fil, cote=cote, maintenant=maintenant)
        noter("message.relance", par=par, portee=_portee(dossier, fil), objet=dossier, le=maintenant, details={"fil": str(fil)})
        gens = destinataires_de_la_relance(dossier, fil, maintenant)
        preparer(RelanceRecue, dossier.id, gens, le=maintenant, cle=cle_d_envoi(maintenant))


def confier_echange(*, dossier_id: UUID, a: UUID, par: Acteur, maintenant: datetime, avec: Cote = Cote.ENTREPRISE) -> Fil:
    """Give a thread to a colleague who examines in the portefeuille (or take it): the other side reads her name.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), SaisieRefusee (somebody who does not examine there).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        fil = fil_de(dossier, par, avec)
        if fil is None:
            raise Introuvable("Cet échange s’ouvrira avec l’accord de prise en charge.")
        collegues = personnes_du_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id, maintenant)
        personne = next((p for p in collegues if p.pk == a), None)
        if personne is None:
            raise SaisieRefusee("Choisissez une personne qui instruit dans ce portefeuille", champ="a")
        confie = confier_fil(fil_id=fil, personne_id=personne.pk, nom=personne.nom_complet, maintenant=maintenant)
        details = {"a": personne.nom_complet}
        noter("message.confie", par=par, portee=_portee(dossier, fil), objet=dossier, le=maintenant, details=details)
        if personne.pk != par.identite:
            preparer(EchangeConfie, dossier.id, destinataires([personne]), le=maintenant, cle=cle_d_envoi(maintenant))
    return confie


def ouvrir_jointe(*, dossier_id: UUID, jointe_id: UUID, par: Acteur, maintenant: datetime) -> tuple[PieceJointe, bytes]:
    """A document of a message and its content, for a download; noted in the journal (exigences, P2).

    Raises: Introuvable, DocumentIndisponible (still analysed, or refused since).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        jointe = jointe_accessible(dossier, jointe_id, par)
        octets = lire_document(jointe.document)
        noter_revelation(
            sensible=Sensible.DOCUMENT, par=par, portee=dossier.portee_des_suites, objet=dossier, le=maintenant,
            libelle=f"Pièce jointe à un message, {dossier}", motif="Téléchargement depuis les échanges du dossier",
        )  # fmt: skip
    return jointe, octets
