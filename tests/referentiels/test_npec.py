"""Import of the NPEC workbook: every layout and odd case of regles.md §2.4, and what rules then read of it."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.journal.models import Evenement
from jalon.referentiels.models import BrancheNpec, ImportReferentiel, NiveauNpec, RejetReferentiel
from jalon.referentiels.requetes import historique_npec, npec
from jalon.socle.erreurs import SaisieRefusee
from tests.referentiels.classeurs import JUILLET, branche, classeur, ecrire, feuille_branches, feuille_npec, importer, niveau

REEL = Path(__file__).parents[2] / ".." / "shared" / "donnees" / "npec-extrait-2024-07.xlsx"

pytestmark = pytest.mark.django_db


def tout() -> list[tuple[object, ...]]:
    return list(NiveauNpec.objects.order_by("rncp", "cpne", "applicable_du", "valeur").values_list())


def comptes(fait: ImportReferentiel) -> tuple[int, ...]:
    return fait.lus, fait.inseres, fait.mis_a_jour, fait.inchanges, fait.rejetes


def test_un_niveau_se_lit_par_la_convention_a_partir_de_son_jour(tmp_path: Path) -> None:
    fait = importer(classeur(tmp_path, niveau()))
    assert comptes(fait) == (1, 1, 0, 0, 0)
    assert fait.edition == date(2024, 7, 18)
    assert npec("RNCP1002", "0478", date(2024, 7, 14)) is None
    lu = npec("RNCP1002", "0478", JUILLET)
    assert lu is not None
    assert (lu.montant, lu.applicable_du) == (Decimal("9497.00"), JUILLET)
    assert lu.source == "Référentiel des NPEC de France compétences, édition du 18/07/2024 (RNCP1002, CPNE 2)"
    assert npec("RNCP1002", "0479", JUILLET) is None
    assert npec("RNCP1003", "0478", JUILLET) is None
    (ligne,) = Evenement.objects.tous("essai").filter(code="referentiel.importe")
    assert ligne.details["inseres"] == 1


@pytest.mark.parametrize(
    ("jour", "montant"),
    [
        (date(2022, 8, 31), None),
        (date(2022, 9, 1), "7000.00"),
        (date(2023, 8, 31), "7000.00"),
        (date(2023, 9, 1), "8000.00"),
        (date(2024, 7, 14), "8000.00"),
        (date(2024, 7, 15), "9497.00"),
        (date(2026, 1, 1), "9497.00"),
    ],
)
def test_le_niveau_le_plus_recent_a_la_conclusion_l_emporte(tmp_path: Path, jour: date, montant: str | None) -> None:
    niveaux = niveau(), niveau(npec=7000, jour=date(2022, 9, 1)), niveau(npec=8000, jour=date(2023, 9, 1))
    importer(classeur(tmp_path, *niveaux))
    lu = npec("RNCP1002", "0478", jour)
    assert (lu and str(lu.montant)) == montant


def test_toutes_les_valeurs_restent_et_la_derniere_ligne_d_un_meme_jour_l_emporte(tmp_path: Path) -> None:
    importer(
        classeur(tmp_path, niveau(npec=9000), niveau(npec=9497), niveau(npec=9000), niveau(npec=8000, jour=date(2023, 9, 1)))
    )
    assert [str(n.montant) for n in historique_npec("RNCP1002", "2")] == ["9000.00", "9497.00", "8000.00"]


def test_une_nouvelle_edition_complete_l_ancienne_et_une_ancienne_ne_la_defait_pas(tmp_path: Path) -> None:
    ancienne = classeur(tmp_path, niveau(npec=9000), niveau("RNCP7", npec=1), nom="npec-2024-01-01.xlsx")
    nouvelle = classeur(tmp_path, niveau(npec=9497), branches=[branche(3)], nom="npec-2024-07-18.xlsx")
    for fichier in (ancienne, nouvelle, ancienne):
        importer(fichier)
    assert {(n.valeur, n.edition) for n in NiveauNpec.objects.filter(rncp="RNCP1002")} == {
        ("9000.00", date(2024, 1, 1)),
        ("9497.00", date(2024, 7, 18)),
    }
    assert [n.valeur for n in historique_npec("RNCP1002", "2")] == ["9497.00", "9000.00"]
    assert npec("RNCP1002", "0478", JUILLET) is None, "the last edition puts the agreement under another CPNE"
    assert ImportReferentiel.objects.count() == 2


@pytest.mark.parametrize("sans", ["NC", "NR", "nc", " NR "])
def test_nc_et_nr_disent_qu_il_n_y_a_pas_de_niveau(tmp_path: Path, sans: str) -> None:
    fait = importer(classeur(tmp_path, niveau(npec=8000, jour=date(2023, 9, 1)), niveau(npec=sans)))
    assert fait.rejetes == 0
    assert npec("RNCP1002", "0478", JUILLET) is None
    assert npec("RNCP1002", "0478", date(2024, 7, 14)) is not None
    assert NiveauNpec.objects.get(montant=None).valeur == sans.strip().upper()


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        (9497, "9497.00"),
        ("9 497 €", "9497.00"),
        ("9\u00a0497,50\u202f€", "9497.50"),
        ("9497.005", "9497.01"),
        (Decimal("9497.123456"), "9497.12"),
        ("9.4970000000000002E3", "9497.00"),
    ],
)
def test_les_montants_se_lisent_comme_ils_sont_ecrits(tmp_path: Path, ecrit: str | int | Decimal, lu: str) -> None:
    importer(classeur(tmp_path, niveau(npec=ecrit)))
    assert str(NiveauNpec.objects.get().montant) == lu


@pytest.mark.parametrize(
    ("ecrit", "codes"),
    [
        ("RNCP1002", {"RNCP1002"}),
        ("RNCP1006/RNCP37239", {"RNCP1006", "RNCP37239"}),
        ("RNCP1006 / 37239", {"RNCP1006", "RNCP37239"}),
        (37239, {"RNCP37239"}),
        ("37239.0", {"RNCP37239"}),
        (" rncp 01002 ", {"RNCP1002"}),
    ],
)
def test_les_codes_rncp_se_lisent_comme_ils_sont_ecrits(tmp_path: Path, ecrit: str | int, codes: set[str]) -> None:
    importer(classeur(tmp_path, niveau(ecrit)))
    assert set(NiveauNpec.objects.values_list("rncp", flat=True)) == codes


@pytest.mark.parametrize(
    ("ecrit", "jour"),
    [
        (JUILLET, JUILLET),
        (45488, JUILLET),
        ("45488.5", JUILLET),
        ("15/07/2024", JUILLET),
        ("2024-07-15", JUILLET),
        ("2024-07-15 00:00:00", JUILLET),
    ],
)
def test_les_jours_se_lisent_comme_ils_sont_ecrits(tmp_path: Path, ecrit: str | int | date, jour: date) -> None:
    importer(classeur(tmp_path, niveau(jour=ecrit)))
    assert NiveauNpec.objects.get().applicable_du == jour


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        (niveau("ABC"), "le code RNCP « ABC » ne peut pas être lu"),
        (niveau(""), "il n’y a pas de code RNCP"),
        (niveau(cpne=""), "il n’y a pas de code CPNE"),
        (niveau(cpne="?!"), "le code CPNE « ?! » ne peut pas être lu"),
        (niveau(npec=""), "il n’y a pas de montant"),
        (niveau(npec="beaucoup"), "le montant « beaucoup » ne peut pas être lu"),
        (niveau(npec="nan"), "le montant « nan » ne peut pas être lu"),
        (niveau(npec=0), "le montant « 0 » n’est pas entre 0 et 100000 €"),
        (niveau(npec=-1), "le montant « -1 » n’est pas entre 0 et 100000 €"),
        (niveau(npec=100_000), "le montant « 100000 » n’est pas entre 0 et 100000 €"),
        (niveau(jour=""), "il n’y a ni date d’applicabilité ni procédure"),
        (niveau(jour="31/02/2024"), "la date « 31/02/2024 » ne peut pas être lue"),
    ],
)
def test_une_ligne_illisible_est_rejetee_avec_son_numero(tmp_path: Path, ligne: tuple[str, ...], raison: str) -> None:
    fait = importer(classeur(tmp_path, niveau(), ligne))
    assert comptes(fait) == (2, 1, 0, 0, 1)
    assert str(RejetReferentiel.objects.get()) == f"Onglet 3 - référentiel NPEC, ligne 6 : {raison}"


def test_le_meme_fichier_ne_change_rien(tmp_path: Path) -> None:
    fichier = classeur(tmp_path, niveau(), niveau(npec="NC", jour=date(2023, 9, 1)), niveau("RNCP1/RNCP2"), niveau("?"))
    importer(fichier)
    avant = tout()
    fait = importer(fichier)
    assert comptes(fait) == (4, 0, 0, 4, 1)
    assert tout() == avant
    assert (ImportReferentiel.objects.count(), RejetReferentiel.objects.count()) == (1, 1)


def test_les_textes_peuvent_etre_dans_les_cellules(tmp_path: Path) -> None:
    importer(classeur(tmp_path, niveau("RNCP1006/RNCP37239"), textes_partages=False))
    assert NiveauNpec.objects.count() == 2


def test_plusieurs_idcc_dans_une_cellule_et_plusieurs_cpne_pour_un_idcc(tmp_path: Path) -> None:
    liens = branche(2, "16, 1979"), branche(3, "16"), branche(4, "12345"), branche(5, "NC")
    fait = importer(classeur(tmp_path, niveau(npec=8000), niveau(cpne=3, jour=date(2025, 9, 1)), branches=liens))
    assert set(BrancheNpec.objects.values_list("idcc", "cpne")) == {("0016", "2"), ("1979", "2"), ("0016", "3")}
    assert fait.rejetes == 1
    assert RejetReferentiel.objects.get().raison == "l’IDCC « 12345 » ne peut pas être lu"
    lus = [npec("RNCP1002", idcc, date(2026, 1, 1)) for idcc in ("1979", "0016")]
    assert [str(lu.montant) for lu in lus if lu] == ["8000.00", "9497.00"]


COMMUNES = ("Code diplôme", "Code RNCP", "Libellé de la certification", "Code CPNE", "Libellé CPNE", "IDCC", "Valeur finale")


def test_l_edition_de_2021_dit_une_procedure_et_garde_ses_valeurs_d_avant_a_part(tmp_path: Path) -> None:
    def ligne(valeur: int, procedure: str | int) -> tuple[str | int, ...]:
        return "32021401", "RNCP1002", "Une formation", 2, "CPNE des sociétés financières", 478, valeur, "R", procedure

    entetes = (*COMMUNES, "Statut", "Procédure")
    feuilles = {
        "Lisez-moi": [("Clé",)],
        "Onglet 3a - référentiel NPEC": [(), (), entetes, ligne(7500, 2021)],
        "Onglet 3b - NPEC historisées": [(), (), entetes, ligne(7000, "2019-2020"), ligne(7400, "procédure 2021")],
        "Onglet 4 - IDCC-CPNE": [(), ("IDCC", "Code CPNE", "Intitulé CPNE"), (1979, 9, "CPNE HCR")],
    }
    fait = importer(ecrire(tmp_path / "V27.07.2022_Référentiel-NPEC-201920202021-1.xlsx", feuilles))
    assert fait.edition == date(2022, 7, 27)
    jours = [
        (date(2019, 8, 31), None),
        (date(2019, 9, 1), "7000.00"),
        (date(2021, 8, 31), "7000.00"),
        (date(2021, 9, 1), "7500.00"),
    ]
    for jour, montant in jours:
        lu = npec("RNCP1002", "0478", jour)
        assert (lu and str(lu.montant)) == montant, jour
    assert set(BrancheNpec.objects.values_list("idcc", "cpne")) == {("0478", "2"), ("1979", "9")}


def test_l_edition_de_2022_dit_une_procedure(tmp_path: Path) -> None:
    entetes = ("Code RNCP", "Libellé de la formation", "Certificateur", "Libellé du Diplôme", "Code CPNE", "CPNE", "NPEC final")
    lignes = [(), (), (), (*entetes, "Statut", "procédure"), ("RNCP1002", "F", "C", "BP", 2, "CPNE", 9497, "A", 2022)]
    feuilles = {"Onglet 3 - référentiel NPEC": lignes, "Onglet 4 - CPNE-IDCC": feuille_branches(branche())}
    importer(ecrire(tmp_path / "npec.xlsx", feuilles, modifie_le=date(2022, 9, 2)))
    assert NiveauNpec.objects.get().applicable_du == date(2022, 9, 1)
    assert ImportReferentiel.objects.get().edition == date(2022, 9, 2)


def test_l_edition_d_octobre_2020_ne_dit_aucun_jour_et_le_demande(tmp_path: Path) -> None:
    entetes = (
        "Code diplôme/Code RNCP",
        "Libellé dde la certification",
        "Code CPNE",
        "Libellé CPNE",
        "Code IDCC",
        "Valeur finale",
    )
    lignes = [
        (),
        (*entetes, "Statut"),
        ("RNCP1002", "F", 2, "CPNE", 478, 9497, "A"),
        ("32021401", "F", 2, "CPNE", 478, 9497, "A"),
    ]
    fichier = ecrire(tmp_path / "npec.xlsx", {"Onglet 3 - par formation-CPNE": lignes})
    with pytest.raises(SaisieRefusee, match="Indiquez-le avec --applicable-du"):
        importer(fichier)
    fait = importer(fichier, applicable_du=date(2020, 9, 1))
    assert (fait.inseres, fait.rejetes, fait.edition) == (1, 1, date(2026, 11, 23))
    assert npec("RNCP1002", "0478", date(2020, 9, 1)) is not None


def test_une_edition_sans_code_rncp_est_refusee(tmp_path: Path) -> None:
    lignes = [(), ("Code la formation", "Libellé CPNE", "Valeur finale", "Statut"), ("32021401", "CPNE", 9497, "A")]
    with pytest.raises(SaisieRefusee, match="aucune feuille ne porte les colonnes RNCP, Code CPNE, NPEC final"):
        importer(ecrire(tmp_path / "npec.xlsx", {"Onglet 3 - par formation-CPNE": lignes}))


def test_une_feuille_renommee_se_reconnait_a_ses_colonnes(tmp_path: Path) -> None:
    feuilles = {"Intro": [("x",)], "NPEC 2027": feuille_npec(niveau()), "Branches": feuille_branches(branche())}
    importer(ecrire(tmp_path / "npec.xlsx", feuilles))
    assert npec("RNCP1002", "0478", JUILLET) is not None


def test_les_lectures_tiennent_en_une_requete(tmp_path: Path) -> None:
    importer(classeur(tmp_path, niveau()))
    for lire in (lambda: npec("RNCP1002", "0478", JUILLET), lambda: historique_npec("RNCP1002", "2")):
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert lire()
        assert len(requetes) == 1


def _abimer(chemin: Path, octets: int) -> None:
    chemin.write_bytes(chemin.read_bytes()[:octets])


def _archive(chemin: Path, **membres: str) -> None:
    with zipfile.ZipFile(chemin, "w") as archive:
        for nom, texte in membres.items():
            archive.writestr(nom.replace("__", "/"), texte)


def test_un_fichier_qui_n_est_pas_le_classeur_est_refuse_et_rien_n_est_ecrit(tmp_path: Path) -> None:
    importer(classeur(tmp_path, niveau()))
    avant = tout()
    noms = "absent vide texte vieux.xls zip entites.xlsx coupe.xlsx rien.xlsx v.xlsx.zip v.xlsb sans.xlsx"
    faux = {nom: tmp_path / nom for nom in noms.split()}
    faux["vide"].touch()
    faux["texte"].write_text("RNCP;CPNE;NPEC\n", encoding="utf-8")
    faux["vieux.xls"].write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    _archive(faux["zip"], readme="bonjour")
    _archive(
        faux["entites.xlsx"],
        **{"xl__workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xl___rels__workbook.xml.rels": "<Relationships/>"},
    )
    _archive(faux["v.xlsx.zip"], **{"V.xlsx": "PK"})
    _archive(faux["v.xlsb"], **{"xl__workbook.bin": "PK"})
    _archive(
        faux["sans.xlsx"],
        **{
            "xl__workbook.xml": '<a xmlns:r="r"><sheet name="Une" r:id="1"/></a>',
            "xl___rels__workbook.xml.rels": '<a><Relationship Id="1" Target="une.xml"/></a>',
        },
    )
    classeur(tmp_path, niveau(), nom="coupe.xlsx")
    _abimer(faux["coupe.xlsx"], 900)
    classeur(tmp_path, niveau("?"), nom="rien.xlsx")
    phrases = {
        "absent": "il n’existe pas",
        "vide": "il est vide",
        "texte": "ce n’est pas un classeur Excel",
        "vieux.xls": r"il est au format \.xls ou protégé",
        "zip": "ce n’est pas un classeur Excel",
        "v.xlsx.zip": "Décompressez-la",
        "v.xlsb": r"Réenregistrez-le en \.xlsx",
        "sans.xlsx": "ce classeur est abîmé",
        "entites.xlsx": "ce classeur est abîmé",
        "coupe.xlsx": "ce n’est pas un classeur Excel",
        "rien.xlsx": "aucune ligne ne peut être lue.*le code RNCP « [?] » ne peut pas être lu",
    }
    for nom, phrase in phrases.items():
        with pytest.raises(SaisieRefusee, match=phrase):
            importer(faux[nom])
    with pytest.raises(SaisieRefusee, match="c’est un dossier"):
        importer(tmp_path)
    assert tout() == avant
    assert ImportReferentiel.objects.count() == 1


def test_un_classeur_abime_au_milieu_ne_laisse_rien(tmp_path: Path) -> None:
    fichier = classeur(tmp_path, *(niveau(rang + 1) for rang in range(3000)))
    with zipfile.ZipFile(fichier) as archive:
        membres = {nom: archive.read(nom) for nom in archive.namelist()}
    entiere = membres["xl/worksheets/sheet2.xml"]
    membres["xl/worksheets/sheet2.xml"] = entiere[: len(entiere) // 2]
    with zipfile.ZipFile(fichier, "w") as archive:
        for nom, octets in membres.items():
            archive.writestr(nom, octets)
    with pytest.raises(SaisieRefusee, match="ce classeur est abîmé"):
        importer(fichier)
    assert not NiveauNpec.objects.exists()
    assert not ImportReferentiel.objects.exists()


@pytest.mark.skipif(not REEL.exists(), reason="extraits réels absents")
def test_l_extrait_reel_se_lit() -> None:
    fait = importer(REEL)
    assert comptes(fait) == (1, 1, 0, 0, 0)
    lu = npec("RNCP1002", "0478", date(2024, 7, 15))
    assert lu is not None
    assert (str(lu.montant), lu.applicable_du) == ("9497.00", JUILLET)
