"""What is kept: added, taken from a request, renamed, let go."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jalon.journal.actions import noter
from jalon.pieces.actions import deposer_document, retenir_document, supprimer_document
from jalon.pieces.models import Document
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.regles import DOCUMENTS_AU_PLUS, RIB_REFUSE, Description, parle_d_un_rib, verifier
from jalon.porte_documents.requetes import Lieu, document_accessible, exiger
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import ErreurMetier, SaisieRefusee, TransitionImpossible

CHANGE = "Ce document a changé pendant votre saisie. Rouvrez-le pour voir ce qu’il dit maintenant."
DEJA_GARDE = "Ce fichier est déjà dans le porte-documents. Modifiez celui qui s’y trouve, ou choisissez un autre endroit"
PLEIN = f"Le porte-documents est plein\u00a0: il tient {DOCUMENTS_AU_PLUS} documents. Supprimez ceux qui ne servent plus, puis recommencez"


def ajouter_document(
    *, lieu: Lieu, description: Description, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime
) -> DocumentGarde:
    """Keep a file. It is inspected before any lock is taken; a refused one is not kept.

    Raises: SaisiesRefusees (boxes), DroitManquant, SaisieRefusee (the file; the porte-documents is full).
    """
    dite = verifier(description)
    exiger(par, Niveau.SAISIE, lieu.portee(dite.domaine))
    document = recevoir(nom=nom, contenu=contenu, par=par, maintenant=maintenant)
    try:
        return _garder(lieu, dite, document, "", par, maintenant)
    except ErreurMetier:
        supprimer_document(document=document)
        raise


def recevoir(*, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime) -> Document:
    """A file through the reception of every document. Raises SaisieRefusee, beside the box of the file."""
    if parle_d_un_rib(nom):
        raise SaisieRefusee(RIB_REFUSE, champ="fichier")
    try:
        return deposer_document(nom=nom, contenu=contenu, par=par, maintenant=maintenant)
    except SaisieRefusee as refus:
        raise SaisieRefusee(refus.message, champ="fichier") from None


def garder_document(
    *, lieu: Lieu, description: Description, document: Document, origine: str, par: Acteur, maintenant: datetime
) -> DocumentGarde:
    """Keep a document that a request holds, reached by its door: the file is shared, not copied.

    Raises: SaisiesRefusees (boxes), DroitManquant, SaisieRefusee (already there; full), Introuvable and DocumentIndisponible (the
    document went away, or may not be served).
    """
    dite = verifier(description)
    with transaction.atomic():
        exiger(par, Niveau.SAISIE, lieu.portee(dite.domaine))
        retenu = retenir_document(document_id=document.pk)
        if _rangees(lieu).filter(document=retenu).exists():
            raise SaisieRefusee(DEJA_GARDE)
        return _garder(lieu, dite, retenu, origine, par, maintenant)


def _garder(lieu: Lieu, dite: Description, document: Document, origine: str, par: Acteur, maintenant: datetime) -> DocumentGarde:
    with transaction.atomic():
        if _rangees(lieu).count() >= DOCUMENTS_AU_PLUS:
            raise SaisieRefusee(PLEIN)
        garde = DocumentGarde(
            libelle=dite.libelle,
            genre=dite.genre,
            valide_jusqu_au=dite.valide_jusqu_au,
            document=document,
            origine=origine[:200],
            ajoute_le=maintenant,
            ajoute_par=par.identite,
            ajoute_par_nom=par.libelle[:200],
            modifie_le=maintenant,
        ).porter(lieu.portee(dite.domaine))
        garde.save(force_insert=True)
        noter_acte("porte_documents.ajout", garde, par, maintenant)
    return garde


def _rangees(lieu: Lieu) -> QuerySet[DocumentGarde]:
    cote = lieu.portee("")
    lignes: QuerySet[DocumentGarde] = DocumentGarde.objects.tous(
        "ce que contient déjà un porte-documents où l’acteur peut ranger"
    )
    return lignes.filter(siren=cote.siren, prestataire_siren=cote.prestataire_siren)


def modifier_document(
    *, document_id: UUID, version: int, description: Description, par: Acteur, maintenant: datetime
) -> DocumentGarde:
    """Change what is said of a document; the requests that took it are not touched. `version`: the one that was read.

    Raises: SaisiesRefusees (boxes), Introuvable, DroitManquant (for the family that it served, or will serve), TransitionImpossible
    (somebody else changed it).
    """
    dite = verifier(description)
    with transaction.atomic():
        garde = document_accessible(document_id, par, Niveau.SAISIE, verrou=True)
        if garde.version != version:
            raise TransitionImpossible(CHANGE)
        if (garde.libelle, garde.genre, garde.domaine, garde.valide_jusqu_au) == (
            dite.libelle, dite.genre, dite.domaine, dite.valide_jusqu_au,
        ):  # fmt: skip
            return garde
        garde.libelle, garde.genre, garde.valide_jusqu_au = dite.libelle, dite.genre, dite.valide_jusqu_au
        garde.domaine = dite.domaine
        exiger(par, Niveau.SAISIE, garde.portee)
        garde.version, garde.modifie_le = garde.version + 1, maintenant
        garde.save(update_fields=["libelle", "genre", "domaine", "valide_jusqu_au", "version", "modifie_le"])
        noter_acte("porte_documents.modification", garde, par, maintenant)
    return garde


def retirer_document(*, document_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Let a document go. The requests that took it keep its file.

    Raises: Introuvable, DroitManquant.
    """
    with transaction.atomic():
        garde = document_accessible(document_id, par, Niveau.SAISIE, verrou=True)
        noter_acte("porte_documents.suppression", garde, par, maintenant)
        garde.delete()
        supprimer_document(document=garde.document)


def noter_acte(evenement: str, garde: DocumentGarde, par: Acteur, maintenant: datetime, **details: object) -> None:
    """One line in the journal, in the caller's transaction."""
    noter(evenement, par=par, portee=garde.portee, objet=garde, le=maintenant, details={"genre": garde.libelle_genre, **details})
