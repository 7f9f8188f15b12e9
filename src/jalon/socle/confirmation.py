"""Acts that ask for a proof of identity given just before (exigences, T5, T15)."""

from datetime import datetime, timedelta

from jalon.socle.erreurs import SecondFacteurRequis

VALIDITE_SECOND_FACTEUR = timedelta(minutes=5)


def exiger_second_facteur(second_facteur_le: datetime | None, maintenant: datetime) -> None:
    """Raise SecondFacteurRequis unless the second factor was given in the last five minutes."""
    if second_facteur_le is None or not timedelta() <= maintenant - second_facteur_le <= VALIDITE_SECOND_FACTEUR:
        raise SecondFacteurRequis
