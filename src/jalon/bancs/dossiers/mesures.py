"""The measures: cold then warm, sizes and bare views in turn, so that a noisy moment weighs on all of them alike. Pure.

Each case is measured several times spread over the run; the median is kept, and the spread is told.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from jalon.bancs.dossiers.cas import ENVOI, Cas
from jalon.bancs.dossiers.client import Fil, Rafale, rafale, requete
from jalon.bancs.dossiers.scene import JETON, Acteur, Scene
from jalon.bancs.dossiers.serveurs import Serveur, secondes_de_processeur

FILS = 4
RAFALES = 5
"""Each over new connections: two server processes share out those they are given by chance, four and none now and then."""
REQUETES = 80
SECONDES = 0.5
CHAUFFE = 12
SECONDES_SEUL = 12.0
PAGE_SANS_LISTE = "/accessibilite/"
"""A page that reads the session and the account, and nothing of the requests: it says that the database is back."""
Suivi = Callable[[str], None]


@dataclass(slots=True)
class Mesure:
    """What was seen of one case at one size. Milliseconds, bytes."""

    cle: str
    nombre: int
    debits: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    seul: list[float] = field(default_factory=list)
    """95 % of the requests of one connection, served without any other."""
    processeur: list[float] = field(default_factory=list)
    echecs: int = 0
    taille: int = 0
    froid: float | None = None
    requetes_sql: int | None = None

    @property
    def debit(self) -> float:
        """Requests per second, median."""
        return median(self.debits) if self.debits else 0.0

    @property
    def cout(self) -> float:
        """Milliseconds of processor per request, server and PostgreSQL together."""
        return median(self.processeur) if self.processeur else 0.0

    @property
    def dispersion(self) -> float:
        """Spread, as a part of the median."""
        return (max(self.debits) - min(self.debits)) / self.debit if self.debit else 0.0

    def ajouter(self, lue: Rafale, processeur: float, *, attendu: int = 200) -> None:
        """Count what was read once."""
        self.debits.append(lue.debit)
        for liste, part in ((self.p50, 0.5), (self.p95, 0.95), (self.p99, 0.99)):
            liste.append(lue.centile(part))
        self.processeur.append(processeur * 1000 / max(1, len(lue.latences)))
        self.echecs += sum(n for statut, n in lue.statuts.items() if statut != attendu)
        self.taille = lue.taille


@dataclass(frozen=True)
class Site:
    """A scene served by the product on one port."""

    scene: Scene
    serveur: Serveur
    cas: Sequence[Cas]

    @property
    def sante(self) -> bytes:
        """A request that is answered 200 when the server and the database are up."""
        return sante(self.scene)


def sante(scene: Scene) -> bytes:
    """The same before the site is built."""
    return requete(PAGE_SANS_LISTE, scene.expeditrice.seance)


def mesurer_a_froid(
    sites: Iterable[Site], mesures: dict[tuple[str, int], Mesure], redemarrer: Callable[[], int], suivi: Suivi
) -> int:
    """The first request of each case after a restart of PostgreSQL; returns the number of the last postmaster."""
    base = 0
    for site in sites:
        for cas in site.cas:
            suivi(f"à froid, {site.scene.nombre} dossiers : {cas.cle}")
            base = redemarrer()
            site.serveur.attendre(site.sante, fois=6)
            fil = Fil(site.serveur.port)
            debut = time.perf_counter()
            reponse = fil.demander(cas.octets)
            ecoule = time.perf_counter() - debut
            fil.fermer()
            mesure = mesures[cas.cle, site.scene.nombre]
            mesure.froid = ecoule * 1000
            mesure.echecs += reponse.statut != 200
    return base


def mesurer_un_tour(
    sites: Sequence[Site],
    nus: Sequence[tuple[Mesure, Serveur, bytes]],
    mesures: dict[tuple[str, int], Mesure],
    base: int,
    suivi: Suivi,
) -> None:
    """One burst of every case at every size, the bare views before each group of them."""
    for rang, cas_paralleles in enumerate(zip(*(site.cas for site in sites), strict=True)):
        if rang % 6 == 0:
            for mesure, serveur, octets in nus:
                _mesurer(mesure, serveur, [octets], base)
        suivi(f"à chaud : {cas_paralleles[0].cle}")
        for site, cas in zip(sites, cas_paralleles, strict=True):
            _mesurer(mesures[cas.cle, site.scene.nombre], site.serveur, [cas.octets], base)


def mesurer_les_envois(site: Site, mesure: Mesure, envois: Sequence[str], base: int) -> None:
    """« Transmettre », one draft for each request."""
    octets = [_envoyer(site.scene.expeditrice, adresse) for adresse in envois]
    _mesurer(mesure, site.serveur, octets, base, unique=True)


def mesure_des_envois(nombre: int) -> Mesure:
    """An empty measure of the sending."""
    return Mesure(f"{ENVOI} · un brouillon complet", nombre)


def _envoyer(acteur: Acteur, adresse: str) -> bytes:
    return requete(adresse, acteur.seance, JETON, formulaire={"csrfmiddlewaretoken": JETON})


def _mesurer(mesure: Mesure, serveur: Serveur, octets: Sequence[bytes], base: int, *, unique: bool = False) -> None:
    chauffe, suite = (octets[: CHAUFFE // 2], octets[CHAUFFE // 2 :]) if unique else (octets, octets)
    rafale(serveur.port, chauffe, nombre=CHAUFFE, secondes=SECONDES, fils=FILS, unique=unique)
    avant = _processeur(serveur, base)
    lue = Rafale()
    for part in _parts(suite) if unique else [suite] * RAFALES:
        lue.ajouter(rafale(serveur.port, part, nombre=REQUETES, secondes=SECONDES, fils=FILS, unique=unique))
    mesure.ajouter(lue, _processeur(serveur, base) - avant, attendu=302 if unique else 200)
    if not unique:
        mesure.seul.append(rafale(serveur.port, octets, nombre=REQUETES, secondes=SECONDES_SEUL, fils=1).centile(0.95))


def _parts(octets: Sequence[bytes]) -> list[Sequence[bytes]]:
    """What is sent once only, shared among the bursts."""
    return [part for rang in range(RAFALES) if (part := octets[rang::RAFALES])]


def _processeur(serveur: Serveur, base: int) -> float:
    return secondes_de_processeur(serveur.processus.pid) + (secondes_de_processeur(base) if base else 0.0)
