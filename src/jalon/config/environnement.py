"""What the process is told from outside, read once."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

RACINE = Path(__file__).resolve().parents[3]
DOSSIER_VAR = Path(os.environ.get("JALON_VAR", RACINE / "var"))


class ReglageManquant(RuntimeError):
    """A setting is missing or contradicts another."""


@dataclass(frozen=True)
class Environnement:
    """The variables honoured by Jalon; docs/exploitation.md lists them."""

    base: str
    base_proprietaire: str
    secret: str
    cles: tuple[str, ...]
    cle_empreintes: str
    url: str
    hotes: tuple[str, ...]
    demo: bool
    clamav: str
    courriels: str
    smtp: str


def lire() -> Environnement:
    """Read the variables. Raises ReglageManquant with the name of what lacks."""
    demo = os.environ.get("JALON_DEMO") == "1"
    base = os.environ.get("DATABASE_URL", "postgresql:///jalon")
    url = os.environ.get("JALON_URL", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")
    hote = urlsplit(url).hostname or "localhost"
    if demo and hote not in {"localhost", "127.0.0.1", "::1"}:
        raise ReglageManquant("JALON_DEMO=1 ne s’utilise que sur une adresse locale (localhost).")
    return Environnement(
        base=base,
        base_proprietaire=os.environ.get("DATABASE_URL_PROPRIETAIRE", base),
        secret=_secret("SECRET_KEY"),
        cles=tuple(c for c in _secret("JALON_CLES").split(",") if c),
        cle_empreintes=_secret("JALON_CLE_EMPREINTES"),
        url=url,
        hotes=tuple(os.environ.get("JALON_HOTES", hote).split(",")),
        demo=demo,
        clamav=os.environ.get("CLAMAV_ADRESSE", ""),
        courriels=os.environ.get("JALON_COURRIELS", str(DOSSIER_VAR / "courriels")),
        smtp=os.environ.get("SMTP_URL", ""),
    )


def _secret(nom: str) -> str:
    valeur = os.environ.get(nom, "")
    if not valeur:
        raise ReglageManquant(f"Indiquez la variable d’environnement {nom} (voir docs/exploitation.md).")
    return valeur


def base_django(url: str, *, reserve: bool) -> dict[str, Any]:
    """Django's DATABASES entry for a libpq URL; `reserve` keeps a pool of connections (web processes)."""
    infos = conninfo_to_dict(url)
    options: dict[str, Any] = {
        cle: str(valeur) for cle, valeur in infos.items() if cle not in {"host", "port", "user", "password", "dbname"}
    }
    if reserve:
        options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": infos.get("dbname", ""),
        "USER": infos.get("user", ""),
        "PASSWORD": infos.get("password", ""),
        "HOST": infos.get("host", ""),
        "PORT": infos.get("port", ""),
        "CONN_MAX_AGE": 0 if reserve else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
