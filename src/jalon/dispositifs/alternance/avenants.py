"""What is common to the avenants of every contract: which answers differ, which a kind opens, and until when it takes effect."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jalon.dispositifs.base import Formulaire, GenreAvenant

SANS_CHANGEMENT = "Rien ne change dans le contrat\u00a0: modifiez au moins une réponse, ou abandonnez l’avenant"


def dans(section: str, *champs: str) -> frozenset[str]:
    """« section.champ » for each of these boxes."""
    return frozenset(f"{section}.{champ}" for champ in champs)


def cases_changees(formulaire: Formulaire, avant: Any, apres: Any) -> Iterator[str]:
    """« section.champ » of every answer that differs; « section » for rows."""
    for section in formulaire.sections:
        ancienne, nouvelle = getattr(avant, section.code), getattr(apres, section.code)
        if section.fiche.repetee:
            if ancienne != nouvelle:
                yield section.code
            continue
        for case in section.cases:
            if getattr(ancienne, case.nom) != getattr(nouvelle, case.nom):
                yield f"{section.code}.{case.nom}"


def est_ouverte(ouvertes: Iterable[str], chemin: str) -> bool:
    """Whether a box, or its section, is one of these."""
    return chemin in ouvertes or chemin.partition(".")[0] in ouvertes


def refus_des_cases(
    formulaire: Formulaire, genres: Sequence[GenreAvenant], communes: frozenset[str], code: str, avant: Any, apres: Any
) -> dict[str, str]:
    """Path of a box -> sentence: the changes that the kind does not open, then an avenant that changes nothing."""
    genre = next(g for g in genres if g.code == code)
    changees = list(cases_changees(formulaire, avant, apres))
    fermees = [chemin for chemin in changees if not est_ouverte(genre.ouvertes | communes, chemin)]
    if fermees:
        return {chemin: _phrase(formulaire, genres, code, chemin) for chemin in fermees}
    if all(est_ouverte(communes, chemin) for chemin in changees):
        return {"contrat.type_contrat": SANS_CHANGEMENT}
    return {}


def _phrase(formulaire: Formulaire, genres: Sequence[GenreAvenant], code: str, chemin: str) -> str:
    """What is closed, and the kinds that would open it."""
    section, _, champ = chemin.partition(".")
    declaree = formulaire.section(section)
    nom = declaree.case(champ).libelle if champ else declaree.fiche.titre
    autres = [_court(g) for g in genres if est_ouverte(g.ouvertes, chemin)]
    suite = f"\u00a0: choisissez {' ou '.join(autres)}" if autres else ", ni par aucun autre avenant"
    de_ce_genre = f"un avenant {code}" if code.isdigit() else "un avenant de cette nature"
    return f"«\u00a0{nom}\u00a0» ne change pas par {de_ce_genre}{suite}"


def _court(genre: GenreAvenant) -> str:
    nom = genre.libelle.partition("\u00a0")[0]
    return f"le code {genre.code} ({nom.lower()})" if genre.code.isdigit() else f"«\u00a0{genre.libelle}\u00a0»"
