"""Reading the folder where the default transport writes."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

LIMITE = 100


@dataclass(frozen=True, slots=True)
class CourrielEcrit:
    """One message as a mailbox shows it."""

    identifiant: UUID
    le: datetime
    a: str
    sujet: str
    texte: str


def _lire(fichier: Path) -> CourrielEcrit:
    message = message_from_bytes(fichier.read_bytes(), policy=policy.default)
    corps = message.get_body(preferencelist=("plain",)) if isinstance(message, EmailMessage) else None
    return CourrielEcrit(
        identifiant=UUID(fichier.stem),
        le=parsedate_to_datetime(str(message["Date"])),
        a=str(message["To"]),
        sujet=str(message["Subject"]),
        texte=corps.get_content() if corps is not None else "",
    )


def boite(adresse: str = "") -> list[CourrielEcrit]:
    """Last messages written, newest first, to one address or to everybody."""
    dossier = Path(settings.JALON_DOSSIER_COURRIELS)
    fichiers = sorted(dossier.glob("*.eml"), key=lambda f: f.name, reverse=True) if dossier.is_dir() else []
    lus = (_lire(fichier) for fichier in fichiers[: LIMITE * 5])
    return [courriel for courriel in lus if not adresse or adresse.lower() in courriel.a.lower()][:LIMITE]


def un_courriel(identifiant: UUID) -> CourrielEcrit | None:
    """One message."""
    fichier = Path(settings.JALON_DOSSIER_COURRIELS) / f"{identifiant}.eml"
    return _lire(fichier) if fichier.is_file() else None
