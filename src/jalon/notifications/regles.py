"""Pure judgement: which way of telling holds, and until when a notification is worth a mail."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from jalon.notifications.enums import Canal, Genre
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import analyser_siren

PARTOUT = ""
"""The place of a preference that holds wherever nothing else was chosen."""
CONSERVATION = timedelta(days=90)
AGE_D_UN_COURRIEL = timedelta(days=3)
"""What happened longer ago is told in the portal alone: after a long stop, nobody finds a hundred stale mails."""

PAR_DEFAUT = dict.fromkeys(Genre, Canal.PORTAIL) | {
    # Nothing else tells it, and the request waits for it.
    Genre.PIECE_REFUSEE: Canal.IMMEDIAT,
    # Asked view by view: once a day is enough, and never nothing.
    Genre.ALERTE_VUE: Canal.RECAPITULATIF,
}
"""Of the other kinds, an e-mail leaves by itself to whom the act concerns first."""

Choix = Mapping[tuple[Genre, str], Canal]
"""(kind, SIREN or PARTOUT) -> what was chosen."""


def canal_retenu(choix: Choix, genre: Genre, lieu: str) -> Canal:
    """The choice made for that place, else the one that holds everywhere, else ours."""
    return choix.get((genre, lieu)) or choix.get((genre, PARTOUT)) or PAR_DEFAUT[genre]


def canal_a_l_arrivee(voulu: Canal, *, survenue_le: datetime, maintenant: datetime, deja_ecrit: bool) -> Canal:
    """What is left of a choice when it happened long ago, or when the act has already written to that person."""
    if voulu is Canal.AUCUN:
        return voulu
    return Canal.PORTAIL if deja_ecrit or maintenant - survenue_le > AGE_D_UN_COURRIEL else voulu


def sans_courriel(canal: Canal) -> Canal:
    """The same, in the portal alone."""
    return Canal.AUCUN if canal is Canal.AUCUN else Canal.PORTAIL


def lire_canal(saisi: str, genre: Genre) -> Canal:
    """Raises SaisieRefusee, on the box of the kind."""
    if saisi not in set(Canal):
        raise SaisieRefusee("Choisissez une réponse de cette liste", champ=genre.value)
    return Canal(saisi)


def lire_lieu(saisi: str) -> str:
    """A SIREN, or everywhere. Raises SaisieRefusee."""
    return analyser_siren(saisi) if saisi else PARTOUT
