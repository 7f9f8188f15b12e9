"""The reader of workbooks, on what other programs than Excel write."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from jalon.bancs.classeurs import ESPACE, PAQUET, RELATIONS, ecrire_classeur
from jalon.referentiels.officiels.classeur import Classeur
from jalon.referentiels.officiels.textes import jour_dans
from jalon.referentiels.officiels.valeurs import lire_cpne, lire_date
from jalon.socle.erreurs import SaisieRefusee

LIGNES = (
    f'<x:worksheet xmlns:x="{ESPACE}"><x:sheetData>'
    '<x:row r="2"><x:c><x:v>1</x:v></x:c><x:c t="str"><x:f>A1&amp;"x"</x:f><x:v>1x</x:v></x:c></x:row>'
    '<x:row/><x:row><x:c r="AB4" t="s"><x:v>0</x:v></x:c><x:c r="AC4" t="b"><x:v>1</x:v></x:c></x:row>'
    '<x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:r><x:t xml:space="preserve">en </x:t></x:r><x:r><x:t>deux</x:t></x:r></x:is>'
    "</x:c></x:row></x:sheetData></x:worksheet>"
)
TEXTES = f'<sst xmlns="{ESPACE}"><si><r><t>Ca</t></r><r><t>fé</t></r><rPh><t>kafe</t></rPh></si></sst>'
STYLES = (
    f'<styleSheet xmlns="{ESPACE}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
LIENS = '<Relationships xmlns="{}"><Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>'
NOM = "L’une & l’autre"


def ecrire(chemin: Path, *, reglages: str = "", lignes: str = LIGNES, textes: str = TEXTES) -> Path:
    with zipfile.ZipFile(chemin, "w") as archive:
        feuille = f'<sheet name="L’une &amp; l’autre" sheetId="1" z:id="rId1" xmlns:z="{RELATIONS}"/>'
        archive.writestr("_rels/.rels", LIENS.format(PAQUET, RELATIONS, "officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{ESPACE}">{reglages}<sheets>{feuille}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", LIENS.format(PAQUET, RELATIONS, "worksheet", "/xl/feuilles/une.xml"))
        archive.writestr("xl/feuilles/une.xml", lignes)
        archive.writestr("xl/sharedStrings.xml", textes)
        archive.writestr("xl/styles.xml", STYLES)
    return chemin


def lire(chemin: Path) -> list[tuple[int, dict[int, str]]]:
    classeur = Classeur(chemin)
    (nom,) = classeur.feuilles
    return list(classeur.lignes(nom))


def feuille(*cellules: str) -> str:
    return f'<worksheet xmlns="{ESPACE}"><sheetData><row r="3">{"".join(cellules)}</row></sheetData></worksheet>'


def test_cellules_sans_adresse_textes_en_morceaux_formules_et_lignes_vides(tmp_path: Path) -> None:
    classeur = Classeur(ecrire(tmp_path / "a.xlsx"))
    assert classeur.feuilles == (NOM,)
    assert list(classeur.lignes(NOM)) == [(2, {0: "1", 1: "1x"}), (4, {27: "Café", 28: "1"}), (9, {0: "en deux"})]
    assert classeur.modifie_le is None


@pytest.mark.parametrize(
    ("cellule", "texte"),
    [
        ("<v>8000</v>", "8000"),
        ("<v>8000.0</v>", "8000"),
        ("<v>8E3</v>", "8000"),
        ("<v>9497.5</v>", "9497.5"),
        ("<v>9497.1000000000004</v>", "9497.1"),
        ("<v>12345678901234</v>", "12345678901234"),
        ("<v>45488</v>", "45488"),
    ],
)
def test_un_nombre_se_lit_comme_il_est_ecrit_la_ou_il_est(tmp_path: Path, cellule: str, texte: str) -> None:
    assert lire(ecrire(tmp_path / "a.xlsx", lignes=feuille(f'<c r="D3">{cellule}</c>'))) == [(3, {3: texte})]


@pytest.mark.parametrize(
    "cellule",
    [
        '<c r="A3" s="1"><v>45488</v></c>',
        '<c r="A3" s="2"><v>45488.5</v></c>',
        '<c r="A3" s="3"><v>45488</v></c>',
        '<c r="A3" t="d"><v>2024-07-15</v></c>',
        '<c r="A3"><v>45488</v></c>',
    ],
)
def test_un_jour_se_lit_quel_que_soit_son_format(tmp_path: Path, cellule: str) -> None:
    ((_, ligne),) = lire(ecrire(tmp_path / "a.xlsx", lignes=feuille(cellule)))
    assert lire_date(ligne[0]) == date(2024, 7, 15)


def test_un_nombre_mis_par_erreur_au_format_d_un_jour_n_est_pas_pris_pour_un_autre(tmp_path: Path) -> None:
    ((_, ligne),) = lire(ecrire(tmp_path / "a.xlsx", lignes=feuille('<c r="A3" s="1"><v>402</v></c>')))
    with pytest.raises(ValueError, match="le code CPNE « 1901-02-05 » ne peut pas être lu"):
        lire_cpne(ligne[0])


def test_une_cellule_vide_ou_en_erreur_ne_tient_rien(tmp_path: Path) -> None:
    cellules = '<c r="A3" s="1"/>', '<c r="B3" t="e"><v>#N/A</v></c>', '<c r="C3" t="str"><v></v></c>'
    assert lire(ecrire(tmp_path / "a.xlsx", lignes=feuille(*cellules))) == []
    assert lire(ecrire(tmp_path / "b.xlsx", lignes=feuille(*cellules, '<c r="D3"><v>0</v></c>'))) == [(3, {3: "0"})]


def test_le_jour_ou_le_classeur_a_ete_enregistre(tmp_path: Path) -> None:
    for nom, jour in {"a.xlsx": date(2024, 7, 18), "b.xlsx": None}.items():
        ecrire_classeur(tmp_path / nom, {"Une": [(1,)]}, modifie_le=jour)
        assert Classeur(tmp_path / nom).modifie_le == jour
    with zipfile.ZipFile(tmp_path / "b.xlsx", "a") as archive:
        archive.writestr("docProps/core.xml", "<a><modified>2024-13-40T00:00:00Z</modified></a>")
    assert Classeur(tmp_path / "b.xlsx").modifie_le is None


def test_l_avancement_va_jusqu_a_la_taille_de_la_feuille(tmp_path: Path) -> None:
    ecrire_classeur(tmp_path / "a.xlsx", {"Une": [(f"texte {n}", n) for n in range(20_000)], "Vide": []}, textes_partages=False)
    classeur, lus = Classeur(tmp_path / "a.xlsx"), []
    assert classeur.taille("Une") == 20_000
    assert classeur.taille("Vide") == 0
    assert sum(1 for _ in classeur.lignes("Une", lus.append)) == 20_000
    assert len(lus) > 2
    assert lus == sorted(lus)
    assert lus[-1] == classeur.taille("Une")


@pytest.mark.parametrize("nom", ["classeur.xls", "classeur.zip", "classeur"])
def test_le_contenu_compte_et_non_le_nom(tmp_path: Path, nom: str) -> None:
    assert len(lire(ecrire(tmp_path / nom))) == 3


@pytest.mark.parametrize("valeur", ["1", "true"])
def test_un_calendrier_depuis_1904_est_refuse(tmp_path: Path, valeur: str) -> None:
    with pytest.raises(SaisieRefusee, match="ses dates comptent depuis 1904"):
        Classeur(ecrire(tmp_path / "a.xlsx", reglages=f'<workbookPr date1904="{valeur}"/>'))
    assert Classeur(ecrire(tmp_path / "b.xlsx", reglages='<workbookPr date1904="false"/>')).feuilles


@pytest.mark.parametrize(
    "faute",
    [
        {"textes": TEXTES.replace("<sst", '<!DOCTYPE a [<!ENTITY b "c">]><sst').replace("Ca", "&b;")},
        {"lignes": LIGNES.replace('t="s"><x:v>0', 't="s"><x:v>7')},
        {"lignes": LIGNES.replace('r="2"', 'r="deux"')},
        {"lignes": LIGNES[:-20]},
        {"lignes": LIGNES[:-80]},
        {"lignes": ""},
    ],
)
def test_un_classeur_abime_est_refuse(tmp_path: Path, faute: dict[str, str]) -> None:
    with pytest.raises(SaisieRefusee, match="ce classeur est abîmé"):
        lire(ecrire(tmp_path / "a.xlsx", **faute))


def test_un_octet_change_dans_la_feuille_est_refuse(tmp_path: Path) -> None:
    lignes = [(f"texte {n}", 8000) for n in range(3_000)]
    ecrire_classeur(tmp_path / "a.xlsx", {"Une": lignes}, textes_partages=False)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as lu, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as sans_compression:
        for nom in lu.namelist():
            sans_compression.writestr(nom, lu.read(nom))
    octets = (tmp_path / "b.xlsx").read_bytes()
    assert len(lire(tmp_path / "b.xlsx")) == 3_000
    (tmp_path / "b.xlsx").write_bytes(octets.replace(b"<v>8000</v>", b"<v>9000</v>", 1))
    with pytest.raises(SaisieRefusee, match="ce classeur est abîmé"):
        lire(tmp_path / "b.xlsx")


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
