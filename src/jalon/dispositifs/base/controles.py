"""Controls: small judgements of a document, each with the text it comes from."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from jalon.dispositifs.base.contexte import Contexte, ReferentielAbsent
from jalon.dispositifs.base.rubriques import CaseAbsente
from jalon.socle.baremes import Gravite

CASE_MANQUANTE = "case-manquante"
CASE_ILLISIBLE = "case-illisible"
PIECE_MANQUANTE = "piece-manquante"
REFERENTIEL_ABSENT = "referentiel-absent"


@dataclass(frozen=True, slots=True)
class Anomalie:
    """Something to mend. `cases`: « section.champ », « section.rang.champ » or « pieces.code », the first one first."""

    controle: str
    message: str
    cases: tuple[str, ...]
    gravite: Gravite = Gravite.BLOQUE
    source: str = ""

    @property
    def section(self) -> str:
        """Code of the section where it is mended."""
        return self.cases[0].partition(".")[0]

    @property
    def bloque(self) -> bool:
        """Whether the dossier cannot be sent."""
        return self.gravite == Gravite.BLOQUE


@dataclass(frozen=True, slots=True)
class Ecart:
    """What a control found, where it must name its own boxes (rows) or weigh it otherwise."""

    message: str
    cases: tuple[str, ...] = ()
    gravite: Gravite | None = None


Resultat = str | Ecart | Iterable[Ecart] | None
Jugement = Callable[[Any, Contexte], Resultat]


@dataclass(frozen=True, slots=True)
class Controle:
    """A named judgement; calling it calls the function. `verifie`: what is true when nothing is found, in a few words."""

    identifiant: str
    verifie: str
    cases: tuple[str, ...]
    source: str
    gravite: Gravite
    jugement: Jugement
    description: str

    def __call__(self, contenu: Any, contexte: Contexte) -> Resultat:
        return self.jugement(contenu, contexte)

    def appliquer(self, contenu: Any, contexte: Contexte) -> list[Anomalie]:
        """Anomalies found; none when a box that it reads is still missing."""
        try:
            resultat = self.jugement(contenu, contexte)
            if resultat is None:
                return []
            ecarts = [Ecart(resultat)] if isinstance(resultat, str) else [resultat] if isinstance(resultat, Ecart) else resultat
            return [
                Anomalie(self.identifiant, e.message, e.cases or self.cases, e.gravite or self.gravite, self.source)
                for e in ecarts
            ]
        except CaseAbsente:
            return []
        except ReferentielAbsent as absent:
            phrase = f"Ceci n’a pas été vérifié, car il manque ici {absent.nom}\u00a0: «\u00a0{self.verifie}\u00a0»"
            return [Anomalie(REFERENTIEL_ABSENT, phrase, self.cases, Gravite.AVERTIT, self.source)]


def controle(
    identifiant: str, *, verifie: str, cases: Sequence[str], source: str, gravite: Gravite = Gravite.BLOQUE
) -> Callable[[Jugement], Controle]:
    """Declare a control. `cases`: where the anomaly is shown; `source`: « Code du travail, D6353-1 », or the OPCO's own rule."""

    def declarer(jugement: Jugement) -> Controle:
        return Controle(identifiant, verifie, tuple(cases), source, gravite, jugement, (jugement.__doc__ or "").strip())

    return declarer


_L = TypeVar("_L")


def par_ligne(section: str, lignes: Iterable[_L], juger: Callable[[_L], tuple[str, str] | None]) -> Iterator[Ecart]:
    """Judge each row apart: a box missing in one does not stop the others. `juger` gives (champ, message) or None."""
    for rang, ligne in enumerate(lignes):
        try:
            trouve = juger(ligne)
        except CaseAbsente:
            continue
        if trouve is not None:
            champ, message = trouve
            yield Ecart(message, (f"{section}.{rang}.{champ}",))


def controles_du_module(nom: str) -> tuple[Controle, ...]:
    """Every control declared in a loaded module, in order."""
    return tuple(valeur for valeur in vars(sys.modules[nom]).values() if isinstance(valeur, Controle))
