"""A table of transitions: data that judges, and from which the documentation is drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from jalon.socle.erreurs import TransitionImpossible


@dataclass(frozen=True, slots=True)
class Transition:
    """From `depuis` to `vers` by an act named `verbe`, by `qui`."""

    depuis: str
    vers: str
    verbe: str
    qui: str


class TableEtats:
    """The allowed moves of one kind of thing."""

    def __init__(self, etats: type[StrEnum], libelles: Mapping[str, str], transitions: Iterable[Transition]) -> None:
        self.etats = etats
        self.libelles = dict(libelles)
        self.transitions = tuple(transitions)

    def permet(self, depuis: str, vers: str) -> bool:
        """Whether the move is in the table."""
        return any(t.depuis == depuis and t.vers == vers for t in self.transitions)

    def exiger(self, depuis: str, vers: str) -> None:
        """Raise TransitionImpossible, naming both states in words, unless the move is in the table."""
        if not self.permet(depuis, vers):
            raise TransitionImpossible(
                f"Cette action n’est plus possible\u00a0: l’état est «\u00a0{self.libelles[depuis]}\u00a0», "
                f"il ne peut pas devenir «\u00a0{self.libelles[vers]}\u00a0»."
            )

    def en_markdown(self, titre: str) -> str:
        """The page of documentation: a list of states, a Mermaid diagram, a table of moves."""
        lignes = [f"# {titre}", "", "Page produite depuis la table des transitions ; ne pas la modifier à la main.", ""]
        lignes += ["```mermaid", "stateDiagram-v2"]
        lignes += [f'    state "{self.libelles[e.value]}" as {e.value}' for e in self.etats]
        lignes += [f"    {t.depuis} --> {t.vers} : {t.verbe}" for t in self.transitions]
        lignes += ["```", "", "| De | Vers | Acte | Par |", "|---|---|---|---|"]
        lignes += [f"| {self.libelles[t.depuis]} | {self.libelles[t.vers]} | {t.verbe} | {t.qui} |" for t in self.transitions]
        return "\n".join(lignes) + "\n"
