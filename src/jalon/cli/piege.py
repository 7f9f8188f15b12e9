"""`jalon piege`: honey dossiers, that any reading betrays. Nowhere else can they be set or listed."""

import click

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.socle.horloge import maintenant
from jalon.veille.actions import poser_piege, retirer_piege
from jalon.veille.models import Piege


@click.group("piege")
def commande() -> None:
    """Pose, liste ou retire les dossiers pièges\u00a0: les lire, pour qui que ce soit, lève une alerte."""


@commande.command("poser")
@click.option("--nombre", default=1, show_default=True, type=click.IntRange(1, 100), help="Combien de dossiers.")
def poser(nombre: int) -> None:
    """Écrit des dossiers fictifs, hors de tout portefeuille."""
    for _ in range(nombre):
        click.echo(poser_piege(par=ActeurSysteme("ligne de commande"), maintenant=maintenant()).numero)


@commande.command("lister")
def lister() -> None:
    """Les numéros des pièges posés."""
    pieges = list(Piege.objects.order_by("numero"))
    for piege in pieges:
        click.echo(f"{piege.numero}  posé le {piege.pose_le:%d/%m/%Y}")
    if not pieges:
        click.echo("Aucun piège n’est posé.")


@commande.command("retirer")
@click.argument("numero")
def retirer(numero: str) -> None:
    """Oublie un piège\u00a0; son dossier fictif reste, suivi par personne."""
    retirer_piege(numero=numero, par=ActeurSysteme("ligne de commande"), maintenant=maintenant())
    click.echo(f"{numero.strip().upper()} n’est plus un piège.")
