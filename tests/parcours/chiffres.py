"""What the database holds, counted without any read of the product: `python -m tests.parcours.chiffres SIREN` prints JSON.

A process of its own, so that the journeys themselves never reach the database.
"""

import json
import os
import sys
from decimal import Decimal
from typing import Any

from jalon.cli import adopter_environnement_demo

REQUETES = {
    "dossiers": "SELECT etat, count(*) FROM dossiers_dossier WHERE siren = %(siren)s GROUP BY 1",
    "factures": "SELECT etat, count(*) FROM facturation_facture WHERE %(siren)s IN (siren, prestataire_siren) GROUP BY 1",
    "payes": "SELECT 'total', coalesce(sum(montant), 0) FROM reglements_virement WHERE execute_le IS NOT NULL AND retire_le IS NULL "
    "AND %(siren)s IN (siren, prestataire_siren)",
    "apprentissage": "SELECT 'cette annee', count(*) FROM dossiers_dossier WHERE siren = %(siren)s AND dispositif = 'apprentissage' "
    "AND date_trunc('year', transmis_le AT TIME ZONE 'Europe/Paris') = date_trunc('year', %(jour)s::date)",
    "commences": "SELECT 'accordes', count(*) FROM dossiers_dossier WHERE siren = %(siren)s AND etat = 'accorde' AND date_debut <= %(jour)s",
}


def compter(siren: str, jour: str) -> dict[str, dict[str, Any]]:
    """By question, then by state."""
    from django.db import connection

    lus: dict[str, dict[str, Any]] = {}
    with connection.cursor() as curseur:
        for nom, requete in REQUETES.items():
            curseur.execute(requete, {"siren": siren, "jour": jour})
            lus[nom] = {etat: str(valeur) if isinstance(valeur, Decimal) else valeur for etat, valeur in curseur.fetchall()}
    return lus


if __name__ == "__main__":
    adopter_environnement_demo()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(compter(*sys.argv[1:3])))
