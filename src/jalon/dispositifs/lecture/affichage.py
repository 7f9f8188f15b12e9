"""Content for people: the summary in the order of the form, and what changed between two versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jalon.dispositifs.base import Case, Contenu, Formulaire, Rubrique, Section
from jalon.socle.texte import normaliser

MASQUE = "••••"


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """A box and its answer in words."""

    case: Case
    texte: str


@dataclass(frozen=True, slots=True)
class RubriqueAffichee:
    """A section, or one row of a repeated one."""

    titre: str
    lignes: list[LigneAffichee]
    repetee: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that changed. An empty `avant` or `apres`: added, or removed."""

    section: str
    titre: str
    libelle: str
    avant: str
    apres: str


def afficher(case: Case, valeur: Any, *, masquer: bool = True) -> str:
    """An answer in words: choices by their wording, amounts, SIRET in groups; sensitive boxes masked unless told."""
    if valeur is None or valeur in ((), ""):
        return ""
    if masquer and case.sensible:
        return case.format.afficher(valeur) if case.genre == "nir" else MASQUE
    if case.genre == "nir":
        return str(valeur)
    if case.multiple:
        return ", ".join(case.format.afficher(v) for v in valeur)
    texte = case.format.afficher(valeur)
    return f"{texte}\u00a0{case.unite}" if case.unite and case.unite not in texte else texte


def recapituler(dispositif: Formulaire, contenu: Contenu, *, masquer: bool = True) -> list[RubriqueAffichee]:
    """The answers in the order of the form; what is not answered is left out. `contenu` may be partial."""
    return [
        RubriqueAffichee(titre, _lignes(section, rubrique, masquer=masquer), section.fiche.repetee)
        for section in dispositif.sections
        for titre, rubrique in _rubriques(section, contenu)
    ]


def _rubriques(section: Section, contenu: Contenu) -> list[tuple[str, Rubrique]]:
    valeur = vars(contenu).get(section.code)
    if not section.fiche.repetee:
        return [(section.fiche.titre, valeur)] if valeur is not None else []
    return [(f"{section.fiche.element} {rang}", rubrique) for rang, rubrique in enumerate(valeur or (), start=1)]


def _lignes(section: Section, rubrique: Rubrique, *, masquer: bool) -> list[LigneAffichee]:
    valeurs = vars(rubrique)
    affichees = [LigneAffichee(case, afficher(case, valeurs.get(case.nom), masquer=masquer)) for case in section.cases]
    return [ligne for ligne in affichees if ligne.texte]


def differences(dispositif: Formulaire, ancien: Contenu, nouveau: Contenu) -> list[Difference]:
    """What changed, in the order of the form. Rows are matched by their key, then by their place; masked if sensitive."""
    trouvees: list[Difference] = []
    for section in dispositif.sections:
        avant, apres = getattr(ancien, section.code), getattr(nouveau, section.code)
        if section.fiche.repetee:
            trouvees += _differences_de_lignes(section, avant, apres)
        else:
            trouvees += _differences(section, section.fiche.titre, avant, apres)
    return trouvees


def _differences(section: Section, titre: str, avant: Rubrique, apres: Rubrique) -> list[Difference]:
    return [
        Difference(
            section.code, titre, case.libelle, afficher(case, getattr(avant, case.nom)), afficher(case, getattr(apres, case.nom))
        )
        for case in section.cases
        if getattr(avant, case.nom) != getattr(apres, case.nom)
    ]


def _differences_de_lignes(section: Section, avant: Sequence[Rubrique], apres: Sequence[Rubrique]) -> list[Difference]:
    anciennes = {_cle(section, ligne): ligne for ligne in avant}
    communes = {_cle(section, ligne) for ligne in apres} & set(anciennes)
    restantes = [ligne for cle, ligne in anciennes.items() if cle not in communes]
    trouvees: list[Difference] = []
    for ligne in apres:
        titre = f"{section.fiche.element} {_nom(section, ligne)}"
        if _cle(section, ligne) in communes:
            trouvees += _differences(section, titre, anciennes[_cle(section, ligne)], ligne)
        elif restantes:
            trouvees += _differences(section, titre, restantes.pop(0), ligne)
        else:
            trouvees.append(Difference(section.code, section.fiche.titre, section.fiche.element, "", _nom(section, ligne)))
    return trouvees + [
        Difference(section.code, section.fiche.titre, section.fiche.element, _nom(section, ligne), "") for ligne in restantes
    ]


def _cle(section: Section, ligne: Rubrique) -> str:
    return normaliser(" ".join(str(getattr(ligne, nom)) for nom in section.fiche.cle))


def _nom(section: Section, ligne: Rubrique) -> str:
    return " ".join(afficher(section.case(nom), getattr(ligne, nom)) for nom in section.fiche.nom)
