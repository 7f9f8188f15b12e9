"""`jalon importer droits`: what a file of rights would change, then its storage for two people of the OPCO to sign."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Self

import click
from django.conf import settings

from jalon.cli.progression import Progression, nombre
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.preparations import BilanPreparation, Jugement, deposer_droits, prevoir_droits
from jalon.socle import horloge
from jalon.socle.identifiants import grouper

MONTREES = 20
REFUS_MONTRES = 20


class Differences:
    """Every difference in a file that only its owner reads, the first ones on the screen."""

    def __init__(self) -> None:
        self.chemin = Path(settings.JALON_VAR) / "imports" / "differences-droits.csv"
        self.montrees = self.total = 0

    def __enter__(self) -> Self:
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        self.chemin.unlink(missing_ok=True)
        self.chemin.touch(mode=0o600)
        self._fichier = self.chemin.open("w", encoding="utf-8-sig", newline="")
        self._tableau = csv.writer(self._fichier, delimiter=";")
        self._tableau.writerow(["siren", "profil", "adresse", "administre", "changements"])
        return self

    def __exit__(self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None) -> None:
        self._fichier.close()

    def noter(self, jugement: Jugement) -> None:
        """One organisation, unless it is refused."""
        if jugement.refus:
            return
        groupe = jugement.groupe
        for personne in jugement.changees:
            self.total += 1
            phrases = "\u00a0; ".join(personne.phrases)
            administre = "oui" if personne.administre else ""
            self._tableau.writerow([groupe.siren, groupe.profil.value, personne.adresse, administre, phrases])
            if self.montrees < MONTREES:
                self.montrees += 1
                quoi = "à inviter" if personne.lien is None else "à compléter"
                role = ", administre" if personne.administre else ""
                click.echo(
                    f"  SIREN {grouper(groupe.siren)} ({groupe.profil.value}), {personne.adresse}, {quoi}{role}\u00a0: {phrases}"
                )


@click.command("droits", short_help="Prépare les droits de grandes entreprises, à signer par deux personnes.")
@click.argument("fichier", type=click.Path(path_type=Path))
@click.option(
    "--preparer", is_flag=True, help="Enregistre le fichier\u00a0; sans cette option, la commande dit seulement ce qu’il change."
)
@click.option(
    "--auteur",
    default="",
    metavar="ADRESSE",
    help="Personne de l’OPCO qui répond du fichier\u00a0; elle peut être l’une des deux.",
)
@click.option("--ignorer-rejets", is_flag=True, help="Prépare les autres organisations si des lignes sont refusées.")
def droits(fichier: Path, preparer: bool, auteur: str, ignorer_rejets: bool) -> None:
    """Prépare des droits\u00a0: CSV «\u00a0siren;profil;adresse;prenom;nom;droits\u00a0», ou «\u00a0perimetre;domaine;niveau\u00a0», et au besoin
    «\u00a0dispositif;debut;fin\u00a0».

    Cette commande ne donne rien à personne. Le fichier préparé attend, dans «\u00a0Droits préparés\u00a0», la signature de deux personnes
    de l’OPCO. Il ajoute des droits, et n’en retire aucun.
    """
    if preparer and not auteur:
        raise click.UsageError("Indiquez --auteur, la personne de l’OPCO qui répond du fichier.")
    with Progression() as progression, Differences() as differences:

        def suivre(faites: int, total: int) -> None:
            progression.avancer(f"Lecture de {fichier.name}", faites, total, " lignes")

        if preparer:
            bilan = deposer_droits(
                chemin=fichier,
                auteur=auteur,
                ignorer_rejets=ignorer_rejets,
                par=ActeurSysteme("droits préparés"),
                maintenant=horloge.maintenant(),
                suivi=suivre,
                montrer=differences.noter,
            )
        else:
            bilan = prevoir_droits(chemin=fichier, maintenant=horloge.maintenant(), suivi=suivre, montrer=differences.noter)
    _resumer(bilan, differences)


def _resumer(bilan: BilanPreparation, differences: Differences) -> None:
    if bilan.deja and bilan.preparation is not None:
        click.echo(f"Ce fichier est déjà préparé\u00a0: il attend sur la page /opco/preparations/{bilan.preparation.pk}/.")
        return
    if differences.total > differences.montrees:
        click.echo(f"  … et {nombre(differences.total - differences.montrees)} autres\u00a0: {differences.chemin}")
    for refus in bilan.refus[:REFUS_MONTRES]:
        click.echo(f"  ligne {refus.numero}\u00a0: {refus.raison}", err=True)
    if len(bilan.refus) > REFUS_MONTRES:
        click.echo(
            f"  … et {nombre(len(bilan.refus) - REFUS_MONTRES)} autres lignes refusées\u00a0: {_ecrire_refus(bilan)}", err=True
        )
    click.echo(
        f"Droits\u00a0: {nombre(bilan.lues)} lignes lues, {nombre(bilan.organisations)} organisations, "
        f"{nombre(bilan.a_creer)} personnes à inviter, {nombre(bilan.a_completer)} à compléter, "
        f"{nombre(bilan.inchangees)} inchangées, {nombre(bilan.administrateurs)} administrateurs, "
        f"{nombre(len(bilan.refus))} lignes refusées. Aucun droit n’est retiré."
    )
    click.echo(f"Empreinte SHA-256 du fichier\u00a0: {bilan.sha256}")
    if bilan.preparation is None:
        click.echo("Rien n’est écrit. Relancez avec --preparer pour le donner à signer à deux personnes de l’OPCO.")
    else:
        click.echo(
            f"Rien n’est encore donné\u00a0: deux personnes de l’OPCO signent sur la page /opco/preparations/{bilan.preparation.pk}/."
        )


def _ecrire_refus(bilan: BilanPreparation) -> Path:
    destination = Path(settings.JALON_VAR) / "imports" / "rejets-droits.csv"
    with destination.open("w", encoding="utf-8-sig", newline="") as fichier:
        tableau = csv.writer(fichier, delimiter=";")
        tableau.writerow(["ligne", "raison"])
        tableau.writerows([refus.numero, refus.raison] for refus in bilan.refus)
    return destination
