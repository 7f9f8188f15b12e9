"""What a fund pays, as dated data: frozen structures and the one resolver.

`referentiels` builds a `JeuDeRegles` from its tables, or from the packaged files that seed them; `dispositifs` reads it.
Rules are never changed in place: a new revision of a code wins from its first day on, and decisions quote `reference`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from jalon.socle.reglages import DecisionAutomatique, ExceptionDepot

TOUS = "*"
SEUIL_FONDS_LEGAUX = 50
"""The legal plan section finances companies under this number of employees (Code du travail, L6332-17)."""

PREFIXES_OUTRE_MER = frozenset(["971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"])
CRITERES_ACTION = ("type_action", "modalite", "certification", "theme", "interne", "zone")


class Gravite(StrEnum):
    """What an unmet rule does to the dossier."""

    BLOQUE = "bloque"
    AVERTIT = "avertit"


class Fonds(StrEnum):
    """The money: the legal section for small companies, or the contributions agreed by a branch."""

    LEGAL = "legal"
    CONVENTIONNEL = "conventionnel"


class Zone(StrEnum):
    """Where the establishment is."""

    HEXAGONE = "hexagone"
    OUTRE_MER = "outre-mer"


class ModePaiement(StrEnum):
    """Who receives the money: the provider, or the company that paid it."""

    SUBROGATION = "subrogation"
    REMBOURSEMENT = "remboursement"


def zone_du_code_postal(code_postal: str) -> Zone:
    """Overseas départements and collectivités by the first three digits; Monaco (980) counts as hexagone."""
    return Zone.OUTRE_MER if code_postal[:3] in PREFIXES_OUTRE_MER else Zone.HEXAGONE


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleDatee:
    """A rule in force between two days, both included; `retiree` says that there is no rule any more from `valide_du`."""

    code: str
    valide_du: date
    valide_au: date | None = None
    revision: int = 1
    retiree: bool = False
    source_url: str = ""

    @property
    def reference(self) -> str:
        """What a decision quotes: « hcr-presentiel@2 »."""
        return f"{self.code}@{self.revision}"

    def couvre(self, jour: date) -> bool:
        """Whether that day is inside the dates of effect."""
        return self.valide_du <= jour and (self.valide_au is None or jour <= self.valide_au)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleDeBranche(RegleDatee):
    """A rule for a branch (or every branch, « * ») and, where given, a range of sizes."""

    dispositif: str
    idcc: str = TOUS
    effectif_min: int | None = None
    effectif_max: int | None = None
    zone: str = TOUS
    enveloppe: str = ""

    @property
    def propre_a_une_taille(self) -> bool:
        """Whether the rule names a size."""
        return self.effectif_min is not None or self.effectif_max is not None

    def concerne(self, idcc: str, effectif: int) -> bool:
        """Whether a company of that branch and size is in the field of the rule."""
        return (
            self.idcc in {TOUS, idcc}
            and (self.effectif_min is None or self.effectif_min <= effectif)
            and (self.effectif_max is None or effectif <= self.effectif_max)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneBareme(RegleDeBranche):
    """What is paid for one kind of action, in euros HT. None: not paid, or no ceiling for a ceiling."""

    version: str
    fonds: Fonds = Fonds.LEGAL
    type_action: str = TOUS
    modalite: str = TOUS
    certification: str = TOUS
    theme: str = TOUS
    interne: str = TOUS
    taux_horaire: Decimal | None = None
    forfait_jour_intra: Decimal | None = None
    intra_min: int | None = None
    intra_max: int | None = None
    plafond_jour: Decimal | None = None
    plafond_heures: Decimal | None = None
    forfait_action: Decimal | None = None
    forfait_stagiaire: Decimal | None = None
    taux_salaire: Decimal | None = None
    salaire_sans_pedagogie: bool = False
    forfait_repas: Decimal | None = None
    plafond_repas: int | None = None
    forfait_nuit: Decimal | None = None
    plafond_nuits: int | None = None
    forfait_transport: Decimal | None = None
    annexes_hors_plafond: bool = False
    duree_minimale: Decimal | None = None
    note: str = ""

    @property
    def reference_complete(self) -> str:
        """Version of the barème and line: « akto-2026:hcr-presentiel@1 »."""
        return f"{self.version}:{self.reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlafondAnnuel(RegleDeBranche):
    """Most that a company (SIREN) may receive in a calendar year from one enveloppe, in euros HT."""

    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GuichetSuspendu:
    """No new request of that branch on that fund between two days of deposit, both included."""

    code: str
    dispositif: str
    idcc: str
    du: date
    au: date | None
    message: str
    fonds: str = TOUS
    rouvert_le: date | None = None
    source_url: str = ""

    def ferme(self, idcc: str, fonds: str, jour: date) -> bool:
        """Whether a request of that branch on that fund cannot be sent that day."""
        return (
            self.idcc in {TOUS, idcc}
            and self.fonds in {TOUS, fonds}
            and self.du <= jour
            and (self.au is None or jour <= self.au)
            and (self.rouvert_le is None or jour < self.rouvert_le)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleModePaiement(RegleDatee):
    """Whether the provider may be paid directly, from one date on. `integral`: « oui », « non » or « * »."""

    fonds: str = TOUS
    integral: str = TOUS
    subrogation_possible: bool
    motif: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglageDispositif(RegleDatee):
    """Settings of the OPCO for one dispositif. `limite_stagiaires` None: no limit."""

    dispositif: str
    limite_stagiaires: int | None = None
    delai_depot_jours: int = 30
    gravite_delai: Gravite = Gravite.AVERTIT
    decision_automatique: DecisionAutomatique = DecisionAutomatique.PROPOSEE


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheIdcc:
    """A collective agreement and the OPCO it belongs to (empty: none)."""

    code: str
    libelle: str
    opco: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteresBareme:
    """What a line of the barème is chosen by."""

    idcc: str
    effectif: int
    type_action: str
    modalite: str
    certification: str
    theme: str
    interne: str
    zone: str


_R = TypeVar("_R", bound=RegleDatee)


def en_vigueur(regles: Iterable[_R], jour: date) -> list[_R]:
    """For each code, its last revision that covers the day; none when that revision withdraws the rule."""
    retenues: dict[str, _R] = {}
    for regle in sorted(regles, key=lambda r: r.revision):
        if regle.couvre(jour):
            retenues[regle.code] = regle
    return [regle for regle in retenues.values() if not regle.retiree]


@dataclass(frozen=True, slots=True, kw_only=True)
class JeuDeRegles:
    """Every rule of one dispositif, past and future revisions included."""

    lignes: tuple[LigneBareme, ...] = ()
    plafonds: tuple[PlafondAnnuel, ...] = ()
    guichets: tuple[GuichetSuspendu, ...] = ()
    modes: tuple[RegleModePaiement, ...] = ()
    reglages: tuple[ReglageDispositif, ...] = ()
    exceptions: tuple[ExceptionDepot, ...] = ()

    def ligne(self, criteres: CriteresBareme, jour: date) -> LigneBareme | None:
        """The line that applies: IDCC + size, then IDCC, then every branch + size, then every branch.

        Inside one of these, the line that names the most criteria, in the order of CRITERES_ACTION. A line on legal funds
        never applies from 50 employees on (Code du travail, L6332-17).
        """

        def convient(ligne: LigneBareme) -> bool:
            finance = ligne.fonds != Fonds.LEGAL or criteres.effectif < SEUIL_FONDS_LEGAUX
            nommes = all(getattr(ligne, c) in {TOUS, getattr(criteres, c)} for c in CRITERES_ACTION)
            return finance and nommes and ligne.concerne(criteres.idcc, criteres.effectif)

        def precision(ligne: LigneBareme) -> tuple[object, ...]:
            nommes = (getattr(ligne, c) != TOUS for c in CRITERES_ACTION)
            return (ligne.idcc != TOUS, ligne.propre_a_une_taille, *nommes, ligne.valide_du, ligne.code)

        return max(filter(convient, en_vigueur(self.lignes, jour)), key=precision, default=None)

    def plafond(self, ligne: LigneBareme, criteres: CriteresBareme, jour: date) -> PlafondAnnuel | None:
        """The yearly ceiling of the enveloppe a line draws on, resolved in the same order; None: no ceiling."""
        candidats = [
            plafond
            for plafond in en_vigueur(self.plafonds, jour)
            if ligne.enveloppe
            and plafond.enveloppe == ligne.enveloppe
            and plafond.zone in {TOUS, criteres.zone}
            and plafond.concerne(criteres.idcc, criteres.effectif)
        ]
        return max(
            candidats,
            key=lambda p: (p.idcc != TOUS, p.propre_a_une_taille, p.zone != TOUS, p.valide_du, p.code),
            default=None,
        )

    def guichet_ferme(self, idcc: str, fonds: str, jour: date) -> GuichetSuspendu | None:
        """The suspension that stops a request that day, if there is one; the one that ends last."""
        fermes = [g for g in self.guichets if g.ferme(idcc, fonds, jour)]
        return max(fermes, key=lambda g: (g.au is None, g.au or g.du), default=None)

    def mode(self, fonds: str, integral: bool, jour: date) -> RegleModePaiement | None:
        """The rule on who is paid, on the day of the first agreement: fund + coverage, then fund, then any."""
        integrals = {TOUS, "oui" if integral else "non"}
        candidats = [r for r in en_vigueur(self.modes, jour) if r.fonds in {TOUS, fonds} and r.integral in integrals]
        return max(candidats, key=lambda r: (r.fonds != TOUS, r.integral != TOUS, r.valide_du, r.code), default=None)

    def reglage(self, jour: date) -> ReglageDispositif | None:
        """The settings in force that day."""
        return max(en_vigueur(self.reglages, jour), key=lambda r: (r.valide_du, r.revision), default=None)

    def exception(self, debut: date, depot: date) -> ExceptionDepot | None:
        """The dated exception that lets an action beginning on `debut` be sent on `depot`."""
        valables = [e for e in self.exceptions if e.debut_du <= debut <= e.debut_au and depot <= e.depot_au]
        return max(valables, key=lambda e: e.depot_au, default=None)

    def limite_exceptionnelle(self, debut: date) -> date | None:
        """The last day that a dated exception leaves to send an action beginning on `debut`, past or not; None: no exception."""
        return max((e.depot_au for e in self.exceptions if e.debut_du <= debut <= e.debut_au), default=None)

    def decision_automatique(self, jour: date) -> DecisionAutomatique:
        """What the portal may do that day of a request that passes every check; without any setting, propose."""
        reglage = self.reglage(jour)
        return reglage.decision_automatique if reglage else DecisionAutomatique.PROPOSEE
