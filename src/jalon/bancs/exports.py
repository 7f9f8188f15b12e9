"""`jalon banc export`: a workbook by the product, beside its writer library alone and beside XlsxWriter, one process each."""

import json
import subprocess
import sys
from dataclasses import dataclass

import click

from jalon.bancs.lignes_exportees import COLONNES
from jalon.exports.regles import LIGNES_PAR_FEUILLE, milliers

BUT_SECONDES = 60.0
BUT_MEMOIRE = 400.0
BUT_PART = 0.5
SECONDES_AU_PLUS = 3_600


@dataclass(frozen=True, slots=True)
class Mesure:
    """What one process did."""

    secondes: float
    processeur: float
    lignes: int
    memoire: float
    taille: float

    @property
    def debit(self) -> float:
        """Rows a second."""
        return self.lignes / self.secondes


def mesurer(nombre: int, module: str, *arguments: str) -> Mesure:
    """Run one way in a process of its own. Raises ClickException with what it said when it fails."""
    commande = [sys.executable, "-m", module, *arguments, str(nombre)]
    fait = subprocess.run(commande, capture_output=True, text=True, check=False, timeout=SECONDES_AU_PLUS)
    if fait.returncode:
        raise click.ClickException(fait.stderr.strip().rpartition("\n")[2])
    return Mesure(**json.loads(fait.stdout))


def _dire(nom: str, mesure: Mesure) -> None:
    click.echo(
        f"{nom}\u00a0: {milliers(mesure.lignes)} lignes en {mesure.secondes:.1f} s ({mesure.processeur:.1f} s de processeur), {milliers(round(mesure.debit))} par seconde, "
        f"{mesure.memoire:.0f} Mo au plus, fichier de {mesure.taille:.0f} Mo"
    )


def _juger(quoi: str, *, atteint: bool) -> None:
    click.echo(f"{quoi}\u00a0: {'atteint' if atteint else 'non atteint'}")


@click.command("export")
@click.option("--lignes", type=click.IntRange(1_000, LIGNES_PAR_FEUILLE), default=LIGNES_PAR_FEUILLE, show_default=True,
              help="Lignes fictives écrites par le produit et par sa bibliothèque.")  # fmt: skip
@click.option("--xlsxwriter", "comparees", type=click.IntRange(0, LIGNES_PAR_FEUILLE), default=100_000, show_default=True,
              help="Lignes écrites par XlsxWriter, plus lent\u00a0; 0 pour ne pas le mesurer.")  # fmt: skip
def commande(lignes: int, comparees: int) -> None:
    """Écrit un classeur Excel par le produit, par sa bibliothèque seule, puis par XlsxWriter."""
    click.echo(f"{len(COLONNES)} colonnes, un processus pour chaque mesure")
    produit = mesurer(lignes, "jalon.bancs.export_mesure", "produit")
    _dire("produit", produit)
    seule = mesurer(lignes, "jalon.bancs.export_mesure", "bibliotheque")
    _dire("rustpy-xlsxwriter seul, depuis la mémoire", seule)
    if comparees:
        autre = mesurer(min(comparees, lignes), "jalon.bancs.export_xlsxwriter")
        _dire("XlsxWriter, mode économe", autre)
        click.echo(f"XlsxWriter, rapporté à {milliers(lignes)} lignes\u00a0: {autre.secondes * lignes / autre.lignes:.0f} s")
    part = produit.debit / seule.debit
    click.echo(f"au processeur, qu’une machine chargée fausse moins\u00a0: {seule.processeur / produit.processeur:.0%}")
    _juger(f"{part:.0%} du débit de la bibliothèque seule (but {BUT_PART:.0%})", atteint=part >= BUT_PART)
    if lignes == LIGNES_PAR_FEUILLE:
        _juger(f"{produit.secondes:.1f} s (but {BUT_SECONDES:.0f} s)", atteint=produit.secondes <= BUT_SECONDES)
        _juger(f"{produit.memoire:.0f} Mo (but {BUT_MEMOIRE:.0f} Mo)", atteint=produit.memoire <= BUT_MEMOIRE)
