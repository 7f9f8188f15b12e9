"""Reading one box, and knowing whether it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jalon.dispositifs.base import Case, Condition, Formulaire, Section
from jalon.dispositifs.types.formats import nombre
from jalon.socle.erreurs import SaisieRefusee

Reponses = Mapping[str, Mapping[str, Any]]
"""What a draft keeps: {section: {"version": n, "valeurs": {champ: texte}}}; rows under "lignes" in a repeated section."""


@dataclass(frozen=True, slots=True)
class LectureCase:
    """`texte`: repaired, or as it was typed when it cannot be read; `valeur` is then None and `erreur` says what to do."""

    texte: str | list[str]
    valeur: Any = None
    erreur: str = ""

    @property
    def vide(self) -> bool:
        """Whether nothing was typed."""
        return not self.texte


def valeurs_de(reponses: Reponses, section: str) -> Mapping[str, Any]:
    """What was typed in a section."""
    valeurs: Mapping[str, Any] = reponses.get(section, {}).get("valeurs", {})
    return valeurs


def lire_case(case: Case, tape: object) -> LectureCase:
    """Read what was typed in a box, repairing its format. An empty box has no error here."""
    if case.multiple:
        return _lire_codes(case, tape)
    brut = tape if isinstance(tape, str) else "" if tape is None else str(tape)
    if not brut.strip():
        return LectureCase("", None)
    if len(brut) > case.format.longueur:
        trop = len(brut) - case.format.longueur
        return LectureCase(
            brut, erreur=f"Cette réponse comporte {case.format.longueur} caractères au plus, il y en a {trop} de trop"
        )
    try:
        valeur = case.format.lire(brut)
        _borner(case, valeur)
    except SaisieRefusee as refus:
        return LectureCase(brut, erreur=refus.message)
    texte = case.format.ecrire(valeur)
    return LectureCase(texte, valeur if texte else None)


def _lire_codes(case: Case, tape: object) -> LectureCase:
    bruts = [b for b in ([tape] if isinstance(tape, str) else tape or []) if isinstance(b, str) and b.strip()]  # type: ignore[attr-defined]
    try:
        codes = list(dict.fromkeys(case.format.lire(brut) for brut in bruts))
    except SaisieRefusee as refus:
        return LectureCase(bruts, erreur=refus.message)
    return LectureCase(codes, tuple(codes))


def _borner(case: Case, valeur: Any) -> None:
    if case.mini is None and case.maxi is None:
        return
    unite = f"\u00a0{case.unite}" if case.unite else ""
    objet = case.objet[:1].upper() + case.objet[1:]
    if case.mini is not None and valeur < case.mini:
        raise SaisieRefusee(f"{objet} doit être d’au moins {nombre(case.mini)}{unite}")
    if case.maxi is not None and valeur > case.maxi:
        raise SaisieRefusee(f"{objet} doit être de {nombre(case.maxi)}{unite} au plus")


class Demandes:
    """Which boxes are asked, given what is answered in the whole draft."""

    def __init__(self, dispositif: Formulaire, reponses: Reponses) -> None:
        self.dispositif = dispositif
        self.reponses = reponses
        self._jugees: dict[Condition, bool] = {}

    def demandee(self, section: Section, case: Case, ligne: Mapping[str, Any] | None = None) -> bool:
        """Whether every condition of a box holds; `ligne` is its row in a repeated section."""
        return not case.conditions or all(self.tenue(condition, section, ligne) for condition in case.conditions)

    def tenue(self, condition: Condition, section: Section | None = None, ligne: Mapping[str, Any] | None = None) -> bool:
        """Whether a condition holds: the box it looks at is itself asked, and has one of the values."""
        if "." not in condition.chemin:
            return self._juger(condition, section, ligne)
        if condition not in self._jugees:
            self._jugees[condition] = self._juger(condition, section, ligne)
        return self._jugees[condition]

    def _juger(self, condition: Condition, section: Section | None, ligne: Mapping[str, Any] | None) -> bool:
        code, _, nom = condition.chemin.rpartition(".")
        cible = self.dispositif.section(code) if code else section
        if cible is None:
            raise LookupError(f"condition sans section : {condition.chemin}")
        source = ligne if ligne is not None and not code else valeurs_de(self.reponses, cible.code)
        case = cible.case(nom)
        lue = lire_case(case, source.get(nom, ""))
        textes = lue.texte if isinstance(lue.texte, list) else [lue.texte]
        return any(t in condition.valeurs for t in textes) and self.demandee(cible, case, ligne if not code else None)
