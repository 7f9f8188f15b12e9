"""The boxes that only the contract has: codes, numbers, rates, and the lists of the form."""

from decimal import Decimal

import pytest

from jalon.dispositifs.apprentissage import listes
from jalon.dispositifs.apprentissage.niveaux import niveau_du_diplome
from jalon.dispositifs.types.choix import ListeDeChoix
from jalon.dispositifs.types.formats import TAUX, Format
from jalon.dispositifs.types.identifiants import (
    CODE_DIPLOME,
    DEPARTEMENT,
    NAF,
    NIR_SANS_CLE,
    NUMERO_DECA,
    NUMERO_VOIE,
    RNCP,
    UAI,
)
from jalon.socle.erreurs import SaisieRefusee

LISTES = [valeur for valeur in vars(listes).values() if isinstance(valeur, ListeDeChoix)]


@pytest.mark.parametrize(
    ("format_", "saisi", "lu"),
    [
        (UAI, "0561910X", "0561910X"),
        (UAI, "001 0856-a", "0010856A"),
        (NAF, "5610a", "56.10A"),
        (NAF, "56.10A", "56.10A"),
        (DEPARTEMENT, "1", "001"),
        (DEPARTEMENT, "2b", "02B"),
        (DEPARTEMENT, "095", "095"),
        (DEPARTEMENT, "976", "976"),
        (DEPARTEMENT, "987", "987"),
        (DEPARTEMENT, "99", "099"),
        (CODE_DIPLOME, "320 31309", "32031309"),
        (CODE_DIPLOME, "36x31309", "36X31309"),
        (CODE_DIPLOME, "32031309T", "32031309T"),
        (RNCP, "rncp 00037889", "RNCP37889"),
        (RNCP, "183", "RNCP183"),
        (NUMERO_DECA, "02b 202212 00 0000", "02B202212000000"),
        (NUMERO_DECA, "974202601NC1234", "974202601NC1234"),
        (NUMERO_VOIE, "12 bis", "12 bis"),
        (NUMERO_VOIE, "3-5", "3-5"),
        (NIR_SANS_CLE, "1010101001001", "101010100100153"),
        (NIR_SANS_CLE, "2951099126111", "295109912611193"),
        (NIR_SANS_CLE, "2690549588157", "269054958815780"),
        (NIR_SANS_CLE, "180122b004123", "180122B00412352"),
        (NIR_SANS_CLE, "180122B00412352", "180122B00412352"),
        (TAUX, "51,5 %", Decimal("51.50")),
        (TAUX, "100", Decimal(100)),
        (TAUX, "43.000", Decimal(43)),
    ],
)
def test_un_format_repare_ce_qu_il_peut(format_: Format, saisi: str, lu: object) -> None:
    assert format_.lire(saisi) == lu
    assert format_.lire(format_.ecrire(lu)) == lu


@pytest.mark.parametrize(
    ("format_", "saisi"),
    [
        (UAI, ""),
        (UAI, "0123456A"),
        (UAI, "123456S"),
        (NAF, "561A"),
        (NAF, "56100"),
        (DEPARTEMENT, "0"),
        (DEPARTEMENT, "20"),
        (DEPARTEMENT, "96"),
        (DEPARTEMENT, "979"),
        (DEPARTEMENT, "Var"),
        (CODE_DIPLOME, "3203130"),
        (CODE_DIPLOME, "320-XX-309"),
        (RNCP, "RS5080"),
        (RNCP, "RNCP0"),
        (RNCP, "123456"),
        (NUMERO_DECA, ""),
        (NUMERO_DECA, "02B202213000000"),
        (NUMERO_DECA, "02B20221200000"),
        (NUMERO_DECA, "12B202212000000"),
        (NUMERO_VOIE, "012"),
        (NUMERO_VOIE, "rue"),
        (NIR_SANS_CLE, "101010100100154"),
        (NIR_SANS_CLE, "10101010010"),
        (NIR_SANS_CLE, "5010101001001"),
        (TAUX, "beaucoup"),
        (TAUX, "43,123"),
        (TAUX, "-1"),
    ],
)
def test_un_format_dit_ce_qu_il_attend(format_: Format, saisi: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        format_.lire(saisi)
    assert refus.value.message[0].isupper()


@pytest.mark.parametrize("liste", LISTES, ids=lambda liste: liste.nom)
def test_les_codes_et_les_libelles_d_une_liste_se_distinguent(liste: ListeDeChoix) -> None:
    assert liste.version == "10103*14"
    assert liste.source
    assert len(set(liste.codes())) == len({c.libelle for c in liste.choix}) == len(liste.choix)
    assert all(liste.lire(choix.libelle) == choix.code for choix in liste.choix)


@pytest.mark.parametrize(
    ("code", "niveau"), [("33", 3), ("38", 3), ("44", 4), ("54", 5), ("64", 6), ("73", 7), ("80", 7), ("13", None), ("26", None)]
)
def test_le_niveau_est_celui_du_premier_chiffre(code: str, niveau: int | None) -> None:
    assert niveau_du_diplome(code) == niveau


def test_les_listes_sont_celles_du_formulaire() -> None:
    assert {liste.nom: len(liste.choix) for liste in LISTES} == {
        "mode-contractuel": 4,
        "secteur": 2,
        "type-employeur": 16,
        "employeur-specifique": 5,
        "sexe": 2,
        "nationalite": 3,
        "regime-social": 2,
        "situation-avant-contrat": 12,
        "diplome": 24,
        "derniere-classe": 10,
        "niveau-maitre": 7,
        "type-contrat": 12,
        "derogation": 6,
        "base-salaire": 2,
        "periode": 8,
    }
