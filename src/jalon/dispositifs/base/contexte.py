"""What rules may know beyond the answers: values and small callables, filled by `dossiers` or by the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.socle.baremes import FicheIdcc, JeuDeRegles
from jalon.socle.montants import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheEtablissement:
    """What the public register says of a SIRET."""

    siret: str
    denomination: str
    code_postal: str = ""
    commune: str = ""
    idcc: str = ""
    ouvert: bool = True


def _sans_consommation(siren: str, annee: int, enveloppe: str) -> Decimal:  # noqa: ARG001
    return ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """The day of judgement and what is known that day.

    `depose_le`: day of transmission once it took place. `consommation(siren, annee, enveloppe)`: euros HT already engaged.
    `etablissement` looks a SIRET up in the register, `idcc` a code in the public table; `sirens`: companies that the actor
    may file for; `pieces`: codes of the documents attached. None in these four: not known here, so not judged.
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

    @property
    def jour_depot(self) -> date:
        """The day that deadlines of deposit are counted from."""
        return self.depose_le or self.aujourdhui
