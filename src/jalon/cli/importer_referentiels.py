"""`jalon importer npec`, `rncp`, `uai`, `organismes`, `siro`: the official files that rules read."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
from django.conf import settings

from jalon.cli.progression import Progression, nombre
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.referentiels import actions, requetes
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.models import ImportReferentiel
from jalon.socle import horloge
from jalon.socle.dates import analyser_date, formater_date
from jalon.socle.erreurs import SaisieRefusee

REJETS_MONTRES = 5
CHEMIN = click.Path(path_type=Path)


class Jour(click.ParamType[date]):
    """A day, « 2026-07-15 » or « 15/07/2026 »."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Raises click's usage error with the sentence of `analyser_date`."""
        if isinstance(value, date):
            return value
        try:
            return analyser_date(value)
        except SaisieRefusee as refus:
            self.fail(refus.message, param, ctx)


EDITION = click.option(
    "--edition", type=Jour(), metavar="JOUR",
    help="Jour de publication du fichier, quand ni son nom ni son contenu ne le disent.",
)  # fmt: skip
RETRAITS = click.option(
    "--accepter-retraits", is_flag=True, help="Accepte que plus de la moitié des lignes en place disparaissent."
)


@click.command("npec", short_help="Ajoute les niveaux de prise en charge de France compétences.")
@click.argument("fichier", type=CHEMIN)
@EDITION
@click.option(
    "--applicable-du", type=Jour(), metavar="JOUR",
    help="Premier jour des niveaux, pour un classeur sans date d’applicabilité ni procédure.",
)  # fmt: skip
def npec(fichier: Path, edition: date | None, applicable_du: date | None) -> None:
    """Ajoute les niveaux du classeur à ceux déjà connus, et la CPNE de chaque convention. Rien n’est retiré."""
    _importer(actions.importer_npec, fichier, " lignes", edition=edition, applicable_du=applicable_du)


@click.command("rncp", short_help="Met à jour les certifications (RNCP et RS).")
@click.argument("fichier", type=CHEMIN, metavar="ARCHIVE")
@EDITION
@RETRAITS
def rncp(fichier: Path, edition: date | None, accepter_retraits: bool) -> None:
    """Met à jour les certifications, et qui peut certifier ou former, depuis l’archive de France compétences."""
    _importer(actions.importer_rncp, fichier, edition=edition, accepter_retraits=accepter_retraits)


@click.command("uai", short_help="Complète le répertoire des UAI.")
@click.argument("fichier", type=CHEMIN, metavar="ARCHIVE")
@EDITION
def uai(fichier: Path, edition: date | None) -> None:
    """Complète le répertoire des UAI depuis une archive ACCE, ou un fichier de l’ONISEP ou du ministère. Rien n’est retiré."""
    _importer(actions.importer_uai, fichier, edition=edition)


@click.command("organismes", short_help="Met à jour la liste publique des organismes de formation.")
@click.argument("fichier", type=CHEMIN)
@EDITION
@RETRAITS
def organismes(fichier: Path, edition: date | None, accepter_retraits: bool) -> None:
    """Met à jour les organismes de formation, leur NDA et leur certification Qualiopi depuis la liste publique."""
    _importer(actions.importer_organismes, fichier, edition=edition, accepter_retraits=accepter_retraits)


@click.command("siro", short_help="Met à jour la table SIRET-OPCO.")
@click.argument("fichier", type=CHEMIN)
@EDITION
@RETRAITS
def siro(fichier: Path, edition: date | None, accepter_retraits: bool) -> None:
    """Met à jour l’OPCO de chaque établissement depuis la table SIRET-OPCO de France compétences."""
    _importer(actions.importer_siro, fichier, edition=edition, accepter_retraits=accepter_retraits)


COMMANDES = (npec, rncp, uai, organismes, siro)


def _importer(action: Callable[..., ImportReferentiel], fichier: Path, unite: str = "o", **options: object) -> None:
    acteur = ActeurSysteme("import des référentiels")
    with Progression() as progression:

        def suivre(lus: int, taille: int) -> None:
            progression.avancer(f"Import de {fichier.name}", lus, taille, unite)

        fait = action(chemin=fichier, par=acteur, maintenant=horloge.maintenant(), suivi=suivre, **options)
    _resumer(fait)


def _resumer(fait: ImportReferentiel) -> None:
    referentiel = ReferentielOfficiel(fait.referentiel)
    click.echo(
        f"{referentiel.libelle}, édition du {formater_date(fait.edition)} ({fait.nom})\u00a0: {nombre(fait.lus)} lignes lues, "
        f"{nombre(fait.inseres)} insérées, {nombre(fait.mis_a_jour)} mises à jour, {nombre(fait.inchanges)} inchangées, "
        f"{nombre(fait.retires)} retirées, {nombre(fait.rejetes)} rejetées."
    )
    if not fait.rejetes:
        return
    destination = Path(settings.JALON_VAR) / "imports" / f"rejets-{referentiel}.csv"
    destination.parent.mkdir(parents=True, exist_ok=True)
    with destination.open("w", encoding="utf-8-sig", newline="") as sortie:
        tableau = csv.writer(sortie, delimiter=";")
        tableau.writerow(["fichier", "ligne", "raison"])
        for rang, rejet in enumerate(requetes.rejets_du_dernier_import_officiel(referentiel)):
            tableau.writerow([rejet.fichier, rejet.ligne, rejet.raison])
            if rang < REJETS_MONTRES:
                click.echo(f"  {rejet}")
    click.echo(f"  Lignes rejetées, avec leur raison\u00a0: {destination}")
