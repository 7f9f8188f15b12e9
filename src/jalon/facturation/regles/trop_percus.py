"""What was paid beyond an agreement counted again: pure arithmetic, to the cent.

The law says what is due (R6332-25, III and VI), not how what was paid beyond it comes back: it is first deducted, since what was paid
counts for the next payments; what no payment is left to absorb is a debt, reclaimed, received, or given up by two people.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.socle.dates import formater_date
from jalon.socle.montants import ZERO, euros, formater_montant

LONGUEUR_MOTIF, LONGUEUR_REFERENCE = 500, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDeVerse:
    """In euros, on one part of an agreement. `verse`: paid by the OPCO; `rendu`: given back; `du`: what that part is worth now;
    `abandonne`: given up by the OPCO.

    `verse` − `rendu` = `retenu` + `abandon_utile` + `reste`: every cent is due, given up, or to be taken back.
    """

    verse: Decimal
    du: Decimal
    rendu: Decimal = ZERO
    abandonne: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """What the payee still holds."""
        return euros(self.verse - self.rendu)

    @property
    def retenu(self) -> Decimal:
        """The part of it that is due."""
        return min(self.net, self.du)

    @property
    def abandon_utile(self) -> Decimal:
        """The part of what was given up that still counts: an agreement that grows again takes it up first."""
        return min(self.abandonne, euros(self.net - self.retenu))

    @property
    def reste(self) -> Decimal:
        """To be taken back."""
        return euros(self.net - self.retenu - self.abandon_utile)


def refus_du_remboursement(montant: Decimal, recu_le: date, reference: str, reste: Decimal, jour: date) -> dict[str, str]:
    """Box -> sentence; empty when what was received may be written down."""
    refus = {}
    if not ZERO < montant <= reste or montant != euros(montant):
        refus["montant"] = f"Indiquez un montant entre 0,01\u00a0€ et ce qui reste à recouvrer, {formater_montant(reste)}"
    if recu_le > jour:
        refus["recu_le"] = "Cette date est à venir\u00a0: enregistrez le remboursement une fois reçu"
    if not reference.strip():
        refus["reference"] = "Indiquez la référence du virement reçu"
    elif len(reference.strip()) > LONGUEUR_REFERENCE:
        refus["reference"] = f"La référence comporte {LONGUEUR_REFERENCE}\u00a0caractères au plus"
    return refus


def refus_de_la_limite(avant: date, jour: date) -> str:
    """Why that day cannot be the last one to pay; empty when it can."""
    return "" if avant > jour else f"Laissez un délai\u00a0: une date après le {formater_date(jour)}"
