"""`jalon django …`: Django's own commands, with our settings."""

import click
from django.core.management import execute_from_command_line


@click.command("django", context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def commande(arguments: tuple[str, ...]) -> None:
    """Lance une commande de Django."""
    execute_from_command_line(["jalon django", *arguments])
