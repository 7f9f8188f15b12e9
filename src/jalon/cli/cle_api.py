"""`jalon cle-api`: keys of the API, shown once, listed without their secret, revoked at once."""

from uuid import UUID

import click

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.enums import VerbeApi
from jalon.habilitations.models import CleApi
from jalon.socle.acteurs import Profil
from jalon.socle.dates import PARIS
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import analyser_siren, grouper

JOURS = 365
PROFILS = [profil.value for profil in Profil]
VERBES = [verbe.value for verbe in VerbeApi]


@click.group("cle-api")
def commande() -> None:
    """Crée, liste ou révoque les clés d’API."""


@commande.command("creer")
@click.argument("siren")
@click.option("--nom", required=True, help="Ce qui reconnaît la clé, par exemple le logiciel qui s’en sert.")
@click.option("--profil", required=True, type=click.Choice(PROFILS), help="Côté de l’organisation.")
@click.option(
    "--verbe", "verbes", multiple=True, type=click.Choice(VERBES), default=VERBES, show_default=True, help="Ce qu’elle permet."
)
@click.option("--jours", default=JOURS, show_default=True, type=int, help="Durée de la clé, en jours.")
def creer(siren: str, nom: str, profil: str, verbes: tuple[str, ...], jours: int) -> None:
    """Crée une clé pour un SIREN et l’affiche, cette seule fois."""
    secret = creer_cle_api(
        nom=nom,
        siren=siren,
        profil=Profil(profil),
        verbes=[VerbeApi(verbe) for verbe in verbes],
        jours=jours,
        par=ActeurSysteme("ligne de commande"),
        maintenant=maintenant(),
    )
    click.echo(secret)
    click.echo("Notez cette clé\u00a0: elle ne sera plus jamais affichée.", err=True)


@commande.command("lister")
@click.option("--siren", default="", help="Celles d’un seul SIREN.")
def lister(siren: str) -> None:
    """Liste les clés, sans leur secret, les plus récentes d’abord."""
    cles = CleApi.objects.tous("liste de la ligne de commande").order_by("-creee_le")
    if siren:
        voulu = analyser_siren(siren)
        cles = cles.filter(siren=voulu) | cles.filter(prestataire_siren=voulu)
    for cle in cles:
        fin = cle.revoquee_le or cle.expire_le
        etat = "révoquée le" if cle.revoquee_le else "expirée le" if cle.expire_le <= maintenant() else "valable jusqu’au"
        organisation = grouper(cle.siren or cle.prestataire_siren)
        click.echo(
            f"{cle.id}  {organisation}  {cle.profil:<11}  …{cle.indice}  {etat} {fin.astimezone(PARIS):%d/%m/%Y}  {cle.nom}"
        )


@commande.command("revoquer")
@click.argument("cle_id", type=click.UUID, metavar="IDENTIFIANT")
def revoquer(cle_id: UUID) -> None:
    """Révoque une clé\u00a0: le prochain appel est refusé. L’identifiant est donné par «\u00a0jalon cle-api lister\u00a0»."""
    cle = revoquer_cle(cle_id=cle_id, par=ActeurSysteme("ligne de commande"), maintenant=maintenant())
    click.echo(f"La clé «\u00a0{cle.nom}\u00a0» est révoquée.")
