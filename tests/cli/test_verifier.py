"""`jalon verifier`: each point turns the colour of what is wrong, and only then."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.core.files.storage import storages
from django.db import OperationalError
from pytest_django import Settings

from jalon.cli import verifier
from jalon.cli.verifier import Constat, Verdict
from jalon.pieces.antivirus import EtatAntivirus
from jalon.referentiels.models import ImportReferentiel
from jalon.socle.relance import EtatFile
from tests.courriers.faux_smtp import Humeur, faux_smtp

pytestmark = pytest.mark.django_db

BON, ATTENTION, MAUVAIS = Verdict.BON, Verdict.ATTENTION, Verdict.MAUVAIS
CLES = {"SECRET_KEY": "s" * 40, "JALON_CLE_EMPREINTES": "e" * 40, "JALON_CLES": ["a" * 40, "b" * 40]}


@pytest.fixture
def production(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a sound installation, outside the demonstration."""
    settings.JALON_DEMO = False
    settings.JALON_URL = "https://mon-espace.exemple.fr"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.JALON_COMPTE_PAYEUR = {"nom": "OPCO", "iban": "FR1420041010050500013M02606", "bic": "X"}
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    for nom, valeur in CLES.items():
        setattr(settings, nom, valeur)
    return settings


def _verdicts(controle: Callable[[], object]) -> dict[str, Verdict]:
    return {constat.sujet: constat.verdict for constat in controle()}  # type: ignore[attr-defined]


def test_la_base_des_essais_est_en_ordre(production: Settings) -> None:
    assert set(_verdicts(verifier.base).values()) == {BON}
    assert _verdicts(verifier.role) == {"Rôle de la base": BON, "Journal": BON}
    assert _verdicts(verifier.horloge)["Heure"] == BON
    assert _verdicts(verifier.cles) == {"Clés": BON}


def test_une_migration_manquante_est_nommee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "migrations_manquantes", lambda: ["dossiers.0003_x", "web.0001"])
    (_, migrations) = verifier.base()
    assert migrations.verdict == MAUVAIS
    assert "Il en manque 2, à partir de dossiers.0003_x" in migrations.phrase


@pytest.mark.parametrize(("demo", "attendu"), [(False, MAUVAIS), (True, ATTENTION)])
def test_un_role_trop_puissant_est_rouge_hors_demonstration(
    demo: bool, attendu: Verdict, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JALON_DEMO = demo
    reponses = iter([("postgres", True, True, True), (True,)])
    monkeypatch.setattr(verifier, "lire", lambda _: next(reponses))
    assert _verdicts(verifier.role) == {"Rôle de la base": attendu, "Journal": MAUVAIS}


def test_une_version_trop_ancienne_est_rouge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "lire", lambda _: ("14.9", 140009))
    assert _verdicts(verifier.base)["Base de données"] == MAUVAIS


@pytest.mark.parametrize(
    ("etat", "attendus"),
    [
        (EtatFile(timedelta(), timedelta(seconds=3), 0), {"Travaux": BON, "File des travaux": BON}),
        (EtatFile(timedelta(), None, 0), {"Travaux": MAUVAIS, "File des travaux": BON}),
        (EtatFile(timedelta(), timedelta(minutes=2), 0), {"Travaux": MAUVAIS, "File des travaux": BON}),
        (
            EtatFile(timedelta(minutes=5), timedelta(seconds=3), 4),
            {"Travaux": BON, "File des travaux": MAUVAIS, "Travaux échoués": ATTENTION},
        ),
    ],
)
def test_les_travaux(etat: EtatFile, attendus: dict[str, Verdict], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "etat_de_la_file", lambda: etat)
    assert _verdicts(verifier.travaux) == attendus


def test_les_stockages_s_ecrivent_se_relisent_et_ne_gardent_rien(production: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "part_occupee", lambda _: 0.5)
    verdicts = _verdicts(verifier.stockage)
    assert set(verdicts.values()) == {BON}
    assert {f"Stockage «\u00a0{n}\u00a0»" for n in production.STORAGES if n != "staticfiles"} < verdicts.keys()
    for nom in production.STORAGES:
        if nom != "staticfiles":
            assert not [f for f in storages[nom].listdir("")[1] if f.startswith("verifier")]


def test_un_stockage_qui_refuse_est_rouge(production: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: object) -> None:
        raise PermissionError(13, "Permission non accordée")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", refuser)
    verdicts = _verdicts(verifier.stockage)
    assert {v for sujet, v in verdicts.items() if sujet.startswith("Stockage")} == {MAUVAIS}


@pytest.mark.parametrize(("part", "attendu"), [(0.79, BON), (0.8, ATTENTION), (0.95, MAUVAIS)])
def test_le_disque(part: float, attendu: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "part_occupee", lambda _: part)
    assert _verdicts(verifier.stockage)["Disque"] == attendu


def test_des_statiques_absents_sont_rouges(production: Settings, tmp_path: Path) -> None:
    (tmp_path / "staticfiles.json").unlink()
    assert _verdicts(verifier.stockage)["Fichiers statiques"] == MAUVAIS


@pytest.mark.parametrize(
    ("changement", "phrase"),
    [
        ({"SECRET_KEY": "court"}, "Trop courtes\u00a0: SECRET_KEY."),
        ({"JALON_CLES": ["a" * 40, "court"]}, "Trop courtes\u00a0: JALON_CLES[1]."),
        ({"JALON_CLE_EMPREINTES": "a" * 40}, "Deux usages partagent la même clé."),
    ],
)
def test_des_cles_faibles_sont_rouges(changement: dict[str, object], phrase: str, production: Settings) -> None:
    for nom, valeur in changement.items():
        setattr(production, nom, valeur)
    assert list(verifier.cles()) == [Constat(MAUVAIS, "Clés", phrase)]


def test_une_horloge_decalee_est_rouge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "lire", lambda _: (datetime.now(UTC) - timedelta(seconds=30),))
    monkeypatch.setattr(verifier, "heure_reelle", lambda instant: instant - timedelta(days=3))
    verdicts = {c.sujet: c for c in verifier.horloge()}
    assert verdicts["Heure"].verdict == MAUVAIS
    assert "30 s d’écart" in verdicts["Heure"].phrase
    assert verdicts["Heure de démonstration"].verdict == ATTENTION
    assert "3\u00a0j" in verdicts["Heure de démonstration"].phrase


@pytest.mark.parametrize(
    ("demo", "configure", "pret", "attendu"),
    [
        (False, False, False, MAUVAIS),
        (True, False, False, ATTENTION),
        (False, True, False, MAUVAIS),
        (True, True, False, MAUVAIS),
        (False, True, True, BON),
    ],
)
def test_l_antivirus(
    demo: bool, configure: bool, pret: bool, attendu: Verdict, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JALON_DEMO = demo
    monkeypatch.setattr(verifier, "antivirus", lambda _: EtatAntivirus(configure, pret, pret, "", None, None, "Ce qu’il en est."))
    assert list(verifier.antivirus_des_pieces()) == [Constat(attendu, "Antivirus", "Ce qu’il en est.")]


@pytest.mark.parametrize(("demo", "couleur"), [(False, "red"), (True, "yellow")])
def test_sans_antivirus_une_installation_le_lit_en_rouge(
    demo: bool, couleur: str, production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    production.JALON_DEMO, production.CLAMAV_ADRESSE = demo, ""
    monkeypatch.setattr(verifier, "CONTROLES", (verifier.antivirus_des_pieces,))
    dit = CliRunner().invoke(verifier.commande, color=True)
    assert click.style(MAUVAIS if couleur == "red" else ATTENTION, couleur) in dit.stdout
    assert "Aucun antivirus n’est configuré (CLAMAV_ADRESSE)" in dit.stdout
    assert dit.exit_code == (0 if demo else 1)


def test_les_courriels(production: Settings) -> None:
    production.JALON_SMTP = ""
    assert _verdicts(verifier.courriels) == {"Courriels": MAUVAIS}
    with faux_smtp(Humeur()) as production.JALON_SMTP:
        assert _verdicts(verifier.courriels) == {"Courriels": BON}
    assert _verdicts(verifier.courriels) == {"Courriels": MAUVAIS}
    production.JALON_DEMO, production.JALON_SMTP = True, ""
    assert _verdicts(verifier.courriels) == {"Courriels": ATTENTION}


def test_ce_qu_atteint_le_navigateur(production: Settings) -> None:
    assert set(_verdicts(verifier.navigateur).values()) == {BON}
    production.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert _verdicts(verifier.navigateur)["Mandataires"] == ATTENTION
    production.JALON_URL = "http://mon-espace.exemple.fr"
    assert _verdicts(verifier.navigateur)["Adresse"] == MAUVAIS
    production.DEBUG = True
    assert _verdicts(verifier.navigateur)["Mode de mise au point"] == MAUVAIS
    production.JALON_DEMO = True
    verdicts = _verdicts(verifier.navigateur)
    assert (verdicts["Adresse"], verdicts["Démonstration"]) == (ATTENTION, ATTENTION)


def test_le_compte_payeur(production: Settings) -> None:
    assert _verdicts(verifier.payeur) == {"Compte payeur": BON}
    production.JALON_COMPTE_PAYEUR = {"nom": "OPCO", "iban": "FR1420041010050500013M02607", "bic": "X"}
    assert _verdicts(verifier.payeur) == {"Compte payeur": MAUVAIS}
    production.JALON_COMPTE_PAYEUR = {"nom": "OPCO", "iban": verifier.IBAN_D_EXEMPLE, "bic": "X"}
    assert _verdicts(verifier.payeur) == {"Compte payeur": MAUVAIS}


@pytest.mark.parametrize(("nom", "attendu"), [("", ATTENTION), ("AKTO", BON), ("opco mobilites", BON), ("OPCO Exemple", MAUVAIS)])
def test_notre_nom_dans_la_table_des_conventions(nom: str, attendu: Verdict, production: Settings) -> None:
    production.JALON_OPCO_IDCC = nom
    (constat,) = verifier.conventions()
    assert constat.verdict == attendu
    if attendu != BON:
        assert "JALON_OPCO_IDCC" in constat.phrase
        assert "Noms connus\u00a0: AKTO, Afdas, " in constat.phrase


def test_les_referentiels_charges_et_leur_date(production: Settings) -> None:
    assert set(_verdicts(verifier.referentiels).values()) == {ATTENTION}
    ImportReferentiel.objects.create(
        referentiel="npec", empreinte="a", nom="npec.xlsx", edition=date(2026, 7, 15), lus=200_000,
        importe_le=datetime(2026, 9, 30, 22, 30, tzinfo=UTC),
    )  # fmt: skip
    constats = {c.sujet: c for c in verifier.referentiels()}
    npec, rncp = constats["Niveaux de prise en charge (NPEC)"], constats["Certifications (RNCP et RS)"]
    assert npec.verdict == BON
    assert npec.phrase == "Édition du 15/07/2026 (npec.xlsx, 200\u00a0000 lignes), importée le 01/10/2026."
    assert rncp.verdict == ATTENTION
    assert "«\u00a0jalon importer rncp FICHIER\u00a0»" in rncp.phrase


def test_une_base_absente_n_empeche_pas_de_controler_le_reste(monkeypatch: pytest.MonkeyPatch) -> None:
    def tomber(*_: object) -> tuple[object, ...]:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(verifier, "lire", tomber)
    verdicts = {c.sujet: c for c in verifier.constats()}
    assert verdicts["Base de données"].phrase == "La base ne répond pas\u00a0: connection refused"
    assert "Clés" in verdicts
    assert "Adresse" in verdicts


def test_le_tableau_est_aligne_et_le_code_de_sortie_dit_s_il_y_a_du_rouge(monkeypatch: pytest.MonkeyPatch) -> None:
    lignes = [Constat(BON, "Un", "Bien."), Constat(ATTENTION, "Un autre", "Moyen.")]
    monkeypatch.setattr(verifier, "constats", lambda: iter(lignes))
    bon = CliRunner().invoke(verifier.commande)
    assert (bon.exit_code, bon.stdout) == (0, "✓ Un        Bien.\n! Un autre  Moyen.\n")
    monkeypatch.setattr(verifier, "constats", lambda: iter([*lignes, Constat(MAUVAIS, "Trois", "Mal.")]))
    mauvais = CliRunner().invoke(verifier.commande)
    assert mauvais.exit_code == 1
    assert mauvais.stdout.splitlines()[-1] == "✗ Trois     Mal."
    assert mauvais.stderr == "1 point à corriger.\n"
