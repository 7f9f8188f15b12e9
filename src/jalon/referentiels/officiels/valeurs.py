"""Cells of the official files as values. Each function raises ValueError, with the end of a sentence that says what is wrong."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

ORIGINE_EXCEL = date(1899, 12, 30)
JOURS_EXCEL = range(20_000, 80_000)
ANNEES = range(1900, 2101)
MONTANT_AU_PLUS = Decimal(100_000)
SANS_MONTANT = frozenset({"NC", "NR"})
SANS_DATE = frozenset({"", "NC", "NR", "-"})
_CENTIME = Decimal("0.01")
_RNCP = re.compile(r"(RNCP|RS)?0*(\d{1,5})(?:\.0)?")
_FICHE = re.compile(r"(RNCP|RS)\d{1,5}")
_NDA = re.compile(r"[0-9A-Z]{11}")
_CPNE = re.compile(r"([0-9A-Za-z]{1,10})(?:\.0)?")


@lru_cache(maxsize=4096)
def lire_date(texte: str) -> date | None:
    """« 2024-07-15 », « 15/07/2024 », or Excel's number of days; None when there is none."""
    net = texte.strip().partition(" ")[0].partition("T")[0]
    if net.upper() in SANS_DATE:
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", net) and int(float(net)) in JOURS_EXCEL:
        return ORIGINE_EXCEL + timedelta(days=int(float(net)))
    iso, fr = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", net), re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", net)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if fr:
            return date(int(fr[3]), int(fr[2]), int(fr[1]))
    except ValueError:
        pass
    raise ValueError(f"la date « {texte} » ne peut pas être lue")


def lire_procedure(texte: str) -> date | None:
    """The year of a procedure applies from 1 September (regles.md §2.4); « 2019-2020 » is its first one. None: no procedure."""
    if texte.strip().upper() in SANS_DATE:
        return None
    annee = re.search(r"(?<!\d)20\d\d(?!\d)", texte)
    if annee is None:
        raise ValueError(f"la procédure « {texte} » ne dit pas d’année")
    return date(int(annee[0]), 9, 1)


@lru_cache(maxsize=4096)
def lire_npec(texte: str) -> tuple[str, Decimal | None]:
    """What is kept of the cell, and the amount: « 8 000 € » -> (« 8000.00 », 8000.00), « NC » -> (« NC », None)."""
    net = re.sub(r"[\s\u00a0\u202f€]", "", texte).upper()
    if net in SANS_MONTANT:
        return net, None
    try:
        montant = Decimal(net.replace(",", ".")).quantize(_CENTIME, ROUND_HALF_UP)
        convenable = 0 < montant < MONTANT_AU_PLUS
    except InvalidOperation:
        raise ValueError(f"le montant « {texte} » ne peut pas être lu" if net else "il n’y a pas de montant") from None
    if not convenable:
        raise ValueError(f"le montant « {texte} » n’est pas entre 0 et {MONTANT_AU_PLUS} €")
    return str(montant), montant


@lru_cache(maxsize=4096)
def lire_certifications(texte: str) -> tuple[str, ...]:
    """« RNCP1006/RNCP37239 » -> both codes; a number alone is a RNCP code (old workbooks)."""
    codes = []
    for morceau in re.split(r"[/,;\n]+", texte):
        net = re.sub(r"\s", "", morceau).upper()
        if not net:
            continue
        lu = _RNCP.fullmatch(net)
        if lu is None:
            raise ValueError(f"le code RNCP « {morceau.strip()} » ne peut pas être lu")
        codes.append(f"{lu[1] or 'RNCP'}{lu[2]}")
    if not codes:
        raise ValueError("il n’y a pas de code RNCP")
    return tuple(codes)


def lire_certification(texte: str) -> str:
    """The code of a record of the registers, « RNCP38228 » or « RS5000 »."""
    lu = _FICHE.fullmatch(texte)
    if lu is None:
        raise ValueError(f"le numéro de fiche « {texte} » ne peut pas être lu")
    return texte


@lru_cache(maxsize=4096)
def lire_cpne(texte: str) -> str:
    """A code of CPNE, as a number or a text."""
    lu = _CPNE.fullmatch(texte.strip())
    if lu is None:
        raise ValueError(f"le code CPNE « {texte} » ne peut pas être lu" if texte.strip() else "il n’y a pas de code CPNE")
    return lu[1]


@lru_cache(maxsize=4096)
def lire_idccs(texte: str) -> tuple[str, ...]:
    """« 16 » -> « 0016 »; several may share a cell; none when it says so."""
    codes = []
    for morceau in re.split(r"[\s\u00a0,;/]+", texte.strip()):
        if not morceau or morceau.upper() in SANS_MONTANT:
            continue
        net = morceau.removesuffix(".0")
        if not (net.isascii() and net.isdigit() and len(net) <= 4):
            raise ValueError(f"l’IDCC « {morceau} » ne peut pas être lu")
        codes.append(net.zfill(4))
    return tuple(codes)


@lru_cache(maxsize=4096)
def lire_idcc(texte: str) -> str:
    """« 16 » or « 0 016 » -> « 0016 »; empty when there is none."""
    net = re.sub(r"[\s\u00a0]", "", texte)
    if len(net) > 4 or (net and not (net.isascii() and net.isdigit())):
        raise ValueError(f"l’IDCC « {texte} » ne peut pas être lu")
    return net.zfill(4) if net else ""


def lire_nda(texte: str) -> str:
    """Eleven characters; a spreadsheet takes the leading zero of some regions away."""
    net = re.sub(r"[\s\u00a0]", "", texte).upper()
    if len(net) == 10 and net.isdigit():
        net = f"0{net}"
    if not _NDA.fullmatch(net):
        raise ValueError(f"le NDA « {texte} » n’a pas 11 caractères")
    return net


def lire_siret(texte: str) -> str:
    """The 14 digits, without the tabs, spaces and quotes that exports add. The directory is the authority: no key is judged."""
    net = re.sub(r"[\s\u00a0'\"]", "", texte)
    if not (len(net) == 14 and net.isascii() and net.isdigit()):
        raise ValueError(f"le SIRET « {texte.strip()} » n’a pas 14 chiffres")
    return net


def lire_oui(texte: str) -> bool:
    """« true », « Oui », « 1 », « VRAI », « X »: yes."""
    return texte.strip().lower() in {"true", "vrai", "oui", "1", "x", "o"}
