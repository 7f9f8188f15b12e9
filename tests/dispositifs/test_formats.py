"""What people type is repaired; what cannot be is refused with what to do."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.action_formation.listes import CATEGORIES, TYPES_ACTION
from jalon.dispositifs.types.choix import Choix, ListeDeChoix
from jalon.dispositifs.types.formats import (
    DATE,
    DATE_NAISSANCE,
    ENTIER,
    HEURES,
    JOURS,
    MONTANT,
    OUI_NON,
    TEXTE,
    TEXTE_LONG,
    Format,
    nombre,
)
from jalon.dispositifs.types.identifiants import (
    CERTIFICATION,
    CODE_POSTAL,
    COURRIEL,
    IDCC,
    NDA,
    NIR,
    NOM,
    SIREN,
    SIRET,
    TELEPHONE,
)
from jalon.socle.erreurs import SaisieRefusee

TOUS = [
    *(TEXTE, TEXTE_LONG, ENTIER, MONTANT, HEURES, JOURS, DATE, DATE_NAISSANCE, OUI_NON),
    *(NOM, SIREN, SIRET, NDA, NIR, IDCC, CODE_POSTAL, COURRIEL, TELEPHONE, CERTIFICATION, CATEGORIES.format()),
]


@pytest.mark.parametrize(
    ("format_", "tape", "valeur", "garde"),
    [
        (TEXTE, "  Hygiène \t alimentaire\u200b ", "Hygiène alimentaire", "Hygiène alimentaire"),
        (TEXTE, "e\u0301te\u0301\x00", "été", "été"),
        (TEXTE_LONG, "un  deux\r\n\r\n\r\n\r\ntrois ", "un deux\n\ntrois", "un deux\n\ntrois"),
        (ENTIER, "1\u00a0250", 1250, "1250"),
        (MONTANT, "1 250,5 €", Decimal("1250.50"), "1250,50"),
        (MONTANT, "1250.50", Decimal("1250.50"), "1250,50"),
        (MONTANT, "0", Decimal("0.00"), "0,00"),
        (MONTANT, "9 999 999,99", Decimal("9999999.99"), "9999999,99"),
        (HEURES, "3,5", Decimal("3.50"), "3,5"),
        (HEURES, "3 h 30", Decimal("3.50"), "3,5"),
        (HEURES, "3h29", Decimal("3.48"), "3,48"),
        (HEURES, "45 min", Decimal("0.75"), "0,75"),
        (HEURES, "14 heures", Decimal("14.00"), "14"),
        (HEURES, "1250", Decimal("1250.00"), "1250"),
        (JOURS, "2.5", Decimal("2.5"), "2,5"),
        (JOURS, "10", Decimal("10.0"), "10"),
        (DATE, "12/3/26", date(2026, 3, 12), "12/03/2026"),
        (DATE, "2026-03-12", date(2026, 3, 12), "12/03/2026"),
        (DATE_NAISSANCE, "15/7/95", date(1995, 7, 15), "15/07/1995"),
        (DATE_NAISSANCE, "15/7/05", date(2005, 7, 15), "15/07/2005"),
        (DATE_NAISSANCE, "29/2/96", date(1996, 2, 29), "29/02/1996"),
        (OUI_NON, " Oui ", True, "oui"),
        (OUI_NON, "false", False, "non"),
        (NOM, " d'Aubigné-  Le  Goff", "d’Aubigné- Le Goff", "d’Aubigné- Le Goff"),
        (SIREN, "130 025 265", "130025265", "130025265"),
        (SIRET, "130 025 265 00013", "13002526500013", "13002526500013"),
        (SIRET, "35600000049837", "35600000049837", "35600000049837"),
        (NDA, "82 74 01234 74", "82740123474", "82740123474"),
        (NIR, "1 80 12 2b 004 123 52", "180122B00412352", "180122B00412352"),
        (IDCC, "IDCC 16", "0016", "0016"),
        (CODE_POSTAL, "74 000", "74000", "74000"),
        (COURRIEL, " Aline@Exemple.FR ", "aline@exemple.fr", "aline@exemple.fr"),
        (TELEPHONE, "+33 (0)4 50.12-34 56", "0450123456", "0450123456"),
        (TELEPHONE, "0032 2 123 45 67", "+3221234567", "+3221234567"),
        (CERTIFICATION, "rncp 037 239", "RNCP37239", "RNCP37239"),
        (CERTIFICATION, "RS-5080", "RS5080", "RS5080"),
        (CATEGORIES.format(), "Ingénieur ou cadre", "cadre", "cadre"),
        (CATEGORIES.format(), "OUVRIER-QUALIFIE", "ouvrier-qualifie", "ouvrier-qualifie"),
    ],
)
def test_un_format_repare_ce_qui_est_tape(format_: Format, tape: str, valeur: Any, garde: str) -> None:
    assert format_.lire(tape) == valeur
    assert format_.ecrire(valeur) == garde
    assert format_.lire(garde) == valeur


@pytest.mark.parametrize(
    ("format_", "tape", "phrase"),
    [
        (ENTIER, "douze", "nombre entier"),
        (ENTIER, "-3", "nombre entier"),
        (ENTIER, "1e3", "nombre entier"),
        (ENTIER, "12345678901", "nombre entier"),
        (MONTANT, "-1", "positif"),
        (MONTANT, "12,345", "deux décimales"),
        (MONTANT, "1e9", "en euros"),
        (MONTANT, "1e999999", "en euros"),
        (MONTANT, "NaN", "en euros"),
        (MONTANT, "10 000 000", "au plus"),
        (HEURES, "3 h 75", "durée en heures"),
        (HEURES, "h", "durée en heures"),
        (HEURES, "-2", "durée en heures"),
        (HEURES, "3,555", "durée en heures"),
        (HEURES, "10000", "au plus"),
        (JOURS, "2,25", "demi-journées"),
        (JOURS, "deux", "demi-journées"),
        (DATE, "31/02/2026", "n’existe pas"),
        (DATE, "12/03/0206", "année"),
        (DATE, "demain", "jour/mois/année"),
        (OUI_NON, "peut-être", "oui ou par non"),
        (NOM, "Dupont2", "sans chiffre"),
        (NOM, "<b>", "lettres"),
        (NOM, "--", "lettres"),
        (SIRET, "130025265000", "il en manque 2"),
        (SIRET, "12345678901234", "n’existe pas"),
        (NIR, "295109912611194", "clé"),
        (IDCC, "HCR", "4 chiffres"),
        (CODE_POSTAL, "7400", "5 chiffres"),
        (COURRIEL, "aline@exemple", "adresse complète"),
        (TELEPHONE, "12", "10 chiffres"),
        (CERTIFICATION, "37239", "RNCP37239"),
        (CATEGORIES.format(), "patron", "de la liste"),
    ],
)
def test_un_format_dit_ce_qu_il_faut_ecrire(format_: Format, tape: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        format_.lire(tape)
    assert phrase in refus.value.message
    assert "invalide" not in refus.value.message.lower()


@settings(deadline=None)
@given(st.sampled_from(TOUS), st.text(max_size=60))
def test_aucune_frappe_ne_fait_echouer_un_format(format_: Format, tape: str) -> None:
    """Either a value whose kept text reads back to itself, or a sentence."""
    try:
        valeur = format_.lire(tape)
    except SaisieRefusee:
        return
    garde = format_.ecrire(valeur)
    assert "\x00" not in garde
    if garde:
        assert format_.lire(garde) == valeur
        assert isinstance(format_.afficher(valeur), str)


@pytest.mark.parametrize(
    ("format_", "valeur", "texte"),
    [
        (MONTANT, Decimal("1250.5"), "1\u00a0250,50\u00a0€"),
        (HEURES, Decimal("1250.50"), "1\u00a0250,5"),
        (DATE, date(2026, 11, 3), "03/11/2026"),
        (SIRET, "13002526500013", "130\u00a0025\u00a0265\u00a000013"),
        (NIR, "295109912611193", "2 95 ** ** *** *** **"),
        (TELEPHONE, "0450123456", "04\u00a050\u00a012\u00a034\u00a056"),
        (TELEPHONE, "+3221234567", "+3221234567"),
        (OUI_NON, False, "Non"),
        (CATEGORIES.format(), "cadre", "Ingénieur ou cadre"),
    ],
)
def test_un_format_montre_une_reponse(format_: Format, valeur: Any, texte: str) -> None:
    assert format_.afficher(valeur) == texte


def test_un_code_qui_n_est_plus_propose_se_lit_encore() -> None:
    liste = ListeDeChoix("essai", "1", (Choix("a", "Ancien", valide_au=date(2025, 12, 31)), Choix("b", "Neuf", date(2026, 1, 1))))
    assert [c.code for c in liste.proposes(date(2025, 12, 31))] == ["a"]
    assert [c.code for c in liste.proposes(date(2026, 1, 1))] == ["b"]
    assert liste.lire("a") == "a"
    assert liste.libelle("inconnu") == "inconnu"


def test_les_libelles_d_une_liste_se_distinguent() -> None:
    for liste in (CATEGORIES, TYPES_ACTION):
        assert len(set(liste.codes())) == len(liste.choix)
        assert all(liste.lire(choix.libelle) == choix.code for choix in liste.choix)


@pytest.mark.parametrize(("valeur", "texte"), [("3.50", "3,5"), ("12", "12"), ("1250.25", "1\u00a0250,25"), ("100", "100")])
def test_un_nombre_s_ecrit_sans_zero_inutile(valeur: str, texte: str) -> None:
    assert nombre(Decimal(valeur)) == texte


def test_les_phrases_ont_leurs_espaces_insecables() -> None:
    """No ordinary space before « : ; ? ! € % » in a sentence of refusal."""
    for format_, tape in [(MONTANT, "x"), (HEURES, "x"), (MONTANT, "99999999"), (TELEPHONE, "1")]:
        with pytest.raises(SaisieRefusee) as refus:
            format_.lire(tape)
        assert not re.search(r" [:;?!€%»]", refus.value.message)
