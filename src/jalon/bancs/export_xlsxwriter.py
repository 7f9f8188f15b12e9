"""The same workbook by XlsxWriter in its frugal mode, in a process of its own (a dependency of the measure alone)."""

import sys
from typing import IO

import xlsxwriter

from jalon.bancs.export_mesure import cellules_en_memoire, main
from jalon.bancs.lignes_exportees import COLONNES
from jalon.exports.classeur import FORMATS


def par_xlsxwriter(cible: IO[bytes], nombre: int) -> None:
    """`constant_memory`, rows from memory, the same formats, the header frozen, the filter on."""
    with xlsxwriter.Workbook(
        cible, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as classeur:
        feuille = classeur.add_worksheet("Dossiers")
        formats = [classeur.add_format({"num_format": FORMATS[c.genre]}) if c.genre in FORMATS else None for c in COLONNES]
        feuille.freeze_panes(1, 0)
        feuille.autofilter(0, 0, nombre, len(COLONNES) - 1)
        feuille.write_row(0, 0, [colonne.libelle for colonne in COLONNES], classeur.add_format({"bold": True}))
        for rang, cellules in enumerate(cellules_en_memoire(nombre), start=1):
            for colonne, (cellule, forme) in enumerate(zip(cellules, formats, strict=True)):
                feuille.write(rang, colonne, cellule, forme)


if __name__ == "__main__":
    main(par_xlsxwriter, sys.argv[1:])
