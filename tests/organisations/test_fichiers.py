"""A stock file is recognised, checked whole, and cut into slices of whole lines; what is wrong is said in one sentence."""

import codecs
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.bancs.sirene_fictif import COLONNES_ETABLISSEMENT, COLONNES_UNITE_LEGALE, siren_fictif
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS, UNITES_LEGALES
from jalon.organisations.sirene.fichiers import FichierSirene, coupure, ouvrir_fichier
from jalon.socle.erreurs import SaisieRefusee
from tests.organisations.fichiers import fichier_lieux, fichier_unites, lieu, unite


def _archive(dossier: Path, membres: dict[str, bytes], nom: str = "stock.zip") -> Path:
    chemin = dossier / nom
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for membre, octets in membres.items():
            archive.writestr(membre, octets)
    return chemin


def _controler(fichier: FichierSirene) -> list[int]:
    avancees: list[int] = []
    fichier.controler(avancees.append)
    return avancees


def _refus(chemin: Path) -> str:
    with pytest.raises(SaisieRefusee) as refus:
        _controler(ouvrir_fichier(chemin, UNITES_LEGALES))
    assert "\n" not in refus.value.message
    return refus.value.message


def test_un_fichier_officiel_est_reconnu(tmp_path: Path) -> None:
    fichier = ouvrir_fichier(fichier_unites(tmp_path, [unite()]), UNITES_LEGALES)
    assert fichier.colonnes == tuple(COLONNES_UNITE_LEGALE)
    assert _controler(fichier) == [fichier.taille]


@pytest.mark.parametrize("separateur", [";", "|"])
def test_un_autre_separateur_est_reconnu(tmp_path: Path, separateur: str) -> None:
    chemin = tmp_path / "stock.csv"
    chemin.write_text(separateur.join(COLONNES_UNITE_LEGALE) + "\n" + separateur.join(["x"] * len(COLONNES_UNITE_LEGALE)))
    assert ouvrir_fichier(chemin, UNITES_LEGALES).separateur == separateur


def test_la_marque_d_ordre_des_octets_n_est_pas_une_colonne(tmp_path: Path) -> None:
    chemin = fichier_unites(tmp_path, [unite()])
    chemin.write_bytes(codecs.BOM_UTF8 + chemin.read_bytes())
    assert ouvrir_fichier(chemin, UNITES_LEGALES).colonnes[0] == "siren"


def test_un_zip_qui_tient_un_csv_se_lit_comme_le_csv(tmp_path: Path) -> None:
    chemin = fichier_unites(tmp_path, [unite(siren_fictif(n)) for n in range(300)])
    zippe = ouvrir_fichier(_archive(tmp_path, {"a/Stock.csv": chemin.read_bytes(), "lisez-moi.txt": b"..."}), UNITES_LEGALES)
    nu = ouvrir_fichier(chemin, UNITES_LEGALES)
    _controler(zippe)
    assert [t.octets for t in zippe.tranches(zippe.debut, 2, 4096)] == [t.octets for t in nu.tranches(nu.debut, 2, 4096)]


def test_un_fichier_absent(tmp_path: Path) -> None:
    assert _refus(tmp_path / "rien.csv") == f"Le fichier {tmp_path}/rien.csv n’existe pas."


def test_un_dossier(tmp_path: Path) -> None:
    assert "est un dossier" in _refus(tmp_path)


@pytest.mark.parametrize("octets", [b"", b"\n", codecs.BOM_UTF8, b"\r\n"])
def test_un_fichier_vide(tmp_path: Path, octets: bytes) -> None:
    chemin = tmp_path / "vide.csv"
    chemin.write_bytes(octets)
    assert "il est vide" in _refus(chemin)


def test_un_fichier_sans_lignes(tmp_path: Path) -> None:
    assert "ligne d’en-tête" in _refus(fichier_unites(tmp_path, []))


def test_les_colonnes_qui_manquent_sont_nommees_toutes(tmp_path: Path) -> None:
    colonnes = [c for c in COLONNES_UNITE_LEGALE if c not in {"nomUniteLegale", "nicSiegeUniteLegale"}]
    message = _refus(fichier_unites(tmp_path, [], colonnes))
    assert "Il manque 2 colonnes" in message
    assert "nomUniteLegale, nicSiegeUniteLegale" in message


def test_les_deux_fichiers_intervertis(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, [lieu()])
    assert "n’est pas StockUniteLegale\u00a0: vérifiez l’ordre des deux fichiers" in _refus(chemin)


def test_le_latin_1_est_refuse_avec_sa_ligne(tmp_path: Path) -> None:
    lignes = [unite(siren_fictif(n)) for n in range(50)] + [unite(denominationUniteLegale="ÉCOLE")]
    chemin = fichier_unites(tmp_path, lignes)
    chemin.write_bytes(chemin.read_text(encoding="utf-8").encode("latin-1"))
    assert "n’est pas en UTF-8 (ligne 52)" in _refus(chemin)


def test_un_accent_a_cheval_sur_deux_lectures_est_lu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.organisations.sirene.fichiers.BLOC", 7)
    _controler(ouvrir_fichier(fichier_unites(tmp_path, [unite(denominationUniteLegale="ÉÀÇÊÏ" * 9)]), UNITES_LEGALES))


def test_un_accent_coupe_a_la_fin_du_fichier_est_refuse(tmp_path: Path) -> None:
    chemin = fichier_unites(tmp_path, [unite()])
    chemin.write_bytes(chemin.read_bytes() + "É".encode()[:1])
    assert "n’est pas en UTF-8 (ligne 3)" in _refus(chemin)


def test_l_utf_16_est_refuse(tmp_path: Path) -> None:
    chemin = fichier_unites(tmp_path, [unite()])
    chemin.write_text(chemin.read_text(encoding="utf-8"), encoding="utf-16")
    assert "n’est pas en UTF-8 (ligne 1)" in _refus(chemin)


def test_un_octet_nul_est_refuse_avec_sa_ligne(tmp_path: Path) -> None:
    chemin = fichier_unites(tmp_path, [unite(siren_fictif(1)), unite(siren_fictif(2))])
    chemin.write_bytes(chemin.read_bytes().replace(siren_fictif(2).encode(), b"12\x00"))
    assert "la ligne 3 n’est pas du texte" in _refus(chemin)


def test_un_zip_de_plusieurs_csv_les_nomme(tmp_path: Path) -> None:
    message = _refus(_archive(tmp_path, {"un.csv": b"a", "deux.csv": b"b"}))
    assert "un seul fichier CSV" in message
    assert "un.csv, deux.csv" in message


def test_un_zip_sans_csv(tmp_path: Path) -> None:
    assert "trouvé\u00a0: aucun" in _refus(_archive(tmp_path, {"lisez-moi.txt": b"a"}))


def test_un_zip_protege(tmp_path: Path) -> None:
    chemin = _archive(tmp_path, {"un.csv": b"a"})
    octets = bytearray(chemin.read_bytes())
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    chemin.write_bytes(octets)
    assert "mot de passe" in _refus(chemin)


def test_un_zip_abime_est_refuse_avant_l_import(tmp_path: Path) -> None:
    lignes = [unite(siren_fictif(n)) for n in range(2000)]
    chemin = _archive(tmp_path, {"un.csv": fichier_unites(tmp_path, lignes).read_bytes()})
    octets = bytearray(chemin.read_bytes())
    octets[len(octets) // 2] ^= 0xFF
    chemin.write_bytes(octets)
    assert "sa lecture échoue" in _refus(chemin)


def test_deux_livraisons_de_meme_taille_n_ont_pas_la_meme_empreinte(tmp_path: Path) -> None:
    chemin = fichier_unites(tmp_path, [unite(denominationUniteLegale="AAA")])
    avant = ouvrir_fichier(chemin, UNITES_LEGALES).empreinte
    chemin.write_bytes(chemin.read_bytes().replace(b"AAA", b"AAB"))
    assert ouvrir_fichier(chemin, UNITES_LEGALES).empreinte != avant


def test_l_empreinte_ne_depend_pas_du_nom(tmp_path: Path) -> None:
    chemin = fichier_unites(tmp_path, [unite()])
    avant = ouvrir_fichier(chemin, UNITES_LEGALES).empreinte
    assert ouvrir_fichier(chemin.rename(tmp_path / "autre.csv"), UNITES_LEGALES).empreinte == avant


valeurs = st.sampled_from(["", "RUE", 'CHEZ "LULU"', "A, B", "DEUX\nLIGNES", "TROIS\n\nLIGNES", "FIN\n", '"', "É"])


@given(lignes=st.lists(st.tuples(valeurs, valeurs), min_size=1, max_size=40), taille=st.integers(20, 400))
def test_les_tranches_ne_coupent_aucune_valeur(
    tmp_path_factory: pytest.TempPathFactory, lignes: list[tuple[str, str]], taille: int
) -> None:
    dossier = tmp_path_factory.mktemp("tranches")
    contenu = [lieu(enseigne1Etablissement=a, libelleVoieEtablissement=b) for a, b in lignes]
    fichier = ouvrir_fichier(fichier_lieux(dossier, contenu), ETABLISSEMENTS)
    tranches = list(fichier.tranches(fichier.debut, 2, taille))
    entier = fichier.chemin.read_bytes()[fichier.debut :]
    assert b"".join(t.octets for t in tranches) == entier
    assert tranches[-1].fin == fichier.taille
    position, ligne = fichier.debut, 2
    for tranche in tranches:
        assert tranche.octets.count(b'"') % 2 == 0
        assert tranche.ligne == ligne
        position, ligne = position + len(tranche.octets), ligne + tranche.octets.count(b"\n")
        assert tranche.fin == position


def test_reprendre_au_milieu_donne_la_suite(tmp_path: Path) -> None:
    fichier = ouvrir_fichier(fichier_lieux(tmp_path, [lieu() for _ in range(200)]), ETABLISSEMENTS)
    tranches = list(fichier.tranches(fichier.debut, 2, 2048))
    ecrites = len(tranches) // 2
    derniere, suivante = tranches[ecrites - 1], tranches[ecrites]
    assert list(fichier.tranches(derniere.fin, suivante.ligne, 2048)) == tranches[ecrites:]


def test_un_guillemet_perdu_n_empeche_pas_de_couper() -> None:
    lignes = b'RUE 12" X\n' + b"A,B\n" * 100
    assert coupure(lignes + b"A,") == len(lignes)


def test_les_colonnes_officielles_sont_celles_du_registre() -> None:
    assert len(COLONNES_ETABLISSEMENT) == len(set(COLONNES_ETABLISSEMENT)) == 54
    assert len(COLONNES_UNITE_LEGALE) == len(set(COLONNES_UNITE_LEGALE)) == 35
