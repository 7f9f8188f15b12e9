"""Preparing in the caller's transaction, sending from a job."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from jalon.courriers.enums import EtatCourriel
from jalon.courriers.messages import Destinataire, Message, genre
from jalon.courriers.models import Courriel
from jalon.courriers.transport import remettre
from jalon.socle.travaux import differer

GENRE_DIRECT = "direct"


def preparer(
    classe: type[Message], objet_id: UUID, destinataires: Iterable[Destinataire], *, le: datetime, cle: str = ""
) -> None:
    """Queue one e-mail per recipient; the same (kind, object, address, key) is queued once for ever."""
    for destinataire in {d.adresse.lower(): d for d in destinataires}.values():
        courriel, cree = Courriel.objects.get_or_create(
            genre=classe.genre,
            objet_id=objet_id,
            adresse=destinataire.adresse.lower(),
            cle=cle,
            defaults={"destinataire_id": destinataire.personne_id, "version": classe.version, "prepare_le": le},
        )
        if cree:
            differer("courriers.envoyer", courriel_id=str(courriel.id))


def preparer_direct(*, adresse: str, sujet: str, texte: str, html: str, le: datetime) -> None:
    """Queue a message already rendered (sign-in codes, reset links): its body is wiped once sent."""
    courriel = Courriel.objects.create(
        genre=GENRE_DIRECT, adresse=adresse.lower(), sujet=sujet[:200], texte=texte, html=html, prepare_le=le
    )
    differer("courriers.envoyer", courriel_id=str(courriel.id))


def envoyer_courriel(*, courriel_id: UUID, maintenant: datetime) -> None:
    """Render, check the right of the recipient, hand over, mark. Idempotent: a repeated job sends nothing more.

    The transport is given the row's id as Message-ID (and as file name), so that a hand-over repeated after a kill
    between the hand-over and the mark replaces itself.
    """
    with transaction.atomic():
        courriel = Courriel.objects.select_for_update(of=("self",)).filter(id=courriel_id).first()
        if courriel is None or courriel.etat != EtatCourriel.A_ENVOYER:
            return
        if courriel.genre == GENRE_DIRECT:
            remettre(courriel.id, courriel.adresse, courriel.sujet, courriel.texte, courriel.html, maintenant)
        elif not _remettre_declare(courriel, maintenant):
            courriel.etat = EtatCourriel.ANNULE
            courriel.save(update_fields=["etat"])
            return
        courriel.etat, courriel.envoye_le = EtatCourriel.ENVOYE, maintenant
        courriel.texte = courriel.html = ""
        courriel.save(update_fields=["etat", "envoye_le", "texte", "html", "sujet"])


def _remettre_declare(courriel: Courriel, maintenant: datetime) -> bool:
    if courriel.objet_id is None:
        return False
    message = genre(courriel.genre).charger(courriel.objet_id, Destinataire(courriel.adresse, courriel.destinataire_id))
    if message is None or not message.autorise():
        return False
    courriel.sujet = message.sujet()[:200]
    contexte = {"url": settings.JALON_URL, "opco": settings.JALON_OPCO, "sujet": courriel.sujet, **message.contexte()}
    texte = render_to_string(f"{message.gabarit}.txt", contexte)
    html = render_to_string(f"{message.gabarit}.html", contexte)
    remettre(courriel.id, courriel.adresse, courriel.sujet, texte, html, maintenant)
    return True
