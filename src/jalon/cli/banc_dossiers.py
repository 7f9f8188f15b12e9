"""`jalon banc dossiers`: a PostgreSQL of its own, N synthetic requests, the real server, measures, then everything goes away."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from jalon.bancs.dossiers import mesures as mesurer
from jalon.bancs.dossiers.cas import NUE, PageImpossible, cas_de
from jalon.bancs.dossiers.chargement import analyser
from jalon.bancs.dossiers.client import requete
from jalon.bancs.dossiers.mesures import Mesure, Site
from jalon.bancs.dossiers.rapport import croissance, delais, rapports_a_la_vue_nue, tableau
from jalon.bancs.dossiers.scene import ENV_SCENE, Scene
from jalon.bancs.dossiers.serveurs import Serveur, ServeurMuet, port_libre
from jalon.cli.banc_terrain import Terrain, ouvrir_terrain
from jalon.config.embarque import mourir_avec_le_parent
from jalon.config.environnement import DOSSIER_VAR

ENVOIS = 120
BUDGET_ENTREPRISE = "450/450/20000"
"""The far pages of a large company, with and without words, are more rows than somebody may read in a day: ten times as many."""
TOURS = 3
GRANIAN = (
    "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "4", "--backpressure", "64", "--no-ws",
    "--log-level", "warning", "--workers-kill-timeout", "5",
)  # fmt: skip
"""The bare views are served as `jalon serve` serves the product."""


class Banc:
    """One run: several sizes, each in a database of its own, measured in turn."""

    def __init__(self, terrain: Terrain, nombres: Sequence[int], tours: int) -> None:
        self.terrain = terrain
        self.nombres = nombres
        self.tours = tours
        self.mesures: dict[tuple[str, int], Mesure] = {}
        self.nues: list[Mesure] = []
        self.envois: list[Mesure] = []

    def executer(self) -> None:
        """Load, serve, measure."""
        scenes = [self._charger(nombre) for nombre in self.nombres]
        with ExitStack() as pile:
            sites = [self._servir(pile, scene) for scene in scenes]
            nus = self._servir_les_vues_nues(pile, scenes[0])
            for site in sites:
                self._inspecter(site)
            base = self.terrain.base
            if self.terrain.redemarrable:
                base = mesurer.mesurer_a_froid(sites, self.mesures, self.terrain.redemarrer, _dire)
                for _, serveur, octets in nus:
                    serveur.attendre(octets, fois=6)
            for tour in range(self.tours):
                _dire(f"Tour {tour + 1} sur {self.tours}")
                mesurer.mesurer_un_tour(sites, nus, self.mesures, base, _dire)
                self._envoyer(sites, tour, base)

    def _charger(self, nombre: int) -> Scene:
        _dire(f"Préparation d’une base de {nombre} dossiers…")
        url = self.terrain.preparer_base(nombre)
        fichier = self.terrain.dossier / f"scene-{nombre}.json"
        _jalon(
            "banc", "dossiers-scene", "--nombre", str(nombre), "--envois", str(ENVOIS), "--vers", str(fichier), DATABASE_URL=url,
            DATABASE_URL_PROPRIETAIRE=self.terrain.url(nombre, "jalon_proprietaire"),
        )  # fmt: skip
        scene = Scene.lire(fichier)
        debut = time.perf_counter()
        analyser(self.terrain.url(nombre, "jalon_proprietaire"))
        click.echo(
            f"{nombre} dossiers chargés en {scene.chargement:.0f} s ({nombre / scene.chargement:,.0f} par seconde), "
            f"VACUUM et ANALYZE en {time.perf_counter() - debut:.0f} s, base de {self.terrain.taille(nombre)}."
        )
        return scene

    def _servir(self, pile: ExitStack, scene: Scene) -> Site:
        port = port_libre()
        serveur = self._lancer(
            pile, port, (sys.executable, "-m", "jalon.cli", "serve", "--port", str(port)), self._environnement(scene, port)
        )
        serveur.attendre(mesurer.sante(scene))
        cas = cas_de(scene, port)
        self.mesures |= {(c.cle, scene.nombre): Mesure(c.cle, scene.nombre) for c in cas}
        self.envois.append(mesurer.mesure_des_envois(scene.nombre))
        return Site(scene, serveur, cas)

    def _servir_les_vues_nues(self, pile: ExitStack, scene: Scene) -> list[tuple[Mesure, Serveur, bytes]]:
        port = port_libre()
        fichier = self.terrain.dossier / f"scene-{scene.nombre}.json"
        environnement = self._environnement(scene, port) | {"JALON_PROCESSUS": "web", ENV_SCENE: str(fichier)}
        commande = (sys.executable, "-m", "granian", *GRANIAN, "--port", str(port), "jalon.bancs.dossiers.nu:application")
        serveur = self._lancer(pile, port, commande, environnement)
        nus = []
        for rang, acteur in enumerate(scene.acteurs):
            octets = requete(f"/tableau/{rang}/")
            serveur.attendre(octets, fois=6)
            nus.append((Mesure(f"{NUE} · {acteur.qualite}", scene.nombre), serveur, octets))
        self.nues = [m for m, _, _ in nus]
        return nus

    def _lancer(self, pile: ExitStack, port: int, commande: Sequence[str], environnement: dict[str, str]) -> Serveur:
        serveur = Serveur.lancer(
            commande, port, environnement, self.terrain.dossier / "serveur.log", avant=mourir_avec_le_parent()
        )
        pile.callback(serveur.arreter)
        return serveur

    def _environnement(self, scene: Scene, port: int) -> dict[str, str]:
        url = self.terrain.url(scene.nombre, "jalon_app")
        return os.environ | {"DATABASE_URL": url, "JALON_URL": f"http://localhost:{port}", "PORT": str(port)}

    def _inspecter(self, site: Site) -> None:
        nombre = site.scene.nombre
        cas, vers = self.terrain.dossier / f"cas-{nombre}.json", self.terrain.dossier / f"sql-{nombre}.json"
        cas.touch(mode=0o600)
        cas.write_text(json.dumps([(c.cle, c.chemin, c.acteur.seance) for c in site.cas]), encoding="utf-8")
        _jalon(
            "banc", "dossiers-inspection", "--scene", str(self.terrain.dossier / f"scene-{nombre}.json"), "--cas", str(cas),
            "--plans", str(self.plans / str(nombre)), "--vers", str(vers),
            DATABASE_URL=self.terrain.url(nombre, "jalon_app"),
        )  # fmt: skip
        comptes = json.loads(vers.read_text(encoding="utf-8"))
        for c in site.cas:
            self.mesures[c.cle, nombre].requetes_sql = comptes[c.cle]
        self._envois_de(nombre).requetes_sql = comptes["transmettre"]

    @property
    def plans(self) -> Path:
        """Folder of the plans; it outlives the run."""
        return self.terrain.dossier / "plans"

    def _envois_de(self, nombre: int) -> Mesure:
        return next(m for m in self.envois if m.nombre == nombre)

    def _envoyer(self, sites: Sequence[Site], tour: int, base: int) -> None:
        for site in sites:
            adresses = site.scene.envois[1:]
            part = len(adresses) // self.tours
            mesurer.mesurer_les_envois(site, self._envois_de(site.scene.nombre), adresses[tour * part : (tour + 1) * part], base)

    def dire(self, *, avec_plans: bool) -> None:
        """Print the figures."""
        lues = sorted(self.mesures.values(), key=lambda m: (m.cle, m.nombre))
        click.echo(
            "\nMillisecondes\u00a0; «\u00a0proc.\u00a0»\u00a0: processeur par requête, serveur et PostgreSQL\u00a0; ±\u00a0: écart entre les tours.\n"
        )
        click.echo(tableau([*self.nues, *lues, *self.envois]))
        click.echo("\n" + rapports_a_la_vue_nue(lues, self.nues))
        click.echo("\n" + delais(lues))
        for petit, grand in zip(self.nombres, self.nombres[1:], strict=False):
            click.echo("\n" + croissance(lues, petit, grand))
        echecs = sum(m.echecs for m in [*lues, *self.envois, *self.nues])
        click.echo(f"\nRéponses inattendues\u00a0: {echecs}. Plans des requêtes de liste\u00a0: {self.plans}")
        if avec_plans:
            for fichier in sorted(self.plans.rglob("*.txt")):
                click.echo(f"\n=== {fichier.parent.name} dossiers, {fichier.stem}\n{fichier.read_text(encoding='utf-8')}")


def _dire(phrase: str) -> None:
    click.echo(f"[{time.strftime('%H:%M:%S')}] {phrase}", err=True)


def _jalon(*arguments: str, **environnement: str) -> None:
    """Run a command of ours; its progress is shown. Raises click.ClickException with its last line."""
    resultat = subprocess.run(
        [sys.executable, "-m", "jalon.cli", *arguments], env=os.environ | environnement, check=False, stdin=subprocess.DEVNULL
    )
    if resultat.returncode != 0:
        raise click.ClickException(f"«\u00a0jalon {' '.join(arguments[:2])}\u00a0» a échoué, voir les lignes ci-dessus.")


@contextlib.contextmanager
def _seul(dossier: Path) -> Iterator[None]:
    """One bench at a time in a folder."""
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (dossier / "verrou").open("a+") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.UsageError(f"Un banc tourne déjà dans {dossier}. Attendez sa fin\u00a0; rien n’a été modifié.") from None
        yield


@click.command("dossiers")
@click.option(
    "--nombre", "nombres", multiple=True, default=(10_000,), type=click.IntRange(500, 10_000_000), show_default=True,
    help="Dossiers à charger\u00a0; répétée, compare les tailles.",
)  # fmt: skip
@click.option("--base", default="", metavar="URL", help="Connexion d’un superutilisateur d’un PostgreSQL de cette machine.")
@click.option("--tours", default=TOURS, show_default=True, type=click.IntRange(1, 10), help="Passages sur chaque page.")
@click.option("--garder", is_flag=True, help="Garde la base chargée dans var/banc.")
@click.option("--plans", "avec_plans", is_flag=True, help="Affiche les plans des requêtes de liste.")
def commande(nombres: tuple[int, ...], base: str, tours: int, garder: bool, avec_plans: bool) -> None:
    """Charge des dossiers fictifs et mesure les listes, l’accueil et l’envoi, à travers le vrai serveur."""
    tailles = sorted(set(nombres))
    dossier = DOSSIER_VAR.absolute() / "banc"
    with _seul(dossier):
        shutil.rmtree(dossier / "plans", ignore_errors=True)
        os.environ |= {nom: secrets.token_urlsafe(48) for nom in ("SECRET_KEY", "JALON_CLES", "JALON_CLE_EMPREINTES")}
        os.environ |= {"JALON_VAR": str(dossier), "JALON_URL": "http://localhost:8000", "JALON_HOTES": "localhost"}
        os.environ["JALON_BUDGET_ENTREPRISE"] = BUDGET_ENTREPRISE
        for nom in ("JALON_DEMO", "CLAMAV_ADRESSE", "SMTP_URL", "JALON_ROLE", "JALON_PROCESSUS", "JALON_MANDATAIRES"):
            os.environ.pop(nom, None)
        with ouvrir_terrain(dossier, base, garder=garder) as terrain:
            banc = Banc(terrain, tailles, tours)
            try:
                banc.executer()
            except (ServeurMuet, PageImpossible) as erreur:
                raise click.ClickException(f"{erreur} Journal\u00a0: {dossier / 'serveur.log'}") from erreur
            banc.dire(avec_plans=avec_plans)
