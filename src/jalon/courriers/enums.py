"""States of an e-mail."""

from enum import StrEnum


class EtatCourriel(StrEnum):
    """A_ENVOYER until a worker has handed it over; ANNULE when the recipient lost the right meanwhile."""

    A_ENVOYER = "a_envoyer"
    ENVOYE = "envoye"
    ANNULE = "annule"
