"""The parts of the bench that run in the product's own process, called by `jalon banc dossiers` and by nobody else."""

import json
import os
from pathlib import Path

import click

from jalon.bancs.dossiers.inspection import ecrire_plans, inspecter, plans
from jalon.bancs.dossiers.mise_en_scene import mettre_en_scene
from jalon.bancs.dossiers.scene import Scene

FICHIER = click.Path(dir_okay=False, path_type=Path)


@click.command("dossiers-scene", hidden=True)
@click.option("--nombre", required=True, type=click.IntRange(500))
@click.option("--envois", required=True, type=click.IntRange(1))
@click.option("--vers", required=True, type=FICHIER)
def scene(nombre: int, envois: int, vers: Path) -> None:
    """Remplit la base vide désignée par DATABASE_URL, et DATABASE_URL_PROPRIETAIRE."""
    dixieme = max(1, nombre // 10)

    def suivre(faits: int) -> None:
        if faits % dixieme == 0 or faits == nombre:
            click.echo(f"  {faits} dossiers chargés", err=True)

    url, proprietaire = os.environ["DATABASE_URL"], os.environ["DATABASE_URL_PROPRIETAIRE"]
    faite = mettre_en_scene(url, proprietaire, nombre, processus=os.cpu_count() or 1, envois=envois, suivi=suivre)
    faite.ecrire(vers)


@click.command("dossiers-inspection", hidden=True)
@click.option("--scene", "lue", required=True, type=FICHIER)
@click.option("--cas", required=True, type=FICHIER, help="JSON : [[clé, adresse, séance], …]")
@click.option("--plans", "dossier", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--vers", required=True, type=FICHIER)
def inspection(lue: Path, cas: Path, dossier: Path, vers: Path) -> None:
    """Compte les requêtes SQL de chaque page et garde les plans des listes."""
    comptes = {}
    for cle, adresse, seance in json.loads(cas.read_text(encoding="utf-8")):
        comptes[cle], requetes = inspecter(adresse, seance)
        if requetes:
            ecrire_plans(dossier, cle, plans(requetes))
    ouverte = Scene.lire(lue)
    comptes["transmettre"], _ = inspecter(ouverte.envois[0], ouverte.expeditrice.seance, envoi=True)
    vers.write_text(json.dumps(comptes), encoding="utf-8")
