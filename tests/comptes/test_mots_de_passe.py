"""New passwords: what is refused and in which words, what passes, the file of leaks, the cost of a hash."""

import hashlib
import re
from pathlib import Path

import pytest
from allauth.account.forms import SignupForm
from django.conf import settings as settings_de_django
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jalon.comptes import fuites, mots_de_passe
from jalon.comptes.models import Personne
from jalon.comptes.mots_de_passe import DIVULGUE, PHRASES, mots_communs
from jalon.comptes.regles import Faiblesse, faiblesse, mots_de

ALINE = Personne(prenom="Aline", nom="Béranger", email="a.beranger@bellerive-restauration.example")
REFUSES = [
    ("motdepasse12345", Faiblesse.COMMUN),
    ("Motdepasse2026!!", Faiblesse.COMMUN),
    ("M0td3p4ss3-M0td3p4ss3", Faiblesse.REPETITION),
    ("Bienvenue2026!!!", Faiblesse.COMMUN),
    ("footballdragon2024", Faiblesse.COMMUN),
    ("soleil soleil soleil", Faiblesse.REPETITION),
    ("passwordpassword", Faiblesse.REPETITION),
    ("aaaaaaaaaaaaaaaa", Faiblesse.REPETITION),
    ("azertyuiop123456", Faiblesse.SUITE),
    ("qsdfghjklm:wxcvbn", Faiblesse.SUITE),
    ("poiuytreza987654", Faiblesse.SUITE),
    ("abcdefghijklmnop", Faiblesse.SUITE),
    ("20251987-20122001x", Faiblesse.SUITE),
    ("AlineBeranger2026", Faiblesse.PERSONNEL),
    ("béranger-béranger", Faiblesse.REPETITION),
    ("bellerive-restauration", Faiblesse.PERSONNEL),
    ("Jalon-OPCO-Exemple-2026", Faiblesse.PERSONNEL),
    ("MonEspaceOpco2026", Faiblesse.PERSONNEL),
    ("x-y-x-y-x-y-x-y", Faiblesse.REPETITION),
]
ACCEPTES = [
    "une phrase assez longue",
    "correct horse battery staple",
    "cheval-batterie-agrafe-correct",
    "tournesol pivoine glaïeul",
    "kX9#vLq2!mZp7wT",
    "dragon monkey football princess",
    "ÉlanVertigoBrumeux",
    "鳥が空を飛んでいるのを見ていた朝",
    "le rat dort 12 fois " + "x" * 4000,
]


def _phrases(mot_de_passe: str, qui: Personne = ALINE) -> list[str]:
    try:
        validate_password(mot_de_passe, qui)
    except ValidationError as refus:
        return refus.messages
    return []


@pytest.mark.parametrize(("mot_de_passe", "raison"), REFUSES)
def test_ce_qui_se_devine_est_refuse_en_une_phrase(mot_de_passe: str, raison: Faiblesse) -> None:
    assert _phrases(mot_de_passe) == [PHRASES[raison]]


@pytest.mark.parametrize("mot_de_passe", ACCEPTES)
def test_ce_qui_ne_se_devine_pas_passe(mot_de_passe: str) -> None:
    assert _phrases(mot_de_passe) == []


def test_son_propre_nom_n_est_faible_que_pour_soi() -> None:
    assert _phrases("beranger aline bellerive") == [PHRASES[Faiblesse.PERSONNEL]]
    assert _phrases("beranger aline bellerive", Personne(prenom="Zoé", nom="Quint", email="z@q.example")) == []


def test_chaque_faiblesse_a_une_phrase_qui_dit_quoi_faire() -> None:
    assert PHRASES.keys() == set(Faiblesse)
    assert all("Choisissez" in phrase or "Ajoutez" in phrase for phrase in PHRASES.values())
    assert faiblesse("", (), ()) is not None


def test_les_mots_de_passe_repandus_de_django_sont_tous_refuses() -> None:
    longs = [mot for mot in CommonPasswordValidator().passwords if len(mot) >= 15 and not mot.isdigit()]
    assert longs
    assert [mot for mot in longs if not _phrases(mot)] == []
    assert len(mots_communs()) > 15_000


def test_deux_mots_repandus_et_un_nombre_ne_suffisent_pas_trois_oui() -> None:
    assert faiblesse("dragon-monkey-77", mots_communs(), ()) == Faiblesse.COMMUN
    assert faiblesse("dragon-monkey-football", mots_communs(), ()) is None


def test_les_mots_d_une_adresse() -> None:
    assert list(mots_de("J.Œuvré@Île-de-Ré.fr")) == ["œuvre", "ile"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mot_de_passe", "phrases"),
    [("aline beranger aline", [PHRASES[Faiblesse.PERSONNEL]]), ("une phrase assez longue", []), ("court", None)],
)
def test_l_inscription_connait_le_nom_avant_que_le_compte_existe(mot_de_passe: str, phrases: list[str] | None) -> None:
    saisies = {"prenom": "Aline", "nom": "Béranger", "email": "ab@essai.example"}
    formulaire = SignupForm({**saisies, "password1": mot_de_passe, "password2": mot_de_passe})
    dites = list(formulaire.errors.get("password1", []))
    assert dites == phrases if phrases is not None else len(dites) == 1


def _liste(dossier: Path, mots: list[str]) -> Path:
    lignes = sorted(hashlib.sha1(m.encode(), usedforsecurity=False).hexdigest().upper() for m in mots)
    fichier = dossier / "divulgues.txt"
    fichier.write_text("".join(f"{ligne}:{rang}\r\n" for rang, ligne in enumerate(lignes, 1)))
    return fichier


@pytest.mark.parametrize("nombre", [0, 1, 2, 3, 50])
def test_chaque_ligne_du_fichier_se_trouve_et_aucune_autre(nombre: int, tmp_path: Path) -> None:
    mots = [f"mot divulgué n° {rang}" for rang in range(nombre)]
    fichier = _liste(tmp_path, mots)
    assert [m for m in mots if not fuites.figure_dans(fichier, m)] == []
    assert [m for m in (f"jamais vu {rang}" for rang in range(200)) if fuites.figure_dans(fichier, m)] == []


def test_le_fichier_se_cherche_sans_etre_lu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fichier = _liste(tmp_path, [f"mot {rang}" for rang in range(20_000)])
    lues: list[int] = []
    origine = fuites._ligne_depuis
    monkeypatch.setattr(fuites, "_ligne_depuis", lambda lignes, place: lues.append(place) or origine(lignes, place))
    assert fuites.figure_dans(fichier, "mot 17")
    assert len(lues) < 30


@pytest.mark.parametrize("connu", ["*QckpN#VRW5vJMF", "096c9d130dcbb27e1", "+8Wh@D+&@%j+672"])
def test_un_mot_de_passe_de_la_liste_fournie_est_refuse(connu: str) -> None:
    assert _phrases(connu) == [DIVULGUE]
    assert _phrases(f"{connu}é") == []


def test_un_mot_de_passe_divulgue_est_refuse_si_l_installation_a_un_fichier(tmp_path: Path, settings: Settings) -> None:
    connu = "tournesol pivoine glaïeul"
    assert _phrases(connu) == []
    settings.JALON_MOTS_DE_PASSE_DIVULGUES = str(_liste(tmp_path, [connu]))
    assert _phrases(connu) == [DIVULGUE]
    assert _phrases("une phrase assez longue") == []


def test_un_fichier_disparu_ne_vaut_pas_un_controle(settings: Settings, tmp_path: Path) -> None:
    settings.JALON_MOTS_DE_PASSE_DIVULGUES = str(tmp_path / "absent.txt")
    with pytest.raises(FileNotFoundError):
        _phrases("une phrase assez longue")


def test_argon2_aux_mesures_de_la_maison() -> None:
    hache = make_password("une phrase assez longue")
    assert hache.startswith("argon2$argon2id$v=19$m=65536,t=3,p=2$")
    assert isinstance(identify_hasher(hache), mots_de_passe.HacheurArgon2)


def test_un_mot_de_passe_de_l_ancien_reglage_ouvre_encore() -> None:
    ancien = mots_de_passe.Argon2PasswordHasher().encode("une phrase assez longue", "sel-assez-long-ici")
    hacheur = mots_de_passe.HacheurArgon2()
    assert hacheur.verify("une phrase assez longue", ancien)
    assert hacheur.must_update(ancien)


@pytest.mark.parametrize("page", ["account_login", "account_signup", "account_reset_password"])
@pytest.mark.django_db
def test_rien_n_empeche_de_coller_ni_le_gestionnaire_de_mots_de_passe(page: str, client: Client) -> None:
    html = client.get(reverse(page)).content.decode()
    assert "onpaste" not in html
    assert 'autocomplete="off"' not in html
    script = (settings_de_django.STATICFILES_DIRS[0] / "app.js").read_text()
    assert not re.search(r"addEventListener\(\s*['\"](?:paste|copy|cut|beforeinput)['\"]", script)


@pytest.mark.django_db
def test_les_cases_de_mot_de_passe_disent_au_gestionnaire_ce_qu_elles_sont(client: Client) -> None:
    connexion = client.get(reverse("account_login")).content.decode()
    inscription = client.get(reverse("account_signup")).content.decode()
    assert 'autocomplete="current-password"' in connexion
    assert inscription.count('autocomplete="new-password"') == 2
