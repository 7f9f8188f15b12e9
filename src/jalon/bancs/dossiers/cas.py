"""The pages that are measured, for one scene. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from jalon.bancs.dossiers.client import Fil, requete
from jalon.bancs.dossiers.scene import Acteur, Scene

PAGE_LOINTAINE = 40
SUIVANT = re.compile(r'<a href="([^"]+)" rel="next">')
LISTE, ACCUEIL, ENVOI, NUE = "liste", "accueil", "transmettre", "vue nue"


class PageImpossible(RuntimeError):
    """A page of the bench does not answer as it should."""


@dataclass(frozen=True, slots=True)
class Cas:
    """One page of one person."""

    genre: str
    nom: str
    acteur: Acteur
    chemin: str

    @property
    def octets(self) -> bytes:
        """The request, ready to be sent."""
        return requete(self.chemin, self.acteur.seance)

    @property
    def cle(self) -> str:
        """The same case whatever the size: numbers of the actor's name aside."""
        return f"{self.genre} · {self.acteur.qualite} · {self.nom}"


def cas_de(scene: Scene, port: int) -> list[Cas]:
    """Every page measured; far pages are reached by following the links of the pages themselves."""
    fil = Fil(port)
    try:
        cas = [c for acteur in scene.acteurs for c in _listes(scene, acteur, fil)]
        cas += [Cas(ACCUEIL, "accueil", acteur, acteur.accueil) for acteur in scene.acteurs]
        cas += [Cas(ACCUEIL, "choix du client", a, a.choix) for a in scene.acteurs if a.choix]
        for c in cas:
            _exiger_200(fil, c)
    finally:
        fil.fermer()
    return cas


def _listes(scene: Scene, acteur: Acteur, fil: Fil) -> Iterator[Cas]:
    yield Cas(LISTE, "page 1", acteur, acteur.liste)
    yield _lointaine(acteur, "sans filtre", acteur.liste, fil)
    if not acteur.numero:
        return
    for nom, texte in (("mot rare", scene.rare), ("mot courant", scene.courant), ("numéro", acteur.numero)):
        yield Cas(LISTE, nom, acteur, f"{acteur.liste}?{urlencode({'q': texte})}")
    yield _lointaine(acteur, "mot courant", f"{acteur.liste}?{urlencode({'q': scene.courant})}", fil)


def _lointaine(acteur: Acteur, nom: str, chemin: str, fil: Fil) -> Cas:
    """The 40th page, or the last full one when there are fewer: two sizes are compared on as many rows."""
    pleine = chemin
    for _ in range(2, PAGE_LOINTAINE + 1):
        trouve = SUIVANT.search(_exiger_200(fil, Cas(LISTE, nom, acteur, chemin)))
        if trouve is None:
            return Cas(LISTE, f"page 40, {nom}", acteur, pleine)
        pleine, chemin = chemin, unescape(trouve[1])
    return Cas(LISTE, f"page 40, {nom}", acteur, chemin)


def _exiger_200(fil: Fil, cas: Cas) -> str:
    reponse = fil.demander(cas.octets)
    if reponse.statut != 200:
        raise PageImpossible(f"{cas.chemin} répond {reponse.statut} à « {cas.acteur.nom} »{_vers(reponse.vers)}.")
    return reponse.corps.decode()


def _vers(adresse: str) -> str:
    return f" (vers {adresse})" if adresse else ""
