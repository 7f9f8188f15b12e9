"""Where a list looks: for each column of the portée, the values that the actor sees, and in which families."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jalon.dossiers.enums import EtatDossier
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import FAMILLES, Acteur, Droit, Niveau, Perimetre

HORS_BROUILLON = tuple(e.value for e in EtatDossier if e is not EtatDossier.BROUILLON)


class Colonne(StrEnum):
    """A column of the portée, each with an index in the order of lists."""

    SIREN = "siren"
    SIRET = "siret"
    PRESTATAIRE = "prestataire_siren"
    PORTEFEUILLE = "portefeuille_id"


@dataclass(frozen=True, slots=True)
class Branche:
    """Values of one column where the same families are seen."""

    colonne: Colonne
    valeurs: tuple[str, ...]
    domaines: tuple[str, ...]


def branches(acteur: Acteur, siren: str | None, cote: Cote | None = None) -> list[Branche]:
    """The perimeter of reading as branches: of one SIREN (company and provider sides), or of everything the actor sees.

    `cote` keeps one side only. An empty list sees nothing.
    """
    vues: dict[tuple[Colonne, str], set[str]] = defaultdict(set)
    for domaine in FAMILLES:
        perimetre = acteur.perimetre(Droit(domaine, Niveau.LECTURE))
        for colonne, valeur in _valeurs(perimetre, siren, cote):
            vues[colonne, valeur].add(domaine.value)
    groupes: dict[tuple[Colonne, tuple[str, ...]], list[str]] = defaultdict(list)
    for (colonne, valeur), domaines in vues.items():
        groupes[colonne, tuple(sorted(domaines))].append(valeur)
    return [Branche(colonne, tuple(sorted(valeurs)), domaines) for (colonne, domaines), valeurs in sorted(groupes.items())]


def _valeurs(perimetre: Perimetre, siren: str | None, cote: Cote | None) -> Iterable[tuple[Colonne, str]]:
    if cote in {None, Cote.ENTREPRISE}:
        yield from ((Colonne.SIREN, v) for v in perimetre.sirens if siren in {None, v})
        yield from ((Colonne.SIRET, v) for v in perimetre.sirets if siren in {None, v[:9]} and v[:9] not in perimetre.sirens)
    if cote in {None, Cote.PRESTATAIRE}:
        yield from ((Colonne.PRESTATAIRE, v) for v in perimetre.prestataires if siren in {None, v})
    if cote in {None, Cote.OPCO} and siren is None:
        yield from ((Colonne.PORTEFEUILLE, str(v)) for v in perimetre.portefeuilles)
