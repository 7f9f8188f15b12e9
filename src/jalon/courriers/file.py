"""Django's e-mail backend: what allauth sends goes through our queue."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from jalon.courriers.actions import preparer_direct
from jalon.socle.horloge import maintenant


class FileDAttente(BaseEmailBackend):
    """Queue instead of sending: a page never waits for a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        nombre = 0
        for message in email_messages:
            html = ""
            if isinstance(message, EmailMultiAlternatives):
                html = next((str(a[0]) for a in message.alternatives if a[1] == "text/html"), "")
            for adresse in message.recipients():
                preparer_direct(adresse=adresse, sujet=str(message.subject), texte=str(message.body), html=html, le=maintenant())
                nombre += 1
        return nombre
