"""Who files the synthetic requests: organisations, their portefeuilles and providers, each with a number of requests.

Six actors have fixed places, whatever the size: a company of 120 requests, one that files a request in a hundred, a cabinet that
follows 500 companies, another one with 5,000 clients by mandate, an adviser whose portefeuille holds a fifth of everything, a
provider. The rest is skewed as real organisations are: most file a few requests,
some file hundreds. Pure and deterministic: two processes that build it hold the same one.
"""

import random
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from jalon.bancs.dossiers.mots import COMMUNES, METIERS, NOMS
from jalon.bancs.sirene_fictif import siren_fictif, siret_fictif

GRAINE = 20261124
DOSSIERS_ENTREPRISE = 120
SIRENS_CABINET = 500
CLIENTS_GRAND_CABINET = 5_000
"""By mandate; as many as there are requests in a bench that is smaller."""
DOSSIERS_CABINET = 2_500
DOSSIERS_PRESTATAIRE = 1_500
PART_GRANDE = 100
"""One request in a hundred is the large company's…"""
DOSSIERS_GRANDE = 30
"""… and more than a page, however small the bench."""
PART_CONSEILLERE = 5
"""One request in five is in the adviser's portefeuille."""
LIEUX_GRANDE = 40
DOSSIERS_AU_PLUS = 2_000
AUTRES_PORTEFEUILLES = 11
CONSEILLERE = 0
"""Rank of the adviser's portefeuille."""


class Groupe:
    """Whose requests these are; the first four groups hold no draft, so that their counts are exact."""

    ENTREPRISE, GRANDE, CABINET, CONSEILLERE, AUTRES = range(5)


@dataclass(frozen=True, slots=True)
class Entite:
    """An organisation and how many requests it files."""

    siren: str
    nom: str
    groupe: int
    portefeuille: int
    dossiers: int
    lieux: tuple[tuple[str, str], ...]
    """SIRET and town of each establishment, the head office first."""


@dataclass(frozen=True, slots=True)
class Prestataire:
    """A provider, with one establishment."""

    siren: str
    siret: str
    nom: str


@dataclass(frozen=True)
class Population:
    """Everything that `nombre` requests hang on."""

    nombre: int
    entites: list[Entite] = field(repr=False)
    prestataires: list[Prestataire] = field(repr=False)

    @property
    def entreprise(self) -> Entite:
        """The company of 120 requests."""
        return self.entites[0]

    @property
    def expeditrice(self) -> Entite:
        """The company whose complete drafts are sent by the bench; it holds no other request."""
        return self.entites[1]

    @property
    def grande(self) -> Entite:
        """The company that files a request in a hundred."""
        return self.entites[2]

    @property
    def clientes(self) -> list[Entite]:
        """The companies of the cabinet."""
        return [e for e in self.entites if e.groupe == Groupe.CABINET]

    @property
    def mandantes(self) -> list[Entite]:
        """The clients of the large cabinet: ordinary companies, then some that have filed nothing when there are too few."""
        return [e for e in self.entites if e.groupe == Groupe.AUTRES and e is not self.expeditrice][:CLIENTS_GRAND_CABINET]

    @property
    def grand_cabinet(self) -> Prestataire:
        """The cabinet that received 5,000 mandates."""
        return self.prestataires[1]

    @property
    def prestataire(self) -> Prestataire:
        """The provider that signs in."""
        return self.prestataires[0]

    @cached_property
    def affectations(self) -> "array[int]":
        """Rank of the organisation of each request, oldest request first."""
        rangs = array("I", (rang for rang, e in enumerate(self.entites) for _ in range(e.dossiers)))
        _alea().shuffle(rangs)
        return rangs

    @cached_property
    def rares(self) -> frozenset[int]:
        """Requests that carry the rare word: the oldest few of each group, so that a search must go all the way back."""
        restants = {Groupe.ENTREPRISE: 3, Groupe.GRANDE: 3, Groupe.CABINET: 4, Groupe.CONSEILLERE: 8, Groupe.AUTRES: 20}
        trouves = []
        for rang, entite in enumerate(self.affectations):
            groupe = self.entites[entite].groupe
            if restants[groupe]:
                restants[groupe] -= 1
                trouves.append(rang)
                if not any(restants.values()):
                    break
        return frozenset(trouves)

    def plus_ancien(self, groupe: int) -> int:
        """Rank of the oldest request of a group."""
        return next(rang for rang, entite in enumerate(self.affectations) if self.entites[entite].groupe == groupe)


def portefeuille_id(rang: int) -> UUID:
    """Id of a portefeuille of the bench."""
    return UUID(f"00000000-0000-7000-8000-00000000ba{rang:02x}")


def peupler(nombre: int) -> Population:
    """The population of that many requests."""
    alea = _alea()
    numeros = iter(range(1, 10_000_000))
    entites = [_entite(next(numeros), alea, Groupe.ENTREPRISE, 1, min(DOSSIERS_ENTREPRISE, nombre // 4), lieux=4)]
    entites.append(_entite(next(numeros), alea, Groupe.AUTRES, 2, 0))
    entites.append(
        _entite(next(numeros), alea, Groupe.GRANDE, 3, max(DOSSIERS_GRANDE, nombre // PART_GRANDE), lieux=LIEUX_GRANDE)
    )
    entites += [
        _entite(next(numeros), alea, Groupe.CABINET, alea.randint(1, AUTRES_PORTEFEUILLES), dossiers)
        for dossiers in _repartir(min(DOSSIERS_CABINET, nombre // 4), SIRENS_CABINET)
    ]
    suivis = nombre // PART_CONSEILLERE
    entites += [_entite(next(numeros), alea, Groupe.CONSEILLERE, CONSEILLERE, n) for n in _tirer(suivis, alea)]
    reste = nombre - sum(e.dossiers for e in entites)
    entites += [
        _entite(next(numeros), alea, Groupe.AUTRES, alea.randint(1, AUTRES_PORTEFEUILLES), n) for n in _tirer(reste, alea)
    ]
    manquent = min(CLIENTS_GRAND_CABINET, nombre) + 1 - sum(e.groupe == Groupe.AUTRES for e in entites)
    entites += [_entite(next(numeros), alea, Groupe.AUTRES, alea.randint(1, AUTRES_PORTEFEUILLES), 0) for _ in range(manquent)]
    prestataires = [_prestataire(next(numeros), alea) for _ in range(max(20, nombre // 500))]
    return Population(nombre, entites, prestataires)


def _alea() -> random.Random:
    return random.Random(GRAINE)  # noqa: S311 (fictional data, the same at each run)


def _repartir(total: int, parts: int) -> list[int]:
    """Shares of a total, the first ones much larger than the last."""
    poids = [1 / (rang + 4) ** 0.9 for rang in range(parts)]
    somme, cumul, donnes, retenus = sum(poids), 0.0, 0, []
    for p in poids:
        cumul += p
        retenus.append(round(total * cumul / somme) - donnes)
        donnes += retenus[-1]
    return retenus


def _tirer(total: int, alea: random.Random) -> Iterator[int]:
    while total > 0:
        tire = min(total, DOSSIERS_AU_PLUS, int(alea.paretovariate(1.2)))
        total -= tire
        yield tire


def _entite(numero: int, alea: random.Random, groupe: int, portefeuille: int, dossiers: int, *, lieux: int = 0) -> Entite:
    siren = siren_fictif(numero)
    nom = f"{alea.choice(METIERS)} {alea.choice(NOMS)}".title()
    combien = lieux or (1 if dossiers < 10 else alea.randint(1, 4))
    return Entite(
        siren=siren,
        nom=nom,
        groupe=groupe,
        portefeuille=portefeuille,
        dossiers=dossiers,
        lieux=tuple((siret_fictif(siren, rang), alea.choice(COMMUNES)) for rang in range(1, combien + 1)),
    )


def _prestataire(numero: int, alea: random.Random) -> Prestataire:
    siren = siren_fictif(numero)
    return Prestataire(siren, siret_fictif(siren, 1), f"Institut {alea.choice(NOMS).title()} formation")
