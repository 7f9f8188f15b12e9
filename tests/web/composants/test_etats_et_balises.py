"""The one table of states, and the tags that every template may use."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest

from jalon.aide.enums import EtatTicket
from jalon.banque.enums import EtatCoordonnees
from jalon.dossiers.enums import EtatDossier, EtatPiece
from jalon.facturation.enums import EtatFacture
from jalon.habilitations.enums import EtatCommande, EtatDemande, EtatRattachement
from jalon.organisations.enums import SourceOrganisation
from jalon.pieces.enums import EtatDocument
from jalon.reglements.enums import EtatLot
from jalon.web.composants.etats import ETIQUETTES, etiquette
from jalon.web.composants.templatetags import jalon as balises
from tests.web.composants.conftest import Rendre

DESIGN = {
    "brouillon": ("Brouillon", "neutre", "circle-dashed"),
    "transmis": ("Transmis", "info", "send"),
    "en_instruction": ("En instruction", "violet", "hourglass"),
    "a_completer": ("À compléter", "warn", "triangle-alert"),
    "accorde": ("Accordé", "ok", "check"),
    "en_execution": ("En exécution", "ok", "play"),
    "refuse": ("Refusé", "bad", "x"),
    "solde": ("Soldé", "neutre", "archive"),
    "annule": ("Annulé", "neutre", "ban"),
    "rompu": ("Rompu", "warn", "split"),
}


def test_les_dix_etats_d_un_dossier_sont_ceux_du_design_et_le_silence_en_ajoute_deux() -> None:
    silences = {
        "acceptation_implicite": ("Acceptation implicite", "ok", "clock"),
        "refus_implicite": ("Refus implicite", "bad", "clock"),
    }
    assert {c: (e.libelle, e.ton, e.icone) for c, e in ETIQUETTES["dossier"].items()} == DESIGN | silences


STOCKES: list[tuple[str, type[Enum]]] = [
    ("dossier", EtatDossier),
    ("piece", EtatPiece),
    ("document", EtatDocument),
    ("facture", EtatFacture),
    ("lot", EtatLot),
    ("rib", EtatCoordonnees),
    ("demande", EtatDemande),
    ("rattachement", EtatRattachement),
    ("commande", EtatCommande),
    ("organisation", SourceOrganisation),
    ("ticket", EtatTicket),
]


@pytest.mark.parametrize(("objet", "etats"), STOCKES)
def test_chaque_etat_stocke_a_son_etiquette(objet: str, etats: type[Enum]) -> None:
    assert {str(etat.value) for etat in etats} <= set(ETIQUETTES[objet])


def test_les_tons_existent_dans_la_feuille_de_style() -> None:
    assert {e.ton for etats in ETIQUETTES.values() for e in etats.values()} <= {"neutre", "info", "ok", "warn", "bad", "violet"}


def test_un_etat_inconnu_est_une_erreur() -> None:
    with pytest.raises(KeyError):
        etiquette("perdu")


def test_l_etiquette_a_toujours_un_texte_et_une_icone(rendre: Rendre) -> None:
    html = rendre('{% etat "A_COMPLETER" %}')
    assert html == rendre('<c-etat etat="a_completer" />')
    assert html.startswith('<span class="badge badge--warn"><svg class="icon"')
    assert html.endswith("À compléter</span>")
    assert 'class="badge"' in rendre('<c-etat etat="brouillon" />')
    assert "Réglée" in rendre('{% etat e "facture" %}', e="REGLEE")


def test_une_icone_est_decorative(rendre: Rendre) -> None:
    assert rendre('{% icone "house" "l" "c-ok" %}') == (
        '<svg class="icon icon--l c-ok" aria-hidden="true" focusable="false"><use href="/static/icones.svg#i-house"/></svg>'
    )


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [(Decimal("1867.02"), "1\u00a0867,02\u00a0€"), (0, "0,00\u00a0€"), (None, "—"), (Decimal(-5), "−5,00\u00a0€")],
)
def test_un_montant(valeur: Decimal | int | None, attendu: str) -> None:
    assert balises.montant(valeur) == attendu


def test_les_dates_se_lisent_a_paris() -> None:
    minuit = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert balises.date_fr(minuit) == "01/12/2026"
    assert balises.date_fr(date(2026, 11, 30)) == "30/11/2026"
    assert balises.date_fr(None) == "—"
    assert balises.instant(minuit).endswith(", 00:30")
    assert balises.jour(date(2031, 1, 4)) == "4\u00a0janv.\u00a02031"
    assert balises.jour(None) == "—"


@pytest.mark.parametrize(
    ("nom", "attendu"), [("Camille Ferrand", "CF"), ("Alpes Compta SARL", "AC"), ("jean-luc", "JL"), ("", ""), ("« x »", "X")]
)
def test_les_initiales(nom: str, attendu: str) -> None:
    assert balises.initiales(nom) == attendu


@pytest.mark.parametrize(
    ("agent", "attendu"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/17 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130 Safari/537 Edg/130.0", "Edge, Windows"),
        ("curl/8", "curl/8"),
    ],
)
def test_un_navigateur_se_nomme_en_clair(agent: str, attendu: str) -> None:
    assert balises.navigateur(agent) == attendu


def test_les_nombres_et_les_phrases() -> None:
    assert balises.entier(1248) == "1\u00a0248"
    assert balises.grouper("12345678200010") == "123\u00a0456\u00a0782\u00a000010"
    assert balises.point("Indiquez le SIRET") == "Indiquez le SIRET."
    assert balises.point("Est-ce fait ?") == "Est-ce fait ?"
    assert balises.point("") == ""
