"""A fictional NPEC workbook in the layout of 2024: every odd case of regles.md §2.4, in the proportions of a bad year."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from jalon.bancs.classeurs import Valeur, ecrire_classeur

EDITION = date(2026, 7, 15)
FEUILLE = "Onglet 3 - référentiel NPEC"
FEUILLE_BRANCHES = "Onglet 4 - CPNE-IDCC"
CPNES = 200
ENTETES = (
    "RNCP",
    "Libellé de la formation",
    "Certificateur* \n(*liste non exhaustive)",
    "Type de diplôme",
    "Code CPNE",
    "CPNE",
    "NPEC final",
    "Statut",
    "Date d'applicabilité des NPEC** \n(**hors contrats couverts par la valeur d'amorçage)",
)
_STATUTS = ("A", "CPNE", "R")


def ecrire_npec(chemin: Path, lignes: int) -> None:
    """A workbook of that many levels, and one agreement per CPNE."""
    feuilles: dict[str, Iterator[Sequence[Valeur]]] = {
        "Me lire": iter([("Clé de lecture",)]),
        FEUILLE: _niveaux(lignes),
        FEUILLE_BRANCHES: _branches(),
    }
    ecrire_classeur(chemin, feuilles, modifie_le=EDITION)


def _niveaux(lignes: int) -> Iterator[Sequence[Valeur]]:
    yield ()
    yield ("Niveaux de prise en charge applicables",)
    yield ()
    yield ENTETES
    for rang in range(lignes):
        fiche, cpne = 1000 + rang // CPNES, rang % CPNES + 1
        code = f"RNCP{fiche}/RNCP{fiche + 30_000}" if rang % 500 == 0 else f"RNCP{fiche}"
        montant: Valeur = "NC" if rang % 97 == 0 else f"{5000 + rang % 4000} €" if rang % 89 == 0 else 5000 + rang % 4000
        jour = date(2024, 7, 15) if rang % 3 else date(2023, 9, 1)
        intitule, branche = f"Formation fictive n° {fiche}", f"CPNE fictive n° {cpne}"
        yield code, intitule, "CERTIFICATEUR FICTIF", "BP", cpne, branche, montant, _STATUTS[rang % 3], jour


def _branches() -> Iterator[Sequence[Valeur]]:
    yield ("", "Code(s) IDCC rattaché(s) aux CPNE")
    yield ()
    yield ("Code CPNE", "CPNE", "IDCC")
    for cpne in range(1, CPNES + 1):
        yield cpne, f"CPNE fictive n° {cpne}", cpne * 7
