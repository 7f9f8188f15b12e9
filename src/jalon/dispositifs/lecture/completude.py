"""How far a draft is, section by section."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jalon.dispositifs.base import Anomalie, Formulaire
from jalon.dispositifs.lecture.cases import Reponses
from jalon.dispositifs.lecture.contenu import LectureContenu, lire_reponses


class StatutSection(StrEnum):
    """Mark of a section in the side navigation."""

    COMPLET = "complet"
    PARTIEL = "partiel"
    A_CORRIGER = "a-corriger"
    A_COMMENCER = "a-commencer"


@dataclass(frozen=True, slots=True)
class EtatSection:
    """`restants`: boxes still empty; `a_corriger`: answers that must change."""

    statut: StatutSection
    restants: int = 0
    a_corriger: int = 0

    @property
    def texte(self) -> str:
        """« Complet », « 3 champs restants », « 2 réponses à corriger », « À commencer »."""
        if self.statut == StatutSection.A_CORRIGER:
            return f"{self.a_corriger}\u00a0réponse{'s' * (self.a_corriger > 1)} à corriger"
        if self.statut == StatutSection.PARTIEL:
            return f"{self.restants}\u00a0champ{'s' * (self.restants > 1)} restant{'s' * (self.restants > 1)}"
        return "Complet" if self.statut == StatutSection.COMPLET else "À commencer"


def completude(
    dispositif: Formulaire, reponses: Reponses, anomalies: Iterable[Anomalie] = (), *, lue: LectureContenu | None = None
) -> dict[str, EtatSection]:
    """State of each section. Blocking `anomalies` (those of `verifier`) count as answers to correct where they are shown.

    `lue`: the answers, when they were just read.
    """
    lecture = lue or lire_reponses(dispositif, reponses)
    lues = {case for anomalie in lecture.anomalies for case in anomalie.cases}
    ecarts = [a.section for a in anomalies if a.bloque and not lues.intersection(a.cases)]
    etats = {}
    for code, section in lecture.sections.items():
        a_corriger, restants = len(section.erreurs) + ecarts.count(code), len(section.manques)
        if a_corriger:
            statut = StatutSection.A_CORRIGER
        elif not restants:
            statut = StatutSection.COMPLET
        else:
            statut = StatutSection.PARTIEL if section.commencee else StatutSection.A_COMMENCER
        etats[code] = EtatSection(statut, restants, a_corriger)
    return etats
