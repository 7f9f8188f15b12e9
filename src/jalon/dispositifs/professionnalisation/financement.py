"""What the OPCO pays for a contrat de professionnalisation: a forfait by hour of training (Code du travail, D6332-85 to D6332-87)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.socle.baremes_alternance import JeuAlternance, PublicAlternance
from jalon.socle.montants import euros, formater_montant


@dataclass(frozen=True, slots=True, kw_only=True)
class PriseEnChargePro:
    """Amounts in euros HT. `reste_a_charge` None: the price by hour is not known."""

    heures: Decimal
    forfait_horaire: Decimal
    total: Decimal
    reste_a_charge: Decimal | None
    motif: str
    source: str
    reference: str


def estimer(
    heures: Decimal,
    conclusion: date,
    public: PublicAlternance,
    jeu: JeuAlternance,
    *,
    idcc: str = "",
    prix_horaire: Decimal | None = None,
) -> PriseEnChargePro:
    """Hours x the forfait of the branch, or that of the law. Raises RegleAbsente.

    The excess may be paid on the plan for a company under fifty employees (D6332-88): the adviser decides.
    """
    regle = jeu.forfait_horaire(public, conclusion, idcc)
    total = euros(heures * regle.montant)
    prix = None if prix_horaire is None else euros(heures * prix_horaire)
    prioritaire = public == PublicAlternance.PRIORITAIRE
    qui = "public prioritaire ou parcours de GEIQ" if prioritaire else "cas général"
    return PriseEnChargePro(
        heures=heures,
        forfait_horaire=regle.montant,
        total=total,
        reste_a_charge=None if prix is None else max(Decimal("0.00"), prix - total),
        motif=f"Forfait de {formater_montant(regle.montant)} par heure, {qui}",
        source="Code du travail, D6332-85, D6332-86",
        reference=regle.reference,
    )
