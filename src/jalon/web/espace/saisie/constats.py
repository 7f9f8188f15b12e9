"""What the controls find in the boxes of a section, said as soon as a box is left, with the text that each comes from."""

import hashlib
from collections.abc import Mapping, Sequence

from jalon.dispositifs.base import LIGNES, Anomalie, Contenu, Contexte, Dispositif, Section
from jalon.dispositifs.base.controles import REFERENTIEL_ABSENT

Constats = Mapping[str, Sequence[Anomalie]]
"""By box: « champ », « rang.champ » in a repeated section, « lignes » for its rows as a whole."""


def constats_de(dispositif: Dispositif, section: Section, contenu: Contenu, contexte: Contexte) -> Constats:
    """Only the controls that name a box of the section are judged; a box still empty stops those that read it.

    A control that spans sections is said in each of them. What could not be checked is said at « Vérifier » alone.
    """
    trouves: dict[str, list[Anomalie]] = {}
    for controle in dispositif.controles:
        if not any(case.startswith(f"{section.code}.") for case in controle.cases):
            continue
        for anomalie in controle.appliquer(contenu, contexte):
            place = _place(anomalie, section)
            if place and anomalie.controle != REFERENTIEL_ABSENT:
                trouves.setdefault(place, []).append(anomalie)
    return trouves


def _place(anomalie: Anomalie, section: Section) -> str:
    """The first of its boxes that is in the section."""
    dedans = (case.removeprefix(f"{section.code}.") for case in anomalie.cases if case.startswith(f"{section.code}."))
    return next(dedans, "")


def de_la_ligne(constats: Constats, place: int) -> Constats:
    """Those of one row, by name of box."""
    prefixe = f"{place}."
    return {nom.removeprefix(prefixe): dits for nom, dits in constats.items() if nom.startswith(prefixe)}


def empreinte(constats: Constats) -> str:
    """What a page posts back of what it shows, so that the same is not said twice; empty when it shows nothing."""
    dits = sorted(f"{nom} {a.controle} {a.message}" for nom, liste in constats.items() for a in liste)
    return hashlib.sha256("|".join(dits).encode()).hexdigest()[:16] if dits else ""


def annonce(constats: Constats) -> str:
    """For who does not see the page: how many points, and the first sentence."""
    dits = [anomalie for liste in constats.values() for anomalie in liste]
    if not dits:
        return "Rien à vérifier dans cette rubrique."
    pluriel = "s" if len(dits) > 1 else ""
    return f"{len(dits)} point{pluriel} à vérifier. {dits[0].message}."


def des_lignes(constats: Constats) -> Sequence[Anomalie]:
    """Those of the rows as a whole."""
    return constats.get(LIGNES, ())
