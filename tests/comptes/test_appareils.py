"""Devices and sessions: the first time of a browser is told, a session is closed from elsewhere at the next request."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from jalon.comptes import taches
from jalon.comptes.actions import fermer_seance, fermer_toutes_les_seances, reconnaitre_appareil
from jalon.comptes.appareils import MEMOIRE_D_UN_APPAREIL, genre_d_appareil, lieu_de_l_adresse, nom_du_navigateur
from jalon.comptes.courriels import NouvelAppareil
from jalon.comptes.models import Appareil, Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.models import Evenement
from jalon.socle.erreurs import Introuvable
from tests.fils import ensemble

MOT_DE_PASSE = "une phrase assez longue"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TELEPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
TABLETTE = "Mozilla/5.0 (Linux; Android 15; SM-X210) Chrome/140.0 Safari/537.36"
LE = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


def _aline(adresse: str = "aline@essai.example") -> Personne:
    aline = Personne.objects.create_user(adresse, MOT_DE_PASSE, prenom="Aline", nom="Ferrand")
    EmailAddress.objects.create(user=aline, email=adresse, verified=True, primary=True)
    return aline


def _connecter(navigateur: Client, qui: Personne, agent: str = FIREFOX) -> None:
    reponse = navigateur.post(
        reverse("account_login"), {"login": qui.email, "password": MOT_DE_PASSE}, headers={"user-agent": agent}
    )
    assert reponse.status_code == 302, reponse.content


def _annonces() -> int:
    return Courriel.objects.filter(genre=NouvelAppareil.genre).count()


@pytest.mark.parametrize(
    ("agent", "navigateur", "genre"),
    [
        (FIREFOX, "Firefox, Linux", "Ordinateur"),
        (TELEPHONE, "Safari, iPhone", "Téléphone"),
        (TABLETTE, "Chrome, Android", "Tablette"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0) Version/18.0 Mobile Safari/604.1", "Safari, iPad", "Tablette"),
        ("curl/8.0", "curl/8.0", "Ordinateur"),
        ("x" * 300, "x" * 60, "Ordinateur"),
        ("", "", "Ordinateur"),
    ],
)
def test_ce_qu_un_navigateur_dit_de_lui(agent: str, navigateur: str, genre: str) -> None:
    assert (nom_du_navigateur(agent), genre_d_appareil(agent)) == (navigateur, genre)


@pytest.mark.parametrize(
    ("adresse", "lieu"),
    [
        ("127.0.0.1", "Cette machine"), ("::1", "Cette machine"), ("10.1.2.3", "Réseau local"), ("192.168.0.4", "Réseau local"),
        ("81.2.69.160", "Internet"), ("2a01:e0a::1", "Internet"), ("", "Adresse inconnue"),
    ],
)  # fmt: skip
def test_le_lieu_d_une_adresse_est_ce_qu_elle_dit(adresse: str, lieu: str) -> None:
    assert lieu_de_l_adresse(adresse) == lieu


@pytest.mark.django_db
def test_un_navigateur_se_presente_une_fois_et_une_seule_par_compte() -> None:
    aline, bruno, navigateur = _aline(), _aline("bruno@essai.example"), Client()
    _connecter(navigateur, aline)
    assert _annonces() == 1
    navigateur.post(reverse("account_logout"))
    _connecter(navigateur, aline)
    assert _annonces() == 1
    navigateur.post(reverse("account_logout"))
    _connecter(navigateur, bruno)
    assert _annonces() == 2
    _connecter(Client(), aline)
    assert _annonces() == 3


@pytest.mark.django_db
def test_un_temoin_recopie_ou_refait_ne_vaut_rien_sans_sa_signature() -> None:
    aline, navigateur = _aline(), Client()
    _connecter(navigateur, aline)
    temoin = navigateur.cookies["jalon_appareil"]
    assert (temoin["httponly"], temoin["samesite"], int(temoin["max-age"])) == (True, "Lax", 390 * 24 * 3600)
    faux = Client()
    faux.cookies["jalon_appareil"] = temoin.value[:-1] + ("A" if temoin.value[-1] != "A" else "B")
    _connecter(faux, aline)
    assert _annonces() == 2
    assert temoin.value.split(":")[0] not in Appareil.objects.values_list("empreinte", flat=True)


@pytest.mark.django_db
def test_apres_treize_mois_un_navigateur_est_nouveau_et_sa_ligne_s_efface() -> None:
    aline, navigateur = _aline(), Client()
    with time_machine.travel(LE, tick=False) as heure:
        _connecter(navigateur, aline)
        heure.shift(MEMOIRE_D_UN_APPAREIL - timedelta(minutes=1))
        taches.oublier_seances()
        assert Appareil.objects.count() == 1
        heure.shift(timedelta(minutes=2))
        taches.oublier_seances()
        assert Appareil.objects.count() == 0
        _connecter(navigateur, aline)
    assert _annonces() == 2


@pytest.mark.django_db
def test_la_premiere_connexion_qui_finit_une_inscription_n_annonce_rien() -> None:
    aline = _aline()
    reconnaitre_appareil(personne=aline, jeton="a", agent=FIREFOX, annoncer=False, maintenant=LE)
    assert _annonces() == 0
    reconnaitre_appareil(personne=aline, jeton="a", agent=FIREFOX, annoncer=True, maintenant=LE)
    assert _annonces() == 0
    assert (
        reconnaitre_appareil(personne=aline, jeton="b", agent="", annoncer=True, maintenant=LE).navigateur == "Navigateur inconnu"
    )
    assert _annonces() == 1


def test_deux_premieres_fois_en_meme_temps_n_annoncent_qu_une(base_reelle: str) -> None:
    aline = _aline()
    ensemble([partial(reconnaitre_appareil, personne=aline, jeton="a", agent=FIREFOX, annoncer=True, maintenant=LE)] * 4)
    assert (Appareil.objects.count(), _annonces()) == (1, 1)


@pytest.mark.django_db
def test_le_courriel_dit_quand_quoi_et_que_faire_et_rien_de_secret() -> None:
    aline = _aline()
    appareil = reconnaitre_appareil(personne=aline, jeton="numero-secret", agent=FIREFOX, annoncer=True, maintenant=LE)
    message = NouvelAppareil.charger(appareil.id, Destinataire(aline.email, aline.id))
    assert message is not None
    texte, html = rendre(message, message.sujet())
    for dit in ("Firefox, Linux", "24/11/2026 à 10:05", "http://localhost:8000/compte/sessions/", "mot de passe"):
        assert dit in texte
        assert dit in html
    for secret in ("numero-secret", appareil.empreinte, aline.email, "Ferrand", "key=", "?"):
        assert secret not in texte
    assert NouvelAppareil.charger(appareil.id, Destinataire("autre@essai.example", None)) is None


@pytest.mark.django_db
def test_la_page_dit_l_appareil_l_adresse_et_celui_d_ici() -> None:
    aline, ici, ailleurs = _aline(), Client(), Client()
    _connecter(ici, aline)
    _connecter(ailleurs, aline, TELEPHONE)
    html = ici.get(reverse("usersessions_list")).content.decode()
    assert html.count("Cet appareil") == 1
    for dit in ("Ordinateur", "Firefox, Linux", "Téléphone", "Safari, iPhone", "Cette machine", "127.0.0.1"):
        assert dit in html


@pytest.mark.django_db
def test_fermer_une_session_a_distance_compte_des_la_page_suivante() -> None:
    aline, ici, ailleurs, troisieme = _aline(), Client(), Client(), Client()
    for navigateur in (ici, ailleurs, troisieme):
        _connecter(navigateur, aline)
    visee = UserSession.objects.get(session_key=ailleurs.session.session_key)
    assert ailleurs.get(reverse("usersessions_list")).status_code == 200
    assert ici.post(reverse("session_fermer", args=[visee.pk]))["Location"] == reverse("usersessions_list")
    assert ailleurs.get(reverse("usersessions_list"))["Location"].startswith(reverse("account_login"))
    assert ici.get(reverse("usersessions_list")).status_code == troisieme.get(reverse("usersessions_list")).status_code == 200
    (ligne,) = Evenement.objects.tous("essai").filter(code="compte.seance_fermee")
    assert ligne.details == {"navigateur": "Firefox, Linux"}
    assert ici.post(reverse("session_fermer", args=[visee.pk])).status_code == 404


@pytest.mark.django_db
def test_fermer_toutes_les_autres_laisse_celle_d_ici() -> None:
    aline, ici, ailleurs = _aline(), Client(), Client()
    _connecter(ici, aline)
    _connecter(ailleurs, aline)
    ici.post(reverse("usersessions_list"))
    assert ici.get(reverse("usersessions_list")).status_code == 200
    assert ailleurs.get(reverse("usersessions_list")).status_code == 302


@pytest.mark.django_db
def test_fermer_la_sienne_ramene_a_la_connexion() -> None:
    aline, ici = _aline(), Client()
    _connecter(ici, aline)
    sienne = UserSession.objects.get()
    assert ici.post(reverse("session_fermer", args=[sienne.pk]))["Location"] == reverse("account_login")
    assert ici.get(reverse("usersessions_list")).status_code == 302


@pytest.mark.django_db
def test_la_session_d_autrui_n_existe_pas() -> None:
    aline, bruno, ici = _aline(), _aline("bruno@essai.example"), Client()
    _connecter(ici, aline)
    seance = UserSession.objects.get()
    with pytest.raises(Introuvable):
        fermer_seance(seance_id=seance.pk, par=ActeurPersonne(bruno), maintenant=LE)
    assert ici.get(reverse("usersessions_list")).status_code == 200


@pytest.mark.django_db
def test_toutes_les_sessions_d_une_personne_et_d_elle_seule() -> None:
    aline, bruno, ici, autre = _aline(), _aline("bruno@essai.example"), Client(), Client()
    _connecter(ici, aline)
    _connecter(autre, bruno)
    assert fermer_toutes_les_seances(personne_id=aline.id) == 1
    assert ici.get(reverse("usersessions_list")).status_code == 302
    assert autre.get(reverse("usersessions_list")).status_code == 200


@pytest.mark.django_db
def test_le_dernier_passage_s_ecrit_une_fois_par_minute() -> None:
    aline, ici = _aline(), Client()
    with time_machine.travel(LE, tick=False) as heure:
        _connecter(ici, aline)
        ici.get(reverse("usersessions_list"))
        heure.shift(timedelta(seconds=59))
        ici.get(reverse("usersessions_list"))
        assert UserSession.objects.get().last_seen_at == LE
        heure.shift(timedelta(seconds=1))
        ici.get(reverse("usersessions_list"))
    assert UserSession.objects.get().last_seen_at == LE + timedelta(minutes=1)
