"""Layers: declared for every app, respected by imports and by foreign keys."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.sources import JALON, RACINE, couches, importations, modules

SANS_TABLES = {"cli", "config", "bancs", "dispositifs"}


def _rang(app: str) -> int:
    return next(rang for rang, couche in enumerate(couches()) if app in couche)


def test_chaque_application_a_sa_couche() -> None:
    dossiers = {d.name for d in JALON.iterdir() if d.is_dir() and (d / "__init__.py").exists()}
    assert dossiers == set().union(*couches())
    assert sum(map(len, couches())) == len(dossiers), "une application figure dans deux couches"
    installees = {app.removeprefix("jalon.") for app in settings.INSTALLED_APPS if app.startswith("jalon.")}
    assert installees == dossiers - SANS_TABLES


def test_les_importations_respectent_les_couches() -> None:
    commande = Path(sys.executable).with_name("lint-imports")
    resultat = subprocess.run([str(commande)], cwd=RACINE, capture_output=True, text=True, check=False)
    assert resultat.returncode == 0, resultat.stdout


def test_les_cles_etrangeres_descendent_les_couches() -> None:
    fautes = []
    for modele in apps.get_models():
        app = modele._meta.app_config.name if modele._meta.app_config else ""
        if not app.startswith("jalon."):
            continue
        for champ in modele._meta.get_fields():
            if isinstance(champ, models.ForeignKey | models.ManyToManyField):
                cible = champ.related_model
                assert not isinstance(cible, str)
                vers = cible._meta.app_config.name if cible._meta.app_config else ""
                bas = vers in {app, "pghistory"} or (vers.startswith("jalon.") and _rang(vers[6:]) > _rang(app[6:]))
                if not bas:
                    fautes.append(f"{modele._meta.label}.{champ.name} -> {cible._meta.label}")
    assert fautes == []


def test_dispositifs_est_du_python_pur() -> None:
    fautes = [
        f"{module.chemin}: {nom}"
        for module in modules()
        if module.app == "dispositifs"
        for nom in importations(module.arbre)
        if nom.partition(".")[0] in {"django", "os", "pathlib", "socket", "urllib", "subprocess"}
    ]
    assert fautes == []
