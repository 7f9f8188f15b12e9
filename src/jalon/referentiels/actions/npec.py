"""Import of the NPEC workbook."""

from datetime import date, datetime
from pathlib import Path

from jalon.referentiels.actions.fusion import Cible, fusionner
from jalon.referentiels.actions.officiels import Depot, Suivi, date_de_l_edition, import_unique, ne_rien_suivre, terminer
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.models import ImportReferentiel
from jalon.referentiels.officiels.npec import ClasseurNpec
from jalon.socle.acteurs import Acteur

NIVEAUX = Cible(
    table="referentiels_niveaunpec",
    cle=("rncp", "cpne", "applicable_du", "valeur"),
    valeurs=("montant", "statut", "edition", "rang"),
    edition="edition",
)
BRANCHES = Cible(table="referentiels_branchenpec", cle=("idcc", "cpne"), valeurs=("libelle", "edition"), edition="edition")


def importer_npec(
    *,
    chemin: Path,
    par: Acteur,
    maintenant: datetime,
    edition: date | None = None,
    applicable_du: date | None = None,
    suivi: Suivi = ne_rien_suivre,
) -> ImportReferentiel:
    """Add the levels of a workbook to those already known, and the CPNE of the agreements. Nothing is ever taken away.

    Raises: SaisieRefusee (not the workbook, cannot be read), TransitionImpossible (another import is running).
    """
    classeur = ClasseurNpec(chemin, applicable_du=applicable_du)
    jour = date_de_l_edition(edition, classeur.edition, maintenant)
    with import_unique():
        effet = fusionner(NIVEAUX, classeur.niveaux(jour, lambda lus: suivi(lus, classeur.taille)))
        fusionner(BRANCHES, classeur.branches(jour))
        return terminer(Depot(ReferentielOfficiel.NPEC, chemin, par, maintenant), jour, effet, classeur.lus, classeur.rejets)
