"""One draft made several: rows shared evenly, in their order; what is for all of them together shared in proportion, to the cent."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jalon.dispositifs.base import LIGNES, Dispositif
from jalon.dispositifs.lecture.cases import Reponses, lire_case, valeurs_de
from jalon.socle.montants import CENT, en_centimes

Valeurs = dict[str, dict[str, Any]]
"""Answers by section."""


def tailles_des_parts(total: int, limite: int) -> list[int]:
    """As few parts as the limit allows, of the same size but for one: 61 by 30 is 21, 20, 20, never 30, 30, 1."""
    nombre = max(-(-total // limite), 1)
    taille, reste = divmod(total, nombre)
    return [taille + 1] * reste + [taille] * (nombre - reste)


def partager(total: int, poids: Sequence[int]) -> list[int]:
    """Whole shares in proportion, whose sum is the total: what is left goes to the largest remainders, the first ones first."""
    somme = sum(poids)
    parts = [total * p // somme for p in poids]
    restes = sorted(range(len(poids)), key=lambda rang: (-(total * poids[rang] % somme), rang))
    for rang in restes[: total - sum(parts)]:
        parts[rang] += 1
    return parts


def lignes_a_scinder(dispositif: Dispositif, reponses: Reponses) -> list[Any]:
    """Rows of the section that is shared; none when the dispositif is never split."""
    if dispositif.scission is None:
        return []
    return list(valeurs_de(reponses, dispositif.scission.section).get(LIGNES) or [])


def scinder(dispositif: Dispositif, reponses: Reponses, limite: int) -> list[Valeurs]:
    """Answers of each part; the first one stays with the draft. Only one when everything holds in the limit."""
    lignes, regle = lignes_a_scinder(dispositif, reponses), dispositif.scission
    poids = tailles_des_parts(len(lignes), limite)
    if regle is None or len(poids) == 1:
        return [{code: dict(valeurs_de(reponses, code)) for code in reponses}]
    parts: list[Valeurs] = []
    debut = 0
    for taille in poids:
        part = {code: dict(valeurs_de(reponses, code)) for code in reponses}
        part[regle.section] = {**part[regle.section], LIGNES: lignes[debut : debut + taille]}
        parts.append(part)
        debut += taille
    for chemin in regle.communs:
        _partager_la_case(dispositif, chemin, parts, poids)
    return parts


def _partager_la_case(dispositif: Dispositif, chemin: str, parts: Sequence[Valeurs], poids: Sequence[int]) -> None:
    """What cannot be read, or is empty, is copied: it is still to be mended, in each of them."""
    section, _, nom = chemin.partition(".")
    case = dispositif.section(section).case(nom)
    lue = lire_case(case, _texte(parts[0], section, nom)).valeur
    if not isinstance(lue, int | Decimal):
        return
    if isinstance(lue, Decimal):
        textes = [case.format.ecrire(cents * CENT) for cents in partager(en_centimes(lue), poids)]
    else:
        textes = [case.format.ecrire(part) for part in partager(lue, poids)]
    for part, texte in zip(parts, textes, strict=True):
        part[section][nom] = texte


def _texte(part: Mapping[str, Mapping[str, Any]], section: str, nom: str) -> object:
    return part.get(section, {}).get(nom)
