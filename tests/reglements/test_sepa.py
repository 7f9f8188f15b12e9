"""The file for the bank, and the small rules around it."""

from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sepaxml
import xmlschema

from jalon.reglements.regles import former_end_to_end, former_numero, jour_bancaire, page_des_etats, texte_sepa
from jalon.reglements.sepa import ESPACE, SCHEMA, FichierRefuse, LigneSepa, Payeur, composer, lire_payeur, verifier
from tests.banque.outils import IBANS

PAGE = Path(__file__).parents[2] / "docs/etats/lot.md"
PAYEUR = Payeur("OPCO EXEMPLE", IBANS[0], "AGRIFRPPXXX")
LE = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
JOUR = date(2026, 11, 16)


def ligne(rang: int, centimes: int = 123456, iban: str = IBANS[1], nom: str = "Société d’été & <fils>") -> LigneSepa:
    return LigneSepa(
        f"VIR261116000001-{rang:04d}", nom, iban, "PSSTFRPPPAR", centimes, f"Facture F/{rang} n° 1 dossier 2610AF000001"
    )


def fichier(lignes: list[LigneSepa]) -> bytes:
    return composer(message_id="VIR261116000001", payeur=PAYEUR, lignes=lignes, date_execution=JOUR, cree_le=LE)


def test_le_fichier_suit_le_schema_publie_et_ne_depend_que_du_lot() -> None:
    lignes = [ligne(1, 1), ligne(2, 99), ligne(3, 100), ligne(4, 999999999, IBANS[2])]
    octets = fichier(lignes)
    chemin = f"{sepaxml.__path__[0]}/schemas/{SCHEMA}.xsd"
    assert xmlschema.XMLSchema(chemin).is_valid(octets.decode())
    assert octets == fichier(lignes)
    racine = ElementTree.fromstring(octets)  # noqa: S314
    assert racine.findtext(f".//{ESPACE}MsgId") == "VIR261116000001"
    assert racine.findtext(f".//{ESPACE}CreDtTm") == "2026-11-16T09:30:00Z"
    assert racine.findtext(f".//{ESPACE}ReqdExctnDt/{ESPACE}Dt") == "2026-11-16"
    assert {n.text for n in racine.iter(f"{ESPACE}CtrlSum")} == {"10000001.99"}
    assert {n.text for n in racine.iter(f"{ESPACE}NbOfTxs")} == {"4"}
    assert racine.findtext(f".//{ESPACE}Cdtr/{ESPACE}Nm") == "Societe d'ete fils"
    assert not list(racine.iter(f"{ESPACE}PstlAdr"))


@pytest.mark.parametrize(
    "autres",
    [
        [ligne(1, 100)],
        [ligne(1, 101), ligne(2, 99)],
        [ligne(1, 100, IBANS[2]), ligne(2, 100)],
        [ligne(2, 100), ligne(1, 100)],
    ],
    ids=["nombre", "montants", "compte", "ordre"],
)
def test_un_fichier_qui_ne_dit_pas_exactement_le_lot_est_refuse(autres: list[LigneSepa]) -> None:
    with pytest.raises(FichierRefuse, match="exactement"):
        verifier(fichier([ligne(1, 100), ligne(2, 100)]), autres)


def test_un_fichier_hors_schema_est_refuse() -> None:
    octets = fichier([ligne(1)]).replace(b"<Cd>SEPA</Cd>", b"<Code>SEPA</Code>")
    with pytest.raises(FichierRefuse, match="schéma"):
        verifier(octets, [ligne(1)])


@pytest.mark.parametrize(
    "reglage",
    [
        {},
        {"nom": "OPCO", "iban": "FR7630006000011234567890188", "bic": ""},
        {"nom": "", "iban": IBANS[0], "bic": "AGRIFRPP"},
        {"nom": "OPCO", "iban": IBANS[0], "bic": "COBADEFF"},
    ],
)
def test_un_compte_payeur_mal_regle_est_refuse(reglage: dict[str, str]) -> None:
    with pytest.raises(FichierRefuse, match="JALON_COMPTE_PAYEUR"):
        lire_payeur(reglage)


def test_le_texte_sepa_ne_garde_que_les_caracteres_admis() -> None:
    assert texte_sepa("  Crèche « L’Éveil » — nº 3 & cie_ œuvre", 70) == "Creche L'Eveil - no 3 cie oeuvre"
    assert texte_sepa("é" * 80, 70) == "e" * 70


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 14), date(2026, 11, 16)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2027, 3, 26), date(2027, 3, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_le_jour_demande_est_un_jour_target(jour: date, attendu: date) -> None:
    assert jour_bancaire(jour) == attendu


def test_les_numeros_tiennent_dans_les_35_caracteres_de_la_norme() -> None:
    numero = former_numero(date(2026, 11, 16), 999999)
    assert numero == "VIR261116999999"
    assert len(former_end_to_end(numero, 9999)) <= 35


def test_la_page_des_etats_du_lot_vient_de_la_table() -> None:
    assert PAGE.read_text() == page_des_etats()
