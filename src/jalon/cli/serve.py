"""`jalon serve`: the web server (Granian)."""

import os
import socket
import sys

import click

from jalon.config.environnement import lire


def _exiger_le_port(hote: str, port: int) -> None:
    famille = socket.AF_INET6 if ":" in hote else socket.AF_INET
    with socket.socket(famille) as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((hote, port))
        except OSError as erreur:
            raise click.UsageError(
                f"Impossible d’écouter sur {hote}, port {port}\u00a0: {erreur.strerror or erreur}. Choisissez --hote ou --port."
            ) from None


@click.command("serve")
@click.option("--hote", default="127.0.0.1", show_default=True, help="Adresse d’écoute.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535), help="Port d’écoute.")
@click.option("--processus", default=2, show_default=True, type=click.IntRange(1, 64), help="Nombre de processus.")
@click.option("--fils", default=4, show_default=True, type=click.IntRange(1, 64), help="Requêtes de front par processus.")
def commande(hote: str, port: int, processus: int, fils: int) -> None:
    """Démarre le serveur web. La base peut être absente\u00a0: les pages reviennent avec elle."""
    lire()
    _exiger_le_port(hote, port)
    os.environ["JALON_PROCESSUS"] = "web"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    arguments = ["--interface", "wsgi", "--host", hote, "--port", str(port), "--workers", str(processus)]
    arguments += ["--blocking-threads", str(fils), "--backpressure", "64", "--no-ws", "--log-level", "warning"]
    arguments += ["--workers-kill-timeout", "5", "jalon.config.wsgi:application"]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments])  # noqa: S606
