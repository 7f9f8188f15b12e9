"""Small NPEC workbooks in the known layouts, and the import as a test calls it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from jalon.bancs.classeurs import Valeur, ecrire_classeur
from jalon.bancs.npec_fictif import ENTETES, FEUILLE, FEUILLE_BRANCHES
from jalon.referentiels.actions import importer_npec
from jalon.referentiels.models import ImportReferentiel
from tests.acteurs import FauxActeur

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
JUILLET = date(2024, 7, 15)
Ligne = Sequence[Valeur]


def niveau(
    rncp: Valeur = "RNCP1002",
    cpne: Valeur = 2,
    npec: Valeur = 9497,
    jour: Valeur = JUILLET,
    statut: str = "A",
) -> Ligne:
    """One line of the sheet of levels, layout of 2024."""
    return rncp, "Mise en œuvre", "MINISTERE", "BP", cpne, "CNPE des sociétés financières", npec, statut, jour


def branche(cpne: Valeur = 2, idcc: Valeur = 478) -> Ligne:
    """One line of the sheet of agreements."""
    return cpne, "CNPE des sociétés financières", idcc


def feuille_npec(*lignes: Ligne) -> list[Ligne]:
    """Its header is on row 4."""
    return [(), ("Niveaux de prise en charge",), (), ENTETES, *lignes]


def feuille_branches(*lignes: Ligne) -> list[Ligne]:
    """Its header is on row 3."""
    return [("", "Code(s) IDCC"), (), ("Code CPNE", "CPNE", "IDCC"), *lignes]


def classeur(
    dossier: Path,
    *niveaux: Ligne,
    branches: Sequence[Ligne] = (branche(),),
    nom: str = "Referentiel-des-NPEC_vMAJ-18.07.2024.xlsx",
    textes_partages: bool = True,
) -> Path:
    """A workbook of the layout of 2024."""
    feuilles = {"Me lire": [("Clé",)], FEUILLE: feuille_npec(*niveaux), FEUILLE_BRANCHES: feuille_branches(*branches)}
    return ecrire(dossier / nom, feuilles, textes_partages=textes_partages)


def ecrire(chemin: Path, feuilles: Mapping[str, Sequence[Ligne]], **options: object) -> Path:
    """Any workbook."""
    ecrire_classeur(chemin, feuilles, **options)  # type: ignore[arg-type]
    return chemin


def importer(chemin: Path, **options: object) -> ImportReferentiel:
    """`jalon importer npec`, without the command."""
    par = FauxActeur(nom="import des référentiels")
    return importer_npec(chemin=chemin, par=par, maintenant=MAINTENANT, **options)  # type: ignore[arg-type]
