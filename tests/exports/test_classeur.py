"""The workbook, read back by another library and looked at as XML; the CSV file, read back."""

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from jalon.exports.cellules import CLASSEUR, CSV, par_lots, rangeur
from jalon.exports.classeur import A_PROPOS, Plan, ecrire_classeur
from jalon.exports.tampon import Tampon
from jalon.exports.texte_csv import ouvrir_csv
from jalon.socle.listes import Colonne, Genre
from jalon.socle.tableur import BOM
from tests.exports.outils import COLONNES, Ligne, feuilles, xml

JOUR = date(2026, 11, 28)
PIEGES = ("=1+1", "+1", "-1", "@A1", '=HYPERLINK("http://a")', "https://a.example", "<c><f>1</f></c>", "_x003D_1", "\t=1", "{=1}")


def classeur(lignes: list[Ligne], colonnes: Any = COLONNES, avancer: Callable[[int], None] = lambda faites: None) -> bytes:
    with tempfile.TemporaryFile() as cible, Tampon() as tampon:
        ranger = rangeur(colonnes, JOUR, CLASSEUR)
        for lot in par_lots(iter(lignes)):
            tampon.ajouter(ranger(lot), len(lot))
        plan = Plan("Dossiers", colonnes, [("Contenu", "Dossiers"), ("Filtres", "=Aucun")])
        ecrire_classeur(cible, plan, tampon.relire(), tampon.lignes, avancer)
        cible.seek(0)
        return cible.read()


def test_les_types_reviennent_comme_ils_sont_partis() -> None:
    lu = feuilles(classeur([Ligne()]))
    assert list(lu) == [A_PROPOS, "Dossiers"]
    assert lu["Dossiers"] == [
        [colonne.libelle for colonne in COLONNES],
        ["Inès Moreau", 1250.5, date(2026, 9, 1), datetime(2026, 7, 15, 0, 30, 15), 35.0, "123456782"],
    ]


def test_la_premiere_feuille_dit_ce_que_c_est() -> None:
    assert feuilles(classeur([Ligne()]))[A_PROPOS] == [["Rubrique", "Valeur"], ["Contenu", "Dossiers"], ["Filtres", "=Aucun"]]


def test_rien_n_est_jamais_une_formule() -> None:
    lignes = [Ligne(nom=piege) for piege in PIEGES]
    octets = classeur(lignes, [*COLONNES, Colonne(code="x", libelle="=1+1", valeur=lambda li, _: li.nom)])
    lu = feuilles(octets)["Dossiers"]
    assert lu[0][-1] == "=1+1"
    assert [ligne[0] for ligne in lu[1:]] == [ligne[-1] for ligne in lu[1:]] == list(PIEGES)
    ecrit = xml(octets)
    assert "<f>" not in ecrit
    assert "<f " not in ecrit
    assert "hyperlink " not in ecrit.lower()


def test_en_tete_fige_filtre_pose_colonnes_a_leur_largeur() -> None:
    ecrit = xml(classeur([Ligne()]))
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in ecrit
    assert '<autoFilter ref="A1:F2"/>' in ecrit
    assert ecrit.count("customWidth") >= len(COLONNES)
    assert "numberStoredAsText" in ecrit


def test_des_cellules_vides_restent_vides() -> None:
    lu = feuilles(classeur([Ligne(nom="", montant=None, debut=None, depose_le=None, heures=None)]))["Dossiers"]
    assert lu[1] == ["", "", "", "", "", "123456782"]


def test_sans_ligne_il_y_a_ses_en_tetes() -> None:
    assert feuilles(classeur([]))["Dossiers"][0] == [colonne.libelle for colonne in COLONNES]


def test_au_dela_d_une_feuille_la_suite_est_dans_la_suivante(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.exports.regles.LIGNES_PAR_FEUILLE", 3)
    monkeypatch.setattr("jalon.exports.cellules.LIGNES_PAR_LOT", 2)
    lu = feuilles(classeur([Ligne(nom=f"N{rang}") for rang in range(7)]))
    assert list(lu) == [A_PROPOS, "Dossiers 1", "Dossiers 2", "Dossiers 3"]
    assert [[ligne[0] for ligne in lu[nom]] for nom in list(lu)[1:]] == [
        ["Nom", "N0", "N1", "N2"], ["Nom", "N3", "N4", "N5"], ["Nom", "N6"],
    ]  # fmt: skip


def test_ce_qui_arrete_l_ecriture_l_arrete_vraiment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.exports.cellules.LIGNES_PAR_LOT", 2)
    vues: list[int] = []

    def avancer(faites: int) -> None:
        vues.append(faites)
        if faites == 4:
            raise LookupError("assez")

    with pytest.raises(LookupError, match="assez"):
        classeur([Ligne()] * 9, avancer=avancer)
    assert vues == [0, 2, 4]


def test_le_csv_se_relit_dans_un_tableur_francais() -> None:
    cible = io.BytesIO()
    ranger = rangeur(COLONNES, JOUR, CSV)
    lignes = [Ligne(nom='=1;"2"\nb'), Ligne(nom="a;b", montant=Decimal(-3), depose_le=datetime(2026, 1, 5, 8, tzinfo=UTC))]
    with ouvrir_csv(cible, [colonne.libelle for colonne in COLONNES]) as plume:
        plume.writerows(zip(*ranger(lignes), strict=True))
    ecrit = cible.getvalue().decode()
    assert ecrit.startswith(f"{BOM}Nom;Montant;")
    assert list(csv.reader(io.StringIO(ecrit.removeprefix(BOM)), delimiter=";"))[1:] == [
        ['\'=1;"2"\nb', "1250,50", "01/09/2026", "15/07/2026 00:30:15", "35", "123456782"],
        ["a;b", "-3,00", "01/09/2026", "05/01/2026 09:00:00", "35", "123456782"],
    ]


def test_chaque_genre_de_colonne_sait_s_ecrire() -> None:
    assert set(CLASSEUR) == set(CSV) == set(Genre)
