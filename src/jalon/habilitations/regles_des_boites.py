"""What boxes of rights say of each other: which one gives another, what is more than was asked, both together. Pure."""

from collections.abc import Collection, Iterable
from datetime import date

from jalon.habilitations.enums import Etendue
from jalon.habilitations.regles import DOMAINES_DU_METIER, Case, DemandeDroit
from jalon.socle.acteurs import Niveau


def _du_meme_objet(tenu: DemandeDroit, voulu: DemandeDroit) -> bool:
    """Whether a right of the domain, or of one dispositif, is about all that the other one is about."""
    return tenu.domaine == voulu.domaine and tenu.dispositif in {"", voulu.dispositif}


def couvre(tenu: DemandeDroit, voulu: DemandeDroit) -> bool:
    """Whether a right in force already gives what is asked, for as long."""
    lieu = tenu.etendue == Etendue.SIREN or (tenu.etendue, tenu.lieu) == (voulu.etendue, voulu.lieu)
    duree = tenu.jusqu_au is None or (voulu.jusqu_au is not None and voulu.jusqu_au <= tenu.jusqu_au)
    return lieu and duree and _du_meme_objet(tenu, voulu) and tenu.niveau >= voulu.niveau


def tient_deja(demandes: Iterable[DemandeDroit], tenus: Collection[DemandeDroit]) -> bool:
    """Whether everything asked is held: the same domain or dispositif, as high at least, on the same place or a wider one."""
    return all(
        any(_du_meme_objet(t, d) and t.niveau >= d.niveau and (t.etendue == Etendue.SIREN or t.lieu == d.lieu) for t in tenus)
        for d in demandes
    )


def dans_la_demande(accordes: Iterable[DemandeDroit], demandes: Collection[DemandeDroit]) -> bool:
    """Whether what is given is what was asked, or less: no level above the highest asked, no place that was not asked, and
    nothing of what is reserved (bank details, accesses, exports, employees) unless it was asked itself.
    """
    plus_haut = max((d.niveau for d in demandes), default=Niveau.AUCUN)
    partout = any(d.etendue == Etendue.SIREN for d in demandes)
    lieux, domaines = {d.lieu for d in demandes}, {d.domaine for d in demandes} | DOMAINES_DU_METIER
    return all(a.niveau <= plus_haut and a.domaine in domaines and (partout or (a.lieu and a.lieu in lieux)) for a in accordes)


def reunir(tenus: Iterable[DemandeDroit], accordes: Iterable[DemandeDroit]) -> list[DemandeDroit]:
    """What is held and what is given: in each box the higher level, and of equal ones that which lasts longer."""

    def rang(droit: DemandeDroit) -> tuple[Niveau, date]:
        return (droit.niveau, droit.jusqu_au or date.max)

    boites: dict[Case, DemandeDroit] = {}
    for droit in (*tenus, *accordes):
        present = boites.get(droit.case)
        if present is None or rang(droit) > rang(present):
            boites[droit.case] = droit
    return list(boites.values())
