"""Probes: `/healthz` says that the process lives, `/readyz` that it may serve (exigences, R13)."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from jalon.pieces.requetes import antivirus
from jalon.socle.horloge import maintenant
from jalon.socle.relance import etat_de_la_file
from jalon.socle.sante import DISQUE_A_SURVEILLER, DISQUE_PLEIN, migrations_manquantes, part_occupee
from jalon.web.composants.acces import page, public

ATTENTE_MAXIMALE = timedelta(seconds=60)


class Signe(StrEnum):
    """ROUGE answers 503; A_SURVEILLER does not."""

    VERT = "vert"
    A_SURVEILLER = "a-surveiller"
    ROUGE = "rouge"


class _Memoire:
    """Once every migration is there, they stay there as long as this process lives."""

    migrations_appliquees = False


def _migrations() -> Signe:
    if not _Memoire.migrations_appliquees:
        _Memoire.migrations_appliquees = not migrations_manquantes()
    return Signe.VERT if _Memoire.migrations_appliquees else Signe.ROUGE


def _file() -> Signe:
    return Signe.VERT if etat_de_la_file().attente < ATTENTE_MAXIMALE else Signe.ROUGE


def _disque() -> Signe:
    part = part_occupee(Path(settings.JALON_VAR))
    if part >= DISQUE_PLEIN:
        return Signe.ROUGE
    return Signe.VERT if part < DISQUE_A_SURVEILLER else Signe.A_SURVEILLER


def _antivirus() -> Signe:
    """Without an answer, documents wait; the site serves."""
    etat = antivirus(maintenant())
    return Signe.VERT if etat.pret or not etat.configure else Signe.A_SURVEILLER


CONTROLES: dict[str, Callable[[], Signe]] = {
    "migrations": _migrations,
    "file": _file,
    "disque": _disque,
    "antivirus": _antivirus,
}


@page(public())
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is looked at."""
    del request
    return JsonResponse({"statut": "vert"})


@page(public())
def readyz(request: HttpRequest) -> HttpResponse:
    """Each dependency as a colour, never a detail: everybody may read this page. 503 when one is red."""
    del request
    signes = {"base": Signe.VERT}
    for nom, controle in CONTROLES.items():
        try:
            signes[nom] = controle()
        except DatabaseError:
            signes["base"] = signes[nom] = Signe.ROUGE
    pire = max(signes.values(), key=list(Signe).index)
    return JsonResponse({"statut": pire, "controles": signes}, status=503 if pire is Signe.ROUGE else 200)
