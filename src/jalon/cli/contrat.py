"""`jalon contrat`: judge and estimate contracts of the inter-OPCO norm. No database is ever opened."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TextIO

import click

from jalon.dispositifs.apprentissage.financement import en_json
from jalon.dispositifs.apprentissage.norme import (
    EstimationImpossible,
    NormeIllisible,
    controler_norme,
    estimer_norme,
)
from jalon.dispositifs.base import Anomalie, Contexte, Gravite
from jalon.referentiels.paquet import conventions
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.socle import horloge
from jalon.socle.baremes import JeuDeRegles
from jalon.socle.dates import jour_de_paris
from jalon.socle.montants import MONTANT_MAX

RIEN_NE_BLOQUE, QUELQUE_CHOSE_BLOQUE, ILLISIBLE = 0, 1, 2
GRAVITES = {Gravite.BLOQUE: "bloquante", Gravite.AVERTIT: "avertissement"}


class Refus(ValueError):
    """One contract cannot be treated; the message is one line for a person."""


class Montant(click.ParamType[Decimal]):
    """Euros, with a point or a comma."""

    name = "montant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """`8000`, `8000.00` or `8000,00`."""
        if isinstance(value, Decimal):
            return value
        try:
            montant = Decimal(str(value).replace(",", "."))
        except ArithmeticError:
            self.fail(f"«\u00a0{value}\u00a0» n’est pas un montant, par exemple 8000.00.", param, ctx)
        if not montant.is_finite() or not 0 <= montant <= MONTANT_MAX:
            self.fail(f"«\u00a0{value}\u00a0» n’est pas un montant, par exemple 8000.00.", param, ctx)
        return montant


@click.group("contrat")
def commande() -> None:
    """Contrôle ou estime un contrat d’apprentissage écrit à la norme inter-OPCO."""


FICHIER = click.argument("fichier", type=click.File("r", encoding="utf-8-sig"))
LIGNES = click.option("--lignes", is_flag=True, help="Le fichier contient un contrat par ligne (JSON lines).")
LE = click.option(
    "--le", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help="Jour du contrôle (aujourd’hui si l’option manque)."
)


@commande.command("controler", short_help="Contrôle un contrat, et dit ce qui est à corriger.")
@FICHIER
@LE
@LIGNES
def controler(fichier: TextIO, le: Any, lignes: bool) -> int:
    """Contrôle un contrat. Code 0 si rien ne bloque, 1 sinon, 2 si le fichier ne se lit pas («\u00a0-\u00a0»\u00a0: entrée standard)."""
    contexte = _contexte(le)

    def traiter(document: Any) -> tuple[dict[str, Any], int]:
        anomalies = _controler(document, contexte)
        return {"anomalies": [_anomalie(a) for a in anomalies]}, int(any(a.bloque for a in anomalies))

    return _parcourir(fichier, lignes, traiter)


@commande.command("estimer", short_help="Calcule la prise en charge d’un contrat et son échéancier.")
@FICHIER
@LE
@LIGNES
@click.option(
    "--npec", type=Montant(), help="Niveau annuel de prise en charge, en euros (montant d’amorçage si l’option manque)."
)
def estimer(fichier: TextIO, le: Any, lignes: bool, npec: Decimal | None) -> int:
    """Calcule la prise en charge. Code 0 si elle se calcule, 1 si une réponse manque, 2 si le fichier ne se lit pas."""
    contexte = _contexte(le)

    def traiter(document: Any) -> tuple[dict[str, Any], int]:
        try:
            return en_json(estimer_norme(document, contexte, npec)), RIEN_NE_BLOQUE
        except NormeIllisible as refus:
            raise Refus(str(refus)) from refus

    return _parcourir(fichier, lignes, traiter)


def _contexte(le: Any) -> Contexte:
    """What is known without a database: the packaged files."""
    jour: date = le.date() if le else jour_de_paris(horloge.maintenant())
    return Contexte(aujourdhui=jour, regles=JeuDeRegles(), idcc=conventions().get, alternance=jeu_alternance())


def _controler(document: Any, contexte: Contexte) -> list[Anomalie]:
    try:
        return controler_norme(document, contexte)
    except NormeIllisible as refus:
        raise Refus(str(refus)) from refus


def _anomalie(anomalie: Anomalie) -> dict[str, Any]:
    return {
        "code": anomalie.controle,
        "gravite": GRAVITES[anomalie.gravite],
        "cases": list(anomalie.cases),
        "message": anomalie.message,
        "source": anomalie.source,
    }


def _parcourir(fichier: TextIO, lignes: bool, traiter: Callable[[Any], tuple[dict[str, Any], int]]) -> int:
    """Write one answer for the file, or one a line; the worst code is that of the command."""
    pire = RIEN_NE_BLOQUE
    for place, texte in _contrats(fichier, lignes):
        try:
            reponse, code = traiter(_json(texte))
        except (Refus, EstimationImpossible) as refus:
            code = ILLISIBLE if isinstance(refus, Refus) else QUELQUE_CHOSE_BLOQUE
            click.echo(f"{place}{refus}", err=True)
            reponse = {"erreur": str(refus)}
        if lignes or "erreur" not in reponse:
            sys.stdout.write(json.dumps(reponse, ensure_ascii=False, indent=None if lignes else 2) + "\n")
        pire = max(pire, code)
    return pire


def _contrats(fichier: TextIO, lignes: bool) -> Iterator[tuple[str, str]]:
    """(« Ligne 3 : », text) of each contract; empty lines are left out."""
    try:
        if not lignes:
            yield "", fichier.read()
            return
        for numero, ligne in enumerate(fichier, start=1):
            if ligne.strip():
                yield f"Ligne {numero}\u00a0: ", ligne
    except UnicodeDecodeError as erreur:
        raise click.UsageError("Ce fichier n’est pas un texte en UTF-8.") from erreur


def _json(texte: str) -> Any:
    try:
        return json.loads(texte, parse_float=Decimal)
    except (ValueError, RecursionError) as erreur:
        ou = f" (ligne {erreur.lineno}, colonne {erreur.colno})" if isinstance(erreur, json.JSONDecodeError) else ""
        raise Refus(f"Ce fichier n’est pas du JSON{ou}.") from erreur
