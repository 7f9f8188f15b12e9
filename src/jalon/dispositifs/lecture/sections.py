"""Reading a section: what was typed is kept, formats are repaired, one sentence for each box that must change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jalon.dispositifs.base import LIGNES, Case, Formulaire, Section
from jalon.dispositifs.lecture.cases import Demandes, LectureCase, Reponses, lire_case

Textes = dict[str, "str | list[str]"]


@dataclass(frozen=True, slots=True)
class LectureSection:
    """`valeurs_normalisees` is what the draft keeps. `erreurs`: boxes that cannot be read; `manques`: boxes still empty;
    both by name, « rang.champ » in a repeated section, « lignes » for its rows as a whole. `lues`: values, one per row."""

    section: Section
    valeurs_normalisees: dict[str, Any]
    erreurs: dict[str, str] = field(default_factory=dict)
    manques: dict[str, str] = field(default_factory=dict)
    lues: list[dict[str, Any]] = field(default_factory=list)

    @property
    def commencee(self) -> bool:
        """Whether something was typed."""
        return any(self.valeurs_normalisees.values())

    @property
    def phrases(self) -> dict[str, str]:
        """Every sentence, wrong and empty boxes alike: what « Enregistrer et continuer » shows."""
        return {**self.manques, **self.erreurs}

    @property
    def complete(self) -> bool:
        """Whether every box asked is answered and readable."""
        return not self.erreurs and not self.manques


def lire_section(
    dispositif: Formulaire, section: str, valeurs: Mapping[str, Any], reponses: Reponses | None = None
) -> LectureSection:
    """Read one section. `reponses`: the rest of the draft, for boxes asked according to another section.

    Boxes that are not asked keep what was typed in them, and are not judged. Unknown names are left out.
    """
    cible = dispositif.section(section)
    demandes = Demandes(dispositif, {**(reponses or {}), section: {"valeurs": valeurs}})
    if cible.fiche.repetee:
        return _lire_lignes(cible, valeurs.get(LIGNES) or [], demandes)
    lecture = LectureSection(cible, {})
    lecture.valeurs_normalisees.update(_lire_ligne(lecture, cible, valeurs, demandes, None))
    return lecture


def _lire_lignes(section: Section, lignes: Sequence[Mapping[str, Any]], demandes: Demandes) -> LectureSection:
    """Rows where nothing is typed are dropped."""
    fiche = section.fiche
    remplies = [ligne for ligne in lignes if any(not lire_case(case, ligne.get(case.nom)).vide for case in section.cases)]
    lecture = LectureSection(section, {LIGNES: []})
    for rang, ligne in enumerate(remplies[: fiche.maximum]):
        lecture.valeurs_normalisees[LIGNES].append(_lire_ligne(lecture, section, ligne, demandes, rang))
    if len(remplies) > fiche.maximum:
        lecture.valeurs_normalisees[LIGNES].extend(dict(ligne) for ligne in remplies[fiche.maximum :])
        maximum = f"{fiche.maximum:,}".replace(",", "\u00a0")
        lecture.erreurs[LIGNES] = f"Un dossier accueille {maximum} lignes. Répartissez les suivantes dans un second dossier"
    elif not remplies:
        lecture.manques[LIGNES] = f"Ajoutez {fiche.objet}"
    return lecture


def _lire_ligne(
    lecture: LectureSection, section: Section, valeurs: Mapping[str, Any], demandes: Demandes, rang: int | None
) -> Textes:
    """Read the boxes of a section, or of one row, into `lecture`; gives the texts to keep."""
    textes: Textes = {}
    lues: dict[str, Any] = {}
    prefixe = "" if rang is None else f"{rang}."
    for case in section.cases:
        lue = lire_case(case, valeurs.get(case.nom))
        textes[case.nom] = lue.texte
        if not demandes.demandee(section, case, None if rang is None else valeurs):
            lues[case.nom] = () if case.multiple else None
        elif lue.erreur:
            lecture.erreurs[prefixe + case.nom] = lue.erreur
        elif lue.vide and case.obligatoire:
            lecture.manques[prefixe + case.nom] = case.manque
        else:
            lues[case.nom] = lue.valeur
    lecture.lues.append(lues)
    return textes


def controler_case(
    dispositif: Formulaire,
    section: str,
    champ: str,
    valeur: object,
    valeurs: Mapping[str, Any] | None = None,
    reponses: Reponses | None = None,
) -> LectureCase:
    """Check a box when it is left; « rang.champ » in a repeated section. Raises KeyError for an unknown box.

    An empty box is no error (it is said with the section); a box that is not asked is never one.
    """
    cible = dispositif.section(section)
    rang, _, nom = champ.rpartition(".")
    case = cible.case(nom)
    lue = lire_case(case, valeur)
    contenu = dict(valeurs or {})
    ligne = _ligne_du_rang(contenu, rang, case, valeur) if rang else None
    demandes = Demandes(dispositif, {**(reponses or {}), section: {"valeurs": {**contenu, nom: valeur}}})
    return lue if demandes.demandee(cible, case, ligne) else LectureCase(lue.texte)


def _ligne_du_rang(valeurs: Mapping[str, Any], rang: str, case: Case, valeur: object) -> dict[str, Any]:
    lignes = valeurs.get(LIGNES) or []
    ligne = lignes[int(rang)] if rang.isdigit() and int(rang) < len(lignes) else {}
    return {**ligne, case.nom: valeur}
