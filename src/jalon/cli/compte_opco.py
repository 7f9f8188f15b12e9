"""`jalon compte-opco`: the first accounts of the OPCO, before anybody can give a role from a page."""

import click

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.opco import creer_compte_opco
from jalon.habilitations.enums import LIBELLES_ROLES, Role
from jalon.organisations.models import Portefeuille
from jalon.socle.horloge import maintenant

ROLES = [role.value for role in Role]


@click.command("compte-opco")
@click.argument("adresse")
@click.option("--prenom", required=True, help="Prénom.")
@click.option("--nom", required=True, help="Nom.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="Rôle donné.")
@click.option(
    "--portefeuille", "noms", multiple=True, help="Nom d’un portefeuille\u00a0; plusieurs fois au besoin. Tous par défaut."
)
def commande(adresse: str, prenom: str, nom: str, role: str, noms: tuple[str, ...]) -> None:
    """Crée un compte de l’OPCO et lui donne un rôle. La personne choisit son mot de passe par «\u00a0mot de passe oublié\u00a0»."""
    connus = dict(Portefeuille.objects.values_list("nom", "id"))
    inconnus = [voulu for voulu in noms if voulu not in connus]
    if inconnus:
        raise click.UsageError(f"Portefeuille inconnu\u00a0: {inconnus[0]}. Choisissez parmi {', '.join(sorted(connus))}.")
    portefeuilles = [connus[voulu] for voulu in noms] or list(connus.values())
    personne = creer_compte_opco(
        email=adresse,
        prenom=prenom,
        nom=nom,
        role=Role(role),
        portefeuilles=portefeuilles,
        par=ActeurSysteme("ligne de commande"),
        maintenant=maintenant(),
    )
    etendue = f"{len(portefeuilles)} portefeuille{'s' if len(portefeuilles) > 1 else ''}"
    click.echo(f"{personne.nom_complet} ({personne.email})\u00a0: {LIBELLES_ROLES[Role(role)]}, {etendue}.")
