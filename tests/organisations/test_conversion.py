"""Lines of a stock file become rows; what cannot be taken is refused with its line and its reason."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.bancs.sirene_fictif import COLONNES_ETABLISSEMENT, siren_fictif, siret_fictif
from jalon.organisations.sirene.conversion import Conversion, Rejet
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS, UNITES_LEGALES, Disposition
from jalon.organisations.sirene.fichiers import ouvrir_fichier
from tests.organisations.fichiers import SIREN, SIRET, fichier_lieux, fichier_unites, lieu, unite


def _convertir(chemin: Path, disposition: Disposition, **options: bool) -> tuple[list[dict[str, str]], Conversion]:
    fichier = ouvrir_fichier(chemin, disposition)
    (tranche,) = fichier.tranches(fichier.debut, 2, 1 << 24)
    conversion = Conversion(fichier, tranche)
    lignes = b"".join(conversion.lignes(**options)).decode().splitlines()
    return [dict(zip(disposition.cibles, ligne.split("\t"), strict=True)) for ligne in lignes], conversion


def _lieux(
    dossier: Path, lignes: Iterable[Mapping[str, str]], colonnes: Sequence[str] = COLONNES_ETABLISSEMENT
) -> list[dict[str, str]]:
    return _convertir(fichier_lieux(dossier, lignes, colonnes), ETABLISSEMENTS)[0]


def _unites(dossier: Path, lignes: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return _convertir(fichier_unites(dossier, lignes), UNITES_LEGALES)[0]


def _rejets(dossier: Path, lignes: Iterable[Mapping[str, str]], **options: bool) -> list[Rejet]:
    return _convertir(fichier_lieux(dossier, lignes), ETABLISSEMENTS, **options)[1].rejets


def test_un_etablissement(tmp_path: Path) -> None:
    assert _lieux(tmp_path, [lieu(complementAdresseEtablissement="BAT B", indiceRepetitionEtablissement="T")]) == [
        {
            "siret": SIRET,
            "siege": "true",
            "nom_usuel": "",
            "adresse_voie": "12 T RUE DES TILLEULS",
            "complement": "BAT B",
            "distribution": "",
            "code_postal": "44000",
            "commune": "NANTES",
            "code_commune": "44109",
            "cedex": "",
            "pays": "",
            "naf": "10.71C",
            "etat": "A",
            "diffusible": "t",
        }
    ]


def test_une_adresse_a_l_etranger(tmp_path: Path) -> None:
    (ligne,) = _lieux(
        tmp_path,
        [
            lieu(
                codePostalEtablissement="",
                libelleCommuneEtablissement="",
                libelleCommuneEtrangerEtablissement="BRUXELLES",
                libellePaysEtrangerEtablissement="BELGIQUE",
            )
        ],
    )
    assert (ligne["commune"], ligne["pays"]) == ("BRUXELLES", "BELGIQUE")


def test_une_adresse_en_cedex(tmp_path: Path) -> None:
    (ligne,) = _lieux(tmp_path, [lieu(codeCedexEtablissement="44912", libelleCedexEtablissement="NANTES CEDEX 9")])
    assert ligne["cedex"] == "44912 NANTES CEDEX 9"


@pytest.mark.parametrize(
    ("valeurs", "attendu"),
    [
        ({"denominationUsuelleEtablissement": "LE PORT", "enseigne1Etablissement": "CHEZ LULU"}, "LE PORT"),
        ({"enseigne1Etablissement": "CHEZ LULU"}, "CHEZ LULU"),
    ],
)
def test_le_nom_usuel(tmp_path: Path, valeurs: dict[str, str], attendu: str) -> None:
    assert _lieux(tmp_path, [lieu(**valeurs)])[0]["nom_usuel"] == attendu


def test_les_valeurs_masquees_sont_vides(tmp_path: Path) -> None:
    masque = dict.fromkeys(("numeroVoieEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement"), "[ND]")
    (ligne,) = _lieux(tmp_path, [lieu(statutDiffusionEtablissement="P", codePostalEtablissement="[ND]", **masque)])
    assert (ligne["adresse_voie"], ligne["code_postal"], ligne["commune"], ligne["diffusible"]) == ("", "", "NANTES", "f")


def test_un_etablissement_ferme_est_garde(tmp_path: Path) -> None:
    assert _lieux(tmp_path, [lieu(etatAdministratifEtablissement="F")])[0]["etat"] == "F"


@pytest.mark.parametrize(
    ("valeurs", "denomination", "recherche"),
    [
        ({}, "BOULANGERIE DU PORT", "boulangerie du port"),
        (
            {"denominationUniteLegale": "", "nomUniteLegale": "MARTIN", "prenom1UniteLegale": "ZOÉ"},
            "ZOÉ MARTIN",
            "martin zoe",
        ),
        (
            {
                "denominationUniteLegale": "",
                "nomUniteLegale": "MARTIN",
                "nomUsageUniteLegale": "PETIT",
                "prenom1UniteLegale": "ZOÉ",
                "prenomUsuelUniteLegale": "LOU",
            },
            "LOU PETIT",
            "petit lou",
        ),
        ({"denominationUniteLegale": "", "denominationUsuelle1UniteLegale": "LE PORT"}, "LE PORT", "le port"),
        ({"denominationUniteLegale": "[ND]"}, "Dénomination non publiée", ""),
        ({"denominationUniteLegale": "", "nomUniteLegale": "MARTIN"}, "MARTIN", "martin"),
    ],
)
def test_le_nom_d_une_unite_legale(tmp_path: Path, valeurs: dict[str, str], denomination: str, recherche: str) -> None:
    (ligne,) = _unites(tmp_path, [unite(**valeurs)])
    assert (ligne["denomination"], ligne["recherche"]) == (denomination, recherche)


def test_un_entrepreneur_individuel_garde_nom_et_prenom(tmp_path: Path) -> None:
    valeurs = {"denominationUniteLegale": "", "nomUniteLegale": "MARTIN", "prenom1UniteLegale": "ZOÉ"}
    (ligne,) = _unites(tmp_path, [unite(**valeurs)])
    assert (ligne["nom"], ligne["prenoms"]) == ("MARTIN", "ZOÉ")


def test_un_nom_demesure_reste_cherchable(tmp_path: Path) -> None:
    (ligne,) = _unites(tmp_path, [unite(denominationUniteLegale="A" * 5000)])
    assert (len(ligne["denomination"]), len(ligne["recherche"])) == (5000, 200)


def test_l_ordre_des_colonnes_et_les_colonnes_inconnues_n_importent_pas(tmp_path: Path) -> None:
    colonnes = ["nouvelle", *reversed(COLONNES_ETABLISSEMENT), "autre"]
    lignes = [{**lieu(enseigne1Etablissement='CHEZ "LULU", BAR'), "nouvelle": "a,b", "autre": "c"}]
    assert _lieux(tmp_path, lignes, colonnes) == _lieux(tmp_path, [lieu(enseigne1Etablissement='CHEZ "LULU", BAR')])


def test_une_valeur_sur_plusieurs_lignes_tient_en_une(tmp_path: Path) -> None:
    lignes = [lieu(enseigne1Etablissement="CHEZ\nLULU\r\nBAR"), lieu(siret_fictif(SIREN, 2), etablissementSiege="peut-être")]
    chemin = fichier_lieux(tmp_path, lignes)
    (bonne,), conversion = _convertir(chemin, ETABLISSEMENTS)
    assert bonne["nom_usuel"] == "CHEZ LULU BAR"
    assert conversion.lus == 2
    assert [r.ligne for r in conversion.rejets] == [5]


def test_les_fins_de_ligne_de_windows(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, [lieu(), lieu(siret_fictif(SIREN, 2))])
    chemin.write_bytes(chemin.read_bytes().replace(b"\n", b"\r\n"))
    lignes, conversion = _convertir(chemin, ETABLISSEMENTS)
    assert len(lignes) == 2
    assert conversion.rejets == []


def test_les_lignes_vides_ne_comptent_pas(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, [lieu(), lieu(siret_fictif(SIREN, 2))])
    chemin.write_bytes(chemin.read_bytes().replace(b"\n", b"\n\n"))
    lignes, conversion = _convertir(chemin, ETABLISSEMENTS)
    assert (len(lignes), conversion.lus, conversion.rejets) == (2, 2, [])


@pytest.mark.parametrize(
    ("valeurs", "raison"),
    [
        ({"siret": "1234"}, "le SIRET «\u00a01234\u00a0» n’a pas 14 chiffres"),
        ({"siret": ""}, "le SIRET «\u00a0\u00a0» n’a pas 14 chiffres"),
        ({"siret": "1234567890123X"}, "le SIRET «\u00a01234567890123X\u00a0» n’a pas 14 chiffres"),
        ({"siret": "12345678901234"}, "le SIRET 12345678901234 n’existe pas (chiffre de contrôle)"),
        ({"etablissementSiege": "oui"}, "etablissementSiege vaut «\u00a0oui\u00a0» (attendu\u00a0: false, true)"),
        ({"etatAdministratifEtablissement": "Z"}, "etatAdministratifEtablissement vaut «\u00a0Z\u00a0» (attendu\u00a0: A, F)"),
        ({"statutDiffusionEtablissement": ""}, "statutDiffusionEtablissement vaut «\u00a0\u00a0» (attendu\u00a0: N, O, P)"),
    ],
)
def test_une_ligne_refusee_dit_pourquoi(tmp_path: Path, valeurs: dict[str, str], raison: str) -> None:
    assert _rejets(tmp_path, [lieu(), {**lieu(), **valeurs}, lieu()]) == [Rejet(3, raison)]


def test_une_ligne_qui_n_a_pas_toutes_ses_valeurs(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, [lieu()])
    chemin.write_bytes(chemin.read_bytes() + b"a,b\n")
    assert _convertir(chemin, ETABLISSEMENTS)[1].rejets == [Rejet(3, "2 valeurs au lieu de 54")]


def test_un_guillemet_jamais_ferme_ne_perd_que_sa_ligne(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, [lieu(siret_fictif(SIREN, n)) for n in range(1, 40)])
    lignes = chemin.read_bytes().split(b"\n")
    lignes[5] = lignes[5].replace(b"NANTES", b'"NANTES')
    chemin.write_bytes(b"\n".join(lignes))
    gardees, conversion = _convertir(chemin, ETABLISSEMENTS)
    assert len(gardees) == 38
    assert [r.ligne for r in conversion.rejets] == [6]


def test_les_siret_de_la_poste_sont_acceptes(tmp_path: Path) -> None:
    siege, autre = "35600000000048", "35600000049837"
    assert [ligne["siret"] for ligne in _lieux(tmp_path, [lieu(siege), lieu(autre)])] == [siege, autre]
    assert _rejets(tmp_path, [lieu("35600000049838")])[0].ligne == 2


def test_un_siret_repete_est_signale_et_le_dernier_l_emporte(tmp_path: Path) -> None:
    rejets = _rejets(tmp_path, [lieu(), lieu(siret_fictif(SIREN, 2)), lieu()], reperer_doubles=True)
    assert rejets == [Rejet(2, f"le SIRET {SIRET} revient ligne 4, qui l’emporte")]


@pytest.mark.parametrize("lot", [1, 200, 5000])
def test_les_numeros_de_ligne_sont_justes_au_dela_d_un_lot(tmp_path: Path, lot: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.organisations.sirene.conversion.LOT", lot)
    lignes = [lieu(siret_fictif(siren_fictif(n), 1), enseigne1Etablissement="A\nB" if n == 20 else "") for n in range(100)]
    lignes[70]["etatAdministratifEtablissement"] = "Z"
    gardees, conversion = _convertir(fichier_lieux(tmp_path, lignes), ETABLISSEMENTS)
    assert [r.ligne for r in conversion.rejets] == [73]
    assert (len(gardees), conversion.lus) == (99, 100)


def test_des_longueurs_qui_se_compensent_ne_trompent_pas(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, [lieu(siret_fictif(SIREN, n)) for n in range(1, 5)])
    lignes = chemin.read_bytes().split(b"\n")
    lignes[2], lignes[3] = lignes[2][: lignes[2].index(b",RUE")], lignes[3] + b"," * 37
    chemin.write_bytes(b"\n".join(lignes))
    gardees, conversion = _convertir(chemin, ETABLISSEMENTS)
    assert [r.ligne for r in conversion.rejets] == [3, 4]
    assert [ligne["siret"] for ligne in gardees] == [siret_fictif(SIREN, 1), siret_fictif(SIREN, 4)]


def test_le_separateur_interieur_ne_vient_pas_du_fichier(tmp_path: Path) -> None:
    (ligne,) = _lieux(tmp_path, [lieu(enseigne1Etablissement="A\x1fB, C")])
    assert ligne["nom_usuel"] == "A B, C"


textes = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r\n\t\\\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
)


@given(st.lists(textes, min_size=1, max_size=10))
def test_ce_qu_ecrit_le_module_csv_se_relit(tmp_path_factory: pytest.TempPathFactory, noms: list[str]) -> None:
    dossier = tmp_path_factory.mktemp("noms")
    lignes = [unite(siren_fictif(rang), denominationUniteLegale=nom) for rang, nom in enumerate(noms)]
    attendu = [nom.replace("[ND]", "") or "Dénomination non publiée" for nom in noms]
    assert [ligne["denomination"] for ligne in _unites(dossier, lignes)] == attendu


def test_les_caracteres_propres_a_copy_sont_echappes(tmp_path: Path) -> None:
    (ligne,) = _unites(tmp_path, [unite(denominationUniteLegale="A\\N\tB")])
    assert ligne["denomination"] == "A\\\\N B"
