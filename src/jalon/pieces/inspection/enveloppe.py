"""What the bytes of a PDF say before any parser: header at 0, nothing beside the PDF, an end."""

import io
import re
import zipfile

from jalon.pieces.inspection.motifs import Motif, Refus

BLANCS = b"\x00\t\n\x0c\r "
ENTETE = re.compile(
    rb"%PDF-[12]\.\d[\x00\t\n\x0c\r ]+"
    rb"(?:%[^\r\n]{0,200}[\r\n]+[\x00\t\n\x0c\r ]*){0,8}"
    rb"(?=\d{1,10}[ \r\n\t]+\d{1,5}[ \r\n\t]+obj|xref)"
)
SUITE = re.compile(rb"\d{1,10}[\x00\t\n\x0c\r ]+\d{1,5}[\x00\t\n\x0c\r ]+obj|xref|startxref|%")
FIN = b"%%EOF"
BALISES = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php|object|embed|img)\b", re.IGNORECASE)
AUTRES_FORMATS = (
    (257, b"ustar"),
    (32769, b"CD001"),
    (34817, b"CD001"),
    (36865, b"CD001"),
)
ARCHIVE_PHP = b"__HALT_COMPILER();"


def verifier_enveloppe_pdf(octets: bytes) -> None:
    """Refuse polyglots (data before, after or between the parts of a PDF) and files cut short."""
    if FIN not in octets or b"startxref" not in octets:
        raise Refus(Motif.INCOMPLET)
    entete = ENTETE.match(octets)
    if entete is None or BALISES.search(entete.group()):
        raise Refus(Motif.POLYGLOTTE)
    _verifier_fins(octets)
    _verifier_autres_formats(octets)


def _verifier_fins(octets: bytes) -> None:
    position = octets.find(FIN)
    while position >= 0:
        suite = position + len(FIN)
        while suite < len(octets) and octets[suite] in BLANCS:
            suite += 1
        if suite < len(octets) and not SUITE.match(octets, suite):
            raise Refus(Motif.POLYGLOTTE)
        position = octets.find(FIN, suite)
    if octets.rfind(b"startxref") > octets.rfind(FIN):
        raise Refus(Motif.INCOMPLET)
    if BALISES.search(octets, octets.rfind(b"startxref")):
        raise Refus(Motif.POLYGLOTTE)


def _verifier_autres_formats(octets: bytes) -> None:
    if any(octets.startswith(signe, place) for place, signe in AUTRES_FORMATS) or ARCHIVE_PHP in octets:
        raise Refus(Motif.POLYGLOTTE)
    if zipfile.is_zipfile(io.BytesIO(octets)):
        raise Refus(Motif.POLYGLOTTE)
