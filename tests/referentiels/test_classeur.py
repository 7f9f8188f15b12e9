"""The reader of workbooks, on what other programs than Excel write."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from jalon.bancs.classeurs import ESPACE, PAQUET, RELATIONS, ecrire_classeur
from jalon.referentiels.officiels.classeur import Classeur
from jalon.referentiels.officiels.textes import jour_dans
from jalon.socle.erreurs import SaisieRefusee

LIGNES = (
    f'<x:worksheet xmlns:x="{ESPACE}"><x:sheetData>'
    '<x:row r="2"><x:c><x:v>1</x:v></x:c><x:c t="str"><x:f>A1&amp;"x"</x:f><x:v>1x</x:v></x:c></x:row>'
    '<x:row/><x:row><x:c r="AB4" t="s"><x:v>0</x:v></x:c><x:c r="AC4" t="b"><x:v>1</x:v></x:c></x:row>'
    '<x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:r><x:t>en </x:t></x:r><x:r><x:t>deux</x:t></x:r></x:is></x:c></x:row>'
    "</x:sheetData></x:worksheet>"
)
TEXTES = f'<sst xmlns="{ESPACE}"><si><r><t>Ca</t></r><r><t>fé</t></r><rPh><t>kafe</t></rPh></si></sst>'


def ecrire(chemin: Path, *, reglages: str = "", lignes: str = LIGNES, textes: str = TEXTES) -> Path:
    with zipfile.ZipFile(chemin, "w") as archive:
        feuille = f'<sheet name="L’une &amp; l’autre" sheetId="1" z:id="rId1" xmlns:z="{RELATIONS}"/>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{ESPACE}">{reglages}<sheets>{feuille}</sheets></workbook>')
        lien = '<Relationship Id="rId1" Target="/xl/feuilles/une.xml"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PAQUET}">{lien}</Relationships>')
        archive.writestr("xl/feuilles/une.xml", lignes)
        archive.writestr("xl/sharedStrings.xml", textes)
    return chemin


def test_cellules_sans_adresse_textes_en_morceaux_formules_et_lignes_vides(tmp_path: Path) -> None:
    classeur = Classeur(ecrire(tmp_path / "a.xlsx"))
    (nom,) = classeur.feuilles
    assert nom == "L’une & l’autre"
    assert list(classeur.lignes(nom)) == [(2, {0: "1", 1: "1x"}), (4, {27: "Café", 28: "1"}), (9, {0: "en deux"})]
    assert classeur.modifie_le is None


def test_l_avancement_va_jusqu_a_la_taille_de_la_feuille(tmp_path: Path) -> None:
    ecrire_classeur(tmp_path / "a.xlsx", {"Une": [(f"texte {n}", n) for n in range(20_000)]}, textes_partages=False)
    classeur, lus = Classeur(tmp_path / "a.xlsx"), []
    assert sum(1 for _ in classeur.lignes("Une", lus.append)) == 20_000
    assert len(lus) > 2
    assert lus == sorted(lus)
    assert lus[-1] == classeur.taille("Une")


@pytest.mark.parametrize("valeur", ["1", "true"])
def test_un_calendrier_depuis_1904_est_refuse(tmp_path: Path, valeur: str) -> None:
    with pytest.raises(SaisieRefusee, match="ses dates comptent depuis 1904"):
        Classeur(ecrire(tmp_path / "a.xlsx", reglages=f'<workbookPr date1904="{valeur}"/>'))
    assert Classeur(ecrire(tmp_path / "b.xlsx", reglages='<workbookPr date1904="false"/>')).feuilles


@pytest.mark.parametrize(
    "faute",
    [
        {"textes": TEXTES.replace("<sst", '<!DOCTYPE a [<!ENTITY b "c">]><sst')},
        {"lignes": LIGNES.replace('t="s"><x:v>0', 't="s"><x:v>7')},
        {"lignes": LIGNES.replace('t="s"><x:v>0', 't="s"><x:v>z')},
        {"lignes": LIGNES.replace('r="2"', 'r="deux"')},
        {"lignes": LIGNES[:-20]},
    ],
)
def test_un_classeur_abime_est_refuse(tmp_path: Path, faute: dict[str, str]) -> None:
    classeur = Classeur(ecrire(tmp_path / "a.xlsx", **faute))
    with pytest.raises(SaisieRefusee, match="ce classeur est abîmé"):
        list(classeur.lignes("L’une & l’autre"))


@pytest.mark.parametrize(
    ("nom", "jour"),
    [
        ("Referentiel-des-NPEC-15.07.2024_vMAJ-18.07.2024", date(2024, 7, 18)),
        ("export_fiches_CSV_Standard_2024_02_22.csv", date(2024, 2, 22)),
        ("Référentiel-NPEC-_01092022-1", date(2022, 9, 1)),
        ("V27.07.2022_Référentiel-NPEC-201920202021-1", date(2022, 7, 27)),
        ("npec-extrait-2024-07", date(2024, 7, 1)),
        ("SIRO_202601", date(2026, 1, 1)),
        ("stock20240715", date(2024, 7, 15)),
        ("2024-13-40", None),
        ("liste-publique-des-of-v2", None),
    ],
)
def test_le_jour_ecrit_dans_un_nom(nom: str, jour: date | None) -> None:
    assert jour_dans(nom) == jour
