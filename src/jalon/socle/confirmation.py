"""Acts that ask for a proof of identity given just before (exigences, T5, T9, T12, T15)."""

import functools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar, cast

from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import SecondFacteurRequis

P = ParamSpec("P")
R = TypeVar("R")
VALIDITE_SECOND_FACTEUR = timedelta(minutes=5)
MARQUE = "second_facteur_exige"


def verifier_second_facteur(second_facteur_le: datetime | None, maintenant: datetime) -> None:
    """Raise SecondFacteurRequis unless the second factor was given in the last five minutes."""
    if second_facteur_le is None or not timedelta() <= maintenant - second_facteur_le <= VALIDITE_SECOND_FACTEUR:
        raise SecondFacteurRequis


def second_facteur_exige(action: Callable[P, R]) -> Callable[P, R]:
    """Put in front of an action that gives, takes or shows what a stolen session must not: whoever acts gave a second factor
    in the last five minutes. Judged before anything is read, whatever page or program calls it.

    Adds SecondFacteurRequis to what the action raises.
    """

    @functools.wraps(action)
    def exigeante(*args: P.args, **kwargs: P.kwargs) -> R:
        cast("Acteur", kwargs["par"]).exiger_second_facteur(cast("datetime", kwargs["maintenant"]))
        return action(*args, **kwargs)

    setattr(exigeante, MARQUE, True)
    return exigeante
