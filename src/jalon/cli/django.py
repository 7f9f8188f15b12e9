"""`jalon django …`: Django's own commands, with our settings. What they say is theirs, in English."""

import click
from django.core.management import execute_from_command_line, get_commands


@click.command("django", context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="COMMAND [ARGS]...")
@click.pass_context
def commande(contexte: click.Context, arguments: tuple[str, ...]) -> None:
    """Lance une commande de Django avec les réglages de Jalon\u00a0: «\u00a0jalon django migrate\u00a0», «\u00a0jalon django check --deploy\u00a0».

    «\u00a0jalon django help\u00a0» les liste. Leurs messages sont en anglais.
    """
    if arguments[:1] in {("-h",), ("--help",)}:
        click.echo(contexte.get_help())
        return
    if not arguments:
        raise click.UsageError("Indiquez une commande de Django, par exemple «\u00a0jalon django migrate\u00a0».")
    if arguments[0] not in get_commands() and arguments[0] not in {"help", "--version"}:
        raise click.UsageError(
            f"La commande de Django «\u00a0{arguments[0]}\u00a0» n’existe pas. «\u00a0jalon django help\u00a0» les liste."
        )
    execute_from_command_line(["jalon django", *arguments])
