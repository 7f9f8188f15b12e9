"""Preparing in the caller's transaction, sending from a job."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from jalon.courriers.enums import EtatCourriel
from jalon.courriers.messages import Destinataire, Message, genre
from jalon.courriers.models import Courriel
from jalon.courriers.transport import AdresseRefusee, effacer_fichiers_anciens, remettre
from jalon.socle.chiffre import chiffrer, dechiffrer
from jalon.socle.dates import debut_du_jour, jour_de_paris, mois_avant
from jalon.socle.travaux import differer

GENRE_DIRECT = "direct"


def preparer(
    classe: type[Message], objet_id: UUID, destinataires: Iterable[Destinataire], *, le: datetime, cle: str = ""
) -> None:
    """Queue one e-mail per recipient, in the caller's transaction if it has one.

    The same (kind, object, address, key) is queued once for ever: a repeated action sends nothing more.
    """
    with transaction.atomic():
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
    """Queue a message already rendered (sign-in codes, reset links): its body is encrypted, and wiped once sent."""
    courriel = Courriel(genre=GENRE_DIRECT, adresse=adresse.lower(), sujet=sujet[:200], prepare_le=le)
    courriel.texte = chiffrer(texte, courriel.id)
    courriel.html = chiffrer(html, courriel.id) if html else ""
    with transaction.atomic():
        courriel.save(force_insert=True)
        differer("courriers.envoyer", courriel_id=str(courriel.id))


def envoyer_courriel(*, courriel_id: UUID, maintenant: datetime) -> None:
    """Render, check the right of the recipient, hand over, mark. Idempotent: a repeated job sends nothing more.

    The transport is given the row's id as Message-ID (and as file name), so that a hand-over repeated after a kill
    between the hand-over and the mark replaces itself. Raises what the transport raises when it must be tried again.
    """
    with transaction.atomic():
        courriel = Courriel.objects.select_for_update(of=("self",)).filter(id=courriel_id).first()
        if courriel is None or courriel.etat != EtatCourriel.A_ENVOYER:
            return
        try:
            courriel.etat = EtatCourriel.ENVOYE if _remettre(courriel, maintenant) else EtatCourriel.ANNULE
        except AdresseRefusee:
            courriel.etat = EtatCourriel.REFUSE
        if courriel.etat == EtatCourriel.ENVOYE:
            courriel.envoye_le = maintenant
        courriel.texte = courriel.html = ""
        courriel.save(update_fields=["etat", "envoye_le", "texte", "html", "sujet"])


def oublier_courriels(*, maintenant: datetime) -> int:
    """Delete the rows (address, subject) of what was sent, given up or refused JALON_CONSERVATION_COURRIELS months ago.

    Without SMTP_URL, the files of the default transport go after thirty days.
    """
    effacer_fichiers_anciens()
    limite = debut_du_jour(mois_avant(jour_de_paris(maintenant), settings.JALON_CONSERVATION_COURRIELS))
    finis = Courriel.objects.exclude(etat=EtatCourriel.A_ENVOYER).filter(prepare_le__lt=limite)
    nombre, _ = finis.delete()
    return nombre


def oublier_courriels_de(*, objets: Mapping[type[Message], Collection[UUID]]) -> None:
    """Delete the rows of the messages about objects that are being erased, those that still wait included."""
    for classe, ids in objets.items():
        Courriel.objects.filter(genre=classe.genre, objet_id__in=list(ids)).delete()


def _remettre(courriel: Courriel, maintenant: datetime) -> bool:
    """Hand over unless the object is gone or the recipient no longer entitled."""
    entetes: Mapping[str, str] = {}
    if courriel.genre == GENRE_DIRECT:
        texte, html = dechiffrer(courriel.texte, courriel.id), courriel.html and dechiffrer(courriel.html, courriel.id)
    else:
        message = _charger(courriel)
        if message is None or not message.autorise():
            return False
        courriel.sujet = message.sujet()[:200]
        texte, html = rendre(message, courriel.sujet)
        entetes = message.entetes()
    remettre(courriel.id, courriel.adresse, courriel.sujet, texte, html, maintenant, entetes)
    return True


def _charger(courriel: Courriel) -> Message | None:
    if courriel.objet_id is None:
        return None
    return genre(courriel.genre).charger(courriel.objet_id, Destinataire(courriel.adresse, courriel.destinataire_id))


def rendre(message: Message, sujet: str) -> tuple[str, str]:
    """Text and HTML of a message, as they leave."""
    contexte = {
        "url": settings.JALON_URL,
        "opco": settings.JALON_OPCO,
        "telephone": settings.JALON_ASSISTANCE_TELEPHONE,
        "sujet": sujet,
        **message.contexte(),
    }
    return render_to_string(f"{message.gabarit}.txt", contexte), render_to_string(f"{message.gabarit}.html", contexte)
