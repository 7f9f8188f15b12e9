"""The help for the maître d'apprentissage or the tutor: training (D6332-92), then exercise of the function (D6332-93)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.socle.baremes_alternance import Fonction, JeuAlternance
from jalon.socle.montants import euros


@dataclass(frozen=True, slots=True, kw_only=True)
class AideAuCompagnon:
    """Most that may be paid, in euros, and the rule used."""

    formation: Decimal
    exercice: Decimal
    reference: str


def aide_a_l_accompagnement(
    jeu: JeuAlternance,
    fonction: Fonction,
    jour: date,
    *,
    mois: int,
    heures: Decimal = Decimal(0),
    cout_horaire: Decimal = Decimal(0),
    majoree: bool = False,
) -> AideAuCompagnon:
    """Ceilings on the months of the function, and on the hours of training at their cost. Raises RegleAbsente.

    `majoree`: tutor of 45 or more, or of a person of L6325-1-1; it changes nothing for a maître d'apprentissage.
    """
    aide = jeu.aide(fonction, jour)
    par_mois = aide.exercice_mensuel * (100 + (aide.majoration if majoree else 0)) / 100
    return AideAuCompagnon(
        formation=euros(min(heures, Decimal(aide.formation_heures)) * min(cout_horaire, aide.formation_horaire)),
        exercice=euros(min(mois, aide.exercice_mois) * par_mois),
        reference=aide.reference,
    )
