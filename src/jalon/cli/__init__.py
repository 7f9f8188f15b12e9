"""The `jalon` command. Each subcommand is loaded when it is called, so that `--help` needs no database."""

import json
import os
import sys
from importlib import import_module

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from jalon.config.environnement import DOSSIER_VAR, ReglageManquant
from jalon.socle.erreurs import ErreurMetier

COMMANDES = {
    "demo": "Démarre la démonstration : base, serveur, travaux, comptes fictifs.",
    "serve": "Démarre le serveur web.",
    "worker": "Démarre un processus de travaux (courriels, lettres, accords…).",
    "preparer-base": "Crée les rôles et la base, applique les migrations, charge les référentiels.",
    "importer": "Importe le registre (sirene), les adhérents, les portefeuilles, les barèmes.",
    "verifier": "Contrôle l’installation et signale ce qui manque.",
    "cle-api": "Crée ou révoque une clé d’API.",
    "compte-opco": "Crée un compte de l’OPCO et lui donne un rôle.",
    "banc": "Mesure les performances (jamais lancé par les tests).",
    "horloge": "Avance l’horloge de la démonstration, par exemple « jalon horloge +72h ».",
    "django": "Lance une commande de Django (migrations, vérifications).",
}
SANS_DJANGO = {"demo", "serve", "preparer-base"}
FICHIER_DEMO = DOSSIER_VAR / "demo" / "environnement.json"


def adopter_environnement_demo() -> None:
    """Without DATABASE_URL, speak to the demonstration that was started in this folder."""
    if "DATABASE_URL" not in os.environ and FICHIER_DEMO.exists():
        for nom, valeur in json.loads(FICHIER_DEMO.read_text()).items():
            os.environ.setdefault(nom, valeur)


class GroupeParesseux(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDES:
            return None
        if ctx.resilient_parsing or ctx.obj == "aide":
            return click.Command(cmd_name, short_help=COMMANDES[cmd_name])
        if cmd_name not in SANS_DJANGO:
            adopter_environnement_demo()
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
            django.setup()
        commande = import_module(f"jalon.cli.{cmd_name.replace('-', '_')}").commande
        return commande if isinstance(commande, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes"):
            formatter.write_dl(list(COMMANDES.items()))


@click.group(cls=GroupeParesseux, context_settings={"help_option_names": ["-h", "--help"]})
def groupe() -> None:
    """Jalon, « Mon Espace » ouvert des OPCO."""


def main() -> None:
    """Entry point: a mistake of the user is one clear line and exit code 2."""
    try:
        groupe.main(standalone_mode=True)
    except (ErreurMetier, ReglageManquant) as erreur:
        _refuser(str(erreur))
    except ImproperlyConfigured as erreur:
        _refuser(f"Réglage incorrect : {erreur}")
    except DatabaseError as erreur:
        _refuser(f"La base de données ne répond pas ou refuse : {str(erreur).strip().splitlines()[0]}")


def _refuser(phrase: str) -> None:
    click.echo(phrase, err=True)
    sys.exit(2)
