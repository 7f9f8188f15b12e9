"""What a copy takes of a request: the rubriques chosen, never a date but a birth."""

from collections.abc import Collection, Mapping
from typing import Any

from jalon.dispositifs.base import LIGNES, Case, Formulaire, Section
from jalon.dispositifs.lecture.cases import Reponses, valeurs_de
from jalon.dispositifs.types.formats import DATE_NAISSANCE


def rubriques_a_copier(dispositif: Formulaire, reponses: Reponses) -> list[Section]:
    """Sections where something may be copied, in the order of the form."""
    return [s for s in dispositif.sections if any(_remplie(v) for v in valeurs_de(reponses, s.code).values())]


def _remplie(valeur: object) -> bool:
    return bool(valeur) and not (isinstance(valeur, list) and all(isinstance(x, Mapping) and not any(x.values()) for x in valeur))


def copier(
    dispositif: Formulaire, reponses: Reponses, rubriques: Collection[str], *, sensibles: bool
) -> dict[str, dict[str, Any]]:
    """Answers in clear, by section. `sensibles`: whether protected boxes are copied too."""
    return {
        section.code: _copier(section, valeurs_de(reponses, section.code), sensibles=sensibles)
        for section in dispositif.sections
        if section.code in rubriques and valeurs_de(reponses, section.code)
    }


def _copier(section: Section, valeurs: Mapping[str, Any], *, sensibles: bool) -> dict[str, Any]:
    noms = {case.nom for case in section.cases if _se_copie(case, sensibles=sensibles)}
    if section.fiche.repetee:
        return {LIGNES: [{n: v for n, v in ligne.items() if n in noms} for ligne in valeurs.get(LIGNES) or []]}
    return {nom: valeur for nom, valeur in valeurs.items() if nom in noms}


def _se_copie(case: Case, *, sensibles: bool) -> bool:
    if case.sensible and not sensibles:
        return False
    return case.genre != "date" or case.format is DATE_NAISSANCE
