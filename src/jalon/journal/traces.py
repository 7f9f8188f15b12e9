"""Technical logs: what looks like a NIR, an IBAN, a code or a token is masked before it is written."""

import logging
import re

_MOTIFS = (
    re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[0-9A-Z]{4}){3,7}(?:[ ]?[0-9A-Z]{1,4})?\b"),
    re.compile(r"\b[1-478]\s?\d{2}\s?\d{2}\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b"),
    re.compile(r"\b(?:[2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{2}\b"),
    re.compile(r"\b[a-z]{3,12}_[A-Za-z0-9_-]{30,}\b"),
)


def masquer(texte: str) -> str:
    """The text without what must never be in a log."""
    for motif in _MOTIFS:
        texte = motif.sub("[masqué]", texte)
    return texte


class MasqueDonneesSensibles(logging.Filter):
    """Attached to every handler (exigences, T23). Tracebacks are masked too."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masquer(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masquer(record.exc_text)
        return True
