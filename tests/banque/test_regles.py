"""Reading an IBAN, and the state that dates give."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from jalon.banque.enums import EtatCoordonnees
from jalon.banque.regles import (
    PAYS_SEPA,
    analyser_iban,
    analyser_titulaire,
    choisir_bic,
    en_attente,
    etat_a,
    masquer_iban,
    payables,
)
from jalon.socle.confirmation import verifier_second_facteur
from jalon.socle.erreurs import SaisieRefusee, SecondFacteurRequis
from tests.banque.outils import DELAI, IBANS, MAINTENANT

HEURE = timedelta(hours=1)


@dataclass
class Ligne:
    rang: int
    utilisable_a_partir_de: datetime
    gelee_le: datetime | None = None


def ligne(rang: int, ajoutee_le: datetime, gelee_le: datetime | None = None) -> Ligne:
    return Ligne(rang, ajoutee_le + DELAI, gelee_le)


@pytest.mark.parametrize("iban", IBANS)
def test_un_iban_juste_est_lu_avec_espaces_et_minuscules(iban: str) -> None:
    saisi = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4)).lower()
    assert analyser_iban(f"IBAN {saisi}").iban == iban


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ("", "Indiquez l’IBAN"),
        ("  ", "Indiquez l’IBAN"),
        ("FR76 3000 6000 0112 3456 7890 18", "Un IBAN français comporte 27\u00a0caractères, il en manque 1"),
        ("FR76 3000 6000 0112 3456 7890 1899", "Un IBAN français comporte 27\u00a0caractères, il y en a 1 de trop"),
        ("DE8937040044053201300", "Cet IBAN n’a pas la longueur attendue pour son pays. Recopiez-le depuis votre RIB"),
        ("FR7630006000011234567890188", "La clé de cet IBAN ne correspond pas. Vérifiez chaque caractère"),
        ("FR4630006000011234567890180", "La clé de cet IBAN ne correspond pas. Vérifiez chaque caractère"),
        ("30006000011234567890189", "Un IBAN commence par les deux lettres d’un pays, par exemple FR"),
        ("XX7630006000011234567890189", "Un IBAN commence par les deux lettres d’un pays, par exemple FR"),
        ("FR20ABCDE010050500013M02606", "Cet IBAN n’a pas la forme attendue. Recopiez-le depuis votre RIB"),
        ("TR330006100519786457841326", "Nous payons sur un compte de l’espace SEPA. Indiquez un IBAN de cet espace"),
    ],
)
def test_un_iban_faux_est_refuse_avec_sa_phrase(saisie: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        analyser_iban(saisie)
    assert refus.value.message == phrase
    assert refus.value.champ == "iban"


def test_la_liste_des_pays_est_un_reglage() -> None:
    assert analyser_iban(IBANS[2], PAYS_SEPA).pays == "DE"
    with pytest.raises(SaisieRefusee, match="espace SEPA"):
        analyser_iban(IBANS[2], {"FR"})


def test_le_bic_vient_de_l_iban_ou_de_la_saisie() -> None:
    lu = analyser_iban(IBANS[0])
    assert choisir_bic("", lu) == "AGRIFRPPXXX"
    assert choisir_bic(" agri fr pp 867 ", lu) == "AGRIFRPP867"


@pytest.mark.parametrize(
    ("bic", "phrase"),
    [("AGRI", "8 ou 11"), ("1234", "8 ou 11"), ("COBADEFFXXX", "même pays")],
)
def test_un_bic_faux_est_refuse(bic: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        choisir_bic(bic, analyser_iban(IBANS[0]))
    assert refus.value.champ == "bic"


def test_le_bic_est_demande_quand_l_iban_ne_le_donne_pas() -> None:
    lu = analyser_iban(IBANS[0])
    with pytest.raises(SaisieRefusee, match="Indiquez le BIC") as refus:
        choisir_bic("", type(lu)(lu.iban, lu.pays, "", ""))
    assert refus.value.champ == "bic"


@pytest.mark.parametrize(("nom", "phrase"), [("", "Indiquez le titulaire"), ("x" * 71, "70"), ("12 345", "Écrivez le nom")])
def test_un_titulaire_impossible_est_refuse(nom: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        analyser_titulaire(nom)
    assert refus.value.champ == "titulaire"


def test_un_iban_masque_ne_montre_que_le_debut_et_la_fin() -> None:
    assert masquer_iban("FR1420041010050500013M02606") == "FR14\u00a0••••\u00a0…\u00a02606"


@pytest.mark.parametrize("ecart", [timedelta(0), timedelta(minutes=5)])
def test_un_second_facteur_de_moins_de_cinq_minutes_suffit(ecart: timedelta) -> None:
    verifier_second_facteur(MAINTENANT - ecart, MAINTENANT)


@pytest.mark.parametrize("instant", [None, MAINTENANT - timedelta(minutes=5, seconds=1), MAINTENANT + timedelta(seconds=1)])
def test_un_second_facteur_absent_ancien_ou_futur_ne_suffit_pas(instant: datetime | None) -> None:
    with pytest.raises(SecondFacteurRequis):
        verifier_second_facteur(instant, MAINTENANT)


def test_de_nouvelles_coordonnees_remplacent_les_anciennes_a_la_72e_heure() -> None:
    ancienne, nouvelle = ligne(1, MAINTENANT - 10 * DELAI), ligne(2, MAINTENANT)
    lignes = [ancienne, nouvelle]
    avant, apres = MAINTENANT + DELAI - timedelta(microseconds=1), MAINTENANT + DELAI
    assert payables(lignes, avant) is ancienne
    assert [etat_a(c, lignes, avant) for c in lignes] == [EtatCoordonnees.ACTIVE, EtatCoordonnees.EN_ATTENTE]
    assert en_attente(lignes, avant) is nouvelle
    assert payables(lignes, apres) is nouvelle
    assert [etat_a(c, lignes, apres) for c in lignes] == [EtatCoordonnees.ARCHIVEE, EtatCoordonnees.ACTIVE]
    assert en_attente(lignes, apres) is None


def test_un_gel_pendant_l_attente_laisse_les_anciennes_en_service() -> None:
    ancienne, gelee = ligne(1, MAINTENANT - 10 * DELAI), ligne(2, MAINTENANT, MAINTENANT + HEURE)
    lignes = [ancienne, gelee]
    for instant in (MAINTENANT + 2 * HEURE, MAINTENANT + 100 * HEURE):
        assert payables(lignes, instant) is ancienne
        assert etat_a(gelee, lignes, instant) == EtatCoordonnees.GELEE
        assert etat_a(ancienne, lignes, instant) == EtatCoordonnees.ACTIVE


def test_un_gel_apres_l_attente_ne_ramene_pas_les_anciennes() -> None:
    ancienne, gelee = ligne(1, MAINTENANT - 10 * DELAI), ligne(2, MAINTENANT, MAINTENANT + DELAI + HEURE)
    lignes = [ancienne, gelee]
    assert payables(lignes, MAINTENANT + DELAI) is gelee
    apres = MAINTENANT + DELAI + 2 * HEURE
    assert payables(lignes, apres) is None
    assert [etat_a(c, lignes, apres) for c in lignes] == [EtatCoordonnees.ARCHIVEE, EtatCoordonnees.GELEE]


def test_un_gel_a_la_72e_heure_exactement_laisse_les_anciennes_en_service() -> None:
    ancienne, gelee = ligne(1, MAINTENANT - 10 * DELAI), ligne(2, MAINTENANT, MAINTENANT + DELAI)
    assert payables([ancienne, gelee], MAINTENANT + DELAI) is ancienne


def test_sans_coordonnees_rien_n_est_payable() -> None:
    assert payables([], MAINTENANT) is None
    assert payables([ligne(1, MAINTENANT)], MAINTENANT) is None
