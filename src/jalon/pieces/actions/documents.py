"""Receiving, analysing again, deleting a document."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from jalon.pieces.actions.apercus import AGE_ORPHELIN, oublier_apercu
from jalon.pieces.antivirus import Verdict, analyser
from jalon.pieces.enums import TYPES_PIECES, EtatDocument, TypeDocument
from jalon.pieces.examen import examiner
from jalon.pieces.inspection.motifs import Motif
from jalon.pieces.models import Document
from jalon.pieces.regles import (
    EXTENSIONS,
    PHRASE_ANTIVIRUS,
    PHRASES,
    extension_de,
    nettoyer_nom,
    refus_de_taille,
    refus_de_type,
)
from jalon.pieces.requetes import COFFRE, exiger_lisible
from jalon.pieces.suites import suites_d_analyse
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.travaux import differer

BLOC = 64 * 1024
SECONDES_EN_LIGNE = 2.0
SECONDES_EN_TRAVAIL = 60.0
TACHE_ANALYSE = "pieces.analyser_document"


class AntivirusIndisponible(RuntimeError):
    """The antivirus gave no answer: the job is tried again, the document stays EN_ATTENTE."""


def deposer_document(
    *,
    nom: str,
    contenu: BinaryIO,
    par: Acteur,
    maintenant: datetime,
    types: Collection[TypeDocument] = TYPES_PIECES,
    facture: bool = False,
) -> Document:
    """Check an uploaded file and keep it, encrypted. Call it before taking locks: the inspection lasts up to 30 s.

    `facture`: the PDF may hold its Factur-X data, and nothing else.
    Without antivirus the document is CONTROLEE; with one it is SAINE, or EN_ATTENTE when it does not answer in 2 s.
    Raises: SaisieRefusee with the sentence that says what to do; a refused file is not kept.
    """
    propre = nettoyer_nom(nom)
    octets = _lire_borne(contenu)
    refus = refus_de_type(propre, octets[:16], types)
    if refus is not None:
        raise SaisieRefusee(refus)
    genre = EXTENSIONS[extension_de(propre)]
    examen = examiner(octets, genre, facture=facture)
    if examen.motif is not None:
        raise SaisieRefusee(PHRASES[examen.motif])
    etat = _etat_initial(octets)
    return _conserver(propre, genre, examen.contenu, etat, par, maintenant)


def _lire_borne(contenu: BinaryIO) -> bytes:
    """Read by blocks; stop as soon as the limit is passed."""
    limite: int = settings.PIECES_TAILLE_MAX
    annonce: int | None = getattr(contenu, "size", None)
    if annonce is not None and annonce > limite:
        raise SaisieRefusee(refus_de_taille(annonce, limite))
    lu = bytearray()
    while bloc := contenu.read(BLOC):
        lu += bloc
        if len(lu) > limite:
            raise SaisieRefusee(refus_de_taille(annonce, limite))
    if not lu:
        raise SaisieRefusee(PHRASES[Motif.VIDE])
    return bytes(lu)


def _etat_initial(octets: bytes) -> EtatDocument:
    """Judge what was received (an image before it is written anew), without making the person wait."""
    if not settings.CLAMAV_ADRESSE:
        return EtatDocument.CONTROLEE
    verdict = analyser(octets, adresse=settings.CLAMAV_ADRESSE, secondes=SECONDES_EN_LIGNE)
    if verdict is Verdict.INFECTE:
        raise SaisieRefusee(PHRASE_ANTIVIRUS)
    return EtatDocument.SAINE if verdict is Verdict.SAIN else EtatDocument.EN_ATTENTE


def _conserver(nom: str, genre: TypeDocument, octets: bytes, etat: EtatDocument, par: Acteur, maintenant: datetime) -> Document:
    document = Document(
        nom=nom,
        type_mime=genre.value,
        taille=len(octets),
        sha256=hashlib.sha256(octets).hexdigest(),
        etat=etat,
        depose_par_id=par.identite,
        depose_le=maintenant,
        analyse_le=maintenant if etat is EtatDocument.SAINE else None,
    )
    coffre.ranger(COFFRE, str(document.id), octets)
    with transaction.atomic():
        document.save(force_insert=True)
        if etat is EtatDocument.EN_ATTENTE:
            differer(TACHE_ANALYSE, document_id=str(document.id))
    return document


def analyser_document(*, document_id: UUID, maintenant: datetime) -> None:
    """Ask the antivirus about a document that waits, or again about one already kept (new signatures). Idempotent.

    An infected document becomes REFUSEE and loses its content. Raises AntivirusIndisponible, so that the job comes back.
    """
    document = _documents([document_id]).first()
    if document is None or document.etat == EtatDocument.REFUSEE:
        return
    verdict = Verdict.SAIN
    if settings.CLAMAV_ADRESSE:
        octets = coffre.lire(COFFRE, str(document_id))
        verdict = analyser(octets, adresse=settings.CLAMAV_ADRESSE, secondes=SECONDES_EN_TRAVAIL)
    if verdict is Verdict.INDISPONIBLE:
        raise AntivirusIndisponible(f"document {document_id} : l’antivirus ne répond pas")
    with transaction.atomic():
        _inscrire(document_id, verdict, maintenant)


def _inscrire(document_id: UUID, verdict: Verdict, maintenant: datetime) -> None:
    document = _documents([document_id]).select_for_update().first()
    if document is None or document.etat == EtatDocument.REFUSEE:
        return
    if verdict is Verdict.INFECTE:
        document.avancer(EtatDocument.REFUSEE)
        document.motif_refus = f"{PHRASE_ANTIVIRUS}."
        transaction.on_commit(lambda: coffre.retirer(COFFRE, str(document_id)))
        oublier_apercu(document_id=document_id)
    elif not settings.CLAMAV_ADRESSE:
        if document.etat != EtatDocument.EN_ATTENTE:
            return
        document.avancer(EtatDocument.CONTROLEE)
    elif document.etat != EtatDocument.SAINE:
        document.avancer(EtatDocument.SAINE)
    document.analyse_le = maintenant
    document.save(update_fields=["etat", "motif_refus", "analyse_le"])
    for suite in suites_d_analyse():
        suite(document_id, maintenant)


def relancer_analyses(*, maintenant: datetime) -> None:
    """Queue again every document that has waited for an hour: the retries of its job may be over."""
    for identifiant in (
        Document.objects.en_attente().filter(depose_le__lt=maintenant - timedelta(hours=1)).values_list("id", flat=True)
    ):
        differer(TACHE_ANALYSE, document_id=str(identifiant))


def retenir_document(*, document_id: UUID) -> Document:
    """Lock a document that one more row is about to point to, until the end of the caller's transaction: it cannot go away meanwhile.

    Raises: Introuvable (its last owner let it go), DocumentIndisponible (still analysed, or refused).
    """
    document = _documents([document_id]).select_for_update().first()
    if document is None:
        raise Introuvable("Ce document n’existe plus.")
    exiger_lisible(document)
    return document


def supprimer_document(*, document: Document) -> bool:
    """Let a document go: its owner has judged the right to do so, and points to it no more. Says whether it is deleted.

    A document may be shared: while another row points to it, it is kept whole. The lock comes before the look, so that of two
    owners who let it go together the last one deletes it, and none deletes what `retenir_document` has just given to a third.
    Once the transaction is done, its content goes.
    """
    cle = str(document.id)
    with transaction.atomic():
        _documents([document.id]).select_for_update().first()
        try:
            with transaction.atomic():
                oublier_apercu(document_id=document.id)
                _documents([document.id]).delete()
        except ProtectedError:
            return False
        transaction.on_commit(lambda: coffre.retirer(COFFRE, cle))
    return True


def retirer_orphelins() -> None:
    """Delete the contents without a row, a day old: an upload cut short, a deletion killed between its two halves."""
    coffre.retirer_provisoires(COFFRE, AGE_ORPHELIN)
    for cle in coffre.cles_anciennes(COFFRE, AGE_ORPHELIN):
        if not _documents([UUID(cle)]).exists():
            coffre.retirer(COFFRE, cle)


def _documents(ids: list[UUID]) -> QuerySet[Document]:
    return Document.objects.de_proprietaire(ids, "action sur le document lui-même")
