"""What the OPCO's silence is worth: derived when read from who must act and by when, never stored."""

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.dispositifs.base import Silence
from jalon.dossiers.enums import ACCEPTATION_IMPLICITE, LIBELLES_DU_SILENCE, REFUS_IMPLICITE, Partie
from jalon.dossiers.regles.attentes import Attente
from jalon.dossiers.regles.etats import ATTENDENT_L_OPCO
from jalon.socle.dates import formater_jour

DECIDENT = frozenset(ATTENDENT_L_OPCO)
"""States where the delay runs. While a complement is waited for, it does not: the documents are not all there (R6224-3, D6325-2)."""
PRESSE, URGENT = 5, 3
"""Days left from which the countdown is shown in orange, then in red; the adviser is told at the first."""
AFFICHES = {Silence.REFUS: REFUS_IMPLICITE, Silence.ACCEPTATION: ACCEPTATION_IMPLICITE}


@dataclass(frozen=True, slots=True)
class CompteARebours:
    """`limite`: last day to decide, until 24:00 in Paris; `jours` left that day: 0 on the last one, less once it is over."""

    silence: Silence
    limite: date
    jours: int

    @property
    def ne(self) -> bool:
        """Whether silence has become a decision."""
        return self.jours < 0

    @property
    def refuse(self) -> bool:
        """Whether silence is a refusal; otherwise it is an acceptance."""
        return self.silence == Silence.REFUS

    @property
    def depuis(self) -> date:
        """First day of the implicit decision, from 00:00 in Paris."""
        return self.limite + timedelta(days=1)

    @property
    def affiche(self) -> str:
        """The state that is shown once silence has become a decision."""
        return AFFICHES[self.silence]

    @property
    def nom(self) -> str:
        """« Refus implicite »."""
        return LIBELLES_DU_SILENCE[self.affiche]

    @property
    def ton(self) -> str:
        """« bad », « warn » or empty, as days go."""
        return "bad" if self.jours <= URGENT else "warn" if self.jours <= PRESSE else ""

    def phrase(self, jour: date) -> str:
        """« Refus implicite depuis le 22 sept. », « Silence dans 3 jours : refus implicite »."""
        if self.ne:
            return f"{self.nom} depuis le {formater_jour(self.depuis, jour)}"
        quand = "ce soir" if self.jours == 0 else "demain soir" if self.jours == 1 else f"dans {self.jours}\u00a0jours"
        return f"Silence {quand}\u00a0: {self.nom.lower()}"


def compte_a_rebours(etat: str, attente: Attente, silence: Silence, jour: date) -> CompteARebours | None:
    """Where the delay of the OPCO stands that day; None when nothing runs, or when silence has no effect."""
    if silence not in AFFICHES or etat not in DECIDENT or attente.qui != Partie.OPCO or attente.avant is None:
        return None
    return CompteARebours(silence, attente.avant, (attente.avant - jour).days)
