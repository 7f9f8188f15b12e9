"""Looking for planted values wherever bytes are kept, in every form that they may take there."""

import base64
import binascii
import email
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path
from urllib.parse import unquote_plus

import pypdfium2

ESPACES = (" ", "\u00a0", "\u202f", "\u2009", "-", ".")
SEPARATEURS = re.compile(r"[\s\u00a0\u2000-\u200f\u202f\u2060\ufeff\u00ad.,;:_+/|\-]+")
OCTETS_SEPARATEURS = b" \t\r\n\0.,;:_+/|-\xc2\xa0\xe2\x80\xaf\x89"
BALISES = re.compile(r"<[^>]*>")
ECHAPPEMENT = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
JETON_64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
JETON_16 = re.compile(rb"(?:[0-9a-fA-F]{2}){13,}")
PROFONDEUR = 3


@dataclass(frozen=True)
class Canari:
    """A planted value. `noyau`: the part that no other value shares, and that no mask shows."""

    nom: str
    valeur: str
    noyau: str

    def ecritures(self) -> Iterator[str]:
        """As people and programs write it: compact, in groups."""
        groupes = (1, 2, 2, 2, 3, 3, 2) if self.valeur.isdigit() else (4,) * 7
        morceaux, debut = [], 0
        for taille in groupes:
            morceaux.append(self.valeur[debut : debut + taille])
            debut += taille
        yield self.valeur
        yield from (espace.join(filter(None, morceaux)) for espace in ESPACES)


def nir_canari() -> Canari:
    """A woman born in July 1995; the key is right, the commune does not exist."""
    treize = "2950763987654"
    return Canari("NIR", f"{treize}{97 - int(treize) % 97:02d}", treize)


def iban_canari() -> Canari:
    """A French account of a real bank; both keys are right."""
    banque, guichet, compte = "30006", "98765", "7J4K2M9Q8X1"
    chiffres = int("".join(_chiffre(signe) for signe in compte))
    cle = 97 - (89 * int(banque) + 15 * int(guichet) + 3 * chiffres) % 97
    bban = f"{banque}{guichet}{compte}{cle:02d}"
    controle = 98 - int("".join(str(int(c, 36)) for c in f"{bban}FR00")) % 97
    return Canari("IBAN", f"FR{controle:02d}{bban}", compte)


def _chiffre(signe: str) -> str:
    """A letter of an account in the key of the account: A to I, J to R, then S to Z from 2."""
    if signe.isdigit():
        return signe
    return str((ord(signe) - ord("A")) % 9 + 1) if signe < "S" else str(ord(signe) - ord("S") + 2)


NIR, IBAN = nir_canari(), iban_canari()
CANARIS = (NIR, IBAN)


def trouver(octets: bytes, profondeur: int = PROFONDEUR) -> set[str]:
    """Names of the canaries that these bytes hold: plain, escaped, grouped, encoded, compressed, printed in a PDF."""
    trouves = {c.nom for texte in _textes(octets) for c in CANARIS if c.noyau in texte}
    if profondeur:
        for interieur in _interieurs(octets):
            trouves |= trouver(interieur, profondeur - 1)
    return trouves


def trouver_brut(octets: bytes) -> set[str]:
    """The same on the files of a database: separators dropped, and the encoded forms that a column could hold."""
    compact = octets.translate(None, OCTETS_SEPARATEURS).upper()
    return {c.nom for c in CANARIS if c.noyau.encode() in compact or any(aiguille in octets for aiguille in _aiguilles(c))}


def _aiguilles(canari: Canari) -> Iterator[bytes]:
    """Hexadecimal, UTF-16 and base64 (three alignments, first and last characters left out)."""
    for ecriture in canari.ecritures():
        clair = ecriture.encode()
        yield clair.hex().encode()
        yield ecriture.encode("utf-16-le")
        for decalage in range(3):
            yield base64.b64encode(b"\0" * decalage + clair)[4:-4]


def _textes(octets: bytes) -> Iterator[str]:
    brut = octets.replace(b"\0", b"").decode("utf-8", errors="ignore")
    clair = ECHAPPEMENT.sub(lambda m: chr(int(m[1] or m[2], 16)), html.unescape(unquote_plus(html.unescape(brut))))
    for texte in (brut, clair, BALISES.sub("", clair)):
        yield SEPARATEURS.sub("", texte).upper()


def _interieurs(octets: bytes) -> Iterator[bytes]:
    """What is wrapped inside."""
    if octets[:5] == b"%PDF-":
        yield from _pages(octets)
    elif octets[:2] == b"\x1f\x8b":
        yield gzip.decompress(octets)
    elif octets[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            yield from (archive.read(nom) for nom in archive.namelist())
    elif octets[:1] == b"x":
        yield _degonfler(octets)
    for jeton in JETON_16.findall(octets):
        yield bytes.fromhex(jeton.decode())
    for jeton in JETON_64.findall(octets):
        standard = jeton.translate(bytes.maketrans(b"-_", b"+/"))
        for candidat in {standard, standard.lstrip(b"+/")}:
            try:
                yield base64.b64decode(candidat + b"=" * (-len(candidat) % 4))
            except binascii.Error:
                continue


def _degonfler(octets: bytes) -> bytes:
    try:
        return zlib.decompress(octets)
    except zlib.error:
        return b""


def _pages(octets: bytes) -> Iterator[bytes]:
    document = pypdfium2.PdfDocument(octets)
    try:
        yield repr(document.get_metadata_dict()).encode()
        for rang in range(len(document)):
            yield document[rang].get_textpage().get_text_range().encode()
    finally:
        document.close()


def trouver_courriel(octets: bytes) -> set[str]:
    """A message: its lines as they travel, its headers and its parts decoded."""
    message = email.message_from_bytes(octets, policy=policy.default)
    trouves = trouver(octets) | trouver(repr(message.items()).encode())
    for partie in message.walk():
        contenu = partie.get_payload(decode=True)
        if isinstance(contenu, bytes):
            trouves |= trouver(contenu)
    return trouves


def fouiller(racine: Path) -> dict[str, set[str]]:
    """Every file under a folder that holds a canary."""
    fautifs: dict[str, set[str]] = {}
    for fichier in sorted(f for f in racine.rglob("*") if f.is_file() and not f.is_symlink()):
        try:
            octets = fichier.read_bytes()
        except FileNotFoundError:
            continue
        de_la_base = "donnees" in fichier.relative_to(racine).parts
        chercher = trouver_brut if de_la_base else trouver_courriel if fichier.suffix == ".eml" else trouver
        if vus := chercher(octets):
            fautifs[str(fichier.relative_to(racine))] = vus
    return fautifs
