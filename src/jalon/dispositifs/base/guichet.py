"""A branch whose funds are exhausted: its guichet is closed between two days."""

from jalon.dispositifs.base.contexte import Contexte
from jalon.socle.dates import formater_date

GUICHET_SUSPENDU = "guichet-suspendu"
"""Identifier of the control: a dispositif that declares it has a guichet that the OPCO may suspend."""


def guichet_suspendu(idcc: str, fonds: str, contexte: Contexte) -> str | None:
    """The branch takes requests on that fund on the day of deposit; a draft is kept meanwhile."""
    guichet = contexte.regles.guichet_ferme(idcc, fonds, contexte.jour_depot)
    if guichet is None:
        return None
    fin = f" jusqu’au {formater_date(guichet.au)}" if guichet.au else ""
    return f"Le guichet de votre branche est suspendu{fin}. {guichet.message} Votre brouillon est conservé"
