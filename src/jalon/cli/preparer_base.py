"""`jalon preparer-base`: roles, database, rights, migrations, reference data."""

import os

import click

from jalon.config.environnement import ReglageManquant, lire, lire_base
from jalon.config.preparation import charger_referentiels, preparer


@click.command("preparer-base")
@click.option("--administration", default="", metavar="URL", help="Connexion d’un superutilisateur, pour créer rôles et base.")
def commande(administration: str) -> None:
    """Prépare la base désignée par DATABASE_URL et DATABASE_URL_PROPRIETAIRE. Peut être relancée."""
    if "DATABASE_URL" not in os.environ:
        raise ReglageManquant("Indiquez DATABASE_URL, la connexion de l’application à préparer.")
    environnement = lire()
    superutilisateur = lire_base("--administration", administration) if administration else None
    preparer(environnement.base_proprietaire, environnement.base, superutilisateur, environnement.base_sceau)
    charger_referentiels()
    click.echo("La base est prête.")
