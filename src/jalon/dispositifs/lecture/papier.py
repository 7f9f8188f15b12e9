"""The paper form, filled: every box in the order of the paper, what lacks, who signs. Pure; the boxes are those of the form alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jalon.dispositifs.base import LIGNES, Case, Condition, Contexte, Formulaire, Section, Signataire
from jalon.dispositifs.lecture.affichage import MASQUE, afficher
from jalon.dispositifs.lecture.cases import Demandes, Reponses, valeurs_de
from jalon.dispositifs.lecture.contenu import LectureContenu, controler, lire_reponses
from jalon.dispositifs.lecture.sections import LectureSection
from jalon.socle.identifiants import grouper_nir


class EtatCase(StrEnum):
    """What the paper shows of a box. FACULTATIVE: empty, and may stay so; SANS_OBJET: the answers rule it out."""

    REMPLIE = "remplie"
    A_REMPLIR = "a-remplir"
    A_CORRIGER = "a-corriger"
    FACULTATIVE = "facultative"
    SANS_OBJET = "sans-objet"


@dataclass(frozen=True, slots=True)
class CaseImprimee:
    """A box and its answer in words, a choice with its code; what cannot be read is printed as it was typed."""

    case: Case
    etat: EtatCase
    texte: str = ""


@dataclass(frozen=True, slots=True)
class RubriqueImprimee:
    """A section; `lignes`: its boxes, once, or once for each row of a repeated one."""

    section: Section
    lignes: tuple[tuple[CaseImprimee, ...], ...]


@dataclass(frozen=True, slots=True)
class SignataireImprime:
    """Who signs, and her name if the answers say it."""

    signataire: Signataire
    nom: str


@dataclass(frozen=True, slots=True)
class FormulaireRempli:
    """`restantes`: boxes still empty; `a_corriger`: answers that must change; `sensibles`: boxes that hold a sensitive answer."""

    formulaire: Formulaire
    rubriques: tuple[RubriqueImprimee, ...]
    signataires: tuple[SignataireImprime, ...]
    sensibles: tuple[Case, ...]
    restantes: int
    a_corriger: int

    @property
    def complet(self) -> bool:
        """Whether it can be signed as it is."""
        return not self.restantes and not self.a_corriger


def remplir(
    formulaire: Formulaire, reponses: Reponses, *, masquer: bool = True, contexte: Contexte | None = None
) -> FormulaireRempli:
    """The form with these answers (in clear), sensitive ones masked unless told. With `contexte`, its controls are judged too."""
    lecture = lire_reponses(formulaire, reponses)
    plume = _Plume(Demandes(formulaire, reponses), masquer)
    rubriques = tuple(RubriqueImprimee(s.section, plume.lignes(s)) for s in lecture.sections.values())
    return FormulaireRempli(
        formulaire=formulaire,
        rubriques=rubriques,
        signataires=tuple(plume.signataires(rubriques)),
        sensibles=tuple(c.case for r in rubriques for ligne in r.lignes for c in ligne if c.case.sensible and c.texte),
        restantes=sum(len(s.manques) for s in lecture.sections.values()),
        a_corriger=sum(len(s.erreurs) for s in lecture.sections.values()) + _ecarts(formulaire, lecture, contexte),
    )


def _ecarts(formulaire: Formulaire, lecture: LectureContenu, contexte: Contexte | None) -> int:
    """Blocking controls that fire elsewhere than on what is empty or cannot be read."""
    if contexte is None:
        return 0
    lues = {case for anomalie in lecture.anomalies for case in anomalie.cases}
    trouvees = controler(formulaire, lecture.partiel, contexte)
    return sum(1 for anomalie in trouvees if anomalie.bloque and not lues.intersection(anomalie.cases))


@dataclass(frozen=True, slots=True)
class _Plume:
    """Writes boxes, knowing the whole of the answers."""

    demandes: Demandes
    masquer: bool

    def lignes(self, lecture: LectureSection) -> tuple[tuple[CaseImprimee, ...], ...]:
        """The boxes of a section, or of each of its rows."""
        if not lecture.section.fiche.repetee:
            return (self._cases(lecture, lecture.lues[0], lecture.valeurs_normalisees, None),)
        textes = lecture.valeurs_normalisees[LIGNES]
        return tuple(self._cases(lecture, lues, textes[rang], rang) for rang, lues in enumerate(lecture.lues))

    def _cases(
        self, lecture: LectureSection, lues: Mapping[str, Any], textes: Mapping[str, Any], rang: int | None
    ) -> tuple[CaseImprimee, ...]:
        prefixe, ligne = ("", None) if rang is None else (f"{rang}.", textes)
        cases = []
        for case in lecture.section.cases:
            if prefixe + case.nom in lecture.erreurs:
                cases.append(CaseImprimee(case, EtatCase.A_CORRIGER, self._brut(case, textes[case.nom])))
            elif texte := self._texte(case, lues.get(case.nom)):
                cases.append(CaseImprimee(case, EtatCase.REMPLIE, texte))
            elif any(self._ecarte(condition, lecture.section, ligne) for condition in case.conditions):
                cases.append(CaseImprimee(case, EtatCase.SANS_OBJET))
            else:
                manque = prefixe + case.nom in lecture.manques
                cases.append(CaseImprimee(case, EtatCase.A_REMPLIR if manque else EtatCase.FACULTATIVE))
        return tuple(cases)

    def _texte(self, case: Case, valeur: Any) -> str:
        """An answer in words; before those of a choice, its code, where the form has one."""
        texte = afficher(case, valeur, masquer=self.masquer)
        if not texte or (case.sensible and self.masquer):
            return texte
        if case.genre == "nir":
            return grouper_nir(texte)
        return texte if case.choix is None or case.multiple else avec_son_code(valeur, texte)

    def _brut(self, case: Case, tape: Any) -> str:
        if case.sensible and self.masquer:
            return MASQUE
        return ", ".join(tape) if isinstance(tape, list) else str(tape)

    def _ecarte(self, condition: Condition, section: Section | None = None, ligne: Mapping[str, Any] | None = None) -> bool:
        """Whether an answer already given rules the condition out; while nothing is answered, nothing does."""
        code, _, nom = condition.chemin.rpartition(".")
        cible = self.demandes.dispositif.section(code) if code else section
        if cible is None:
            raise LookupError(f"condition sans section : {condition.chemin}")
        source = ligne if ligne is not None and not code else valeurs_de(self.demandes.reponses, cible.code)
        if any(self._ecarte(plus_haut, cible, ligne if not code else None) for plus_haut in cible.case(nom).conditions):
            return True
        return bool(source.get(nom)) and not self.demandes.tenue(condition, section, ligne)

    def signataires(self, rubriques: Sequence[RubriqueImprimee]) -> Iterator[SignataireImprime]:
        """Those that the answers do not rule out."""
        textes = {
            f"{r.section.code}.{c.case.nom}": c.texte
            for r in rubriques if not r.section.fiche.repetee for c in r.lignes[0] if c.etat == EtatCase.REMPLIE
        }  # fmt: skip
        for signataire in self.demandes.dispositif.signataires:
            if not any(self._ecarte(condition) for condition in signataire.si):
                yield SignataireImprime(signataire, " ".join(textes[case] for case in signataire.nom if case in textes))


def avec_son_code(code: str, libelle: str) -> str:
    """« 11 · Premier contrat »: the code is that of the form, unless it is in small letters (« prive »: ours) or said already."""
    return libelle if code.islower() or code in libelle.split() else f"{code} · {libelle}"
