"""The packaged rules of work-study contracts: dated facts with their source, read without a database."""

from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from jalon.referentiels.paquet import lire_fiches
from jalon.socle.baremes_alternance import (
    AideAccompagnement,
    EcheancierCfa,
    ForfaitFrais,
    ForfaitHoraire,
    JeuAlternance,
    MajorationRqth,
    MinorationDistance,
    PartEcheancier,
    ParticipationEmployeur,
    Smic,
    TauxSalaire,
    ValeurAmorcage,
)

T = TypeVar("T")


@cache
def jeu_alternance() -> JeuAlternance:
    """Every packaged rule, past and future ones included."""

    def de(fichier: str, classe: type[T]) -> tuple[T, ...]:
        return tuple(lire_fiches(f"alternance/{fichier}.csv", classe))

    return JeuAlternance(
        smics=de("smic", Smic),
        grille=de("grille", TauxSalaire),
        echeanciers=de("echeanciers", EcheancierCfa),
        parts=de("parts", PartEcheancier),
        amorcages=de("amorcages", ValeurAmorcage),
        participations=de("participations", ParticipationEmployeur),
        minorations=de("minorations", MinorationDistance),
        majorations=de("majorations", MajorationRqth),
        frais=de("frais", ForfaitFrais),
        aides=de("aides", AideAccompagnement),
        forfaits_horaires=de("forfaits_horaires", ForfaitHoraire),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheTypeEmployeur:
    """The box « type d’employeur » of a legal category."""

    categorie: str
    type_employeur: str


@cache
def types_employeur() -> dict[str, str]:
    """« Type d’employeur » by legal category; those that do not settle it are not there."""
    return {f.categorie: f.type_employeur for f in lire_fiches("alternance/types_employeur.csv", FicheTypeEmployeur)}
