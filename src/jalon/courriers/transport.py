"""The real hand-over: SMTP when SMTP_URL is set, otherwise one file per message in a folder."""

import contextlib
import os
import smtplib
import ssl
import time
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

SECONDES_SMTP = 20
JOURS_DES_FICHIERS = 30
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
ADRESSES_INCONNUES = (b"5.1.", b"#5.1.", b"5.2.1")


class AdresseRefusee(RuntimeError):
    """The address does not exist, says the server: sending again would change nothing."""


def remettre(
    identifiant: UUID, adresse: str, sujet: str, texte: str, html: str, le: datetime, entetes: Mapping[str, str] | None = None
) -> None:
    """Hand one message over; the Message-ID is the row's id, so that a repeated hand-over is the same message. `entetes`: its own.

    Raises AdresseRefusee; OSError and SMTPException when the hand-over must be tried again.
    """
    try:
        validate_email(adresse)
    except ValidationError as erreur:
        raise AdresseRefusee("adresse mal formée") from erreur
    domaine = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=" ".join(sujet.split()),
        body=texte,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[adresse],
        headers={
            **(entetes or {}),
            "Message-ID": f"<{identifiant}@{domaine}>",
            "Date": format_datetime(le),
            "Auto-Submitted": "auto-generated",
        },
    )
    if html:
        message.attach_alternative(html, "text/html")
    mime: Any = message.message()
    if settings.JALON_SMTP:
        _par_smtp(settings.JALON_SMTP, adresse, mime.as_bytes(linesep="\r\n"))
    else:
        _ecrire(Path(settings.JALON_DOSSIER_COURRIELS), identifiant, mime.as_bytes())


def joindre_le_serveur(url: str) -> None:
    """Open a session as SMTP_URL says and close it, for `jalon verifier`. Raises OSError or SMTPException."""
    with _connecter(url) as serveur:
        serveur.noop()


def effacer_fichiers_anciens() -> None:
    """Delete the files of the default transport older than thirty days, by the date of the disk."""
    dossier = Path(settings.JALON_DOSSIER_COURRIELS)
    limite = time.time() - JOURS_DES_FICHIERS * 86_400
    for motif in ("*.eml", ".*.tmp"):
        for fichier in dossier.glob(motif):
            with contextlib.suppress(FileNotFoundError):
                if fichier.stat().st_mtime < limite:
                    fichier.unlink()


def _par_smtp(url: str, adresse: str, octets: bytes) -> None:
    serveur = _connecter(url)
    try:
        serveur.sendmail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], [adresse], octets)
    except smtplib.SMTPRecipientsRefused as refus:
        if any(code in {501, 553} or texte.startswith(ADRESSES_INCONNUES) for code, texte in refus.recipients.values()):
            raise AdresseRefusee("adresse refusée par le serveur") from refus
        raise
    finally:
        # What the server has accepted stays accepted, whatever it answers to our farewell.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            serveur.quit()
        serveur.close()


def _connecter(url: str) -> smtplib.SMTP:
    """Open, encrypt and sign in as SMTP_URL says (smtp, smtp+tls, smtps)."""
    parties = urlsplit(url)
    hote, port = parties.hostname or "localhost", parties.port or PORTS[parties.scheme]
    contexte = ssl.create_default_context()
    serveur = (
        smtplib.SMTP_SSL(hote, port, timeout=SECONDES_SMTP, context=contexte)
        if parties.scheme == "smtps"
        else smtplib.SMTP(hote, port, timeout=SECONDES_SMTP)
    )
    try:
        if parties.scheme == "smtp+tls":
            serveur.starttls(context=contexte)
        if parties.username:
            serveur.login(unquote(parties.username), unquote(parties.password or ""))
    except BaseException:
        serveur.close()
        raise
    return serveur


def _ecrire(dossier: Path, identifiant: UUID, octets: bytes) -> None:
    """Whole or not at all, and on the disk: temporary file, fsync, rename, fsync of the folder."""
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = dossier / f".{identifiant}.tmp"
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "wb") as fichier:
        fichier.write(octets)
        fichier.flush()
        os.fsync(fichier.fileno())
    provisoire.replace(dossier / f"{identifiant}.eml")
    repertoire = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(repertoire)
    finally:
        os.close(repertoire)
