"""Rows of a repeated section taken from a table: columns known by their headings, each row judged apart."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jalon.dispositifs.base import Case, Formulaire, Section
from jalon.dispositifs.lecture.cases import Demandes, Reponses, lire_case
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.texte import normaliser

ENTETES_RECONNUS_AU_MOINS = 2
"""Fewer known words than that in the first row: it is a row like the others, in the order of the form."""

Grille = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class RefusDeCase:
    """What is wrong in one cell. `tape`: what it holds, empty for a sensitive box: no page repeats it there."""

    colonne: str
    tape: str
    phrase: str


@dataclass(frozen=True, slots=True)
class LigneRefusee:
    """A row to mend: its number in the table, its name if it has one, its cells as they were, by box."""

    numero: int
    nom: str
    tapees: Mapping[str, str]
    refus: tuple[RefusDeCase, ...]


@dataclass(slots=True)
class LectureTableau:
    """`lignes`: rows to keep, formats repaired; `refusees`: those to mend. `cases`: columns known, in the order of the form;
    `ignorees`: headings of the others. `absentes`: boxes that every row must still answer, without a column."""

    section: Section
    cases: list[Case] = field(default_factory=list)
    ignorees: list[str] = field(default_factory=list)
    absentes: list[Case] = field(default_factory=list)
    lignes: list[dict[str, Any]] = field(default_factory=list)
    refusees: list[LigneRefusee] = field(default_factory=list)

    @property
    def entetes(self) -> list[str]:
        """Of the columns known: a table that begins with them is read back in the same way."""
        return [case.libelle for case in self.cases]


def lire_tableau(dispositif: Formulaire, code: str, grilles: Sequence[Grille], reponses: Reponses) -> LectureTableau:
    """Read tables, one after the other, as rows of a repeated section. Nothing is written.

    A row is kept when every cell of its columns is readable and answered; boxes without a column are left to be typed.
    The same person twice is refused the second time. Raises SaisieRefusee: nothing to read, no column that tells rows apart.
    """
    section = dispositif.section(code)
    demandes = Demandes(dispositif, reponses)
    demandees = [c for c in section.cases if all("." not in x.chemin or demandes.tenue(x) for x in c.conditions)]
    lecture, connues = LectureTableau(section), set[str]()
    vues: set[str] = set()
    for grille in grilles:
        colonnes, corps = _colonnes(section, demandees, grille, lecture.ignorees)
        vues.update(case.nom for case in colonnes if case is not None)
        for numero, cellules in corps:
            _lire(lecture, demandes, colonnes, numero, cellules, connues)
    lecture.cases = [case for case in section.cases if case.nom in vues]
    lecture.absentes = [c for c in demandees if c.obligatoire and c.nom not in vues]
    if not lecture.lignes and not lecture.refusees:
        raise SaisieRefusee("Collez au moins une ligne, ou choisissez un fichier")
    return lecture


def cle_de_ligne(section: Section, ligne: Mapping[str, Any]) -> str:
    """What tells a row from another."""
    return normaliser(" ".join(str(ligne.get(nom, "")) for nom in section.fiche.cle))


def _colonnes(
    section: Section, demandees: Sequence[Case], grille: Grille, ignorees: list[str]
) -> tuple[list[Case | None], Grille]:
    """The box of each column, and the rows under the headings. Raises SaisieRefusee."""
    if not grille:
        return [], []
    connues = {nom: case for case in reversed(section.cases) for nom in noms_de_colonne(case)}
    entetes = grille[0][1]
    trouvees = [connues.get(_cle(entete)) for entete in entetes]
    if sum(case is not None for case in trouvees) < min(ENTETES_RECONNUS_AU_MOINS, len(entetes)):
        return _sans_entetes(demandees, grille)
    colonnes: list[Case | None] = []
    for entete, case in zip(entetes, trouvees, strict=True):
        garde = case is not None and case in demandees and case not in colonnes
        colonnes.append(case if garde else None)
        if entete and not garde and entete not in ignorees:
            ignorees.append(entete)
    noms = {case.nom for case in colonnes if case is not None}
    manquent = [section.case(nom).libelle for nom in section.fiche.cle if nom not in noms]
    if manquent:
        raise SaisieRefusee(f"Il manque une colonne, ou son titre n’est pas reconnu\u00a0: {', '.join(manquent)}")
    return colonnes, grille[1:]


def _sans_entetes(demandees: Sequence[Case], grille: Grille) -> tuple[list[Case | None], Grille]:
    """Columns in the order of the form."""
    largeur = max(len(cellules) for _, cellules in grille)
    if largeur > len(demandees):
        phrase = (
            f"La première ligne ne porte pas de titres connus, et ce tableau a {largeur} colonnes au lieu de {len(demandees)}"
        )
        raise SaisieRefusee(f"{phrase}. Ajoutez une ligne de titres")
    return list(demandees[:largeur]), grille


def noms_de_colonne(case: Case) -> set[str]:
    """Headings under which a box is known."""
    return {_cle(nom) for nom in (case.libelle, re.sub(r"\(.*?\)", "", case.libelle), case.nom, case.api, *case.synonymes)}


def _cle(entete: str) -> str:
    return normaliser(entete.replace("_", " "))


def _lire(
    lecture: LectureTableau,
    demandes: Demandes,
    colonnes: Sequence[Case | None],
    numero: int,
    cellules: Sequence[str],
    connues: set[str],
) -> None:
    """Read one row into `lecture`."""
    section = lecture.section
    tapees = {case.nom: cellule for case, cellule in zip(colonnes, cellules, strict=False) if case is not None}
    textes: dict[str, Any] = {}
    refus = []
    for case in section.cases:
        lue = lire_case(case, tapees.get(case.nom, ""))
        textes[case.nom] = lue.texte
        phrase = lue.erreur or (case.manque if lue.vide and _attendue(case, colonnes, section) else "")
        if phrase and demandes.demandee(section, case, tapees):
            refus.append(RefusDeCase(case.libelle, "" if case.sensible else tapees.get(case.nom, ""), phrase))
    cle = cle_de_ligne(section, textes)
    if not refus and cle in connues:
        premiere = section.case(section.fiche.cle[0])
        phrase = f"Ce {section.fiche.element.lower()} figure déjà dans le tableau. Retirez l’une des deux lignes"
        refus.append(RefusDeCase(premiere.libelle, str(textes[premiere.nom]), phrase))
    if refus:
        nom = " ".join(filter(None, (tapees.get(n, "") for n in section.fiche.nom)))
        lecture.refusees.append(LigneRefusee(numero, nom, tapees, tuple(refus)))
    else:
        connues.add(cle)
        lecture.lignes.append(textes)


def _attendue(case: Case, colonnes: Collection[Case | None], section: Section) -> bool:
    """An empty cell is a fault in a column that the table has, and in those that tell rows apart."""
    return case.obligatoire and (case in colonnes or case.nom in section.fiche.cle)
