"""What an estimate is made of, and what it says: frozen, without any knowledge of the form."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import Echeance, Explication
from jalon.socle.baremes_alternance import NatureFrais
from jalon.socle.montants import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Rupture:
    """The end of a contract before its term; `le` is its last day.

    `periode_essai`: in the first 45 days, consecutive or not, of practical training (Code du travail, L6222-18).
    `formation_jusqu_au`: last day that the CFA went on teaching (L6222-18-2), counted within six months and the term.
    """

    le: date
    periode_essai: bool = False
    formation_jusqu_au: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """From that day on, an avenant gives the contract another annual level, in euros before minoration and majoration."""

    du: date
    npec: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesFinancement:
    """A contract, as its funding sees it. Amounts in euros, days both included.

    `conclusion` chooses every rule. `niveau`: of the diploma aimed at, 3 to 8. `npec`: annual level of the branch; None: not
    known, the amount of D6332-80 is used. `rqth_par_annee`: what is asked for each year of contract (annual amounts).
    `certification_exemptee`: on the list of D6332-82-1 II. `employeur_apres_rupture`: new contract of L6222-18-2.
    `duree_reduite`: by the convention of L6222-7-1, third paragraph, with the majoration asked for; `titre_court_reglementaire`:
    title of the ministry whose duration is fixed under one year (R6332-25 IV). `prix`: of the teaching, by the CFA, in all.
    `premier_equipement`: its cost; `mobilite`: a stay abroad is planned.
    """

    debut: date
    fin: date
    conclusion: date
    niveau: int
    idcc: str = ""
    npec: Decimal | None = None
    npec_source: str = ""
    tranches: tuple[Tranche, ...] = ()
    heures_formation: Decimal = ZERO
    heures_distance: Decimal = ZERO
    certification_exemptee: bool = False
    rqth_par_annee: tuple[Decimal, ...] = ()
    employeur_apres_rupture: bool = False
    duree_reduite: bool = False
    titre_court_reglementaire: bool = False
    repas: int = 0
    nuitees: int = 0
    premier_equipement: Decimal = ZERO
    mobilite: bool = False
    prix: Decimal | None = None
    rupture: Rupture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnneeFinancee:
    """A year of contract: the days funded, and their amount before participation."""

    numero: int
    debut: date
    fin: date
    jours: int
    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FraisAnnexe:
    """An annex cost, within its forfait."""

    nature: NatureFrais
    quantite: int
    prix_unitaire: Decimal
    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimationContrat:
    """What will be paid, and when. Sum of `annees` = `total`; sum of `echeances` = `total` − `participation_employeur`.

    `npec`, `minoration`, `majoration`: annual amounts (the highest year for the majoration). `total`: before participation,
    without annex costs. `reste_a_charge`: price of the CFA above the total; None when the price is not known.
    `references`: rules used, frozen on the decision.
    """

    npec: Decimal
    minoration: Decimal
    majoration: Decimal
    participation_employeur: Decimal
    annees: tuple[AnneeFinancee, ...]
    echeances: tuple[Echeance, ...]
    frais_annexes: tuple[FraisAnnexe, ...]
    total: Decimal
    reste_a_charge: Decimal | None
    explications: tuple[Explication, ...]
    references: tuple[str, ...]
