"""The SMTP transport against a server that accepts, refuses, sulks or lies."""

import smtplib
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from jalon.courriers import transport
from jalon.courriers.actions import envoyer_courriel, preparer_direct
from jalon.courriers.enums import EtatCourriel
from jalon.courriers.models import Courriel
from tests.courriers.faux_smtp import Humeur, faux_smtp

pytestmark = pytest.mark.django_db

LE = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def courriel() -> Courriel:
    preparer_direct(adresse="aline@exemple.test", sujet="Votre code", texte="Code 123456\n.\nfin", html="", le=LE)
    return Courriel.objects.get()


def _envoyer(courriel: Courriel) -> None:
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)


def _etat(courriel: Courriel) -> str:
    courriel.refresh_from_db()
    return courriel.etat


def test_un_message_accepte_est_marque_envoye(courriel: Courriel, settings: Settings) -> None:
    humeur = Humeur()
    with faux_smtp(humeur) as settings.JALON_SMTP:
        _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.ENVOYE
    ((destinataires, octets),) = humeur.recus
    assert destinataires == ["<aline@exemple.test>"]
    assert f"Message-ID: <{courriel.id}@jalon.example>".encode() in octets
    assert b"Auto-Submitted: auto-generated" in octets
    assert b"123456" in octets


@pytest.mark.parametrize(
    "humeur",
    [
        Humeur(accueil="421 occupé"),
        Humeur(accueil="n’importe quoi"),
        Humeur(destinataire="450 plus tard"),
        Humeur(destinataire="554 5.7.1 relais refusé"),
        Humeur(donnees="451 plus tard"),
        Humeur(donnees="554 refusé"),
    ],
    ids=lambda h: f"{h.accueil}-{h.destinataire}-{h.donnees}",
)
def test_un_serveur_qui_refuse_laisse_la_file_intacte(humeur: Humeur, courriel: Courriel, settings: Settings) -> None:
    avant = courriel.texte
    with faux_smtp(humeur) as settings.JALON_SMTP, pytest.raises((smtplib.SMTPException, OSError)):
        _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.A_ENVOYER
    assert courriel.texte == avant
    with faux_smtp(Humeur()) as settings.JALON_SMTP:
        _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.ENVOYE


def test_un_serveur_absent_laisse_la_file_intacte(courriel: Courriel, settings: Settings) -> None:
    with faux_smtp(Humeur()) as settings.JALON_SMTP:
        pass
    with pytest.raises(ConnectionRefusedError):
        _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.A_ENVOYER


def test_un_serveur_lent_ne_retient_pas_le_travail(
    courriel: Courriel, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "SECONDES_SMTP", 0.3)
    with faux_smtp(Humeur(attente=1.5)) as settings.JALON_SMTP, pytest.raises((OSError, smtplib.SMTPException)):
        _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.A_ENVOYER


@pytest.mark.parametrize("reponse", ["550 5.1.1 inconnue", "553 non", "550 5.2.1 fermée"])
def test_une_adresse_inconnue_n_est_pas_tentee_deux_fois(reponse: str, courriel: Courriel, settings: Settings) -> None:
    with faux_smtp(Humeur(destinataire=reponse)) as settings.JALON_SMTP:
        _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.REFUSE
    assert courriel.texte == ""


def test_une_acceptation_sans_reponse_est_repetee_sous_le_meme_identifiant(courriel: Courriel, settings: Settings) -> None:
    humeur = Humeur(couper_apres_acceptation=True)
    with faux_smtp(humeur) as settings.JALON_SMTP:
        with pytest.raises((OSError, smtplib.SMTPException)):
            _envoyer(courriel)
        humeur.couper_apres_acceptation = False
        _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.ENVOYE
    identifiants = {octets.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for _, octets in humeur.recus}
    assert len(humeur.recus) == 2
    assert len(identifiants) == 1


def test_un_serveur_sans_chiffrement_est_refuse_quand_il_est_exige(courriel: Courriel, settings: Settings) -> None:
    with faux_smtp(Humeur()) as url:
        settings.JALON_SMTP = url.replace("smtp://", "smtp+tls://")
        with pytest.raises(smtplib.SMTPNotSupportedError):
            _envoyer(courriel)
        settings.JALON_SMTP = url.replace("smtp://", "smtp://moi:secret%40@")
        with pytest.raises(smtplib.SMTPException):
            _envoyer(courriel)
    assert _etat(courriel) == EtatCourriel.A_ENVOYER
