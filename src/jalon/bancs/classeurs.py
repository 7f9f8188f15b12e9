"""Writing .xlsx workbooks of any length, a row at a time: the fictional files of the measures and of the tests."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from jalon.referentiels.officiels.valeurs import ORIGINE_EXCEL

Valeur = str | int | Decimal | date | None
ESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAQUET = "http://schemas.openxmlformats.org/package/2006/relationships"
PROPRIETES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>{}T08:00:00Z</dcterms:modified></cp:coreProperties>'
)


def ecrire_classeur(
    chemin: Path,
    feuilles: Mapping[str, Iterable[Sequence[Valeur]]],
    *,
    modifie_le: date | None = None,
    textes_partages: bool = True,
) -> None:
    """Sheets by name, in order. Texts are shared between cells, as Excel does, or written in each cell."""
    textes: dict[str, int] | None = {} if textes_partages else None
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for rang, lignes in enumerate(feuilles.values(), start=1):
            with archive.open(f"xl/worksheets/sheet{rang}.xml", "w", force_zip64=True) as flux:
                _ecrire_feuille(flux, lignes, textes)
        if textes is not None:
            partages = "".join(f'<si><t xml:space="preserve">{escape(texte)}</t></si>' for texte in textes)
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{ESPACE}">{partages}</sst>')
        if modifie_le is not None:
            archive.writestr("docProps/core.xml", PROPRIETES.format(modifie_le))
        declarees = "".join(f'<sheet name={quoteattr(nom)} sheetId="{r}" r:id="rId{r}"/>' for r, nom in enumerate(feuilles, 1))
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{ESPACE}" xmlns:r="{RELATIONS}"><sheets>{declarees}</sheets></workbook>'
        )
        archive.writestr("_rels/.rels", _liens("officeDocument", ["xl/workbook.xml"]))
        cibles = [f"worksheets/sheet{r}.xml" for r in range(1, len(feuilles) + 1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _liens("worksheet", cibles))


def _liens(genre: str, cibles: Sequence[str]) -> str:
    liens = (f'<Relationship Id="rId{r}" Type="{RELATIONS}/{genre}" Target="{cible}"/>' for r, cible in enumerate(cibles, 1))
    return f'<Relationships xmlns="{PAQUET}">{"".join(liens)}</Relationships>'


def _ecrire_feuille(flux: IO[bytes], lignes: Iterable[Sequence[Valeur]], textes: dict[str, int] | None) -> None:
    flux.write(f'<worksheet xmlns="{ESPACE}"><sheetData>'.encode())
    lettres = [chr(65 + rang) for rang in range(26)]
    for numero, ligne in enumerate(lignes, start=1):
        cellules = "".join(_cellule(f"{lettre}{numero}", v, textes) for lettre, v in zip(lettres, ligne, strict=False))
        flux.write(f'<row r="{numero}">{cellules}</row>'.encode())
    flux.write(b"</sheetData></worksheet>")


def _cellule(reference: str, valeur: Valeur, textes: dict[str, int] | None) -> str:
    if valeur is None:
        return f'<c r="{reference}" s="1"/>'
    if isinstance(valeur, date):
        return f'<c r="{reference}"><v>{(valeur - ORIGINE_EXCEL).days}</v></c>'
    if not isinstance(valeur, str):
        return f'<c r="{reference}"><v>{valeur}</v></c>'
    if textes is None:
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(valeur)}</t></is></c>'
    return f'<c r="{reference}" t="s"><v>{textes.setdefault(valeur, len(textes))}</v></c>'
