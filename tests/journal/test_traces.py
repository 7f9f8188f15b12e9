"""Logs never hold what identifies or opens: canaries are planted in every form, and in tracebacks."""

import io
import json
import logging
import logging.config

import pytest
from django.conf import settings

from jalon.journal.traces import MASQUE, MasqueDonneesSensibles, masquer, masquer_valeur

CANARIS = [
    "185067511234562",
    "1850675112345",
    "1 85 06 75 112 345 62",
    "1 85 06 75 112 345",
    "1\u00a085\u00a006\u00a075\u00a0112\u00a0345\u00a062",
    "1-85-06-75-112-345-62",
    "1.85.06.75.112.345.62",
    "180122B00412352",
    "180122b00412352",
    "7 99 12 2A 004 123 52",
    "FR7630006000011234567890189",
    "FR76 3000 6000 0112 3456 7890 189",
    "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189",
    "fr7630006000011234567890189",
    "FR1420041010050500013M02606",
    "DE89370400440532013000",
    "BE68 5390 0754 7034",
    "K7QM-2XRV-9BTE-4H",
    "K7QM 2XRV 9BTE 4H",
    "K7QM2XRV9BTE4H",
    "jalon_4sJ8Kd0qLw2Zx7Vb5Nn1Mm6Aa3Ss9Dd0Ff8Gg7Hh6Jj5Kk4",
    "jalon_ent_oSvJqLwMZxRVbBNnTMmUAaWSsPDdKFfYGgHHhQJjXKkZzAbCd7Ef",
    "akto_org_oSvJqLwMZxRVb8NnTMm",
    "2f-c9x4q1-0123456789abcdef0123456789abcdef",
    "k3n9x0q8w7e6r5t4y3u2i1o0p9a8s7d6",
]
LISIBLES = [
    "dossier 2611AF000123 transmis",
    "SIREN 123 456 782, SIRET 123 456 782 00012",
    "SIRET 12345678200012",
    "objet 0199f3a4-5b6c-7d8e-9f01-23456789abcd introuvable",
    "2026-11-23 20:14:48,316 INFO",
    "01 00 00 00 00",
    "montant 1 867,02 €",
    "File jalon/habilitations/actions/administrateurs_de_la_demonstration.py, line 120, in relancer_travaux_interrompus",
    "ADMINISTRATEUR GESTIONNAIRE TRANSMISSIONS",
    "/e/123456782/dossiers/",
]


@pytest.mark.parametrize("canari", CANARIS)
def test_une_donnee_sensible_est_masquee_au_milieu_d_une_phrase(canari: str) -> None:
    for phrase in (canari, f"refus de « {canari} », suite", f"?code={canari}&x=1", f"('{canari}',)", f"/reset/key/{canari}/"):
        masquee = masquer(phrase)
        assert canari not in masquee
        assert MASQUE in masquee
        restes = [c for c in canari if c.isdigit()]
        assert "".join(restes) not in "".join(c for c in masquee if c.isdigit())


@pytest.mark.parametrize("phrase", LISIBLES)
def test_ce_qui_sert_au_depannage_reste_lisible(phrase: str) -> None:
    assert masquer(phrase) == phrase


def test_les_valeurs_imbriquees_sont_masquees() -> None:
    details = {"a": ["185067511234562", {"b": ("FR7630006000011234567890189",)}], "n": 3, "vide": None}
    assert masquer_valeur(details) == {"a": [MASQUE, {"b": [MASQUE]}], "n": 3, "vide": None}


def _ecrire(appel: str, *arguments: object, **options: object) -> str:
    flux = io.StringIO()
    sortie = logging.StreamHandler(flux)
    sortie.addFilter(MasqueDonneesSensibles())
    journal = logging.Logger("essai")  # noqa: LOG001
    journal.addHandler(sortie)
    getattr(journal, appel)(*arguments, **options)
    return flux.getvalue()


def test_les_arguments_d_un_message_sont_masques() -> None:
    assert _ecrire("warning", "NIR %s refusé pour %s", "185067511234562", "Aline") == f"NIR {MASQUE} refusé pour Aline\n"


def test_une_trace_d_exception_est_masquee_causes_comprises() -> None:
    try:
        try:
            int("IBAN FR7630006000011234567890189")
        except ValueError as cause:
            raise RuntimeError("NIR 185067511234562") from cause
    except RuntimeError:
        ecrit = _ecrire("exception", "échec")
    assert "RuntimeError" in ecrit
    assert "ValueError" in ecrit
    assert ecrit.count(MASQUE) >= 2
    assert "185067511234562" not in ecrit
    assert "FR7630006000011234567890189" not in ecrit


def test_la_pile_jointe_est_masquee() -> None:
    assert "185067511234562" not in _ecrire("warning", "pile %s", "185067511234562", stack_info=True)


def test_un_message_mal_forme_est_ecrit_quand_meme() -> None:
    assert _ecrire("warning", "un %s deux %s", "185067511234562").startswith("un %s deux %s")


def test_chaque_sortie_de_la_configuration_porte_le_masque() -> None:
    for sortie in settings.LOGGING["handlers"].values():
        assert "masque" in sortie["filters"]
    for nom in settings.LOGGING["loggers"]:
        assert not settings.LOGGING["loggers"][nom].get("handlers")
    assert json.dumps(list(settings.LOGGING["filters"])) == '["masque"]'
