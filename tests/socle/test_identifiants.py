"""Identifiers as people type them: every error that a key can see is refused, every special case accepted (S15)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import (
    analyser_nda,
    analyser_nir,
    analyser_siren,
    analyser_siret,
    grouper,
    masquer_nir,
    nouvel_id,
    siret_valide,
)

chiffres = st.text("0123456789", min_size=1)


def _avec_cle(base: str) -> str:
    return base + luhn.calc_check_digit(base)


sirens = st.text("0123456789", min_size=8, max_size=8).map(_avec_cle)
sirets = st.tuples(sirens, st.text("0123456789", min_size=4, max_size=4)).map(lambda p: _avec_cle(p[0] + p[1]))
sirets_ordinaires = sirets.filter(lambda s: not s.startswith("356000000"))


def _cle_nir(base: str) -> str:
    nombre = int(base.replace("2A", "19").replace("2B", "18"))
    return f"{97 - nombre % 97:02d}"


nirs = st.tuples(
    st.sampled_from("123478"),
    st.text("0123456789", min_size=4, max_size=4),
    st.one_of(st.sampled_from(["2A", "2B"]), st.text("0123456789", min_size=2, max_size=2)),
    st.text("0123456789", min_size=6, max_size=6),
).map(lambda p: "".join(p) + _cle_nir("".join(p)))


def _fautes_d_un_chiffre(valeur: str) -> list[str]:
    return [
        valeur[:i] + autre + valeur[i + 1 :] for i, c in enumerate(valeur) if c.isdigit() for autre in "0123456789" if autre != c
    ]


def _inversions(valeur: str) -> list[str]:
    return [
        valeur[:i] + valeur[i + 1] + valeur[i] + valeur[i + 2 :] for i in range(len(valeur) - 1) if valeur[i] != valeur[i + 1]
    ]


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("123456782", "123456782"),
        (" 123 456 782 ", "123456782"),
        ("123.456.782", "123456782"),
        ("123-456-782", "123456782"),
        ("123\u00a0456\u202f782", "123456782"),
        ("\t356000000\n", "356000000"),
    ],
)
def test_un_siren_se_lit_sous_toutes_ses_formes(saisi: str, lu: str) -> None:
    assert analyser_siren(saisi) == lu


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Indiquez le SIREN"),
        ("   ", "Indiquez le SIREN"),
        ("12345678", "Le SIREN comporte 9 chiffres, il en manque 1"),
        ("12345678200012", "Le SIREN comporte 9 chiffres, il y en a 5 de trop"),
        ("12345678A", "Le SIREN ne comporte que des chiffres"),
        ("١٢٣٤٥٦٧٨٢", "Le SIREN ne comporte que des chiffres"),
        ("12345678²", "Le SIREN ne comporte que des chiffres"),
        ("123456789", "Ce SIREN n’existe pas. Vérifiez les 9 chiffres"),
    ],
)
def test_un_siren_refuse_dit_quoi_corriger(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        analyser_siren(saisi)
    assert refus.value.message == phrase


@pytest.mark.parametrize("valide", ["35600000049837", "35600000000048", "13002526500013", "41816609600069"])
def test_les_siret_de_reference_sont_acceptes(valide: str) -> None:
    assert siret_valide(valide)
    assert analyser_siret(f"{valide[:3]} {valide[3:6]} {valide[6:9]} {valide[9:]}") == valide


@pytest.mark.parametrize(
    "invalide", ["12345678901234", "35600000049838", "1300252650001", "130025265000130", "1300252650001A", ""]
)
def test_les_siret_faux_sont_refuses(invalide: str) -> None:
    assert not siret_valide(invalide)
    with pytest.raises(SaisieRefusee):
        analyser_siret(invalide)


@given(sirens)
def test_toute_faute_d_un_chiffre_dans_un_siren_est_refusee(siren: str) -> None:
    assert analyser_siren(siren) == siren
    for faux in _fautes_d_un_chiffre(siren):
        with pytest.raises(SaisieRefusee):
            analyser_siren(faux)


@given(sirens)
def test_toute_inversion_visible_dans_un_siren_est_refusee(siren: str) -> None:
    for faux in _inversions(siren):
        if not luhn.is_valid(faux):  # 09 and 90 are the one pair that Luhn cannot tell
            with pytest.raises(SaisieRefusee):
                analyser_siren(faux)
        else:
            assert sorted(set(faux) & {"0", "9"}) == ["0", "9"]


@given(sirets_ordinaires)
def test_toute_faute_d_un_chiffre_dans_un_siret_est_refusee(siret: str) -> None:
    assert analyser_siret(siret) == siret
    for faux in _fautes_d_un_chiffre(siret):
        assume(not faux.startswith("356000000"))
        assert not siret_valide(faux)


@given(st.integers(0, 99999))
def test_la_poste_a_sa_propre_regle(nic: int) -> None:
    siret = f"356000000{nic:05d}"
    attendu = sum(map(int, siret)) % 5 == 0 or siret == "35600000000048"
    assert siret_valide(siret) == attendu


@pytest.mark.parametrize(
    ("base", "cle"),
    [("1010101001001", "53"), ("2951099126111", "93"), ("2690549588157", "80"), ("180122B004123", "52")],
)
def test_les_cles_de_nir_de_reference(base: str, cle: str) -> None:
    assert analyser_nir(base + cle) == base + cle


@pytest.mark.parametrize("sexe", list("123478"))
def test_un_nir_provisoire_est_accepte(sexe: str) -> None:
    nir = f"{sexe}850675112345"
    assert analyser_nir(nir + _cle_nir(nir))[0] == sexe


@pytest.mark.parametrize("sexe", list("0569"))
def test_un_nir_d_un_sexe_inconnu_est_refuse(sexe: str) -> None:
    nir = f"{sexe}850675112345"
    with pytest.raises(SaisieRefusee, match="commence par 1 ou 2"):
        analyser_nir(nir + _cle_nir(nir))


@pytest.mark.parametrize("mois", ["20", "31", "42", "50", "99"])
def test_un_mois_de_naissance_inconnu_de_l_etat_civil_est_accepte(mois: str) -> None:
    nir = f"185{mois}75112345"
    assert analyser_nir(nir + _cle_nir(nir))


def test_un_nir_corse_se_tape_en_minuscules_et_avec_des_espaces() -> None:
    assert analyser_nir("1 80 12 2b 004 123 52") == "180122B00412352"


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Indiquez le NIR"),
        ("1010101001001", "Le NIR comporte 15 caractères, clé comprise\u00a0: il en manque 2"),
        ("1010101001001531", "Le NIR comporte 15 caractères, clé comprise\u00a0: il y en a 1 de trop"),
        ("101010100100154", "La clé de ce NIR ne correspond pas. Vérifiez les 15 caractères"),
        ("10101010010015A", "Le NIR ne comporte que des chiffres, sauf 2A ou 2B pour la Corse"),
        ("180122C00412352", "Le NIR ne comporte que des chiffres, sauf 2A ou 2B pour la Corse"),
    ],
)
def test_un_nir_refuse_dit_quoi_corriger(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        analyser_nir(saisi)
    assert refus.value.message == phrase
    assert saisi == "" or saisi not in refus.value.message


@given(nirs)
def test_toute_faute_d_un_chiffre_dans_un_nir_est_refusee(nir: str) -> None:
    assert analyser_nir(nir) == nir
    for faux in _fautes_d_un_chiffre(nir):
        with pytest.raises(SaisieRefusee):
            analyser_nir(faux)


@given(nirs)
def test_toute_inversion_dans_un_nir_est_refusee(nir: str) -> None:
    for faux in _inversions(nir):
        with pytest.raises(SaisieRefusee):
            analyser_nir(faux)


@pytest.mark.parametrize("saisi", ["11 75 12345 67", "11751234567"])
def test_un_nda_a_onze_chiffres(saisi: str) -> None:
    assert analyser_nda(saisi) == "11751234567"


@pytest.mark.parametrize("saisi", ["", "1175123456", "117512345678", "1175123456A"])
def test_un_nda_mal_forme_est_refuse(saisi: str) -> None:
    with pytest.raises(SaisieRefusee, match="numéro de déclaration d’activité"):
        analyser_nda(saisi)


def test_l_affichage_groupe_les_chiffres_sans_coupure() -> None:
    assert grouper("123456782") == "123\u00a0456\u00a0782"
    assert grouper("12345678200012") == "123\u00a0456\u00a0782\u00a000012"
    assert grouper("") == ""


def test_un_nir_masque_ne_montre_que_sexe_et_annee() -> None:
    assert masquer_nir("185067511234567") == "1 85 ** ** *** *** **"


def test_les_identifiants_se_suivent_dans_le_temps() -> None:
    suite = [nouvel_id() for _ in range(2000)]
    assert suite == sorted(suite)
    assert {i.version for i in suite} == {7}
