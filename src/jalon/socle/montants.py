"""Amounts: Decimal euros, two decimals, half-up."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from jalon.socle.erreurs import SaisieRefusee

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def euros(valeur: Decimal | int | str) -> Decimal:
    """Round to the cent, half-up (regles.md §2.7)."""
    return Decimal(valeur).quantize(CENT, rounding=ROUND_HALF_UP)


def en_centimes(montant: Decimal) -> int:
    """Whole cents of an amount in euros."""
    return int(euros(montant) * 100)


def depuis_centimes(centimes: int) -> Decimal:
    """Euros of whole cents."""
    return euros(Decimal(centimes) / 100)


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
    net = "".join(c for c in texte if not c.isspace() and c not in "€\u202f\u00a0").replace(",", ".")
    if not net:
        raise SaisieRefusee("Indiquez un montant")
    try:
        valeur = Decimal(net)
    except ArithmeticError:
        raise SaisieRefusee("Écrivez un montant en euros, par exemple 1 250,00") from None
    if not valeur.is_finite():
        raise SaisieRefusee("Écrivez un montant en euros, par exemple 1 250,00")
    if valeur != euros(valeur):
        raise SaisieRefusee("Un montant a deux décimales au plus")
    return euros(valeur)
