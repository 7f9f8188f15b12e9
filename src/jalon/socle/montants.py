"""Amounts: Decimal euros, two decimals, half-up."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from jalon.socle.erreurs import SaisieRefusee

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MONTANT_MAX = Decimal("9999999999.99")
"""What a column of an amount holds (12 digits, 2 decimals)."""


def euros(valeur: Decimal | int | str) -> Decimal:
    """Round to the cent, half-up (regles.md §2.7)."""
    return Decimal(valeur).quantize(CENT, rounding=ROUND_HALF_UP)


def en_centimes(montant: Decimal) -> int:
    """Whole cents of an amount in euros."""
    return int(euros(montant) * 100)


def somme(montants: Iterable[Decimal]) -> Decimal:
    """Sum in euros; an empty sum is 0.00."""
    return euros(sum(montants, ZERO))


def formater_montant(montant: Decimal) -> str:
    """« 1 867,02 € », with no-break spaces."""
    signe = "−" if montant < 0 else ""
    entier, _, decimales = f"{abs(euros(montant)):,.2f}".partition(".")
    return f"{signe}{entier.replace(',', chr(0xA0))},{decimales}\u00a0€"


def analyser_montant(texte: str) -> Decimal:
    """Read « 1 867,02 € » or « 1867.02 ». Raises SaisieRefusee."""
    net = re.sub(r"[\s€]", "", texte).replace(",", ".").replace("−", "-")
    if not net:
        raise SaisieRefusee("Indiquez un montant")
    if not re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", net):
        raise SaisieRefusee("Écrivez un montant en euros, par exemple 1\u00a0250,00")
    if len(net.partition(".")[2].rstrip("0")) > 2:
        raise SaisieRefusee("Un montant a deux décimales au plus")
    valeur = Decimal(net)
    if abs(valeur) > MONTANT_MAX:
        raise SaisieRefusee(f"Un montant est de {formater_montant(MONTANT_MAX)} au plus")
    return euros(valeur)
