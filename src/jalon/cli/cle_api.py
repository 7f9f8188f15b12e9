"""`jalon cle-api`: keys of the API, shown once, listed without their secret, revoked at once."""

from datetime import datetime
from uuid import UUID

import click

from jalon.dispositifs.registre import dispositifs_de
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import PLAFONDS, DemandeCle, dernier_jour_possible, relire_droits
from jalon.socle.acteurs import Profil
from jalon.socle.dates import PARIS, analyser_date
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.identifiants import analyser_siren, analyser_siret, grouper

PROFILS = [profil.value for profil in Profil]
DROITS = [
    f"{objet}:{niveau}"
    for domaine, plafond in PLAFONDS.items()
    for objet in (domaine.value, *(f"{domaine.value}/{dispositif.code}" for dispositif in dispositifs_de(domaine)))
    for niveau in range(1, plafond + 1)
]
LECTURE_DES_DOSSIERS = ("alternance:1", "plan:1")


@click.group("cle-api")
def commande() -> None:
    """Crée, liste ou révoque les clés d’API."""


@commande.command("creer")
@click.argument("siren")
@click.option("--nom", required=True, help="Ce qui reconnaît la clé, par exemple le logiciel qui s’en sert.")
@click.option("--profil", required=True, type=click.Choice(PROFILS), help="Côté de l’organisation.")
@click.option(
    "--droit", "droits", multiple=True, type=click.Choice(DROITS), default=LECTURE_DES_DOSSIERS, show_default=True,
    metavar="DOMAINE[/DISPOSITIF]:NIVEAU",
    help="Ce qu’elle permet, sur tout le domaine ou sur un seul de ses dispositifs\u00a0: 1\u00a0lecture, 2\u00a0saisie, 3\u00a0envoi, 4\u00a0gestion.",
)  # fmt: skip
@click.option("--siret", "sirets", multiple=True, help="Un établissement seulement (plusieurs fois au besoin).")
@click.option("--adresse", "adresses", multiple=True, help="Une adresse ou un réseau IP permis (plusieurs fois au besoin).")
@click.option("--jusqu-au", default="", metavar="JJ/MM/AAAA", help="Dernier jour, dans douze mois par défaut et au plus.")
def creer(
    siren: str, nom: str, profil: str, droits: tuple[str, ...], sirets: tuple[str, ...], adresses: tuple[str, ...], jusqu_au: str
) -> None:
    """Crée une clé pour un SIREN et l’affiche, cette seule fois."""
    nouvelle = creer_cle_api(
        siren=siren,
        profil=Profil(profil),
        demande=DemandeCle(
            nom=nom,
            droits=relire_droits(droits),
            sirets=[analyser_siret(siret) for siret in sirets],
            adresses=adresses,
            jusqu_au=analyser_date(jusqu_au) if jusqu_au else dernier_jour_possible(aujourdhui()),
        ),
        par=ActeurSysteme("ligne de commande"),
        maintenant=maintenant(),
    )
    click.echo(nouvelle.secret)
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
        etat, fin = _etat(cle)
        organisation = grouper(cle.siren or cle.prestataire_siren)
        reconnue = "ancienne" if cle.ancienne else f"…{cle.indice}"
        click.echo(
            f"{cle.id}  {organisation}  {cle.profil:<11}  {reconnue:<8}  {etat} {fin.astimezone(PARIS):%d/%m/%Y à %H:%M}  {cle.nom}"
        )


def _etat(cle: CleApi) -> tuple[str, datetime]:
    if cle.revoquee_le is not None:
        return "révoquée le", cle.revoquee_le
    if cle.expire_le <= maintenant():
        return "expirée le", cle.expire_le
    if cle.suspendue_le is not None:
        return "coupée par l’OPCO le", cle.suspendue_le
    return "valable jusqu’au", cle.expire_le


@commande.command("revoquer")
@click.argument("cle_id", type=click.UUID, metavar="IDENTIFIANT")
@click.option("--motif", required=True, help="Pourquoi\u00a0: le journal de l’organisation le montre.")
def revoquer(cle_id: UUID, motif: str) -> None:
    """Révoque une clé\u00a0: le prochain appel est refusé. L’identifiant est donné par «\u00a0jalon cle-api lister\u00a0»."""
    cle = revoquer_cle(cle_id=cle_id, motif=motif, par=ActeurSysteme("ligne de commande"), maintenant=maintenant())
    click.echo(f"La clé «\u00a0{cle.nom}\u00a0» est révoquée.")
