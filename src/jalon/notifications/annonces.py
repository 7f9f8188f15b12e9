"""Which events are worth a notification: one table, filled by the apps above in their `AppConfig.ready()`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from jalon.journal.models import Evenement
from jalon.notifications.enums import Genre
from jalon.socle.acteurs import Niveau, Portee

LONGUEUR_PHRASE = 300


@dataclass(frozen=True, slots=True)
class Concerne:
    """Somebody to tell, and the SIREN in whose space she reads it (empty: at the OPCO, or nowhere in particular)."""

    personne_id: UUID
    lieu: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sujet:
    """What an event is about, as it is when the job reads it.

    `reference` names it without personal data (« Dossier n° 2611CA000318 »); `parametres` complete the address of its page.
    `portee`, `niveau`, `dispositif`: what must be readable for the sentence to be shown; without domain, it is hers alone.
    """

    reference: str
    personnes: tuple[Concerne, ...]
    parametres: Mapping[str, str] = field(default_factory=dict)
    portee: Portee = field(default_factory=Portee)
    niveau: Niveau = Niveau.LECTURE
    dispositif: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annonce:
    """How one event is told.

    `phrase`: a sentence that may use `{reference}`. `page`, `page_opco`: names of the addresses in a space (not
    `dans_un_espace`: of the person, without SIREN) and at the OPCO.
    `lire`: the subject and who is told, or None when there is nothing to tell any more; without it, no event is read, and an app
    above calls `actions.envoi.notifier`, for what is not an act (a date comes near, rows came into a view). `courriels`: the kinds of e-mail that the act
    itself sends: who gets one of them gets no other.
    """

    code: str
    genre: Genre
    phrase: str
    page: str
    lire: Callable[[Evenement, datetime], Sujet | None] | None = None
    page_opco: str = ""
    dans_un_espace: bool = True
    courriels: tuple[str, ...] = ()

    def dire(self, reference: str) -> str:
        """The sentence."""
        return self.phrase.format(reference=reference)[:LONGUEUR_PHRASE]

    def page_du_lieu(self, lieu: str) -> str:
        """Name of the address for who reads it there."""
        return self.page if lieu or not self.page_opco else self.page_opco


_ANNONCES: dict[str, Annonce] = {}


def declarer(annonces: Iterable[Annonce]) -> None:
    """Register what is told of each event. Raises ValueError when an event is told twice."""
    for annonce in annonces:
        if _ANNONCES.setdefault(annonce.code, annonce) is not annonce:
            raise ValueError(f"événement annoncé deux fois : {annonce.code}")


def annonce(code: str) -> Annonce | None:
    """What is told of an event; None when nothing is, or no longer."""
    return _ANNONCES.get(code)


def codes_annonces() -> list[str]:
    """Every event of the journal that is told."""
    return sorted(code for code, a in _ANNONCES.items() if a.lire is not None)


def genres_deja_ecrits() -> frozenset[Genre]:
    """Kinds for which an e-mail leaves by itself, to some at least."""
    return frozenset(a.genre for a in _ANNONCES.values() if a.courriels)
