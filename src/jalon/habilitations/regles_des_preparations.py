"""What prepared rights add to those that somebody holds: they never take anything away. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jalon.habilitations.phrases import libelle_objet
from jalon.habilitations.regles import Case, DemandeDroit
from jalon.habilitations.regles_des_boites import couvre
from jalon.socle.dates import formater_date


@dataclass(frozen=True, slots=True)
class Tenu:
    """A right of somebody, box by box. `attend`: a second voice has not confirmed it."""

    droit: DemandeDroit
    en_vigueur: bool = True
    attend: bool = False


def _fin(droit: DemandeDroit) -> date:
    return droit.jusqu_au or date.max


def _debut(droit: DemandeDroit) -> date:
    return droit.a_partir_du or date.min


def des_aujourdhui(droit: DemandeDroit, aujourdhui: date) -> DemandeDroit:
    """A first day that has passed since the file was written is today."""
    return replace(droit, a_partir_du=None) if _debut(droit) <= aujourdhui else droit


def ajouts(tenus: Collection[Tenu], voulus: Iterable[DemandeDroit]) -> tuple[list[DemandeDroit], Mapping[Case, str]]:
    """What is to be written so that the rights asked hold besides those held, and by box, why one cannot be.

    A box holds one level at a time: what would end sooner, or begin later, a right that is held is refused.
    """
    par_case: dict[Case, list[Tenu]] = {}
    for tenu in tenus:
        par_case.setdefault(tenu.droit.case, []).append(tenu)
    a_donner: list[DemandeDroit] = []
    conflits: dict[Case, str] = {}
    for voulu in voulus:
        ici = par_case.get(voulu.case, [])
        if any(t.en_vigueur and couvre(t.droit, voulu) for t in tenus) or any(_deja(t, voulu) for t in ici):
            continue
        ajuste = _ajuster(voulu, ici)
        contraire = next((t for t in ici if not _depasse(t, ajuste)), None)
        if contraire is None:
            a_donner.append(ajuste)
        else:
            conflits[voulu.case] = _phrase(contraire)
    return a_donner, conflits


def _deja(tenu: Tenu, voulu: DemandeDroit) -> bool:
    """Whether a right to come gives what is asked, as soon and for as long."""
    droit = tenu.droit
    return (
        not tenu.attend
        and droit.niveau >= voulu.niveau
        and _fin(droit) >= _fin(voulu)
        and (tenu.en_vigueur or _debut(droit) <= _debut(voulu))
    )


def _ajuster(voulu: DemandeDroit, ici: Iterable[Tenu]) -> DemandeDroit:
    """The same level held until then, and asked from a later day on, is prolonged from now."""
    memes = any(t.en_vigueur and t.droit.niveau == voulu.niveau for t in ici)
    return replace(voulu, a_partir_du=None) if memes else voulu


def _depasse(tenu: Tenu, voulu: DemandeDroit) -> bool:
    """Whether writing what is asked takes nothing away from what is held."""
    droit = tenu.droit
    assez_tot = tenu.en_vigueur or tenu.attend or _debut(voulu) <= _debut(droit)
    return voulu.niveau >= droit.niveau and _fin(voulu) >= _fin(droit) and assez_tot


def _phrase(tenu: Tenu) -> str:
    objet = libelle_objet(tenu.droit.domaine, tenu.droit.dispositif)
    if tenu.attend:
        return (
            f"{objet}\u00a0: un droit plus élevé, ou plus long, y attend une confirmation. Qu’elle soit d’abord donnée ou refusée"
        )
    quand = f"jusqu’au {formater_date(tenu.droit.jusqu_au)}" if tenu.droit.jusqu_au else "sans fin"
    return (
        f"{objet}\u00a0: cette personne y tient déjà un droit {quand}, que cette ligne retirerait. "
        "L’import ajoute, et n’enlève rien\u00a0: son administrateur peut le modifier"
    )
