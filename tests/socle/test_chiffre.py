"""Encryption at rest: the owner is inside, keys rotate, nothing altered is read."""

import base64
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as reglages
from hypothesis import strategies as st
from pytest_django import Settings

from jalon.socle import chiffre
from jalon.socle.chiffre import ValeurIllisible


@pytest.fixture(autouse=True)
def _cles(settings: Settings) -> None:
    settings.JALON_CLES = ["nouvelle", "ancienne"]
    settings.JALON_CLE_EMPREINTES = "empreintes"


@given(st.text(), st.uuids())
@reglages(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ce_qui_est_chiffre_se_relit_pour_son_proprietaire(valeur: str, proprietaire: object) -> None:
    jeton = chiffre.chiffrer(valeur, str(proprietaire))
    assert chiffre.dechiffrer(jeton, str(proprietaire)) == valeur
    assert len(valeur) < 4 or valeur not in jeton


def test_des_octets_quelconques_se_relisent() -> None:
    proprietaire, octets = uuid4(), bytes(range(256)) + b"\x1f\x1f"
    assert chiffre.dechiffrer_octets(chiffre.chiffrer_octets(octets, proprietaire), proprietaire) == octets


def test_la_meme_valeur_ne_donne_jamais_le_meme_jeton() -> None:
    proprietaire = uuid4()
    assert chiffre.chiffrer("185067511234567", proprietaire) != chiffre.chiffrer("185067511234567", proprietaire)


def test_une_valeur_deplacee_sur_une_autre_ligne_est_refusee() -> None:
    jeton = chiffre.chiffrer("FR7630006000011234567890189", uuid4())
    with pytest.raises(ValeurIllisible, match="autre propriétaire"):
        chiffre.dechiffrer(jeton, uuid4())


def test_un_proprietaire_n_en_cache_pas_un_autre() -> None:
    for ambigu in ("a\x1fb", ""):
        with pytest.raises(ValueError, match="ambigu"):
            chiffre.chiffrer("x", ambigu)
    with pytest.raises(ValeurIllisible):
        chiffre.dechiffrer(chiffre.chiffrer("b\x1fx", "a"), "a\x1fb")


@pytest.mark.parametrize("position", [0, 1, 20, 60, -2])
def test_un_jeton_altere_est_refuse(position: int) -> None:
    proprietaire = uuid4()
    jeton = bytearray(base64.urlsafe_b64decode(chiffre.chiffrer("secret", proprietaire)))
    jeton[position] ^= 1
    with pytest.raises(ValeurIllisible, match="illisible"):
        chiffre.dechiffrer(base64.urlsafe_b64encode(jeton).decode(), proprietaire)


@pytest.mark.parametrize("jeton", ["", "bonjour", "é", "FR7630006000011234567890189"])
def test_ce_qui_n_est_pas_un_jeton_est_refuse(jeton: str) -> None:
    with pytest.raises(ValeurIllisible):
        chiffre.dechiffrer(jeton, uuid4())
    with pytest.raises(ValeurIllisible):
        chiffre.renouveler(jeton)


def test_les_cles_se_renouvellent_sans_perdre_une_lecture(settings: Settings) -> None:
    proprietaire = uuid4()
    settings.JALON_CLES = ["ancienne"]
    ancien = chiffre.chiffrer("valeur", proprietaire)
    ancien_fichier = chiffre.chiffrer_octets(b"piece", proprietaire)
    settings.JALON_CLES = ["nouvelle", "ancienne"]
    assert chiffre.dechiffrer(ancien, proprietaire) == "valeur"
    nouveau, nouveau_fichier = chiffre.renouveler(ancien), chiffre.renouveler_octets(ancien_fichier)
    settings.JALON_CLES = ["nouvelle"]
    assert chiffre.dechiffrer(nouveau, proprietaire) == "valeur"
    assert chiffre.dechiffrer_octets(nouveau_fichier, proprietaire) == b"piece"
    with pytest.raises(ValeurIllisible):
        chiffre.dechiffrer(ancien, proprietaire)
    with pytest.raises(ValeurIllisible):
        chiffre.dechiffrer(nouveau, uuid4())


def test_une_empreinte_depend_de_l_usage_et_de_la_cle(settings: Settings) -> None:
    iban = chiffre.empreinte("FR76", "iban")
    assert iban == chiffre.empreinte("FR76", "iban")
    assert len(iban) == 64
    assert iban != chiffre.empreinte("FR76", "nir")
    assert iban != chiffre.empreinte("FR77", "iban")
    settings.JALON_CLE_EMPREINTES = "autre"
    assert iban != chiffre.empreinte("FR76", "iban")
