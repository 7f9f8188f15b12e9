"""Boxes that a demand for a complement opens again. A path is « section », « section.champ » or « section.rang.champ »."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from jalon.dispositifs.base import LIGNES, Anomalie


def est_ouverte(ouvertes: Collection[str], section: str, champ: str = "", rang: int | None = None) -> bool:
    """Whether a box (or a whole section when no box is named) may be changed."""
    if section in ouvertes:
        return True
    if not champ:
        return False
    return f"{section}.{champ}" in ouvertes or (rang is not None and f"{section}.{rang}.{champ}" in ouvertes)


def fusionner(
    ouvertes: Collection[str], section: str, anciennes: Mapping[str, Any], nouvelles: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers of a section where only open boxes take what was just typed. Rows come and go only in an open section."""
    if section in ouvertes:
        return dict(nouvelles)
    if LIGNES not in anciennes:
        return _fusionner_ligne(ouvertes, section, anciennes, nouvelles, None)
    recues = list(nouvelles.get(LIGNES) or [])
    recues += [{}] * (len(anciennes[LIGNES]) - len(recues))
    lignes = [
        _fusionner_ligne(ouvertes, section, ancienne, recues[rang], rang) for rang, ancienne in enumerate(anciennes[LIGNES])
    ]
    return {**anciennes, LIGNES: lignes}


def _fusionner_ligne(
    ouvertes: Collection[str], section: str, ancienne: Mapping[str, Any], nouvelle: Mapping[str, Any], rang: int | None
) -> dict[str, Any]:
    retenues = {nom: valeur for nom, valeur in nouvelle.items() if est_ouverte(ouvertes, section, nom, rang)}
    return {**ancienne, **retenues}


def cases_ouvertes(ouvertes: Collection[str], pieces: Collection[str], anomalies: Iterable[Anomalie]) -> list[Anomalie]:
    """Blocking anomalies that the company can mend now: those that touch an open box or a document asked again."""
    return [a for a in anomalies if a.bloque and any(_touche(ouvertes, pieces, case) for case in a.cases)]


def _touche(ouvertes: Collection[str], pieces: Collection[str], case: str) -> bool:
    section, *reste = case.split(".")
    if section == "pieces":
        return bool(reste) and reste[0] in pieces
    champ = reste[-1] if reste else ""
    rang = int(reste[0]) if len(reste) == 2 and reste[0].isdigit() else None
    return est_ouverte(ouvertes, section, champ, rang) or (champ == LIGNES and any(o.startswith(section) for o in ouvertes))
