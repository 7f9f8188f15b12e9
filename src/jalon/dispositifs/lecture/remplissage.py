"""Empty boxes filled from the registers, and what a register only tells beside a box."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jalon.dispositifs.base import LIGNES, Apport, Case, Formulaire, Repertoire, Section
from jalon.dispositifs.lecture.cases import lire_case

Consulter = Callable[[Repertoire, str], object | None]
"""What a register says of a number; None when it does not know it, or is not loaded."""


@dataclass(frozen=True, slots=True)
class Remplissage:
    """`valeurs`: answers of the section. `remplies`: boxes that still say what a register said, and which one.
    `nouvelles`: those of them that changed just now; `videes`: those that are empty again, their number having changed."""

    valeurs: dict[str, Any]
    remplies: dict[str, str] = field(default_factory=dict)
    nouvelles: dict[str, str] = field(default_factory=dict)
    videes: frozenset[str] = frozenset()


def remplir_depuis_les_registres(
    dispositif: Formulaire,
    section: str,
    valeurs: Mapping[str, Any],
    consulter: Consulter,
    *,
    anciennes: Mapping[str, Any] | None = None,
    remplies: Mapping[str, str] | None = None,
) -> Remplissage:
    """Look up each number that changed, and fill the boxes that nobody typed in.

    `remplies`: what `Remplissage.remplies` said of the answers before (`anciennes`). A box that was changed since belongs to who
    typed in it. One that was not follows its number: it takes what the registers say of the new one, or is empty again.
    """
    cible, avant = dispositif.section(section), anciennes or {}
    if LIGNES in valeurs or not any(case.registre for case in cible.cases):
        return Remplissage(dict(valeurs))
    encore = {n: r for n, r in (remplies or {}).items() if valeurs.get(n) and valeurs.get(n) == avant.get(n)}
    en_cours = _EnCours(cible, dict(valeurs), encore, consulter)
    cles = dict.fromkeys(apport.cle for case in cible.cases for apport in case.registre if apport.ecrit)
    changees = [c for c in cles if (lue := _numero(cible, c, valeurs)) and lue != _numero(cible, c, avant)]
    for cle in changees:
        en_cours.liberer(cle)
    for cle in changees:
        en_cours.remplir(cle)
    return Remplissage(en_cours.valeurs, en_cours.remplies, en_cours.nouvelles, frozenset(en_cours.videes))


class _EnCours:
    """A section being filled."""

    def __init__(self, section: Section, valeurs: dict[str, Any], remplies: dict[str, str], consulter: Consulter) -> None:
        self.section = section
        self.valeurs = valeurs
        self.remplies = remplies
        self.consulter = consulter
        self.nouvelles: dict[str, str] = {}
        self.videes: set[str] = set()
        self._fiches: dict[tuple[Repertoire, str], object | None] = {}
        self._vues: set[str] = set()

    def liberer(self, cle: str) -> None:
        """Empty the boxes that were filled from the former value of a number."""
        for case in self.section.cases:
            if any(a.cle == cle and a.repertoire == self.remplies.get(case.nom) for a in case.registre):
                self.valeurs[case.nom] = ""
                del self.remplies[case.nom]
                self.videes.add(case.nom)

    def remplir(self, cle: str) -> None:
        """Fill from a number, then from the numbers that it filled."""
        numero = _numero(self.section, cle, self.valeurs)
        if cle in self._vues or not numero:
            return
        self._vues.add(cle)
        suivantes = [case.nom for case in self.section.cases if self._remplir_la_case(case, cle, numero)]
        for nom in suivantes:
            self.remplir(nom)

    def _remplir_la_case(self, case: Case, cle: str, numero: str) -> bool:
        if self.valeurs.get(case.nom):
            return False
        for apport in case.registre:
            texte = self._lire(apport, numero) if apport.ecrit and apport.cle == cle else ""
            if texte:
                self.valeurs[case.nom] = texte
                self.remplies[case.nom] = self.nouvelles[case.nom] = apport.repertoire.value
                self.videes.discard(case.nom)
                return True
        return False

    def _lire(self, apport: Apport, numero: str) -> str:
        chemin = (apport.repertoire, numero)
        if chemin not in self._fiches:
            self._fiches[chemin] = self.consulter(*chemin)
        fiche = self._fiches[chemin]
        return "" if fiche is None else apport.texte(fiche)


def dits_des_registres(section: Section, valeurs: Mapping[str, Any], consulter: Consulter) -> dict[str, str]:
    """What registers tell beside the boxes that are still empty, by name."""
    dits = {}
    for case in section.cases:
        for apport in case.registre:
            numero = "" if apport.ecrit or valeurs.get(case.nom) else _numero(section, apport.cle, valeurs)
            fiche = consulter(apport.repertoire, numero) if numero else None
            if fiche is not None:
                dits[case.nom] = apport.texte(fiche)
    return dits


def _numero(section: Section, cle: str, valeurs: Mapping[str, Any]) -> str:
    """A number as it is looked up; empty while it cannot be read."""
    return str(lire_case(section.case(cle), valeurs.get(cle)).valeur or "")
