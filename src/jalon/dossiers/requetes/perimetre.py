"""Where a list looks: for each column of the portée, the values that the actor sees, and in which families."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models.dossier import perimetres_restreints
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau, Perimetre, Pouvoir

HORS_BROUILLON = tuple(e.value for e in EtatDossier if e is not EtatDossier.BROUILLON)

DE_L_INDEX = "d.domaine = 'alternance' AND d.prestataire_siren <> ''"
"""What the index of the requests filed under conventions says of its rows, said again so that it is used."""


class Colonne(StrEnum):
    """A column of the portée, each with an index in the order of lists."""

    SIREN = "siren"
    SIRET = "siret"
    PRESTATAIRE = "prestataire_siren"
    PORTEFEUILLE = "portefeuille_id"


COTES = {
    Colonne.SIREN: Cote.ENTREPRISE,
    Colonne.SIRET: Cote.ENTREPRISE,
    Colonne.PRESTATAIRE: Cote.PRESTATAIRE,
    Colonne.PORTEFEUILLE: Cote.OPCO,
}


@dataclass(frozen=True, slots=True)
class Branche:
    """Values of one column where the same families are seen.

    `dispositif`: only the requests of that one. `prestataire`: only those that name it, under conventions. `hors_sirets` and
    `hors_couples` (client and provider, written together) are seen by another branch: no request is counted twice.
    """

    colonne: Colonne
    valeurs: tuple[str, ...]
    domaines: tuple[str, ...]
    dispositif: str = ""
    prestataire: str = ""
    hors_sirets: tuple[str, ...] = ()
    hors_couples: tuple[str, ...] = ()

    def filtres(self) -> Iterator[tuple[str, object]]:
        """SQL conditions of its own, each with its one parameter."""
        if self.dispositif:
            yield "d.dispositif = %s", self.dispositif
        if self.prestataire:
            de_l_index = f" AND {DE_L_INDEX}" if self.domaines == (Domaine.ALTERNANCE.value,) else ""
            yield f"d.prestataire_siren = %s{de_l_index}", self.prestataire
        if self.hors_sirets:
            yield "d.siret <> ALL(%s::text[])", list(self.hors_sirets)
        if self.hors_couples:
            yield "(d.siren || d.prestataire_siren) <> ALL(%s::text[])", list(self.hors_couples)
            yield "(d.siret || d.prestataire_siren) <> ALL(%s::text[])", list(self.hors_couples)


def branches(acteur: Acteur, siren: str | None, cote: Cote | None = None) -> list[Branche]:
    """The perimeter of reading as branches: of one SIREN (company and provider sides), or of everything the actor sees.

    `cote` keeps one side only. An empty list sees nothing.
    """
    trouvees = list(_des_conventions(acteur, siren)) if cote in {None, Cote.ENTREPRISE} else []
    for colonne in Colonne:
        vues = {d.value: _valeurs(acteur.perimetre(Droit(d, Niveau.LECTURE)), colonne, siren) for d in FAMILLES}
        if cote in {None, COTES[colonne]}:
            trouvees += [Branche(colonne, tuple(sorted(v)), domaines) for domaines, v in sorted(_partager(vues).items())]
    return [*trouvees, *(b for b in _restreintes(acteur, siren) if cote in {None, COTES[b.colonne]})]


def portefeuilles_instruits(acteur: Acteur) -> list[Branche]:
    """Where the actor examines requests, of every family."""
    suivis = tuple(sorted(str(p) for p in acteur.portefeuilles(Pouvoir.INSTRUIRE)))
    return [Branche(Colonne.PORTEFEUILLE, suivis, tuple(d.value for d in FAMILLES))] if suivis else []


def _restreintes(acteur: Acteur, siren: str | None) -> Iterator[Branche]:
    """What is seen of one dispositif alone, without what is seen of its family there: no request is counted twice."""
    for domaine in FAMILLES:
        entier = acteur.perimetre(Droit(domaine, Niveau.LECTURE))
        for code, restreint in perimetres_restreints(acteur, domaine, Niveau.LECTURE).items():
            tout = acteur.perimetre(Droit(domaine, Niveau.LECTURE, code))
            for colonne in Colonne:
                valeurs = _valeurs(tout, colonne, siren) & _valeurs(restreint, colonne, siren)
                if valeurs:
                    dehors = sorted(s for s in entier.sirets if s[:9] in valeurs) if colonne is Colonne.SIREN else ()
                    yield Branche(
                        colonne,
                        tuple(sorted(valeurs)),
                        (domaine.value,),
                        dispositif=code,
                        hors_sirets=tuple(dehors),
                        hors_couples=_ecrits(entier),
                    )


def _ecrits(perimetre: Perimetre) -> tuple[str, ...]:
    """Clients and providers of the conventions, as the columns write them together."""
    return tuple(sorted(f"{lieu}{prestataire}" for lieu, prestataire in perimetre.couples))


def _des_conventions(acteur: Acteur, siren: str | None) -> Iterator[Branche]:
    """What is seen of clients under conventions, without what is seen of the same clients otherwise: no request is counted twice."""
    for domaine in FAMILLES:
        entier = acteur.perimetre(Droit(domaine, Niveau.LECTURE))
        yield from _couples(domaine, entier, entier, siren)
        for code, restreint in perimetres_restreints(acteur, domaine, Niveau.LECTURE).items():
            tout = acteur.perimetre(Droit(domaine, Niveau.LECTURE, code))
            for branche in _couples(domaine, restreint, tout, siren):
                yield replace(branche, dispositif=code, hors_couples=_ecrits(entier))


def _couples(domaine: Domaine, perimetre: Perimetre, vu: Perimetre, siren: str | None) -> Iterator[Branche]:
    """The clients of the conventions of a perimeter, without those that `vu` sees whole."""
    for prestataire, (sirens, sirets) in perimetre.couples_par_prestataire().items():
        entiers = {v for v in sirens - vu.sirens if siren in {None, v}}
        lieux = {v for v in sirets - vu.sirets if siren in {None, v[:9]} and v[:9] not in vu.sirens | sirens}
        for colonne, valeurs in ((Colonne.SIREN, entiers), (Colonne.SIRET, lieux)):
            if valeurs:
                dehors = tuple(sorted(s for s in vu.sirets if s[:9] in valeurs))
                yield Branche(colonne, tuple(sorted(valeurs)), (domaine.value,), prestataire=prestataire, hors_sirets=dehors)


def _valeurs(perimetre: Perimetre, colonne: Colonne, siren: str | None) -> set[str]:
    match colonne:
        case Colonne.SIREN:
            return {v for v in perimetre.sirens if siren in {None, v}}
        case Colonne.SIRET:
            return {v for v in perimetre.sirets if siren in {None, v[:9]} and v[:9] not in perimetre.sirens}
        case Colonne.PRESTATAIRE:
            return {v for v in perimetre.prestataires if siren in {None, v}}
        case Colonne.PORTEFEUILLE:
            return {str(v) for v in perimetre.portefeuilles} if siren is None else set()


def _partager(vues: Mapping[str, set[str]]) -> dict[tuple[str, ...], set[str]]:
    """Values by the families where they are seen; each value in one part."""
    parts: dict[tuple[str, ...], set[str]] = {}
    for domaine, valeurs in vues.items():
        neuves: dict[tuple[str, ...], set[str]] = {}
        for domaines, anciennes in parts.items():
            neuves[*domaines, domaine] = anciennes & valeurs
            neuves[domaines] = anciennes - valeurs
        neuves[domaine,] = valeurs.difference(*parts.values())
        parts = {domaines: contenu for domaines, contenu in neuves.items() if contenu}
    return parts
