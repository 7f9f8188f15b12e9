"""Signs of health shared by `/readyz` and `jalon verifier`."""

import shutil
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

DISQUE_A_SURVEILLER = 0.80
DISQUE_PLEIN = 0.95


def migrations_manquantes() -> list[str]:
    """Migrations of this version that the database has not had, « app.nom »."""
    executeur = MigrationExecutor(connection)
    return [f"{m.app_label}.{m.name}" for m, _ in executeur.migration_plan(executeur.loader.graph.leaf_nodes())]


def part_occupee(dossier: Path) -> float:
    """Used share of the disk that holds a folder (or will hold it), between 0 and 1."""
    existant = next(d for d in (dossier, *dossier.parents) if d.exists())
    disque = shutil.disk_usage(existant)
    return disque.used / disque.total
