"""Queueing: in the caller's transaction, once, ids only; sending: once whatever is repeated, and only to the entitled."""

import email
from datetime import UTC, datetime
from email import policy
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.db import IntegrityError, connection, transaction
from django.template.loader import get_template

from jalon.config import settings as reglages_du_produit
from jalon.courriers import actions, messages
from jalon.courriers.actions import envoyer_courriel, preparer, preparer_direct
from jalon.courriers.enums import EtatCourriel
from jalon.courriers.messages import Destinataire, Message
from jalon.courriers.models import Courriel
from jalon.courriers.taches import envoyer_courriel as travail_envoyer
from jalon.socle.identifiants import nouvel_id
from tests.courriers.conftest import AvisEssai

pytestmark = pytest.mark.django_db

LE = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALINE = Destinataire("Aline@Exemple.test", nouvel_id())


def _travaux() -> list[dict[str, str]]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT args::text, task_name FROM procrastinate_jobs WHERE task_name = 'courriers.envoyer' ORDER BY id")
        return [{"args": args, "nom": nom} for args, nom in curseur.fetchall()]


def _lire(dossier: Path, courriel: Courriel) -> email.message.EmailMessage:
    return email.message_from_bytes((dossier / f"{courriel.id}.eml").read_bytes(), policy=policy.default)


def _prepare(avis: type[AvisEssai]) -> Courriel:
    objet = nouvel_id()
    avis.connus.add(objet)
    preparer(avis, objet, [ALINE], le=LE)
    return Courriel.objects.get(objet_id=objet)


def test_preparer_met_une_ligne_et_un_travail_qui_ne_porte_qu_un_identifiant(avis: type[AvisEssai]) -> None:
    courriel = _prepare(avis)
    assert (courriel.adresse, courriel.etat, courriel.version) == ("aline@exemple.test", EtatCourriel.A_ENVOYER, 3)
    assert (courriel.sujet, courriel.texte, courriel.html) == ("", "", "")
    assert [t["args"] for t in _travaux()] == [f'{{"courriel_id": "{courriel.id}"}}']


def test_le_meme_message_n_est_prepare_qu_une_fois_par_objet_adresse_et_cle(avis: type[AvisEssai]) -> None:
    objet = nouvel_id()
    for _ in range(2):
        preparer(avis, objet, [ALINE, Destinataire("ALINE@exemple.test"), Destinataire("louise@exemple.test")], le=LE)
    assert Courriel.objects.count() == len(_travaux()) == 2
    preparer(avis, objet, [ALINE], le=LE, cle="2")
    preparer(avis, nouvel_id(), [ALINE], le=LE)
    assert Courriel.objects.count() == len(_travaux()) == 4


def test_la_base_refuse_le_doublon(avis: type[AvisEssai]) -> None:
    courriel = _prepare(avis)
    with pytest.raises(IntegrityError), transaction.atomic():
        Courriel.objects.create(genre=courriel.genre, objet_id=courriel.objet_id, adresse=courriel.adresse, prepare_le=LE)


def test_une_transaction_annulee_n_annonce_rien(avis: type[AvisEssai]) -> None:
    def echouer() -> None:
        with transaction.atomic():
            preparer(avis, nouvel_id(), [ALINE], le=LE)
            preparer_direct(adresse="a@b.test", sujet="s", texte="t", html="", le=LE)
            raise LookupError

    with pytest.raises(LookupError):
        echouer()
    assert not Courriel.objects.exists()
    assert not _travaux()


def test_preparer_hors_transaction_ne_laisse_pas_de_ligne_sans_travail(avis: type[AvisEssai]) -> None:
    for appel in (
        lambda: preparer(avis, nouvel_id(), [ALINE], le=LE),
        lambda: preparer_direct(adresse="a@b.test", sujet="s", texte="t", html="", le=LE),
    ):
        with patch.object(actions, "differer", side_effect=RuntimeError), pytest.raises(RuntimeError):
            appel()
    assert not Courriel.objects.exists()


def test_envoyer_ecrit_le_message_et_garde_le_sujet_et_la_version(avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _prepare(avis)
    travail_envoyer(courriel_id=str(courriel.id))
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.ENVOYE
    assert courriel.envoye_le is not None
    assert courriel.sujet == "Un avis\nsur deux lignes"
    assert (courriel.texte, courriel.html) == ("", "")
    message = _lire(dossier, courriel)
    assert message["Subject"] == "Un avis sur deux lignes"
    assert message["To"] == "aline@exemple.test"
    assert message["Message-ID"] == f"<{courriel.id}@jalon.example>"
    texte = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    for corps in (texte, page):
        assert "http://localhost:8000/e/123456782/" in corps
        assert "OPCO Exemple" in corps
        assert "01 00 00 00 00" in corps
    assert "&" not in texte
    assert "src=" not in page


def test_un_travail_repete_n_envoie_rien_de_plus(avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _prepare(avis)
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    fichier = dossier / f"{courriel.id}.eml"
    fichier.unlink()
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    assert not fichier.exists()


def test_une_panne_entre_la_remise_et_la_marque_redonne_le_meme_message(avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _prepare(avis)
    with patch.object(Courriel, "save", side_effect=ConnectionError), pytest.raises(ConnectionError):
        envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.A_ENVOYER
    premier = _lire(dossier, courriel)["Message-ID"]
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    assert [f.name for f in dossier.iterdir()] == [f"{courriel.id}.eml"]
    assert _lire(dossier, courriel)["Message-ID"] == premier
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.ENVOYE


def test_le_droit_du_destinataire_est_relu_au_moment_de_l_envoi(avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _prepare(avis)
    avis.exclus.add("aline@exemple.test")
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.sujet, courriel.envoye_le) == (EtatCourriel.ANNULE, "", None)
    assert not dossier.exists()


def test_un_objet_disparu_annule_son_courriel(avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _prepare(avis)
    avis.connus.clear()
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.ANNULE
    assert not dossier.exists()


def test_un_courriel_inconnu_ne_fait_rien(dossier: Path) -> None:
    envoyer_courriel(courriel_id=nouvel_id(), maintenant=LE)
    assert not dossier.exists()


def test_un_message_direct_est_chiffre_puis_efface(dossier: Path) -> None:
    preparer_direct(adresse="Aline@exemple.test", sujet="Votre code", texte="Code 123456", html="<p>Code 123456</p>", le=LE)
    courriel = Courriel.objects.get()
    assert "123456" not in courriel.texte + courriel.html
    assert "123456" not in str(_travaux())
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.texte, courriel.html) == (EtatCourriel.ENVOYE, "", "")
    message = _lire(dossier, courriel)
    assert "Code 123456" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "<p>Code 123456</p>" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_un_corps_deplace_sur_une_autre_ligne_ne_part_pas(dossier: Path) -> None:
    for adresse in ("a@exemple.test", "b@exemple.test"):
        preparer_direct(adresse=adresse, sujet="s", texte=f"pour {adresse}", html="", le=LE)
    a, b = Courriel.objects.order_by("adresse")
    Courriel.objects.filter(id=b.id).update(texte=a.texte)
    with pytest.raises(RuntimeError, match="autre propriétaire"):
        envoyer_courriel(courriel_id=b.id, maintenant=LE)
    assert not dossier.exists()


def test_ce_qu_allauth_envoie_passe_par_la_file(dossier: Path) -> None:
    file = get_connection(reglages_du_produit.EMAIL_BACKEND)
    message = EmailMultiAlternatives("Sujet", "texte", to=["a@exemple.test"], cc=["b@exemple.test"], connection=file)
    message.attach_alternative("<p>html</p>", "text/html")
    assert message.send() == 2
    assert send_mail("Autre", "seul", None, ["c@exemple.test"], connection=file) == 1
    assert not dossier.exists()
    for courriel in Courriel.objects.all():
        envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    assert {_lire(dossier, c)["To"] for c in Courriel.objects.all()} == {"a@exemple.test", "b@exemple.test", "c@exemple.test"}


def test_les_fichiers_sont_prives_et_entiers(avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _prepare(avis)
    with patch("jalon.courriers.transport.os.fsync", side_effect=OSError("disque plein")), pytest.raises(OSError, match="plein"):
        envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    assert not list(dossier.glob("*.eml"))
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    assert [f.name for f in dossier.iterdir()] == [f"{courriel.id}.eml"]
    assert dossier.stat().st_mode & 0o777 == 0o700
    assert (dossier / f"{courriel.id}.eml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("adresse", ["sans-arobase", "a@b\nBcc: c@d.test", "a@exemple.test, b@exemple.test"])
def test_une_adresse_mal_formee_est_abandonnee_sans_reprise(adresse: str, dossier: Path) -> None:
    preparer_direct(adresse=adresse, sujet="s", texte="code 123456", html="", le=LE)
    envoyer_courriel(courriel_id=Courriel.objects.get().id, maintenant=LE)
    courriel = Courriel.objects.get()
    assert (courriel.etat, courriel.texte) == (EtatCourriel.REFUSE, "")
    assert not dossier.exists()


def test_un_sujet_ne_peut_pas_ajouter_d_en_tete(dossier: Path) -> None:
    preparer_direct(adresse="a@exemple.test", sujet="Bonjour\r\nBcc: espion@exemple.test", texte="t", html="", le=LE)
    courriel = Courriel.objects.get()
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    message = _lire(dossier, courriel)
    assert message["Bcc"] is None
    assert message["Subject"] == "Bonjour Bcc: espion@exemple.test"


def test_un_genre_ne_se_declare_qu_une_fois(avis: type[AvisEssai]) -> None:
    messages.declarer(avis)

    class Autre(AvisEssai):
        pass

    with pytest.raises(ValueError, match=r"essai\.avis"):
        messages.declarer(Autre)
    with pytest.raises(LookupError, match="inconnu"):
        messages.genre("inconnu")


def test_chaque_message_declare_a_ses_deux_gabarits() -> None:
    for classe in messages.genres().values():
        assert issubclass(classe, Message)
        for extension in ("txt", "html"):
            get_template(f"{classe.gabarit}.{extension}")
