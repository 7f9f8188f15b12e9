"""Layouts of the official files, read from `colonnes.toml`: where each of our fields is in a header."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jalon.socle.texte import normaliser

SUITE = "…"


@dataclass(frozen=True, slots=True)
class Disposition:
    """One kind of file or sheet. `colonnes`: known names of each field that must be there; `facultatives`: of the others."""

    nom: str
    feuilles: tuple[str, ...]
    colonnes: Mapping[str, tuple[str, ...]]
    facultatives: Mapping[str, tuple[str, ...]]

    def reperer(self, entetes: Mapping[int, str]) -> dict[str, int]:
        """Rank of the column of each field that the header names, by rank of the column."""
        presents = {normaliser(texte): rang for rang, texte in sorted(entetes.items(), reverse=True)}
        trouves = {}
        for champ, noms in {**self.colonnes, **self.facultatives}.items():
            rang = next((r for nom in noms if (r := _chercher(presents, nom)) is not None), None)
            if rang is not None:
                trouves[champ] = rang
        return trouves

    def manquantes(self, champs: Iterable[str]) -> list[str]:
        """Official names of the columns that are not among the fields found."""
        return [noms[0] for champ, noms in self.colonnes.items() if champ not in champs]

    def feuille_connue(self, nom: str) -> bool:
        """Whether a sheet of that name holds it."""
        return any(_chercher({normaliser(nom): 0}, connue) is not None for connue in self.feuilles)


def _chercher(presents: Mapping[str, int], nom: str) -> int | None:
    cherche = normaliser(nom)
    if not nom.endswith(SUITE):
        return presents.get(cherche)
    return next((rang for texte, rang in presents.items() if texte.startswith(cherche)), None)


@cache
def disposition(cle: str) -> Disposition:
    """The layout of that name. Raises KeyError."""
    lues = tomllib.loads(files("jalon.referentiels").joinpath("officiels", "colonnes.toml").read_text(encoding="utf-8"))[cle]
    return Disposition(
        nom=lues["nom"],
        feuilles=tuple(lues.get("feuilles", ())),
        colonnes={champ: tuple(noms) for champ, noms in lues["colonnes"].items()},
        facultatives={champ: tuple(noms) for champ, noms in lues.get("facultatives", {}).items()},
    )
