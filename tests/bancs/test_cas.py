"""Far pages are full ones, whatever the size; a measure is several bursts, each over new connections."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jalon.bancs.dossiers.cas import cas_de
from jalon.bancs.dossiers.client import Rafale, rafale, requete
from jalon.bancs.dossiers.scene import Acteur, Scene

PAGES = {"/courte/": 1, "/cinq/": 5, "/longue/": 60}


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        chemin, _, suite = self.path.partition("?page=")
        rang = int(suite or 1)
        suivant = f'<a href="{chemin}?page={rang + 1}" rel="next">Suivants</a>' if rang < PAGES.get(chemin, 1) else ""
        corps = f"page {rang} {suivant}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def port() -> Iterator[int]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield serveur.server_address[1]
    serveur.shutdown()
    serveur.server_close()
    fil.join(timeout=30)
    assert not fil.is_alive()


def _acteur(liste: str) -> Acteur:
    return Acteur("essai", "seance", liste, "/", ("siren", ()))


@pytest.mark.parametrize(
    ("liste", "lointaine"), [("/courte/", "/courte/"), ("/cinq/", "/cinq/?page=4"), ("/longue/", "/longue/?page=40")]
)
def test_la_page_lointaine_est_la_quarantieme_ou_la_derniere_pleine(port: int, liste: str, lointaine: str) -> None:
    scene = Scene(1, 1.0, (_acteur(liste),), _acteur("/"), (), "rare", "courant")
    assert [c.chemin for c in cas_de(scene, port) if c.nom.startswith("page 40")] == [lointaine]


def test_des_rafales_s_ajoutent(port: int) -> None:
    lue = Rafale()
    for _ in range(3):
        lue.ajouter(rafale(port, [requete("/cinq/")], nombre=4, secondes=5, fils=2))
    assert lue.statuts == {200: 12}
    assert len(lue.latences) == 12
    assert lue.debit == pytest.approx(12 / lue.duree)
