"""What the process is told from outside, read once."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from jalon.socle.openid import Openid

RACINE = Path(__file__).resolve().parents[3]
DOSSIER_VAR = Path(os.environ.get("JALON_VAR", RACINE / "var"))


MOIS_DE_CONSERVATION = 12
MOIS_DES_SALARIES = 36
MOIS_AU_PLUS = 120
BUDGETS = {
    "entreprise": (450, 450, 2_000),
    "cabinet": (450, 1_500, 5_000),
    "prestataire": (450, 450, 2_000),
    "opco": (450, 1_500, 5_000),
    "cle": (450, 20_000, 20_000),
    "organisation": (2_000, 20_000, 1_000_000),
}
"""Reading budgets of a day: people granted whatever the past, people at most, rows of lists (exigences, S5)."""
EXPORTS = {"espace": (200_000, 1_000_000, 5_000), "opco": (1_500_000, 6_000_000, 50_000)}
"""Rows taken out in a day by a person, then by all those of an organisation; rows of one file that its administrators are told of (T9)."""


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
    mandataires: int
    mois_messages: int
    mois_salaries: int
    mois_courriels: int
    mois_anciennes_cles: int
    prefixe_cles: str
    divulgues: str
    second_facteur_lecteurs: str
    cle_opco: bool
    openid: Openid | None
    budgets: dict[str, tuple[int, int, int]]
    exports: dict[str, tuple[int, int, int]]
    base_sceau: str


def lire() -> Environnement:
    """Read the variables. Raises ReglageManquant with the name of what lacks."""
    demo = os.environ.get("JALON_DEMO") == "1"
    base = os.environ.get("DATABASE_URL", "postgresql:///jalon")
    url = os.environ.get("JALON_URL", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")
    hote = _hote(url)
    if demo and hote not in {"localhost", "127.0.0.1", "::1"}:
        raise ReglageManquant("JALON_DEMO=1 ne s’utilise que sur une adresse locale (localhost).")
    return Environnement(
        base=lire_base("DATABASE_URL", base),
        base_proprietaire=lire_base("DATABASE_URL_PROPRIETAIRE", os.environ.get("DATABASE_URL_PROPRIETAIRE", base)),
        secret=_secret("SECRET_KEY"),
        cles=tuple(c for c in _secret("JALON_CLES").split(",") if c),
        cle_empreintes=_secret("JALON_CLE_EMPREINTES"),
        url=url,
        hotes=tuple(os.environ.get("JALON_HOTES", hote).split(",")),
        demo=demo,
        clamav=os.environ.get("CLAMAV_ADRESSE", ""),
        courriels=os.environ.get("JALON_COURRIELS", str(DOSSIER_VAR / "courriels")),
        smtp=_smtp(os.environ.get("SMTP_URL", "")),
        mandataires=_nombre("JALON_MANDATAIRES"),
        mois_messages=_mois("JALON_CONSERVATION_MESSAGES"),
        mois_courriels=_mois("JALON_CONSERVATION_COURRIELS"),
        mois_salaries=_mois("JALON_CONSERVATION_SALARIES", MOIS_DES_SALARIES),
        mois_anciennes_cles=_mois("JALON_ANCIENNES_CLES"),
        prefixe_cles=_prefixe("JALON_PREFIXE_CLES", os.environ.get("JALON_PREFIXE_CLES", "jalon_")),
        divulgues=_fichier("JALON_MOTS_DE_PASSE_DIVULGUES"),
        second_facteur_lecteurs=_parmi("JALON_SECOND_FACTEUR_LECTEURS", "obligatoire", "facultatif"),
        cle_opco=_parmi("JALON_CLE_ACCES_OPCO", *(("0", "1") if demo else ("1", "0"))) == "1",
        openid=_openid(os.environ.get("JALON_OIDC_EMETTEUR", "").rstrip("/")),
        budgets={lecteur: _budget(lecteur, defaut) for lecteur, defaut in BUDGETS.items()},
        exports={cote: _exports(cote, defaut) for cote, defaut in EXPORTS.items()},
        base_sceau=lire_base("DATABASE_URL_SCEAU", os.environ.get("DATABASE_URL_SCEAU", "")),
    )


def _openid(emetteur: str) -> Openid | None:
    """All of it or nothing; encrypted, except on the machine itself."""
    if not emetteur:
        return None
    local = urlsplit(emetteur).hostname in {"localhost", "127.0.0.1", "::1"}
    if urlsplit(emetteur).scheme not in ({"http", "https"} if local else {"https"}):
        raise ReglageManquant(f"JALON_OIDC_EMETTEUR commence par https:// (reçu\u00a0: {emetteur}).")
    return Openid(
        emetteur=emetteur,
        client=_secret("JALON_OIDC_CLIENT"),
        secret=_secret("JALON_OIDC_SECRET"),
        acr=tuple(_secret("JALON_OIDC_ACR").split(",")),
        nom=os.environ.get("JALON_OIDC_NOM", "ProConnect"),
    )


def _hote(url: str) -> str:
    try:
        parties = urlsplit(url)
        lisible = parties.scheme in {"http", "https"} and not parties.path and parties.port != 0
    except ValueError:
        lisible = False
    if not lisible or not parties.hostname:
        raise ReglageManquant(f"JALON_URL est l’adresse publique, par exemple https://mon-espace.exemple.fr (reçu\u00a0: {url}).")
    return parties.hostname


def lire_base(nom: str, url: str) -> str:
    """A connection to PostgreSQL, as it was given under that name. Raises ReglageManquant when it cannot be read."""
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise ReglageManquant(
            f"{nom} ne se lit pas\u00a0: écrivez postgresql://role:secret@hote:5432/base (caractères spéciaux en %XX)."
        ) from None
    return url


def _smtp(url: str) -> str:
    if url and (urlsplit(url).scheme not in {"smtp", "smtp+tls", "smtps"} or not urlsplit(url).hostname):
        raise ReglageManquant("SMTP_URL s’écrit smtp://, smtp+tls:// ou smtps://utilisateur:secret@hote:port.")
    return url


def _nombre(nom: str) -> int:
    valeur = os.environ.get(nom, "0")
    if not valeur.isascii() or not valeur.isdigit():
        raise ReglageManquant(f"{nom} est un nombre entier (reçu\u00a0: {valeur}).")
    return int(valeur)


def _mois(nom: str, defaut: int = MOIS_DE_CONSERVATION) -> int:
    valeur = os.environ.get(nom, str(defaut))
    if not valeur.isascii() or not valeur.isdigit() or not 1 <= int(valeur) <= MOIS_AU_PLUS:
        raise ReglageManquant(f"{nom} est un nombre de mois, de 1 à {MOIS_AU_PLUS} (reçu\u00a0: {valeur}).")
    return int(valeur)


def _prefixe(nom: str, valeur: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]{1,14}_", valeur):
        raise ReglageManquant(
            f"{nom} commence les clés d’API\u00a0: 2 à 15 lettres minuscules ou chiffres, puis «\u00a0_\u00a0» (reçu\u00a0: {valeur})."
        )
    return valeur


def _parmi(nom: str, habituel: str, autre: str) -> str:
    valeur = os.environ.get(nom, habituel)
    if valeur not in {habituel, autre}:
        raise ReglageManquant(f"{nom} vaut {habituel} ou {autre} (reçu\u00a0: {valeur}).")
    return valeur


def _fichier(nom: str) -> str:
    chemin = os.environ.get(nom, "")
    if chemin and not (Path(chemin).is_file() and os.access(chemin, os.R_OK)):
        raise ReglageManquant(f"{nom} est le chemin d’un fichier lisible (reçu\u00a0: {chemin}).")
    return chemin


def _budget(lecteur: str, defaut: tuple[int, int, int]) -> tuple[int, int, int]:
    nom = f"JALON_BUDGET_{lecteur.upper()}"
    personnes, plafond, lignes = _trois(nom, defaut, "personnes/plafond/lignes, par exemple 450/1500/5000")
    return personnes, max(personnes, plafond), lignes


def _exports(cote: str, defaut: tuple[int, int, int]) -> tuple[int, int, int]:
    nom = f"JALON_EXPORTS_{cote.upper()}"
    personne, ensemble, annonce = _trois(nom, defaut, "personne/ensemble/annonce, par exemple 200000/1000000/5000")
    return personne, max(personne, ensemble), annonce


def _trois(nom: str, defaut: tuple[int, int, int], forme: str) -> tuple[int, int, int]:
    morceaux = os.environ.get(nom, "/".join(map(str, defaut))).split("/")
    if len(morceaux) != 3 or not all(m.isascii() and m.isdigit() and int(m) for m in morceaux):
        raise ReglageManquant(f"{nom} s’écrit {forme} (reçu\u00a0: {'/'.join(morceaux)}).")
    un, deux, trois = map(int, morceaux)
    return un, deux, trois


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
    options["prepare_threshold"] = 0
    if reserve:
        # A page waits for a connection as long as the pool keeps trying to open one. Left to itself, the pool would try again
        # after twice the time each time: a base away for a minute would be missed for another minute once it is back.
        options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 5, "reconnect_timeout": 4}
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
