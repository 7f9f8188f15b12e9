"""Amounts, parts of the grant, certificates: pure judgement."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jalon.facturation.enums import EtatFacture, GenreFacture
from jalon.facturation.regles import (
    TABLE,
    LigneAccordee,
    Montants,
    SaisieFacture,
    beneficiaire,
    controler_service_fait,
    depassement,
    normaliser_numero,
    page_des_etats,
    part_accordee,
    verifier_certificat,
    verifier_facture,
)
from jalon.facturation.regles.certificat import ActionAccordee
from jalon.socle.acteurs import Profil
from jalon.socle.baremes import ModePaiement
from tests.facturation.outils import AUJOURDHUI, DEBUT, FIN, saisie_certificat, saisie_facture

PAGE = Path(__file__).parents[2] / "docs/etats/facture.md"
FACTURE, ETAT = GenreFacture.FACTURE, GenreFacture.ETAT_DEPENSES
SUBROGATION, REMBOURSEMENT = ModePaiement.SUBROGATION, ModePaiement.REMBOURSEMENT
LIGNES = [LigneAccordee(Decimal("1000.00"), prestation=True), LigneAccordee(Decimal("300.00"), prestation=False)]


def montants(ht: str, a_payer: str) -> Montants:
    return Montants(Decimal(ht), Decimal(a_payer))


def refus(saisie: SaisieFacture, mode: ModePaiement = SUBROGATION, genre: GenreFacture = FACTURE) -> dict[str, str]:
    return verifier_facture(saisie, genre, mode, DEBUT, AUJOURDHUI)


def test_seule_la_facture_en_subrogation_paie_le_prestataire() -> None:
    assert beneficiaire(FACTURE, SUBROGATION) == Profil.PRESTATAIRE
    assert {beneficiaire(FACTURE, REMBOURSEMENT), beneficiaire(ETAT, SUBROGATION), beneficiaire(ETAT, REMBOURSEMENT)} == {
        Profil.ADHERENT
    }


@pytest.mark.parametrize(
    ("genre", "mode", "attendu"),
    [
        (FACTURE, SUBROGATION, montants("1000.00", "1200.00")),
        (ETAT, SUBROGATION, montants("300.00", "300.00")),
        (FACTURE, REMBOURSEMENT, montants("1000.00", "1000.00")),
        (ETAT, REMBOURSEMENT, montants("300.00", "300.00")),
    ],
)
def test_chaque_sorte_de_facture_a_sa_part_de_l_accord(genre: GenreFacture, mode: ModePaiement, attendu: Montants) -> None:
    assert part_accordee(genre, mode, Decimal("20.00"), LIGNES) == attendu


@pytest.mark.parametrize("ecrit", ["F-2026/012", "f 2026 012", " F.2026.012 ", "F2026012"])
def test_un_numero_se_reconnait_quelle_que_soit_sa_ponctuation(ecrit: str) -> None:
    assert normaliser_numero(ecrit) == "f2026012"


def test_des_montants_justes_passent() -> None:
    for taux, ttc in (("0", "1000.00"), ("5.50", "1055.00"), ("20", "1200.00")):
        assert refus(saisie_facture(taux=taux, ttc=ttc)) == {}
    assert refus(saisie_facture("33.33", taux="20", ttc="40.00")) == {}


@pytest.mark.parametrize(
    ("saisie", "champ", "phrase"),
    [
        (saisie_facture(numero="  "), "numero", "Indiquez le numéro"),
        (saisie_facture(numero="--"), "numero", "Indiquez le numéro"),
        (saisie_facture(numero="F" * 41), "numero", "40"),
        (saisie_facture(le=date(2026, 11, 17)), "date_emission", "dans le futur"),
        (saisie_facture(le=date(2026, 10, 11)), "date_emission", "antérieure au début de la formation (12/10/2026)"),
        (saisie_facture("0"), "montant_ht", "supérieur à zéro"),
        (saisie_facture("-5"), "montant_ht", "supérieur à zéro"),
        (saisie_facture("10.005", ttc="12.01"), "montant_ht", "deux décimales"),
        (saisie_facture("99999999"), "montant_ht", "supérieur à zéro"),
        (saisie_facture(taux="19.6"), "taux_tva", "Choisissez un taux"),
        (saisie_facture(ttc="1200.01"), "montant_ttc", "HT et TVA donnent 1\u00a0200,00\u00a0€"),
        (saisie_facture(ttc="1199.99"), "montant_ttc", "HT et TVA donnent"),
        (saisie_facture(a_payer="1199.00"), "montant_a_payer", "paie la facture entière"),
    ],
)
def test_chaque_erreur_de_facture_a_sa_phrase(saisie: SaisieFacture, champ: str, phrase: str) -> None:
    trouves = refus(saisie)
    assert list(trouves) == [champ]
    assert phrase in trouves[champ]


@pytest.mark.parametrize("a_payer", ["0", "1000.01", "-1", "12.345"])
def test_un_remboursement_ne_depasse_pas_le_ht_de_la_facture(a_payer: str) -> None:
    assert list(refus(saisie_facture(a_payer=a_payer), REMBOURSEMENT)) == ["montant_a_payer"]
    assert refus(saisie_facture(a_payer="1000.00"), REMBOURSEMENT) == {}


def test_plusieurs_erreurs_sont_dites_d_un_coup() -> None:
    assert set(refus(saisie_facture("0", numero=" ", le=date(2030, 1, 1)))) == {"numero", "date_emission", "montant_ht"}


@pytest.mark.parametrize(
    ("part", "deja", "demande", "phrase"),
    [
        (montants("1000", "1200"), montants("0", "0"), montants("1000", "1200"), ""),
        (montants("1000", "1200"), montants("400", "480"), montants("600", "720"), ""),
        (montants("1000", "1200"), montants("400", "480"), montants("600.01", "720.01"), "Il reste 720,00\u00a0€ à facturer"),
        (montants("1000", "1200"), montants("1000", "1200"), montants("1", "1"), "Tout ce qui est accordé est déjà facturé"),
        (montants("1000", "1200"), montants("0", "0"), montants("1200", "1200"), "Il reste 1\u00a0000,00\u00a0€\u00a0HT"),
        (montants("0", "0"), montants("0", "0"), montants("1", "1"), "ne prévoit rien"),
    ],
)
def test_jamais_plus_que_l_accord_au_centime(part: Montants, deja: Montants, demande: Montants, phrase: str) -> None:
    trouve = depassement(part, deja, demande)
    assert trouve.startswith(phrase) or phrase in trouve
    assert bool(trouve) == bool(phrase)


def test_un_certificat_juste_passe() -> None:
    assert verifier_certificat(saisie_certificat(), AUJOURDHUI) == {}
    assert verifier_certificat(saisie_certificat(date_fin=AUJOURDHUI, signe_le=AUJOURDHUI), AUJOURDHUI) == {}


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"date_fin": date(2026, 10, 11)}, "date_fin"),
        ({"date_fin": date(2026, 11, 17), "signe_le": date(2026, 11, 17)}, "date_fin"),
        ({"heures_realisees": Decimal(0)}, "heures_realisees"),
        ({"nombre_stagiaires": 0}, "nombre_stagiaires"),
        ({"signataire_nom": " "}, "signataire_nom"),
        ({"signataire_qualite": ""}, "signataire_qualite"),
        ({"lieu": "x" * 121}, "lieu"),
        ({"signe_le": date(2026, 10, 13)}, "signe_le"),
        ({"signe_le": date(2026, 11, 17)}, "signe_le"),
        ({"conservation": False}, "conservation"),
    ],
)
def test_chaque_manque_du_certificat_est_dit(champs: dict[str, object], attendu: str) -> None:
    assert attendu in verifier_certificat(saisie_certificat(**champs), AUJOURDHUI)


def test_le_controle_de_service_fait_dit_ce_qui_differe_de_l_accord() -> None:
    prevu = ActionAccordee(date_debut=DEBUT, date_fin=FIN, nombre_stagiaires=2)
    assert controler_service_fait(saisie_certificat(), prevu) == []
    ecarts = controler_service_fait(
        saisie_certificat(date_debut=date(2026, 10, 11), date_fin=date(2026, 10, 15), nombre_stagiaires=1), prevu
    )
    assert len(ecarts) == 3
    assert "1 stagiaires présents, 2 accordés" in ecarts


def test_la_table_des_etats_et_sa_page() -> None:
    assert not TABLE.permet(EtatFacture.REGLEE, EtatFacture.ACCEPTEE)
    assert not TABLE.permet(EtatFacture.TRANSMISE, EtatFacture.EN_PAIEMENT)
    assert not TABLE.permet(EtatFacture.EN_PAIEMENT, EtatFacture.REJETEE)
    assert PAGE.read_text() == page_des_etats()
