"""The real hand-over: SMTP when SMTP_URL is set, otherwise one file per message in a folder."""

import os
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend


def remettre(identifiant: UUID, adresse: str, sujet: str, texte: str, html: str, le: datetime) -> None:
    """Hand one message over; the Message-ID is the row's id, so that a repeated hand-over is the same message."""
    message = EmailMultiAlternatives(
        subject=" ".join(sujet.split()),
        body=texte,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[adresse],
        headers={"Message-ID": f"<{identifiant}@jalon>", "Date": format_datetime(le)},
    )
    if html:
        message.attach_alternative(html, "text/html")
    if settings.JALON_SMTP:
        _serveur(settings.JALON_SMTP).send_messages([message])
    else:
        _ecrire(Path(settings.JALON_DOSSIER_COURRIELS), identifiant, message.message().as_bytes())


def _serveur(url: str) -> EmailBackend:
    parties = urlsplit(url)
    return EmailBackend(
        host=parties.hostname,
        port=parties.port,
        username=unquote(parties.username or ""),
        password=unquote(parties.password or ""),
        use_tls=parties.scheme == "smtp+tls",
        use_ssl=parties.scheme == "smtps",
        timeout=20,
    )


def _ecrire(dossier: Path, identifiant: UUID, octets: bytes) -> None:
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = dossier / f".{identifiant}.tmp"
    with provisoire.open("wb") as fichier:
        fichier.write(octets)
        fichier.flush()
        os.fsync(fichier.fileno())
    provisoire.rename(dossier / f"{identifiant}.eml")
