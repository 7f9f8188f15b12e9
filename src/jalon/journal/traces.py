"""Technical logs: what looks like a NIR, an IBAN, a code or a token is masked before it is written."""

import logging
import re

MASQUE = "[masqué]"
_ECART = r"[\s.\-]?"
_CODE = "2-9A-HJ-NP-Z"
_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b"

_MOTIFS = (
    # IBAN, in groups or compact
    re.compile(rf"\b[A-Z]{{2}}\d{{2}}(?:{_ECART}[0-9A-Z]{{4}}){{3,7}}(?:{_ECART}[0-9A-Z]{{1,4}})?\b"),
    re.compile(r"\b[a-zA-Z]{2}\d{2}[0-9a-zA-Z]{11,30}\b"),
    # NIR, with or without its key
    re.compile(
        rf"\b[1-478]{_ECART}\d{{2}}{_ECART}\d{{2}}{_ECART}(?:\d{{2}}|2[ABab]){_ECART}\d{{3}}{_ECART}\d{{3}}(?:{_ECART}\d{{2}})?\b"
    ),
    # activation code, in groups or compact
    re.compile(rf"\b(?:[{_CODE}]{{4}}[\s\-]){{3}}[{_CODE}]{{2}}\b"),
    re.compile(rf"\b(?=[A-Z]*\d)(?=\d*[A-Z])[{_CODE}]{{14}}\b"),
    # our API keys, whatever their prefix, even cut short or poor in digits
    re.compile(r"(?<![\w-])[a-z][a-z0-9]{1,14}_(?:ent|org)_[A-Za-z0-9]{16,}"),
    # other API keys, links of one use, session ids: long and random, but not the UUID that logs need
    re.compile(rf"(?<![\w-])(?!{_UUID})(?=(?:[A-Za-z_-]*\d){{3}})[A-Za-z0-9_-]{{30,}}(?![\w-])"),
)


def masquer(texte: str) -> str:
    """The text without what must never be in a log."""
    for motif in _MOTIFS:
        texte = motif.sub(MASQUE, texte)
    return texte


def masquer_valeur(valeur: object) -> object:
    """The same inside lists and dictionaries; other values as they are."""
    if isinstance(valeur, str):
        return masquer(valeur)
    if isinstance(valeur, dict):
        return {cle: masquer_valeur(contenu) for cle, contenu in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [masquer_valeur(contenu) for contenu in valeur]
    return valeur


class MasqueDonneesSensibles(logging.Filter):
    """Attached to every handler (exigences, T23). Tracebacks are masked too; a wrong format loses no line."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        record.msg, record.args = masquer(message), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masquer(record.exc_text)
        if record.stack_info:
            record.stack_info = masquer(record.stack_info)
        return True
