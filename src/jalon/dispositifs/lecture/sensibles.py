"""Boxes that are kept encrypted, wherever they are in answers or documents."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jalon.dispositifs.base import LIGNES, Formulaire
from jalon.dispositifs.lecture.cases import Reponses


def sensibles(dispositif: Formulaire) -> set[tuple[str, str]]:
    """Every (section, box) declared `sensible`."""
    return {(section.code, case.nom) for section in dispositif.sections for case in section.cases if case.sensible}


def transformer_reponses(dispositif: Formulaire, reponses: Reponses, fonction: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    """Answers where `fonction` (encrypt, decrypt) replaced each sensitive text that is not empty."""
    return {
        code: {**contenu, "valeurs": transformer_valeurs(dispositif, code, contenu.get("valeurs", {}), fonction)}
        for code, contenu in reponses.items()
    }


def transformer_valeurs(
    dispositif: Formulaire, section: str, valeurs: Mapping[str, Any], fonction: Callable[[str], str]
) -> dict[str, Any]:
    """The same for the answers of one section."""
    noms = {nom for code, nom in sensibles(dispositif) if code == section}
    if LIGNES not in valeurs:
        return _transformer(valeurs, noms, fonction)
    return {**valeurs, LIGNES: [_transformer(ligne, noms, fonction) for ligne in valeurs[LIGNES]]}


def transformer_document(dispositif: Formulaire, document: Mapping[str, Any], fonction: Callable[[str], Any]) -> dict[str, Any]:
    """The same for a document written by `ecrire_contenu`; `fonction` may return None to leave a box out."""
    transforme: dict[str, Any] = {}
    for code, contenu in document.items():
        noms = {nom for section, nom in sensibles(dispositif) if section == code}
        if isinstance(contenu, Sequence):
            transforme[code] = [_transformer(ligne, noms, fonction) for ligne in contenu]
        else:
            transforme[code] = _transformer(contenu, noms, fonction)
    return transforme


def _transformer(valeurs: Mapping[str, Any], noms: set[str], fonction: Callable[[str], Any]) -> dict[str, Any]:
    return {nom: fonction(valeur) if nom in noms and valeur else valeur for nom, valeur in valeurs.items()}
