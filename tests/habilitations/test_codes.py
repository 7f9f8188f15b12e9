"""The check character sees every slip; a code in memory never prints itself."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.habilitations.codes import (
    ALPHABET,
    LONGUEUR,
    Code,
    caractere_de_controle,
    lire_code,
    masquer_codes,
    tirer_code,
)
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import SaisieRefusee
from tests.habilitations.fabrique import AUTRE_SIREN, SIREN

tires = st.text(alphabet=ALPHABET, min_size=13, max_size=13)


def _code(signes: str) -> str:
    return signes + caractere_de_controle(signes)


@given(tires, st.integers(0, 13), st.sampled_from(ALPHABET))
def test_toute_erreur_d_un_seul_caractere_est_vue(signes: str, rang: int, autre: str) -> None:
    juste = _code(signes)
    faux = juste[:rang] + autre + juste[rang + 1 :]
    if faux != juste:
        with pytest.raises(SaisieRefusee, match="mal recopié"):
            lire_code(faux)


@given(tires, st.integers(0, 13), st.integers(0, 13))
def test_toute_inversion_de_deux_caracteres_est_vue(signes: str, un: int, deux: int) -> None:
    juste = list(_code(signes))
    juste[un], juste[deux] = juste[deux], juste[un]
    if "".join(juste) != _code(signes):
        with pytest.raises(SaisieRefusee, match="mal recopié"):
            lire_code("".join(juste))


def test_chaque_erreur_simple_et_chaque_inversion_voisine_d_un_code_sont_vues() -> None:
    juste = tirer_code().clair
    faux = {juste[:i] + c + juste[i + 1 :] for i in range(LONGUEUR) for c in ALPHABET} - {juste}
    faux |= {juste[:i] + juste[i + 1] + juste[i] + juste[i + 2 :] for i in range(LONGUEUR - 1)} - {juste}
    assert len(faux) >= LONGUEUR * 31
    for saisi in faux:
        with pytest.raises(SaisieRefusee):
            lire_code(saisi)


@given(tires)
def test_un_code_se_lit_sous_toutes_ses_formes(signes: str) -> None:
    juste = _code(signes)
    groupe = "-".join(juste[i : i + 4] for i in range(0, LONGUEUR, 4))
    for saisi in (juste, juste.lower(), groupe, f"  {groupe.replace('-', ' ')}\u00a0", groupe.replace("-", "–")):
        assert lire_code(saisi).clair == juste


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Indiquez le code"),
        ("   - ", "Indiquez le code"),
        ("ABCD-EFGH", "il en manque 6"),
        ("ABCDEFGHJKLMNPQRST", "il y en a 4 de trop"),
        ("0BCDEFGHJKLMNP", "jamais 0, O, 1 ni I"),
        ("ÀBCDEFGHJKLMNP", "jamais 0, O, 1 ni I"),
    ],
)
def test_ce_qui_ne_peut_pas_etre_un_code_est_refuse_avec_sa_phrase(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        lire_code(saisi)
    assert refus.value.champ == "code"
    assert not saisi.strip(" -") or saisi not in refus.value.message


def test_l_alphabet_ecarte_les_signes_qui_se_confondent() -> None:
    assert len(ALPHABET) == 32
    assert not set("0O1I") & set(ALPHABET)


def test_les_tirages_sont_tous_differents() -> None:
    assert len({tirer_code().clair for _ in range(2_000)}) == 2_000


def test_l_empreinte_lie_le_code_a_son_siren_et_a_son_profil() -> None:
    code = tirer_code()
    empreintes = {code.empreinte(s, p) for s in (SIREN, AUTRE_SIREN) for p in Profil}
    assert len(empreintes) == 4
    assert all(len(e) == 64 and code.clair not in e for e in empreintes)


def test_un_code_ne_s_ecrit_ni_ne_se_transporte() -> None:
    code = Code("ABCDEFGHJKLMNP")
    for ecrit in (repr(code), str(code), f"{code}", "%s" % code, repr([code]), repr({"c": code})):  # noqa: UP031
        assert "ABCDEFGH" not in ecrit
    with pytest.raises(TypeError, match="ne quitte pas la mémoire"):
        pickle.dumps(code)


@given(tires, st.sampled_from(["", "-", " ", "–", "\u00a0"]), st.booleans())
def test_un_code_colle_dans_un_texte_est_masque(signes: str, ecart: str, minuscules: bool) -> None:
    code = _code(signes)
    groupe = ecart.join(code[i : i + 4] for i in range(0, LONGUEUR, 4))
    colle = groupe.lower() if minuscules else groupe
    assert masquer_codes(f"Voici : {colle}. Merci") == "Voici : [code masqué]. Merci"


def test_ce_qui_n_est_pas_un_code_reste_lisible() -> None:
    code = tirer_code().clair
    faux = code[:-1] + next(c for c in ALPHABET if c != code[-1])
    for texte in (faux, code + "A", "A" + code, "SIRET 123 456 782 00010", "dossier 2611AF000123", ""):
        assert masquer_codes(texte) == texte
