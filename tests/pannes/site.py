"""The web server of the product with a PostgreSQL of its own, and what a browser asks it."""

import contextlib
import http.client
import os
import re
import signal
import socket
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from jalon.comptes.models import Personne
from jalon.config.embarque import Grappe

JETON = "a" * 32
PERDUE = 0
"""Status of an answer that never came."""


def port_libre() -> int:
    """A port that nobody listens on."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@dataclass(frozen=True)
class Reponse:
    """What a browser receives."""

    statut: int
    texte: str = ""
    entetes: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A running site; `seance`: the cookie of the person who asks."""

    port: int
    grappe: Grappe
    serveur: Any
    journal: Path
    environnement: dict[str, str]
    seance: str = ""

    def connecter(self, personne: Personne) -> None:
        """Open a session, as the sign-in page does."""
        navigateur = Client()
        navigateur.force_login(personne)
        self.seance = navigateur.session.session_key or ""

    def demander(self, methode: str, chemin: str, champs: dict[str, str] | None = None, *, seance: bool = True) -> Reponse:
        """One request, redirections not followed; a probe asks without session."""
        temoins = f"{settings.CSRF_COOKIE_NAME}={JETON}" + (f"; {settings.SESSION_COOKIE_NAME}={self.seance}" if seance else "")
        corps = urlencode({"csrfmiddlewaretoken": JETON, **(champs or {})}) if methode == "POST" else None
        entetes = {"Cookie": temoins, "Content-Type": "application/x-www-form-urlencoded"}
        connexion = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connexion.request(methode, chemin, corps, entetes)
            recue = connexion.getresponse()
            return Reponse(recue.status, recue.read().decode(), {nom.lower(): valeur for nom, valeur in recue.getheaders()})
        except (OSError, http.client.HTTPException):
            return Reponse(PERDUE)
        finally:
            connexion.close()

    def ensemble(self, demandes: list[tuple[str, str]]) -> list["Future[Reponse]"]:
        """Ask several things at once; the answers to come."""
        equipe = ThreadPoolExecutor(max_workers=len(demandes))
        promesses = [equipe.submit(self.demander, *demande) for demande in demandes]
        equipe.shutdown(wait=False)
        return promesses

    def processus(self) -> set[int]:
        """The living processes of the web server."""
        return {self.serveur.pid, *_enfants(self.serveur.pid)}


def reessayer(page: str) -> tuple[str, str, dict[str, str]] | None:
    """What « Réessayer » does in a 503 page: method, address, fields. None when the page has no such button."""
    formulaire = re.search(r'<form method="post" action="([^"]*)">(.*?)Réessayer</button></form>', page, re.DOTALL)
    if formulaire is None:
        lien = re.search(r'<a class="btn btn--1" href="([^"]*)">Réessayer</a>', page)
        return ("GET", unescape(lien[1]), {}) if lien else None
    champs = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', formulaire[2]))
    return "POST", unescape(formulaire[1]), {nom: unescape(valeur) for nom, valeur in champs.items()}


def tuer_la_base(grappe: Grappe) -> None:
    """SIGKILL to the postmaster that `postmaster.pid` names, then to all its children."""
    postmaster = int((grappe.donnees / "postmaster.pid").read_text().splitlines()[0])
    assert grappe.processus is not None
    assert grappe.processus.pid == postmaster
    for pid in (postmaster, *_enfants(postmaster)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    grappe.processus.wait(20)


def _enfants(parent: int) -> set[int]:
    enfants = set()
    for processus in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            etat, pere = (processus / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(pere) == parent and etat != "Z":
                enfants.add(int(processus.name))
    return enfants
