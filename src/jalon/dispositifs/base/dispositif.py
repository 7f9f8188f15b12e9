"""A dispositif: one declaration from which form, checks, documents, estimate and schema are derived."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, get_args

from jalon.dispositifs.base.cases import Case, Condition
from jalon.dispositifs.base.contexte import Contexte
from jalon.dispositifs.base.controles import Controle
from jalon.dispositifs.base.estimation import Estimation
from jalon.dispositifs.base.historique import Historique
from jalon.dispositifs.base.papier import CaseReservee, Signataire
from jalon.dispositifs.base.propositions import Proposition
from jalon.dispositifs.base.rubriques import Contenu, FicheRubrique, Rubrique, cases_de
from jalon.dispositifs.base.scission import Scission
from jalon.dispositifs.base.vie import VieDuContrat
from jalon.socle.acteurs import Domaine
from jalon.socle.dates import formater_date


class Silence(StrEnum):
    """What the law makes of an OPCO that does not answer in time."""

    ACCEPTATION = "acceptation"
    REFUS = "refus"
    SANS_EFFET = "sans-effet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceExigee:
    """A document to attach. `objet` ends « Joignez … ». With `une_de`, any one of these alternatives answers it:
    documents are then attached under the code of the alternative."""

    code: str
    libelle: str
    objet: str
    aide: str = ""
    si: tuple[Condition, ...] = ()
    une_de: tuple["PieceExigee", ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What lists search, sort or join on, taken from the answers; empty where nothing readable is typed."""

    titre: str = ""
    siret: str = ""
    denomination: str = ""
    prestataire_siret: str = ""
    prestataire_denomination: str = ""
    reference_interne: str = ""
    nombre_stagiaires: int = 0
    date_debut: date | None = None
    date_fin: date | None = None
    montant_demande: Decimal | None = None
    recherche: str = ""


@dataclass(frozen=True, eq=False)
class Section:
    """A rubrique at its place in a form."""

    rubrique: type[Rubrique]
    cases: tuple[Case, ...]

    @cached_property
    def fiche(self) -> FicheRubrique:
        """What the rubrique says of itself."""
        return self.rubrique.fiche

    @cached_property
    def code(self) -> str:
        """Name of the section in the answers."""
        return self.fiche.code

    @cached_property
    def _par_nom(self) -> dict[str, Case]:
        return {case.nom: case for case in self.cases}

    def case(self, nom: str) -> Case:
        """A box by its name. Raises KeyError."""
        return self._par_nom[nom]


@dataclass(frozen=True, kw_only=True, eq=False)
class Formulaire:
    """What is typed, attached and judged. `formulaire` is the name of the paper form; `version` changes with the boxes.

    `signataires` and `reserve`: who signs the paper, in order, and the frame of the OPCO.
    """

    code: str
    libelle: str
    contenu: type[Contenu]
    controles: tuple[Controle, ...] = ()
    pieces: tuple[PieceExigee, ...] = ()
    formulaire: str = ""
    version: int = 1
    signataires: tuple[Signataire, ...] = ()
    reserve: tuple[CaseReservee, ...] = ()

    @property
    def nom(self) -> str:
        """The name without what is said of it between brackets."""
        return self.libelle.partition(" (")[0]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The rubriques, in the order of the form."""
        rubriques = [_rubrique(champ.annotation) for champ in self.contenu.model_fields.values()]
        return tuple(Section(rubrique, cases_de(rubrique)) for rubrique in rubriques)

    @cached_property
    def _par_code(self) -> dict[str, Section]:
        return {section.code: section for section in self.sections}

    def section(self, code: str) -> Section:
        """A section by its code. Raises KeyError."""
        return self._par_code[code]

    def piece(self, code: str) -> PieceExigee:
        """A required document, or one of its alternatives, by its code. Raises KeyError."""
        for piece in (p for exigee in self.pieces for p in (exigee, *exigee.une_de)):
            if piece.code == code:
                return piece
        raise KeyError(code)


def cases_vues(par_section: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Boxes as « section.champ », from those of each section."""
    return frozenset(f"{section}.{champ}" for section, champs in par_section.items() for champ in champs)


def avant_le_debut(debut: date, delai: int, code_postal: str) -> date:
    """So many calendar days before the first one."""
    del code_postal
    return debut - timedelta(days=delai)


@dataclass(frozen=True, kw_only=True, eq=False)
class Dispositif(Formulaire):
    """Everything proper to one dispositif: its form, its money, its place in the life of dossiers.

    `lettres` go into dossier numbers; `famille` is the domain of rights.
    `financement(contenu, contexte)` gives the estimate; `accord(contenu, contexte, montants)` the same lines with the amounts
    that the OPCO grants, by poste. `projections`: attribute of Projection -> function of the content.
    `vu_du_prestataire`: boxes (« section.champ ») that the provider reads once the request is granted; no other one.
    `montants_libres`: the OPCO grants what it wants of each line; False where the law sets the amounts, all or nothing.
    `silence`: what the OPCO's silence is worth after `delai_decision`, by `source_silence`.
    `limite_de_depot(premier jour, délai en jours, code postal de l'entreprise)`: last day to send it, the delay being the OPCO's
    setting, the postcode telling the public holidays.
    `imprime`: the paper form to be signed, of which the boxes are the same; None when there is none.
    `indications`: sentence told beside a box (« section.champ »), from what is typed anywhere; empty, nothing is told.
    `propositions`: rows that the portal can type itself, by code of the repeated section.
    `ferme_le`: from that day nothing of it is filed any more; what was filed is read. `remplace_par`: name of what is asked instead.
    `vie`: what may happen to it once granted (rupture, avenants); None when it is no contract.
    `scission`: how it is split, when the OPCO limits the people of one request; None: it never is.
    `historique`: how its rules count the earlier requests of the company; None when none does.
    """

    lettres: str
    famille: Domaine
    financement: Callable[[Any, Contexte], Estimation]
    accord: Callable[[Any, Contexte, Mapping[str, Decimal]], Estimation]
    projections: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)
    vu_du_prestataire: frozenset[str] = frozenset()
    silence: Silence = Silence.SANS_EFFET
    source_silence: str = ""
    delai_decision: timedelta | None = None
    montants_libres: bool = True
    limite_de_depot: Callable[[date, int, str], date] = avant_le_debut
    imprime: Formulaire | None = None
    indications: Mapping[str, Callable[[Any, Contexte], str]] = field(default_factory=dict)
    propositions: Mapping[str, Callable[[Any, Contexte], Proposition]] = field(default_factory=dict)
    ferme_le: date | None = None
    remplace_par: str = ""
    vie: VieDuContrat | None = None
    scission: Scission | None = None
    historique: Historique | None = None

    def fermeture(self, jour: date) -> str:
        """Why nothing of it is filed any more that day; empty while it is open."""
        if self.ferme_le is None or jour < self.ferme_le:
            return ""
        phrase = f"«\u00a0{self.nom}\u00a0» ne se demande plus depuis le {formater_date(self.ferme_le)}"
        return f"{phrase}. Demandez à la place «\u00a0{self.remplace_par}\u00a0»" if self.remplace_par else phrase


def _rubrique(annotation: Any) -> type[Rubrique]:
    """`R`, or `tuple[R, ...]` for a repeated one."""
    rubrique: type[Rubrique] = get_args(annotation)[0] if get_args(annotation) else annotation
    return rubrique
