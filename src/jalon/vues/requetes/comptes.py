"""Counts of quick accesses: asked each time, except what is beyond the bound or slow, kept five minutes at most."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Protocol

from django.core.cache import caches

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Domaine, Droit, Niveau
from jalon.socle.listes import Compte, Lecture, Liste
from jalon.vues.regles import Lieu

MEMOIRE = 300
"""Seconds that a count is kept, in each process: issue 5 allows no more."""
LENT = 0.05
"""Seconds beyond which a count is slow."""


class ACompter(Protocol):
    """What is counted."""

    @property
    def liste(self) -> Liste:
        """Its list."""

    @property
    def parametres(self) -> str:
        """Its filters."""

    @property
    def lieu(self) -> Lieu:
        """Where."""


def compter_vue(acteur: ActeurPersonne, vue: ACompter, lecture: Lecture, jour: date) -> Compte:
    """How many rows the actor herself sees there. What is kept is found again by the same rights alone: one that is withdrawn
    counts no more from the next request."""
    ici = acteur.sur(vue.lieu.siren) if vue.lieu.siren else acteur
    cle = _cle(ici, vue, jour)
    garde: Compte | None = caches["processus"].get(cle)
    if garde is not None:
        return garde
    debut = time.perf_counter()
    compte = vue.liste.compter(ici, vue.lieu.siren or None, lecture, jour)
    if compte.plafonne or time.perf_counter() - debut > LENT:
        caches["processus"].set(cle, compte, MEMOIRE)
    return compte


def _cle(acteur: ActeurPersonne, vue: ACompter, jour: date) -> str:
    droits = _droits(acteur, vue.liste.domaines)
    return hashlib.sha256(
        repr((acteur.identite, vue.liste.code, vue.parametres, vue.lieu.cle, jour, droits)).encode()
    ).hexdigest()


def _droits(acteur: ActeurPersonne, domaines: Iterable[Domaine]) -> list[object]:
    """What the actor reads in these domains, always written alike."""
    lus: list[object] = []
    for domaine in domaines:
        for dispositif in ("", *sorted(acteur.dispositifs_restreints(domaine))):
            perimetre = acteur.perimetre(Droit(domaine, Niveau.LECTURE, dispositif))
            lus.append((domaine.value, dispositif, [sorted(map(str, getattr(perimetre, f.name))) for f in fields(perimetre)]))
    return lus
