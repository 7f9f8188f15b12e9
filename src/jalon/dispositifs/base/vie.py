"""What may happen to a granted contract: declared by the dispositif, followed by the rooms above whatever the dispositif."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.dispositifs.base.contexte import Contexte
from jalon.dispositifs.base.estimation import Echeance, Estimation
from jalon.socle.fiches_referentiels import FicheNpec
from jalon.socle.montants import ZERO, euros, somme

Accordes = Mapping[str, Decimal]
"""Poste -> euros HT granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDemandee:
    """A day that a motive asks for. `objet` names it with its article, and ends the sentence said when it is empty."""

    code: str
    libelle: str
    objet: str
    aide: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mots:
    """How the sides of a contract are called, with their articles."""

    prestataire: str = "le CFA"
    au_prestataire: str = "au CFA"
    du_prestataire: str = "du CFA"
    beneficiaire: str = "l’apprenti"
    du_contrat: str = "du contrat"
    source: str = "Code du travail, D6224-5, D6224-6"


@dataclass(frozen=True, slots=True, kw_only=True)
class MotifDeRupture:
    """A way in which a contract ends before its term. `preuve`: what proves it, attached once it is declared.

    `jours_pratiques`: the number of days of practical training is asked; `representant`: whether the representative of a minor signed. `dit_au_prestataire`: its side may read and declare it;
    otherwise it stays between the employer and the employee. `maintien`: the teaching may go on, funded, after it.
    """

    code: str
    libelle: str
    source: str
    preuve: str
    aide: str = ""
    dates: tuple[DateDemandee, ...] = ()
    jours_pratiques: bool = False
    representant: bool = False
    dit_au_prestataire: bool = True
    maintien: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rupture:
    """A rupture as it is declared. `le`: last day of the contract. `motif`: empty where the provider does not know it.

    `jours_pratiques`: days of practical training done. `formation_jusqu_au`: last day of the teaching that goes on after it.
    `heures_faites`: hours of training followed until then, where it is paid by the hour.
    `representant_signe`: the legal representative of a minor signed the act.
    """

    le: date
    motif: str = ""
    dates: Mapping[str, date] = field(default_factory=dict)
    jours_pratiques: int | None = None
    heures_faites: Decimal | None = None
    formation_jusqu_au: date | None = None
    representant_signe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EffetSurArgent:
    """What an event changes in the payments. `a_verser`: what is left of each payment to come, where there is a schedule.

    `deja_verse` + `reste` − `trop_verse` = `du`. `jours_du_contrat`, `jours_maintenus`: days done, then days of teaching funded
    after a rupture; `heures`: hours of training that are paid, where it is paid by the hour.
    """

    estimation: Estimation
    deja_verse: Decimal
    a_verser: tuple[Echeance, ...]
    trop_verse: Decimal
    jours_du_contrat: int = 0
    jours_maintenus: int = 0
    heures: Decimal | None = None

    @property
    def calcule(self) -> bool:
        """Whether the payments could be counted."""
        return bool(self.estimation.lignes)

    @property
    def du(self) -> Decimal:
        """What the contract is worth now: its schedule, net of the employer's participation; without one, all its lines."""
        echeances = self.estimation.echeances
        return somme(e.montant for e in echeances) if echeances else self.estimation.total_ht

    @property
    def reste(self) -> Decimal:
        """What will still be paid."""
        return max(ZERO, euros(self.du - self.deja_verse))


@dataclass(frozen=True, slots=True, kw_only=True)
class GenreAvenant:
    """A kind of avenant. `ouvertes`: « section » or « section.champ » that it may change, besides what it says of itself.

    `type_contrat`: what it writes in the box of that name; its own code when empty. `autre_employeur`: the contract may pass to another
    company.
    """

    code: str
    libelle: str
    source: str
    aide: str
    ouvertes: frozenset[str]
    type_contrat: str = ""
    autre_employeur: bool = False

    @property
    def nom(self) -> str:
        """« 36 : Autre changement » where the code is that of a form; else its words."""
        return f"{self.code}\u00a0: {self.libelle}" if self.code.isdigit() else self.libelle


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteDeContrat:
    """A kind of new contract after this one. `rompu`: only after a rupture (True), only without one (False), after either (None)."""

    code: str
    libelle: str
    rompu: bool | None = None


def sans_niveau(contenu: Any, contexte: Contexte) -> FicheNpec | None:
    """No branch publishes a level for such a contract."""
    del contenu, contexte
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class VieDuContrat:
    """The life of a contract of a dispositif.

    `refus_de_rupture(contenu, rupture, aujourd'hui, prestataire)`: box -> sentence. `rompre(versions, contexte, rupture, déjà versé,
    accordés)` and `reprendre(versions, contexte, déjà versé, accordés)`: the payments counted again, from the contents in order, the
    granted one first; `accordés`: poste -> euros HT of the first grant, which the adviser may have set.
    `limite_du_maintien(contenu, rupture)`: last day that may be funded after it; None where nothing is. `refus_d_avenant(code, avant, après)`: path of a box -> sentence.
    `ouvertes(code)`: boxes that an avenant may change, its own ones included. `reponses_de_la_suite(code, réponses)`: first answers
    of a new contract of the same person, by section. `par_heure`: hours of training followed are declared with a rupture.
    `jours_pour_signaler`: days that the employer has to declare it; None: without delay.
    `niveau_publie(contenu accordé, contexte)`: the level that its branch publishes, None as long as it does not; `attente_du_niveau`:
    the source that an agreement counted without it gives among its reasons, empty where none is.
    """

    motifs: tuple[MotifDeRupture, ...]
    refus_de_rupture: Callable[[Any, Rupture, date, bool], dict[str, str]]
    limite_du_maintien: Callable[[Any, Rupture], date | None]
    rompre: Callable[[Sequence[Any], Contexte, Rupture, Decimal, Accordes], EffetSurArgent]
    reprendre: Callable[[Sequence[Any], Contexte, Decimal, Accordes], EffetSurArgent]
    avenants: tuple[GenreAvenant, ...]
    ouvertes: Callable[[str], frozenset[str]]
    refus_d_avenant: Callable[[str, Any, Any], dict[str, str]]
    suites: tuple[SuiteDeContrat, ...]
    reponses_de_la_suite: Callable[[str, Mapping[str, Any]], dict[str, dict[str, Any]]]
    mots: Mots = Mots()
    par_heure: bool = False
    jours_pour_signaler: int | None = None
    niveau_publie: Callable[[Any, Contexte], FicheNpec | None] = sans_niveau
    attente_du_niveau: str = ""

    @property
    def maintient(self) -> bool:
        """Whether the teaching may go on, funded, after some rupture."""
        return any(m.maintien for m in self.motifs)

    def motif(self, code: str) -> MotifDeRupture | None:
        """A motive by its code."""
        return next((m for m in self.motifs if m.code == code), None)

    def genre(self, code: str) -> GenreAvenant | None:
        """A kind of avenant by its code."""
        return next((g for g in self.avenants if g.code == code), None)
