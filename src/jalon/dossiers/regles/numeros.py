"""Numbers of requests."""

from datetime import date


def former_numero(jour: date, lettres: str, rang: int) -> str:
    """« 2611AF000123 »: year and month of transmission, letters of the dispositif, six digits of a sequence with holes."""
    return f"{jour:%y%m}{lettres}{rang:06d}"
