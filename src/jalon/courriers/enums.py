"""States of an e-mail."""

from enum import StrEnum


class EtatCourriel(StrEnum):
    """A_ENVOYER until a worker has handed it over; ANNULE when the recipient lost the right meanwhile; REFUSE for ever."""

    A_ENVOYER = "a_envoyer"
    ENVOYE = "envoye"
    ANNULE = "annule"
    REFUSE = "refuse"
