"""The money of work-study contracts, as dated data: frozen structures and the one resolver.

`referentiels` reads them from its packaged files; `dispositifs` computes with them. The day that chooses a rule is named
with each: day of conclusion of the contract for its funding and its pay grid, each day of the contract for the SMIC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from jalon.socle.baremes import TOUS, RegleDatee, en_vigueur
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import ErreurMetier

PREFIXE_MAYOTTE = "976"


class RegleAbsente(ErreurMetier):
    """No published rule covers that day: nothing can be computed, and nothing must be refused for it."""

    code = "referentiel-absent"


class Territoire(StrEnum):
    """Where the SMIC has a value of its own."""

    FRANCE = "france"
    MAYOTTE = "mayotte"


def territoire_du_code_postal(code_postal: str) -> Territoire:
    """Mayotte by its first three digits; the same SMIC everywhere else."""
    return Territoire.MAYOTTE if code_postal[:3] == PREFIXE_MAYOTTE else Territoire.FRANCE


class BaseSalaire(StrEnum):
    """What a percentage is taken of: the codes of `typeSalaire` in the inter-OPCO norm."""

    SMIC = "SMIC"
    SMC = "SMC"


class BaseProrata(StrEnum):
    """How a year that is not whole is counted: each started month due, or day by day."""

    MOIS = "mois"
    JOUR = "jour"


class NatureFrais(StrEnum):
    """Costs beside the teaching, with the codes of `natureLigne` in the inter-OPCO norm."""

    RESTAURATION = "RESTAURATION"
    HEBERGEMENT = "HEBERGEMENT"
    PREMIER_EQUIPEMENT = "PREMIEREQUIPEMENT"
    MOBILITE = "MOBILITE"


class Fonction(StrEnum):
    """Who accompanies the trainee in the company."""

    MAITRE_APPRENTISSAGE = "maitre-apprentissage"
    TUTEUR = "tuteur"


class PublicAlternance(StrEnum):
    """What an hour is paid for: a contrat de professionnalisation for anyone, or for the people of L6325-1-1 and of a GEIQ; a period
    of reconversion."""

    GENERAL = "general"
    PRIORITAIRE = "prioritaire"
    RECONVERSION = "reconversion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Smic(RegleDatee):
    """Minimum wage in euros gross: by hour, and by month at 35 hours a week."""

    territoire: Territoire = Territoire.FRANCE
    horaire: Decimal
    mensuel: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleAlternance(RegleDatee):
    """A rule for a branch (or every branch, « * »), and a range of levels of diploma (3 to 8, both included)."""

    idcc: str = TOUS
    niveau_min: int = 1
    niveau_max: int = 8

    def concerne(self, idcc: str, niveau: int) -> bool:
        """Whether a contract of that branch and level is in the field of the rule."""
        return self.idcc in {TOUS, idcc} and self.niveau_min <= niveau <= self.niveau_max


@dataclass(frozen=True, slots=True, kw_only=True)
class TauxSalaire(RegleAlternance):
    """A cell of the pay grid of apprentices, in percent; `base` SMC: of the SMIC, or of the SMC where it is higher.

    `annee` 3 is also read for the years after. An agreement of a branch may give a better cell.
    """

    age_min: int
    age_max: int
    annee: int
    taux: Decimal
    base: BaseSalaire


@dataclass(frozen=True, slots=True, kw_only=True)
class EcheancierCfa(RegleDatee):
    """How a CFA is paid, for contracts concluded between two days.

    `avance_courte`: percent paid first when the contract is of less than one year; the rest is its balance.
    `majoration_courte`: percent that may be added to such a contract when its duration was reduced. `mois_du_solde`: months
    after the end of the contract when the last balance is lost, its documents not being there; None: no such limit.
    """

    base_prorata: BaseProrata
    avance_courte: Decimal
    majoration_courte: Decimal
    mois_du_solde: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEcheancier:
    """A part of the annual amount, in percent, opened at the start of that month of each year.

    `mois` None: with the advance of the next year, or after the end of the contract.
    """

    echeancier: str
    rang: int
    mois: int | None
    taux: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ValeurAmorcage(RegleAlternance):
    """Annual amount in euros paid while the branch has not fixed its own (Code du travail, D6332-80)."""

    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationEmployeur(RegleAlternance):
    """What the employer owes the CFA, in euros by contract (Code du travail, R6332-25-1).

    `apres_rupture`: for the new employer after a broken contract. `taux_essai`: percent of the prorata when the contract is
    broken in its first 45 days of practical training, within `montant`.
    """

    montant: Decimal
    apres_rupture: Decimal
    taux_essai: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorationDistance(RegleDatee):
    """From `seuil` percent of remote hours on, the level loses `taux` percent, not under `plancher` euros (D6332-82-1)."""

    seuil: Decimal
    taux: Decimal
    plancher: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorationRqth(RegleDatee):
    """Most that is added each year for a recognised disabled apprentice, in euros (Code du travail, D6332-82)."""

    plafond: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ForfaitFrais(RegleAlternance):
    """Most that is paid for one unit of an annex cost, in euros (Code du travail, D6332-83)."""

    nature: NatureFrais
    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AideAccompagnement(RegleDatee):
    """Ceilings for who accompanies the trainee: training (D6332-92), then exercise of the function (D6332-93), in euros."""

    fonction: Fonction
    formation_horaire: Decimal
    formation_heures: int
    exercice_mensuel: Decimal
    exercice_mois: int
    majoration: Decimal
    """Percent added to `exercice_mensuel` for a tutor of 45 or more, or of a person of L6325-1-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForfaitHoraire(RegleAlternance):
    """Hour of training, in euros (Code du travail, D6332-85, D6332-86; D6332-90 for a reconversion)."""

    public: PublicAlternance
    montant: Decimal


_R = TypeVar("_R", bound=RegleDatee)
_A = TypeVar("_A", bound=RegleAlternance)


def _seule(regles: Iterable[_R], jour: date, quoi: str) -> _R:
    """The rule in force that day, the newest if several. Raises RegleAbsente."""
    trouvee = max(en_vigueur(regles, jour), key=lambda r: (r.valide_du, r.code), default=None)
    if trouvee is None:
        raise RegleAbsente(f"Aucune règle publiée ne donne {quoi} au {formater_date(jour)}.")
    return trouvee


def _de_branche(regles: Iterable[_A], jour: date, idcc: str, niveau: int) -> _A | None:
    """The rule of the branch in force that day, else that of every branch."""
    candidates = [r for r in en_vigueur(regles, jour) if r.concerne(idcc, niveau)]
    return max(candidates, key=lambda r: (r.idcc != TOUS, r.valide_du, r.code), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class JeuAlternance:
    """Every rule of work-study contracts, past and future revisions included."""

    smics: tuple[Smic, ...] = ()
    grille: tuple[TauxSalaire, ...] = ()
    echeanciers: tuple[EcheancierCfa, ...] = ()
    parts: tuple[PartEcheancier, ...] = ()
    amorcages: tuple[ValeurAmorcage, ...] = ()
    participations: tuple[ParticipationEmployeur, ...] = ()
    minorations: tuple[MinorationDistance, ...] = ()
    majorations: tuple[MajorationRqth, ...] = ()
    frais: tuple[ForfaitFrais, ...] = ()
    aides: tuple[AideAccompagnement, ...] = ()
    forfaits_horaires: tuple[ForfaitHoraire, ...] = ()

    def smic(self, jour: date, territoire: Territoire = Territoire.FRANCE) -> Smic:
        """The SMIC in force that day. Raises RegleAbsente before the first value known."""
        return _seule((s for s in self.smics if s.territoire == territoire), jour, "le SMIC")

    def changements_de_smic(self, du: date, au: date, territoire: Territoire = Territoire.FRANCE) -> list[date]:
        """First days of the values that begin after `du`, until `au`."""
        return sorted({s.valide_du for s in self.smics if s.territoire == territoire and du < s.valide_du <= au})

    def taux(self, age: int, annee: int, conclusion: date, idcc: str = TOUS) -> TauxSalaire:
        """The cell of the grid for that age and year of execution (3 for the ones after). Raises RegleAbsente."""
        rang = min(max(annee, 1), 3)
        cellules = (c for c in self.grille if c.annee == rang and c.age_min <= age <= c.age_max)
        cellule = _de_branche(cellules, conclusion, idcc, niveau=1)
        if cellule is None:
            raise RegleAbsente(f"Aucune grille de salaire publiée ne couvre un contrat conclu le {formater_date(conclusion)}.")
        return cellule

    def echeancier(self, conclusion: date) -> EcheancierCfa:
        """How the CFA of a contract concluded that day is paid. Raises RegleAbsente."""
        return _seule(self.echeanciers, conclusion, "l’échéancier d’un contrat conclu")

    def parts_de(self, echeancier: EcheancierCfa) -> list[PartEcheancier]:
        """Its parts, in order; they sum to 100 %."""
        return sorted((p for p in self.parts if p.echeancier == echeancier.code), key=lambda p: p.rang)

    def amorcage(self, niveau: int, conclusion: date, idcc: str = TOUS) -> ValeurAmorcage:
        """The annual amount for want of a level fixed by the branch. Raises RegleAbsente."""
        valeur = _de_branche(self.amorcages, conclusion, idcc, niveau)
        if valeur is None:
            raise RegleAbsente(f"Aucun montant d’amorçage n’est publié pour le niveau {niveau} au {formater_date(conclusion)}.")
        return valeur

    def participation(self, niveau: int, conclusion: date, idcc: str = TOUS) -> ParticipationEmployeur | None:
        """What the employer owes; None: nothing."""
        return _de_branche(self.participations, conclusion, idcc, niveau)

    def minoration(self, conclusion: date) -> MinorationDistance | None:
        """The rule on remote teaching; None before there was one."""
        return max(en_vigueur(self.minorations, conclusion), key=lambda r: r.valide_du, default=None)

    def majoration_rqth(self, conclusion: date) -> MajorationRqth | None:
        """The ceiling of the majoration; None before there was one."""
        return max(en_vigueur(self.majorations, conclusion), key=lambda r: r.valide_du, default=None)

    def forfait_frais(self, nature: NatureFrais, niveau: int, conclusion: date, idcc: str = TOUS) -> ForfaitFrais | None:
        """The forfait of an annex cost; None: the OPCO has published none."""
        return _de_branche((f for f in self.frais if f.nature == nature), conclusion, idcc, niveau)

    def aide(self, fonction: Fonction, jour: date) -> AideAccompagnement:
        """Ceilings of the help for who accompanies the trainee. Raises RegleAbsente."""
        return _seule((a for a in self.aides if a.fonction == fonction), jour, "l’aide à l’accompagnement")

    def forfait_horaire(self, public: PublicAlternance, conclusion: date, idcc: str = TOUS, niveau: int = 1) -> ForfaitHoraire:
        """The hour of a contrat de professionnalisation. Raises RegleAbsente."""
        trouve = _de_branche((f for f in self.forfaits_horaires if f.public == public), conclusion, idcc, niveau)
        if trouve is None:
            raise RegleAbsente(f"Aucun forfait horaire n’est publié au {formater_date(conclusion)}.")
        return trouve
