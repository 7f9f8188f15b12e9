"""`jalon importer …`: the register, the adherents, the portefeuilles, the keys of the former portal, prepared rights."""

import csv
from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings

from jalon.cli.importer_droits import droits
from jalon.cli.importer_referentiels import COMMANDES as REFERENTIELS
from jalon.cli.progression import Progression, nombre
from jalon.dispositifs.pro_a import PRO_A
from jalon.dossiers.actions.reprise import importer_historique
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.anciennes_cles import importer_anciennes_cles
from jalon.organisations import actions, requetes
from jalon.organisations.enums import GenreFichier
from jalon.organisations.models import ImportRegistre
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS, UNITES_LEGALES
from jalon.organisations.sirene.fichiers import ouvrir_fichier
from jalon.referentiels.actions import charger_referentiels
from jalon.socle import horloge
from jalon.socle.acteurs import Profil
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.identifiants import grouper

REJETS_MONTRES = 5
CHEMIN = click.Path(path_type=Path)


@click.group("importer")
def commande() -> None:
    """Importe le registre, les adhérents, les portefeuilles, les barèmes, les référentiels officiels, les anciennes clés d’API, les droits."""


for _commande in (droits, *REFERENTIELS):
    commande.add_command(_commande)


@commande.command("sirene", short_help="Met à jour les organisations depuis les fichiers officiels.")
@click.option("--unites-legales", type=CHEMIN, metavar="FICHIER", help="StockUniteLegale, en CSV ou zip.")
@click.option("--etablissements", type=CHEMIN, metavar="FICHIER", help="StockEtablissement, en CSV ou zip.")
@click.option(
    "--tranche", default=16, show_default=True, type=click.IntRange(1, 512), metavar="MO", help="Taille écrite d’un coup, en Mo."
)
def sirene(unites_legales: Path | None, etablissements: Path | None, tranche: int) -> None:
    """Met à jour les organisations depuis les fichiers officiels. Interrompu, l’import reprend où il en était."""
    demandes = [(unites_legales, UNITES_LEGALES), (etablissements, ETABLISSEMENTS)]
    fichiers = [ouvrir_fichier(chemin, disposition) for chemin, disposition in demandes if chemin]
    if not fichiers:
        raise click.UsageError("Indiquez --unites-legales, --etablissements, ou les deux.")
    with Progression() as progression:
        faits = actions.importer_registre(
            fichiers=fichiers,
            par=ActeurSysteme("import du registre"),
            maintenant=horloge.maintenant(),
            suivi=progression.suivre,
            taille_tranche=tranche << 20,
        )
    for fait in faits:
        _resumer(fait)


def _resumer(fait: ImportRegistre) -> None:
    genre = GenreFichier(fait.genre)
    click.echo(
        f"{genre.label} ({fait.nom})\u00a0: {nombre(fait.lus)} lus, {nombre(fait.inseres)} insérés, "
        f"{nombre(fait.mis_a_jour)} mis à jour, {nombre(fait.inchanges)} inchangés, {nombre(fait.rejetes)} rejetés."
    )
    if not fait.rejetes:
        return
    destination = Path(settings.JALON_VAR) / "imports" / f"rejets-{genre}.csv"
    destination.parent.mkdir(parents=True, exist_ok=True)
    with destination.open("w", encoding="utf-8-sig", newline="") as fichier:
        tableau = csv.writer(fichier, delimiter=";")
        tableau.writerow(["ligne", "raison"])
        for rang, rejet in enumerate(requetes.rejets_du_dernier_import(genre)):
            tableau.writerow([rejet.ligne, rejet.raison])
            if rang < REJETS_MONTRES:
                click.echo(f"  {rejet}")
    click.echo(f"  Lignes rejetées, avec leur raison\u00a0: {destination}")


@commande.command("adherents", short_help="Dit qui est adhérent, et depuis quand.")
@click.argument("fichier", type=CHEMIN)
@click.option("--ignorer-rejets", is_flag=True, help="Importe les lignes lisibles même si d’autres sont refusées.")
@click.option("--liste-complete", is_flag=True, help="Le fichier dit tout\u00a0: les absents ne sont plus adhérents.")
def adherents(fichier: Path, ignorer_rejets: bool, liste_complete: bool) -> None:
    """Dit qui est adhérent et depuis quand\u00a0: CSV «\u00a0siren;date\u00a0», et au besoin «\u00a0idcc;effectif\u00a0»."""
    bilan = actions.importer_adherents(
        chemin=fichier,
        par=ActeurSysteme("import des adhérents"),
        maintenant=horloge.maintenant(),
        ignorer_rejets=ignorer_rejets,
        liste_complete=liste_complete,
    )
    click.echo(
        f"Adhérents\u00a0: {nombre(bilan.lus)} lus, {nombre(bilan.mis_a_jour)} mis à jour, {nombre(bilan.inchanges)} inchangés, "
        f"{nombre(bilan.a_verifier)} SIREN à vérifier, {nombre(bilan.retires)} retirés, "
        f"{nombre(len(bilan.anomalies))} rejetés\u00a0; {nombre(bilan.deplaces)} organisations changent de portefeuille."
    )
    for anomalie in bilan.anomalies:
        click.echo(f"  {anomalie}", err=True)


@commande.command("portefeuilles", short_help="Remplace les règles ou la liste des portefeuilles.")
@click.argument("fichier", type=CHEMIN)
def portefeuilles(fichier: Path) -> None:
    """Remplace les règles (CSV «\u00a0portefeuille;idcc;departement\u00a0», «\u00a0*\u00a0» pour tous) ou la liste («\u00a0portefeuille;siren\u00a0»)."""
    bilan = actions.importer_portefeuilles(
        chemin=fichier, par=ActeurSysteme("import des portefeuilles"), maintenant=horloge.maintenant()
    )
    crees = f"\u00a0; créés\u00a0: {', '.join(bilan.crees)}" if bilan.crees else ""
    click.echo(
        f"Portefeuilles\u00a0: {nombre(bilan.lignes)} lignes lues, {nombre(bilan.deplaces)} organisations déplacées{crees}."
    )


@commande.command("referentiels", short_help="Charge les barèmes et les listes fournis avec Jalon.")
def referentiels() -> None:
    """Charge les barèmes et listes fournis avec Jalon\u00a0; ce que l’OPCO a modifié reste en place."""
    bilan = charger_referentiels()
    click.echo(f"Référentiels\u00a0: {nombre(bilan.ajoutees)} lignes ajoutées, {nombre(bilan.inchangees)} déjà là.")


@commande.command("pro-a", short_help="Reprend les dossiers de Pro-A de l’ancien portail, pour les lire.")
@click.argument("fichier", type=CHEMIN)
@click.option("--appliquer", is_flag=True, help="Écrit\u00a0; sans cette option, la commande dit seulement ce qu’elle ferait.")
def pro_a(fichier: Path, appliquer: bool) -> None:
    """Reprend les dossiers de Pro-A clos\u00a0: CSV «\u00a0numero;etat;transmis_le;accorde_le;montant_accorde;montant_paye\u00a0», puis une colonne par
    case du formulaire, «\u00a0entreprise.siret\u00a0» par exemple. Rien n’est décidé de nouveau\u00a0; relancée, elle ne reprend que ce qui manque.
    """
    bilan = importer_historique(
        dispositif=PRO_A.code,
        chemin=fichier,
        appliquer=appliquer,
        par=ActeurSysteme("reprise de l’ancien portail"),
        maintenant=horloge.maintenant(),
    )
    for anomalie in bilan.anomalies:
        click.echo(f"  {anomalie}", err=True)
    click.echo(
        f"Dossiers de Pro-A\u00a0: {nombre(bilan.lues)} lus, {nombre(len(bilan.nouveaux))} {'repris' if appliquer else 'à reprendre'}, "
        f"{nombre(len(bilan.deja))} déjà là, {nombre(len(bilan.anomalies))} refusés."
    )
    if not appliquer:
        click.echo("Rien n’est écrit. Relancez avec --appliquer.")


@commande.command("cles", short_help="Reprend les clés d’API de l’ancien portail.")
@click.argument("fichier", type=CHEMIN)
@click.option("--appliquer", is_flag=True, help="Écrit\u00a0; sans cette option, la commande dit seulement ce qu’elle ferait.")
@click.option(
    "--profil", default=Profil.PRESTATAIRE.value, show_default=True, type=click.Choice([p.value for p in Profil]),
    help="Côté de l’organisation, pour les lignes sans colonne «\u00a0profil\u00a0».",
)  # fmt: skip
@click.option("--hexadecimales", is_flag=True, help="Les clés de la colonne «\u00a0cle\u00a0» ont la forme d’un SHA-256.")
def cles(fichier: Path, appliquer: bool, profil: str, hexadecimales: bool) -> None:
    """Reprend les clés de l’ancien portail\u00a0: CSV «\u00a0cle;siren;libelle\u00a0» ou «\u00a0sha256;siren;libelle\u00a0», et au besoin «\u00a0profil\u00a0».

    Elles continuent de servir, sans changement. Seul leur SHA-256 est gardé\u00a0; rien de ce que contient le fichier n’est affiché.
    """
    bilan = importer_anciennes_cles(
        chemin=fichier,
        profil=Profil(profil),
        hexadecimales=hexadecimales,
        appliquer=appliquer,
        par=ActeurSysteme("reprise de l’ancien portail"),
        maintenant=horloge.maintenant(),
    )
    for cle in bilan.nouvelles:
        fait = "reprise" if appliquer else "à reprendre"
        click.echo(f"  ligne {cle.ligne}\u00a0: SIREN {grouper(cle.siren)}, {cle.profil.value}, {fait}")
    for anomalie in bilan.anomalies:
        click.echo(f"  {anomalie}", err=True)
    click.echo(
        f"Anciennes clés\u00a0: {nombre(bilan.lues)} lues, {nombre(len(bilan.nouvelles))} {'reprises' if appliquer else 'à reprendre'}, "
        f"{nombre(len(bilan.deja))} déjà là, {nombre(len(bilan.anomalies))} refusées."
    )
    dernier = formater_date(jour_de_paris(bilan.expire_le - timedelta(seconds=1)))
    if not appliquer:
        click.echo(f"Rien n’est écrit. Relancez avec --appliquer\u00a0: ces clés serviront jusqu’au {dernier} inclus.")
    elif bilan.nouvelles:
        click.echo(f"Elles servent jusqu’au {dernier} inclus\u00a0: d’ici là, chaque organisation crée leurs remplaçantes.")
