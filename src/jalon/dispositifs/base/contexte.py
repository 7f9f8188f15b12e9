"""What rules may know beyond the answers: values and small callables, filled by `dossiers` or by the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from jalon.socle.baremes import FicheIdcc, JeuDeRegles
from jalon.socle.baremes_alternance import JeuAlternance
from jalon.socle.fiches_referentiels import FicheCertification, FicheNpec, FicheOrganisme
from jalon.socle.montants import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheEtablissement:
    """What the public register says of a SIRET, in the words of the boxes that it fills.

    `secteur` and `type_employeur` are codes of the form, empty when the legal category does not settle them; `effectif` is what
    the company declared to the OPCO, never the bracket of the register.
    """

    siret: str
    denomination: str
    numero: str = ""
    voie: str = ""
    complement: str = ""
    code_postal: str = ""
    commune: str = ""
    naf: str = ""
    secteur: str = ""
    type_employeur: str = ""
    effectif: str = ""
    idcc: str = ""
    ouvert: bool = True


class ReferentielAbsent(LookupError):
    """A rule needs a table that is not loaded here: it says so, once, and blocks nothing."""

    def __init__(self, nom: str) -> None:
        super().__init__(nom)
        self.nom = nom


def _sans_consommation(siren: str, annee: int, enveloppe: str) -> Decimal:  # noqa: ARG001
    return ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """The day of judgement and what is known that day.

    `depose_le`: day of transmission once it took place. `consommation(siren, annee, enveloppe)`: euros HT already engaged.
    `etablissement` looks a SIRET up in the register, `idcc` a code in the public table; `sirens`: companies that the actor
    may file for; `pieces`: codes of the documents attached. None in these four: not known here, so not judged.
    `npec` (a code RNCP, an IDCC, a day of conclusion), `certification` (a code RNCP), `organisme` (a SIRET), `uai` (whether it is in the directory), `contrats_du_niveau`
    (NIR, level of diploma: contracts already concluded), `apprentis_du_maitre` (birth name, first name and day of birth,
    SIREN, first and last day: apprentices followed meanwhile): None, and rules that need them answer ReferentielAbsent.
    `opco`: our name in the IDCC table; empty, agreements of other OPCOs are not told apart.
    """

    aujourdhui: date
    regles: JeuDeRegles
    depose_le: date | None = None
    etablissement: Callable[[str], FicheEtablissement | None] | None = None
    idcc: Callable[[str], FicheIdcc | None] | None = None
    consommation: Callable[[str, int, str], Decimal] = _sans_consommation
    sirens: frozenset[str] | None = None
    pieces: frozenset[str] | None = None
    opco: str = ""
    alternance: JeuAlternance | None = None
    npec: Callable[[str, str, date], FicheNpec | None] | None = None
    certification: Callable[[str], FicheCertification | None] | None = None
    organisme: Callable[[str], FicheOrganisme | None] | None = None
    uai: Callable[[str], bool] | None = None
    contrats_du_niveau: Callable[[str, int], int] | None = None
    apprentis_du_maitre: Callable[[tuple[str, str, date], str, date, date], int] | None = None

    @property
    def jour_depot(self) -> date:
        """The day that deadlines of deposit are counted from."""
        return self.depose_le or self.aujourdhui


_T = TypeVar("_T")


def charge(referentiel: _T | None, nom: str) -> _T:
    """A table of the context, named with its article. Raises ReferentielAbsent when it is not loaded."""
    if referentiel is None:
        raise ReferentielAbsent(nom)
    return referentiel
