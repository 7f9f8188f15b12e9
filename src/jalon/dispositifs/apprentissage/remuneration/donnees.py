"""What the pay of an apprentice depends on, and what is said of it."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from jalon.socle.baremes_alternance import BaseSalaire, Smic, Territoire
from jalon.socle.montants import CENT, euros


class Prolongation(StrEnum):
    """Why a contract goes on after the end first planned, or after the end of its cycle."""

    ECHEC = "echec"
    CYCLE_DEPASSE = "cycle-depasse"
    HANDICAP = "handicap"
    SPORTIF = "sportif"


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesRemuneration:
    """A contract, as its pay sees it. Days are both included.

    `conclusion` chooses the grid. `smc`: monthly minimum of the collective agreement for the job, in euros for 35 hours.
    `mois_acquis`: months deemed done before the first day, the cycle being shortened or begun elsewhere (D6222-28-1).
    `prolongation`: why the days after `fin_initiale` are there; a contract that is itself the prolongation (L6222-11, 2°) has
    its `fin_initiale` before `debut`. `rqth`, `sportif`: what a fourth year without a prolongation comes from.
    `meme_niveau` and `rapport_direct`: conditions of the 15 points (D6222-30); the third, one year at most, is computed.
    `annee_precedente`: last year of pay, 1 to 3, of the apprenticeship or diploma before (D6222-30, second paragraph).
    `taux_precedent`: percent of the last year of a contract that led to the diploma (D6222-29).
    """

    naissance: date
    debut: date
    fin: date
    conclusion: date
    idcc: str = ""
    smc: Decimal | None = None
    territoire: Territoire = Territoire.FRANCE
    licence_professionnelle: bool = False
    mois_acquis: int = 0
    prolongation: Prolongation | None = None
    fin_initiale: date | None = None
    rqth: bool = False
    sportif: bool = False
    meme_niveau: bool = False
    rapport_direct: bool = False
    annee_precedente: int = 0
    taux_precedent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodeMinimale:
    """Days paid at one rate, both included. `taux` in percent of `base`; `hors_majoration`: without the 15 points.

    `ordre`: « 1.2 » is the second period of the first year, as in the boxes of the form. `annee`: of the grid, 1 to 3.
    `base`: SMC where `smc` is above the SMIC on the first day; `smc_possible` says that an SMC counts at that age.
    """

    ordre: str
    du: date
    au: date
    annee: int
    age: int
    taux: Decimal
    hors_majoration: Decimal
    base: BaseSalaire
    smc_possible: bool
    raison: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumMensuel:
    """What a rate makes one month, in euros gross, exactly; `montant_base` is what the rate was taken of."""

    exact: Decimal
    smic: Smic
    base: BaseSalaire
    montant_base: Decimal

    @property
    def arrondi(self) -> Decimal:
        """Half-up to the cent: what is proposed."""
        return euros(self.exact)

    @property
    def plancher(self) -> Decimal:
        """Down to the cent: a pay under it is too low, whatever the rounding (the law gives none)."""
        return self.exact.quantize(CENT, rounding=ROUND_FLOOR)
