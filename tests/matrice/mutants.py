"""Filters of the perimeter, mutated: one condition that does not restrict any more."""

from collections.abc import Callable, Iterator

from django.db.models import Q

from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.modeles import ModeleProtege

Filtre = Callable[[Acteur, Niveau], Q]
VRAI, FAUX = ~Q(pk__in=[]), Q(pk__in=[])


def colonne_de(feuille: object) -> str:
    """The column that a condition looks at; « lignes » for a sub-query."""
    if not isinstance(feuille, tuple):
        return "lignes"
    chemin = str(feuille[0])
    for lookup in ("__dans", "__in", "__isnull"):
        chemin = chemin.removesuffix(lookup)
    return chemin


def colonnes(q: Q) -> Iterator[str]:
    """Columns of every condition of a filter; « nothing at all » is no condition."""
    for enfant in q.children:
        if isinstance(enfant, Q):
            yield from colonnes(enfant)
        elif colonne_de(enfant) != "pk":
            yield colonne_de(enfant)


def sans(q: Q, colonne: str, *, inverse: bool = False) -> Q:
    """The same filter, where the conditions on that column let everything through."""
    inverse = inverse != q.negated
    enfants = [
        sans(enfant, colonne, inverse=inverse)
        if isinstance(enfant, Q)
        else (FAUX if inverse else VRAI)
        if colonne_de(enfant) == colonne
        else enfant
        for enfant in q.children
    ]
    return Q(*enfants, _connector=q.connector, _negated=q.negated)


def muter(modele: type[ModeleProtege], mutation: str) -> Filtre:
    """The filter of a model: « tout » removed, « niveau » deaf to the level, or one column unheard."""
    vrai: Filtre = modele.filtre_perimetre
    if mutation == "tout":
        return lambda acteur, niveau: VRAI
    if mutation == "niveau":
        return lambda acteur, niveau: vrai(acteur, Niveau.LECTURE)
    return lambda acteur, niveau: sans(vrai(acteur, niveau), mutation)
