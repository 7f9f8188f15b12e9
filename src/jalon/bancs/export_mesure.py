"""One way of writing the same workbook, in a process of its own: `python -m jalon.bancs.export_mesure produit 100000`.

Prints one line of JSON: seconds, seconds of processor, rows, peak of memory of the process in MB, size of the file in MB.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from typing import IO, Any

from jalon.bancs.lignes_exportees import COLONNES, DIFFERENTES, JOUR, lignes
from jalon.exports.cellules import CLASSEUR, par_lots, rangeur
from jalon.exports.classeur import Plan, ecrire_classeur, ecrire_enregistrements
from jalon.exports.tampon import Tampon

PLAN = Plan("Dossiers", COLONNES, [("Contenu", "Dossiers"), ("Filtres", "Aucun")])
Moyen = Callable[[IO[bytes], int], None]


def rien(_rang: int) -> None:
    """What the product does between two controls."""


def preparer_le_produit(nombre: int) -> Moyen:
    """Rows of the list -> columns -> cells -> buffer -> workbook: what the job does, but for the database."""
    source = lignes(nombre)

    def ecrire(cible: IO[bytes], nombre: int) -> None:
        ranger = rangeur(COLONNES, JOUR, CLASSEUR)
        with Tampon() as tampon:
            for lot in par_lots(source):
                rien(tampon.lignes)
                tampon.ajouter(ranger(lot), len(lot))
            ecrire_classeur(cible, PLAN, tampon.relire(), nombre, rien)

    return ecrire


def cellules_en_memoire(nombre: int) -> Iterator[tuple[Any, ...]]:
    """The same cells, made before the clock starts."""
    colonnes = rangeur(COLONNES, JOUR, CLASSEUR)(list(lignes(min(nombre, DIFFERENTES))))
    return islice(cycle(list(zip(*colonnes, strict=True))), nombre)


def preparer_la_bibliotheque(nombre: int) -> Moyen:
    """rustpy-xlsxwriter alone, fed from memory with records ready for it, and the same formats."""
    noms = [colonne.libelle for colonne in COLONNES]
    faits = [dict(zip(noms, cellules, strict=True)) for cellules in cellules_en_memoire(min(nombre, DIFFERENTES))]

    def ecrire(cible: IO[bytes], nombre: int) -> None:
        ecrire_enregistrements(cible, PLAN, noms, [("Dossiers", islice(cycle(faits), nombre))])

    return ecrire


def main(moyen: Moyen, arguments: Sequence[str]) -> None:
    """Measure one way."""
    nombre = int(arguments[0])
    with tempfile.TemporaryFile() as cible:
        depart, calcul = time.perf_counter(), time.process_time()
        moyen(cible, nombre)
        secondes, processeur = time.perf_counter() - depart, time.process_time() - calcul
        taille = cible.seek(0, 2)
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    mesure = {"secondes": secondes, "processeur": processeur, "lignes": nombre, "memoire": memoire, "taille": taille / 1e6}
    sys.stdout.write(json.dumps(mesure) + "\n")


if __name__ == "__main__":
    quoi, *reste = sys.argv[1:]
    preparer = preparer_le_produit if quoi == "produit" else preparer_la_bibliotheque
    main(preparer(int(reste[0])), reste)
