"""What was typed when the identity had first to be confirmed: kept in the session, encrypted, and sent by one button afterwards.

A form may take longer to fill than the five minutes of a confirmation: nothing typed is lost for that.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from jalon.socle.chiffre import chiffrer, dechiffrer

CLE = "saisie_a_reprendre"
DUREE = 15 * 60
"""Seconds during which it can be sent."""
SIGNES_AU_PLUS = 1_100_000
"""The largest file of rights that a page carries in a box, and what goes with it."""


@dataclass(frozen=True, slots=True)
class Reprise:
    """Where it was going, every box (name, value), the names of the files to attach again, the page that held the form."""

    chemin: str
    champs: Sequence[tuple[str, str]]
    fichiers: Sequence[str]
    retour: str


def garder(request: HttpRequest, reprise: Reprise) -> bool:
    """Keep it in place of any other; False when it is nothing, or too long, or nobody's."""
    contenu = json.dumps([reprise.chemin, list(reprise.champs), list(reprise.fichiers), reprise.retour])
    if not (reprise.champs or reprise.fichiers) or len(contenu) > SIGNES_AU_PLUS or not request.user.is_authenticated:
        return False
    request.session[CLE] = [time.time(), chiffrer(contenu, str(request.user.pk))]
    return True


def gardee(request: HttpRequest) -> Reprise | None:
    """What waits to be sent; forgotten once it is too old."""
    le, contenu = request.session.get(CLE, (0, ""))
    if not contenu:
        return None
    if time.time() - le > DUREE:
        del request.session[CLE]
        return None
    chemin, champs, fichiers, retour = json.loads(dechiffrer(contenu, str(request.user.pk)))
    return Reprise(chemin, [(nom, valeur) for nom, valeur in champs], fichiers, retour)
