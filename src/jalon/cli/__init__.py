"""The `jalon` command. Each subcommand is loaded when it is called, so that `--help` needs neither database nor Django."""

import json
import os
import sys
import traceback
from importlib import import_module

import click

from jalon.cli import francais
from jalon.config.environnement import DOSSIER_VAR
from jalon.journal.traces import masquer

COMMANDES = {
    "demo": "Démarre la démonstration\u00a0: base, serveur, travaux, comptes fictifs.",
    "serve": "Démarre le serveur web.",
    "sceller": "Scelle, chaque minute, le registre des consultations.",
    "worker": "Démarre un processus de travaux (courriels, lettres, accords…).",
    "preparer-base": "Crée les rôles et la base, applique les migrations, charge les référentiels.",
    "importer": "Importe le registre (sirene), les adhérents, les portefeuilles, les référentiels, les anciennes clés d’API, les droits préparés.",
    "verifier": "Contrôle l’installation et signale ce qui manque.",
    "cle-api": "Crée, liste ou révoque les clés d’API.",
    "piege": "Pose, liste ou retire les dossiers pièges.",
    "compte-opco": "Crée un compte de l’OPCO et lui donne un rôle.",
    "contrat": "Contrôle ou estime un contrat d’apprentissage écrit à la norme inter-OPCO, sans base de données.",
    "banc": "Mesure les performances (jamais lancé par les tests).",
    "horloge": "Avance l’horloge de la démonstration, par exemple «\u00a0jalon horloge +72h\u00a0».",
    "django": "Lance une commande de Django (migrations, vérifications).",
}
SECRETS = ("SECRET_KEY", "JALON_CLES", "JALON_CLE_EMPREINTES")
SANS_DJANGO = {"banc", "contrat", "demo", "serve", "preparer-base", "sceller"}
FICHIER_DEMO = DOSSIER_VAR / "demo" / "environnement.json"

click.Context.formatter_class = francais.Formateur


def adopter_environnement_demo() -> None:
    """Without DATABASE_URL, speak to the demonstration that was started in this folder."""
    if "DATABASE_URL" not in os.environ and FICHIER_DEMO.exists():
        for nom, valeur in json.loads(FICHIER_DEMO.read_text()).items():
            os.environ.setdefault(nom, valeur)


class GroupeParesseux(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDES)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """A page of help asks for nothing: neither database nor secrets."""
        if ctx.help_option_names and set(ctx.help_option_names) & set(args):
            for nom in SECRETS:
                os.environ.setdefault(nom, "aide")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDES:
            return None
        if ctx.resilient_parsing:
            return click.Command(cmd_name, short_help=COMMANDES[cmd_name])
        if cmd_name not in SANS_DJANGO:
            adopter_environnement_demo()
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
            import_module("django").setup()
        commande = import_module(f"jalon.cli.{cmd_name.replace('-', '_')}").commande
        return commande if isinstance(commande, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commandes"):
            formatter.write_dl(list(COMMANDES.items()))


@click.group(cls=GroupeParesseux, context_settings={"help_option_names": ["-h", "--help"]})
def groupe() -> None:
    """Jalon, « Mon Espace » ouvert des OPCO."""


def main() -> None:
    """Entry point: a mistake of the user, or of the installation, is one clear line and exit code 2."""
    try:
        code = groupe.main(prog_name="jalon", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as erreur:
        _refuser(erreur.message)
    except click.ClickException as erreur:
        _refuser(francais.phrase(erreur))
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompu.", err=True)
        sys.exit(130)
    except Exception as erreur:  # noqa: BLE001 - the last door: nothing leaves without the mask
        _refuser(import_module("jalon.cli.pannes").phrase(erreur) or _avouer())
    sys.exit(code if isinstance(code, int) else 0)


def _avouer() -> str:
    """An error of ours: the trace is printed, masked, for who will mend it."""
    return f"{masquer(traceback.format_exc())}\nErreur imprévue de Jalon\u00a0: transmettez les lignes ci-dessus."


def _refuser(phrase: str) -> None:
    click.echo(phrase, err=True)
    sys.exit(2)
