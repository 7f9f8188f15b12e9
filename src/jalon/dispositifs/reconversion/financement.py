"""What the OPCO pays for a period of reconversion (Code du travail, D6332-89 to D6332-91, L6324-10)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.socle.baremes_alternance import JeuAlternance, PublicAlternance
from jalon.socle.montants import ZERO, euros, formater_montant


@dataclass(frozen=True, slots=True, kw_only=True)
class PriseEnChargeReconversion:
    """Amounts in euros HT. `total` is never above the price less what the CPF pays; `reste_a_charge` is the company's."""

    forfait_horaire: Decimal
    cpf: Decimal
    total: Decimal
    reste_a_charge: Decimal
    motif: str
    source: str
    reference: str


def estimer(
    heures: Decimal, accord: date, jeu: JeuAlternance, *, prix: Decimal, cpf: Decimal = ZERO, idcc: str = ""
) -> PriseEnChargeReconversion:
    """The hours at 9,15 € for want of a forfait of the branch, within the price. Raises RegleAbsente.

    The pay gap and annex costs depend on an agreement, or on the board of the OPCO: the adviser decides (D6332-91).
    """
    regle = jeu.forfait_horaire(PublicAlternance.RECONVERSION, accord, idcc)
    restant = max(ZERO, prix - cpf)
    forfait = euros(heures * regle.montant)
    total = min(forfait, restant)
    limite = "" if total == forfait else ", dans la limite du prix"
    return PriseEnChargeReconversion(
        forfait_horaire=regle.montant,
        cpf=cpf,
        total=total,
        reste_a_charge=restant - total,
        motif=f"Forfait de {formater_montant(regle.montant)} par heure{limite}",
        source="Code du travail, D6332-89, D6332-90",
        reference=regle.reference,
    )
