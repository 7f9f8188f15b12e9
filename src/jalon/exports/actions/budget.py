"""Counting the rows of an export in the day of who asks and of her organisation.

One statement judges and writes: two exports asked at once never pass the budget together. Locks, always in this order: the
person, the export, her count, the count of the organisation.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F

from jalon.exports.budgets import jour_compte, refus_de_budget
from jalon.exports.models import Export, LignesDuJour
from jalon.exports.requetes import Jour, budget_de, jour_de, sorties_du_jour
from jalon.socle.erreurs import TropDEssais

MEMOIRE = timedelta(days=30)
_AJOUTER = """
INSERT INTO exports_lignesdujour AS c (cle, jour, lignes)
SELECT %(cle)s, %(jour)s, %(lignes)s WHERE %(lignes)s <= %(limite)s
ON CONFLICT (cle, jour) DO UPDATE SET lignes = c.lignes + EXCLUDED.lignes WHERE c.lignes + EXCLUDED.lignes <= %(limite)s
RETURNING c.lignes
"""


class BudgetDepasse(TropDEssais):
    """Too many rows for a day."""

    code = "budget-d-export"


def compter_en_plus(jour: Jour, lignes: int, siren: str | None) -> None:
    """Add rows to both counts, or to neither, in the caller's transaction. Raises BudgetDepasse."""
    budget = budget_de(siren)
    with transaction.atomic(), connection.cursor() as curseur:
        passees = all(
            _ajouter(curseur, cle, jour, lignes, limite)
            for cle, limite in ((jour.personne, budget.personne), (jour.ensemble, budget.ensemble))
        )
        transaction.set_rollback(not passees)
    if not passees:
        raise BudgetDepasse(refus_de_budget(budget, sorties_du_jour(jour), lignes, siren=siren))


def _ajouter(curseur: CursorWrapper, cle: str, jour: Jour, lignes: int, limite: int) -> bool:
    curseur.execute(_AJOUTER, {"cle": cle, "jour": jour.jour, "lignes": lignes, "limite": limite})
    return curseur.fetchone() is not None


def rendre_les_lignes(export: Export, gardees: int = 0) -> None:
    """Give back what an export counted beyond what left, in the caller's transaction, which saves the export."""
    rendues = export.lignes_comptees - gardees
    if rendues > 0:
        jour = jour_de(export)
        for cle in (jour.personne, jour.ensemble):
            LignesDuJour.objects.filter(cle=cle, jour=jour.jour).update(lignes=F("lignes") - rendues)
        export.lignes_comptees = gardees


def oublier_les_comptes(maintenant: datetime) -> None:
    """Of the days that nobody asks about any more."""
    LignesDuJour.objects.filter(jour__lt=jour_compte(maintenant - MEMOIRE)).delete()
