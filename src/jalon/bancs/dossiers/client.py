"""A small keep-alive HTTP client for loopback: prepared bytes out, bytes in, bounded in count and time. Pure.

Clients share the cores with what they measure, so they do as little as they can: no URL, header or cookie is built in the loop.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

DELAI = 30.0
BLOC = 1 << 16


class ReponseIllisible(RuntimeError):
    """The server closed early, or answered something else than HTTP."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """Status, address it sends to, and body."""

    statut: int
    corps: bytes
    vers: str = ""


@dataclass(slots=True)
class Rafale:
    """A burst of requests: seconds of each, wall clock of all."""

    latences: list[float] = field(default_factory=list)
    statuts: dict[int, int] = field(default_factory=dict)
    duree: float = 0.0
    taille: int = 0

    @property
    def debit(self) -> float:
        """Requests per second."""
        return len(self.latences) / self.duree if self.duree else 0.0

    def ajouter(self, suite: "Rafale") -> None:
        """Another burst of the same, counted with this one."""
        self.latences += suite.latences
        self.statuts = {
            statut: self.statuts.get(statut, 0) + suite.statuts.get(statut, 0) for statut in self.statuts | suite.statuts
        }
        self.duree += suite.duree
        self.taille = suite.taille

    def centile(self, part: float) -> float:
        """Milliseconds under which that part of the requests was served."""
        ordonnees = sorted(self.latences)
        return ordonnees[min(len(ordonnees) - 1, int(len(ordonnees) * part))] * 1000 if ordonnees else 0.0


def requete(chemin: str, seance: str = "", jeton: str = "", *, formulaire: dict[str, str] | None = None) -> bytes:
    """The bytes of a GET, or of a POST when there is a form."""
    corps = urlencode(formulaire).encode() if formulaire is not None else b""
    biscuits = "; ".join(f"{nom}={valeur}" for nom, valeur in (("jalon_seance", seance), ("jalon_jeton", jeton)) if valeur)
    entetes = [f"{'POST' if formulaire is not None else 'GET'} {chemin} HTTP/1.1", "Host: localhost", "Accept: text/html"]
    if biscuits:
        entetes.append(f"Cookie: {biscuits}")
    if formulaire is not None:
        entetes += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(corps)}"]
    return ("\r\n".join(entetes) + "\r\n\r\n").encode() + corps


class Fil:
    """One connection, kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._prise: socket.socket | None = None

    def demander(self, octets: bytes) -> Reponse:
        """Send and read the whole answer; a connection closed by the server in between is opened again, once."""
        try:
            return self._echanger(octets)
        except (ReponseIllisible, ConnectionError):
            self.fermer()
            return self._echanger(octets)

    def _echanger(self, octets: bytes) -> Reponse:
        if self._prise is None:
            self._prise = socket.create_connection(("127.0.0.1", self._port), timeout=DELAI)
            self._prise.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._prise.sendall(octets)
        recu = self._lire(self._prise, b"")
        while (fin := recu.find(b"\r\n\r\n")) < 0:
            recu = self._lire(self._prise, recu)
        entetes = recu[:fin].decode("latin-1").split("\r\n")
        noms = {nom.lower(): valeur.strip() for nom, _, valeur in (ligne.partition(":") for ligne in entetes[1:])}
        if "content-length" not in noms:
            raise ReponseIllisible(f"réponse sans longueur : {entetes[0]}")
        attendu = fin + 4 + int(noms["content-length"])
        while len(recu) < attendu:
            recu = self._lire(self._prise, recu)
        return Reponse(int(entetes[0].split()[1]), recu[fin + 4 :], noms.get("location", ""))

    @staticmethod
    def _lire(prise: socket.socket, recu: bytes) -> bytes:
        bloc = prise.recv(BLOC)
        if not bloc:
            raise ReponseIllisible("le serveur a fermé la connexion")
        return recu + bloc

    def fermer(self) -> None:
        """Close the connection."""
        if self._prise is not None:
            self._prise.close()
            self._prise = None


def rafale(port: int, octets: Sequence[bytes], *, nombre: int, secondes: float, fils: int, unique: bool = False) -> Rafale:
    """At most `nombre` requests in at most `secondes`, taken in turn from `octets`, over `fils` connections.

    With `unique`, each of `octets` is sent once.
    """
    resultat, verrou = Rafale(), threading.Lock()
    suite = _en_tour(octets, min(nombre, len(octets)) if unique else nombre)
    limite = time.perf_counter() + secondes

    def prochaine() -> bytes | None:
        with verrou:
            return next(suite, None) if time.perf_counter() < limite else None

    debut = time.perf_counter()
    equipe = [threading.Thread(target=_travailler, args=(port, prochaine, resultat, verrou)) for _ in range(fils)]
    for membre in equipe:
        membre.start()
    for membre in equipe:
        membre.join()
    resultat.duree = time.perf_counter() - debut
    return resultat


def _en_tour(octets: Sequence[bytes], nombre: int) -> Iterator[bytes]:
    return (octets[rang % len(octets)] for rang in range(nombre))


def _travailler(port: int, prochaine: Callable[[], bytes | None], resultat: Rafale, verrou: threading.Lock) -> None:
    fil = Fil(port)
    try:
        while (octets := prochaine()) is not None:
            depart = time.perf_counter()
            try:
                reponse = fil.demander(octets)
                statut, taille = reponse.statut, len(reponse.corps)
            except (OSError, ReponseIllisible):
                statut, taille = 0, 0
            ecoule = time.perf_counter() - depart
            with verrou:
                resultat.latences.append(ecoule)
                resultat.statuts[statut] = resultat.statuts.get(statut, 0) + 1
                resultat.taille = taille
    finally:
        fil.fermer()
