"""A whole list of requests, counted up to the bound or read piece by piece, whatever its length: for quick accesses and exports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.demande import Demande
from jalon.dossiers.requetes.filtre import FiltreDossiers
from jalon.dossiers.requetes.liste import charger, demande_de
from jalon.dossiers.requetes.parcours import cles_de_page, compter_les_cles, mots_courants
from jalon.socle.acteurs import Acteur
from jalon.socle.lectures import Lu, signaler
from jalon.socle.listes import COMPTE_AU_PLUS, Compte, Lecture

MORCEAU = 5_000
"""Rows read at once: enough that a wide perimeter is walked few times."""


def _demande(acteur: Acteur, siren: str | None, filtre: FiltreDossiers, jour: date) -> Demande:
    demande = demande_de(acteur, siren, replace(filtre, jour=jour))
    courants = bool(demande.branches and demande.tsquery) and mots_courants(demande, COMPTE_AU_PLUS)
    return replace(demande, en_marchant=courants)


def compter_dossiers(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Compte:
    """How many requests the filter keeps, up to the bound. At most two queries."""
    filtre: FiltreDossiers = lecture.filtre
    if filtre.introuvable:
        return Compte(0)
    nombre = compter_les_cles(replace(_demande(acteur, siren, filtre, jour), limite=COMPTE_AU_PLUS + 1))
    return Compte(min(nombre, COMPTE_AU_PLUS), plafonne=nombre > COMPTE_AU_PLUS)


def lignes_des_dossiers(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Iterator[Dossier]:
    """Every request that the filter keeps, in its order, with the fields of its columns; two queries for 5,000 of them.

    A request that is changed while it is read may come twice, or be missed, when the list is in the order of its changes.
    """
    filtre: FiltreDossiers = lecture.filtre
    if filtre.introuvable:
        return
    demande = replace(_demande(acteur, siren, filtre, jour), limite=MORCEAU)
    while True:
        cles = cles_de_page(demande)
        dossiers = charger(acteur, cles, filtre.champs)
        signaler(acteur, (Lu(d.pk, personnes=0) for d in dossiers))
        yield from dossiers
        if len(cles) < MORCEAU:
            return
        demande = replace(demande, apres=cles[-1])
