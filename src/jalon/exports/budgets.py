"""Rows that leave in a day: how many may, and what is said of it (exigences, T9). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jalon.exports.regles import lignes_en_mots, milliers
from jalon.socle.dates import PARIS

CLE_OPCO = "opco"
"""Everybody of the OPCO together: no SIREN has this name."""
PAUSE = timedelta(minutes=5)
"""Between two requests, once half of a person's day is gone."""
DEMAIN = "Le compte repart à zéro à minuit, heure de Paris"


@dataclass(frozen=True, slots=True)
class Budget:
    """Rows of a day for one person, for all those of an organisation; rows of one file that is told to who watches."""

    personne: int
    ensemble: int
    annonce: int


@dataclass(frozen=True, slots=True)
class Sorties:
    """Rows taken out on a day, exports that wait or are being made included."""

    personne: int
    ensemble: int


def reste(budget: Budget, sorties: Sorties) -> int:
    """Rows that the person may still take out today."""
    return max(0, min(budget.personne - sorties.personne, budget.ensemble - sorties.ensemble))


def phrase_du_reste(budget: Budget, sorties: Sorties) -> str:
    """What the page says before anything is asked."""
    return f"Aujourd’hui, vous pouvez encore exporter {lignes_en_mots(reste(budget, sorties))} sur {milliers(budget.personne)}. {DEMAIN}."


def refus_de_budget(budget: Budget, sorties: Sorties, lignes: int, *, siren: str | None) -> str:
    """Why that many more rows may not leave today, and what can be done. `sorties`: what was counted before."""
    qui = "vous avez"
    if sorties.personne + lignes <= budget.personne:
        qui = "votre organisation a" if siren else "l’OPCO a"
    possible = reste(budget, sorties)
    return (
        f"Cet export compte {lignes_en_mots(lignes)} et {qui} droit à {milliers(possible)} de plus aujourd’hui. "
        f"{DEMAIN}\u00a0: posez un filtre, ou demandez-le demain."
    )


def refus_en_route(budget: Budget) -> str:
    """Why an export that turned out to be larger than the day allows stopped."""
    return (
        f"il dépasse le nombre de lignes permis en un jour ({milliers(budget.personne)} par personne, "
        f"{milliers(budget.ensemble)} ensemble). {DEMAIN}\u00a0: posez un filtre, ou demandez-le demain"
    )


def fin_de_pause(budget: Budget, sorties: Sorties, derniere: datetime | None) -> datetime | None:
    """When the next export may be asked; None: at once. Beyond half of the day, one every five minutes."""
    if derniere is None or 2 * sorties.personne <= budget.personne:
        return None
    return derniere + PAUSE


def refus_de_pause(fin: datetime) -> str:
    """Why one waits."""
    return (
        "Vous avez exporté plus de la moitié de ce qui est permis en un jour\u00a0: les exports se demandent alors toutes les cinq minutes. "
        f"Recommencez à {fin.astimezone(PARIS):%H\u00a0h\u00a0%M}."
    )


def jour_compte(demande_le: datetime) -> date:
    """The day of Paris on which an export counts, whenever it ends."""
    return demande_le.astimezone(PARIS).date()
