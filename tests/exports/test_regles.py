"""What an export may be: limits, names, states. Tables of cases."""

from datetime import date, timedelta

import pytest

from jalon.exports.enums import Etape, EtatExport, FormatExport
from jalon.exports.regles import (
    CONSERVATION,
    LIGNES_PAR_FEUILLE,
    etat_au,
    feuilles,
    largeur,
    nom_du_fichier,
    noms_uniques,
    phrase_d_avancement,
    pourcentage,
    trop_d_exports,
)
from jalon.socle.listes import Genre
from tests.habilitations.fabrique import LE

E = EtatExport


@pytest.mark.parametrize(("nombre", "refuse"), [(0, False), (5, False), (6, True), (7, True)])
def test_un_export_se_prepare_et_cinq_attendent(nombre: int, refuse: bool) -> None:
    assert bool(trop_d_exports(nombre)) == refuse


def test_le_refus_dit_combien_attendent() -> None:
    assert "5 attendent leur tour" in str(trop_d_exports(6))


@pytest.mark.parametrize(
    ("libelles", "noms"),
    [
        (["Nom", "État"], ("Nom", "État")),
        (["Nom", "Nom", "Nom"], ("Nom", "Nom (2)", "Nom (3)")),
        ([], ()),
    ],
)
def test_deux_en_tetes_ne_se_confondent_pas(libelles: list[str], noms: tuple[str, ...]) -> None:
    assert noms_uniques(libelles) == noms


@pytest.mark.parametrize(
    ("lignes", "attendues"),
    [
        (0, (("Dossiers", 0),)),
        (1, (("Dossiers", 1),)),
        (LIGNES_PAR_FEUILLE, (("Dossiers", LIGNES_PAR_FEUILLE),)),
        (LIGNES_PAR_FEUILLE + 1, (("Dossiers 1", LIGNES_PAR_FEUILLE), ("Dossiers 2", 1))),
        (2 * LIGNES_PAR_FEUILLE, (("Dossiers 1", LIGNES_PAR_FEUILLE), ("Dossiers 2", LIGNES_PAR_FEUILLE))),
    ],
)
def test_au_dela_d_une_feuille_il_y_en_a_plusieurs(lignes: int, attendues: tuple[tuple[str, int], ...]) -> None:
    assert feuilles("Dossiers", lignes) == attendues


@pytest.mark.parametrize(
    ("titre", "nom"),
    [
        ("Factures [2026] : l’été/l'hiver?", "Factures  2026    l’été"),
        ("***", "Données"),
        ("x" * 40, "x" * 24),
    ],
)
def test_un_nom_de_feuille_est_accepte_par_excel(titre: str, nom: str) -> None:
    assert feuilles(titre, 1) == ((nom, 1),)


def test_le_nom_du_fichier_n_a_ni_accent_ni_espace() -> None:
    nom = nom_du_fichier("Dossiers, avec le détail financier", "123456782", date(2026, 11, 28), FormatExport.XLSX)
    assert nom == "dossiers-avec-le-detail-financier-123456782-2026-11-28.xlsx"
    assert nom_du_fichier("Règlements", "", date(2026, 1, 2), FormatExport.CSV) == "reglements-2026-01-02.csv"
    assert nom_du_fichier("…", "", date(2026, 1, 2), FormatExport.CSV) == "export-2026-01-02.csv"


@pytest.mark.parametrize(
    ("etat", "ecart", "montre"),
    [
        (E.PRET, timedelta(seconds=-1), E.PRET),
        (E.PRET, timedelta(0), E.EXPIRE),
        (E.EN_COURS, timedelta(days=1), E.EN_COURS),
    ],
)
def test_un_fichier_dont_le_temps_est_passe_n_est_plus_montre(etat: E, ecart: timedelta, montre: E) -> None:
    assert etat_au(etat, LE + CONSERVATION, LE + CONSERVATION + ecart) == montre


@pytest.mark.parametrize(
    ("faites", "total", "part"), [(0, None, None), (3, 0, None), (0, 8, 0), (5, 8, 62), (8, 8, 100), (9, 8, 100)]
)
def test_l_avancement_va_de_zero_a_cent(faites: int, total: int | None, part: int | None) -> None:
    assert pourcentage(faites, total) == part


@pytest.mark.parametrize(
    ("etat", "etape", "faites", "total", "phrase"),
    [
        (E.EN_COURS, Etape.LECTURE, 774, 1248, "774 lignes lues sur 1 248"),
        (E.EN_COURS, Etape.LECTURE, 12_000, None, "12 000 lignes lues"),
        (E.EN_COURS, Etape.ECRITURE, 1, 2, "1 ligne écrite sur 2"),
        (E.PRET, Etape.ECRITURE, 1248, 1248, "1 248 lignes, 3,4 Mo"),
        (E.ECHOUE, Etape.LECTURE, 0, None, "Un droit manque."),
        (E.ANNULE, Etape.LECTURE, 0, None, "Annulé à votre demande."),
        (E.EXPIRE, Etape.LECTURE, 0, None, "Le fichier a été effacé au bout de sept jours."),
    ],
)
def test_l_avancement_se_dit(etat: E, etape: Etape, faites: int, total: int | None, phrase: str) -> None:
    dite = phrase_d_avancement(etat, etape, faites, total, taille=3_400_000, motif="un droit manque")
    assert dite.replace("\u00a0", " ") == phrase


@pytest.mark.parametrize(
    ("libelle", "genre", "attendue"), [("Nom", Genre.TEXTE, 22.0), ("x" * 90, Genre.JOUR, 60.0), ("x" * 20, Genre.JOUR, 24.0)]
)
def test_une_colonne_laisse_voir_son_en_tete(libelle: str, genre: Genre, attendue: float) -> None:
    assert largeur(libelle, genre) == attendue
