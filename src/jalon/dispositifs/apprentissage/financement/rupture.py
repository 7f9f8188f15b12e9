"""What a rupture or an avenant changes in the payments: nothing paid is lost, nothing is paid twice, no money is made."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jalon.dispositifs.apprentissage.financement.annees import fin_financee
from jalon.dispositifs.apprentissage.financement.donnees import DonneesFinancement, EstimationContrat, Rupture, Tranche
from jalon.dispositifs.apprentissage.financement.estimation import estimer
from jalon.dispositifs.base import Echeance, reste_a_verser
from jalon.socle.baremes_alternance import JeuAlternance
from jalon.socle.montants import ZERO, euros, somme


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprise:
    """A contract counted again, beside what the CFA has already received.

    `a_verser`: what is left of each payment, those wholly paid being left out. `trop_verse`: to be taken back.
    `deja_verse` + sum of `a_verser` − `trop_verse` = total − participation of `estimation`.
    """

    donnees: DonneesFinancement
    estimation: EstimationContrat
    deja_verse: Decimal
    a_verser: tuple[Echeance, ...]
    trop_verse: Decimal

    @property
    def reste_a_verser(self) -> Decimal:
        """Sum of what is left to pay, in euros."""
        return somme(echeance.montant for echeance in self.a_verser)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffetRupture:
    """A broken contract: days done under it, days of teaching after it that are funded, and the payments that follow."""

    jours_du_contrat: int
    jours_maintenus: int
    reprise: Reprise


def reprendre(donnees: DonneesFinancement, jeu: JeuAlternance, deja_verse: Decimal = ZERO) -> Reprise:
    """The contract as it is now. What was paid, in euros net of participation, counts for the earliest payments.

    Also what follows when a level comes to be fixed after an amount of D6332-80. Raises as `estimer`.
    """
    estimation = estimer(donnees, jeu)
    a_verser = tuple(reste_a_verser(estimation.echeances, deja_verse))
    du = euros(estimation.total - estimation.participation_employeur)
    return Reprise(
        donnees=donnees,
        estimation=estimation,
        deja_verse=deja_verse,
        a_verser=a_verser,
        trop_verse=max(ZERO, euros(deja_verse - du)),
    )


def rompre(donnees: DonneesFinancement, jeu: JeuAlternance, rupture: Rupture, deja_verse: Decimal = ZERO) -> EffetRupture:
    """The effect of a rupture (Code du travail, R6332-25, R6332-25-1, L6222-18-2). Raises as `estimer`.

    The contract keeps the schedule of the duration it was concluded for; parts not yet open join the balance.
    """
    rompues = replace(donnees, rupture=rupture)
    reprise = reprendre(rompues, jeu, deja_verse)
    dernier = min(rupture.le, donnees.fin)
    return EffetRupture(
        jours_du_contrat=(dernier - donnees.debut).days + 1,
        jours_maintenus=(fin_financee(rompues) - dernier).days,
        reprise=reprise,
    )


def apres_avenant(
    donnees: DonneesFinancement,
    jeu: JeuAlternance,
    *,
    fin: date | None = None,
    tranche: Tranche | None = None,
    deja_verse: Decimal = ZERO,
) -> Reprise:
    """The effect of an avenant on the last day of the contract, or on its level from a day on (D6224-5). Raises as `estimer`.

    Rules stay those of the day of conclusion; the participation is due once by contract.
    """
    modifiees = replace(
        donnees,
        fin=fin or donnees.fin,
        tranches=donnees.tranches if tranche is None else (*donnees.tranches, tranche),
    )
    return reprendre(modifiees, jeu, deja_verse)
