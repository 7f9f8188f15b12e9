"""What is said of the portal: on every page, from the memory of the process; and its history."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import psycopg
from django.core.cache import caches
from django.db import InterfaceError, OperationalError
from django.db.models import F, Q

from jalon.aide.enums import PublicEtat
from jalon.aide.models import MessageEtat
from jalon.aide.regles_etats import HISTORIQUE, Etat, a_montrer
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import Introuvable, TransitionImpossible

CLE, CLE_CONNUS = "aide.etats", "aide.etats_connus"
MEMOIRE, CONNUS = 30, 24 * 3600
"""Seconds: a message is on every page of every process that soon after it was written; what is kept for a database that fails."""
BASE_ABSENTE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
EN_COURS_AU_PLUS, MONTRES = 200, 200


def etats_de_la_page(publics: Iterable[PublicEtat], maintenant: datetime, *, memoire_seule: bool = False) -> list[Etat]:
    """Messages in course for these audiences; the database is read once in 30 seconds by each process, whatever the page, and
    never with `memoire_seule`. When it does not answer, what was last known is shown, and it is let alone for as long.
    """
    memoire = caches["processus"]
    lus: list[Etat] | None = memoire.get(CLE)
    if lus is None:
        lus = memoire.get(CLE_CONNUS, [])
        if not memoire_seule:
            with suppress(*BASE_ABSENTE):
                lus = _relire(maintenant)
                memoire.set(CLE_CONNUS, lus, CONNUS)
            memoire.set(CLE, lus, MEMOIRE)
    return a_montrer(lus, publics, maintenant)


def rien_a_dire() -> bool:
    """Whether this process read less than 30 seconds ago that no message is in course or to come: most pages ask nothing more."""
    lus: list[Etat] | None = caches["processus"].get(CLE)
    return lus == []


def _relire(maintenant: datetime) -> list[Etat]:
    """Those that are not over, begun or not: each page keeps those in course at its second."""
    lignes = MessageEtat.objects.filter(Q(fin_prevue=None) | Q(fin_prevue__gt=maintenant), terminee_le=None)
    return [m.etat for m in lignes.order_by("debut", "id")[:EN_COURS_AU_PLUS]]


def etat_a_fermer(message_id: UUID, maintenant: datetime) -> Etat:
    """One in course that somebody may close for her session. Raises Introuvable, TransitionImpossible (it hinders the work)."""
    trouve = MessageEtat.objects.filter(pk=message_id).first()
    if trouve is None or not trouve.etat.en_cours(maintenant):
        raise Introuvable("Ce message n’est plus affiché.")
    if not trouve.etat.se_ferme:
        raise TransitionImpossible("Ce message reste affiché tant que le portail est perturbé ou en maintenance.")
    return trouve.etat


def oublier_les_etats() -> None:
    """Read them again at the next page of this process."""
    caches["processus"].delete(CLE)


def historique(maintenant: datetime, *, opco: bool) -> list[Etat]:
    """What was shown in the last 90 days, the newest first; what was said to the OPCO's people alone is for them."""
    lignes = MessageEtat.objects.filter(debut__lte=maintenant).exclude(terminee_le__lte=F("debut"))
    lignes = lignes.filter(_pas_finis_avant(maintenant - HISTORIQUE))
    if not opco:
        lignes = lignes.exclude(publics=[PublicEtat.OPCO.value])
    return [m.etat for m in lignes.order_by("-debut", "-id")[:MONTRES]]


def _pas_finis_avant(instant: datetime) -> Q:
    return (Q(fin_prevue=None) | Q(fin_prevue__gt=instant)) & (Q(terminee_le=None) | Q(terminee_le__gt=instant))


def etats_programmes(acteur: Acteur, maintenant: datetime) -> list[MessageEtat]:
    """Every message to come, in course, or over for less than 90 days, for who writes them. Raises DroitManquant."""
    acteur.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    return list(MessageEtat.objects.filter(_pas_finis_avant(maintenant - HISTORIQUE)).order_by("-debut", "-id")[:MONTRES])
