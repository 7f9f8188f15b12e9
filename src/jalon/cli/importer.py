"""`jalon importer …`: the register, the adherents, the portefeuilles, the keys of the former portal."""

import csv
import sys
import time
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

import click
from django.conf import settings
from tqdm import tqdm

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.anciennes_cles import importer_anciennes_cles
from jalon.organisations import actions, requetes
from jalon.organisations.enums import GenreFichier
from jalon.organisations.models import ImportRegistre
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS, UNITES_LEGALES
from jalon.organisations.sirene.fichiers import FichierSirene, ouvrir_fichier
from jalon.referentiels.actions import charger_referentiels
from jalon.socle import horloge
from jalon.socle.acteurs import Profil
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.identifiants import grouper

REJETS_MONTRES = 5
SECONDES_ENTRE_LIGNES = 5.0
ETAPES = {"controle": "Contrôle", "import": "Import"}
CHEMIN = click.Path(path_type=Path)


class Progression:
    """How far an import is: a bar on a terminal, otherwise a line every few seconds, on the error output."""

    def __init__(self) -> None:
        self._barre: tqdm[NoReturn] | None = None
        self._derniere = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None) -> None:
        self._fermer()

    def suivre(self, fichier: FichierSirene, etape: str, octets: int) -> None:
        """Told by the import: how many bytes of that file went through that step."""
        titre = f"{ETAPES[etape]} de {fichier.chemin.name}"
        if sys.stderr.isatty():
            self._montrer(titre, octets, fichier.taille)
        elif time.monotonic() - self._derniere >= SECONDES_ENTRE_LIGNES:
            self._derniere = time.monotonic()
            click.echo(f"{titre}\u00a0: {octets * 100 // fichier.taille}\u00a0%", err=True)

    def _montrer(self, titre: str, octets: int, taille: int) -> None:
        if self._barre is None or self._barre.desc != f"{titre}: ":
            self._fermer()
            self._barre = tqdm(desc=titre, total=taille, unit="o", unit_scale=True, file=sys.stderr)
        self._barre.update(octets - self._barre.n)

    def _fermer(self) -> None:
        if self._barre is not None:
            self._barre.close()


@click.group("importer")
def commande() -> None:
    """Importe le registre, les adhérents, les portefeuilles, les barèmes, les clés d’API de l’ancien portail."""


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
        f"{genre.label} ({fait.nom})\u00a0: {_nombre(fait.lus)} lus, {_nombre(fait.inseres)} insérés, "
        f"{_nombre(fait.mis_a_jour)} mis à jour, {_nombre(fait.inchanges)} inchangés, {_nombre(fait.rejetes)} rejetés."
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
        f"Adhérents\u00a0: {_nombre(bilan.lus)} lus, {_nombre(bilan.mis_a_jour)} mis à jour, {_nombre(bilan.inchanges)} inchangés, "
        f"{_nombre(bilan.a_verifier)} SIREN à vérifier, {_nombre(bilan.retires)} retirés, "
        f"{_nombre(len(bilan.anomalies))} rejetés\u00a0; {_nombre(bilan.deplaces)} organisations changent de portefeuille."
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
        f"Portefeuilles\u00a0: {_nombre(bilan.lignes)} lignes lues, {_nombre(bilan.deplaces)} organisations déplacées{crees}."
    )


@commande.command("referentiels", short_help="Charge les barèmes et les listes fournis avec Jalon.")
def referentiels() -> None:
    """Charge les barèmes et listes fournis avec Jalon\u00a0; ce que l’OPCO a modifié reste en place."""
    bilan = charger_referentiels()
    click.echo(f"Référentiels\u00a0: {_nombre(bilan.ajoutees)} lignes ajoutées, {_nombre(bilan.inchangees)} déjà là.")


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
        f"Anciennes clés\u00a0: {_nombre(bilan.lues)} lues, {_nombre(len(bilan.nouvelles))} {'reprises' if appliquer else 'à reprendre'}, "
        f"{_nombre(len(bilan.deja))} déjà là, {_nombre(len(bilan.anomalies))} refusées."
    )
    dernier = formater_date(jour_de_paris(bilan.expire_le - timedelta(seconds=1)))
    if not appliquer:
        click.echo(f"Rien n’est écrit. Relancez avec --appliquer\u00a0: ces clés serviront jusqu’au {dernier} inclus.")
    elif bilan.nouvelles:
        click.echo(f"Elles servent jusqu’au {dernier} inclus\u00a0: d’ici là, chaque organisation crée leurs remplaçantes.")


def _nombre(valeur: int) -> str:
    return f"{valeur:,}".replace(",", "\u00a0")
