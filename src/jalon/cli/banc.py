"""`jalon banc …`: the measures, each in a module of `jalon.bancs`."""

import click

from jalon.bancs import import_sirene

MODULES = (import_sirene,)


@click.group("banc")
def commande() -> None:
    """Mesure les performances (jamais lancé par les tests)."""


for _module in MODULES:
    commande.add_command(_module.commande)
