"""Lists of codes, with their dates: a code that is no longer offered can still be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jalon.dispositifs.types.formats import Format
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.texte import normaliser


@dataclass(frozen=True, slots=True)
class Choix:
    """One code and what it means, offered between two dates. `synonymes`: other words for it in spreadsheets."""

    code: str
    libelle: str
    valide_du: date | None = None
    valide_au: date | None = None
    synonymes: tuple[str, ...] = ()

    def propose(self, jour: date) -> bool:
        """Whether the code is offered that day."""
        return (self.valide_du is None or self.valide_du <= jour) and (self.valide_au is None or jour <= self.valide_au)


@dataclass(frozen=True, slots=True)
class ListeDeChoix:
    """A named list; `version` changes with its codes, `source` says where they come from."""

    nom: str
    version: str
    choix: tuple[Choix, ...]
    source: str = ""

    def codes(self) -> list[str]:
        """Every code, past ones included."""
        return [c.code for c in self.choix]

    def proposes(self, jour: date) -> list[Choix]:
        """What a form offers that day."""
        return [c for c in self.choix if c.propose(jour)]

    def lire(self, texte: str) -> str:
        """A code, its wording or a synonym typed in any case. Raises SaisieRefusee."""
        code = texte.strip()
        if any(choix.code == code for choix in self.choix):
            return code
        net = normaliser(texte)
        for choix in self.choix:
            if net in {normaliser(mot) for mot in (choix.code, choix.libelle, *choix.synonymes)}:
                return choix.code
        raise SaisieRefusee("Choisissez une réponse de la liste")

    def libelle(self, code: str) -> str:
        """The wording of a code."""
        return next((c.libelle for c in self.choix if c.code == code), code)

    def format(self) -> Format:
        """The format of one box that takes one code."""
        return Format("choix", self.lire, afficher=self.libelle)

    def format_multiple(self) -> Format:
        """The format of each code of a box that takes several."""
        return Format("multi", self.lire, afficher=self.libelle)


def liste(
    nom: str, version: str, *choix: tuple[str, str], source: str = "", synonymes: Mapping[str, tuple[str, ...]] | None = None
) -> ListeDeChoix:
    """A list whose codes have no date. `synonymes`: other words, by code."""
    mots = synonymes or {}
    return ListeDeChoix(nom, version, tuple(Choix(c, libelle, synonymes=mots.get(c, ())) for c, libelle in choix), source)
