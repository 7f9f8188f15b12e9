"""The page of the keys: who sees what, a secret shown once, a form sent twice, identity just confirmed."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon.courriers.models import Courriel
from jalon.habilitations.models import CleApi
from tests.dossiers.fabrique import SIREN, SIREN_OF, SIRET
from tests.matrice.formulaires import CLE
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import essai

SECRET = re.compile(r"jalon_(?:ent|org)_[0-9A-Za-z]{49}")


@pytest.fixture(autouse=True)
def _defaire(monde: Monde) -> Iterator[None]:
    with essai():
        yield


def _page(monde: Monde, role: str, siren: str = SIREN) -> str:
    reponse = monde.client(role).get(reverse("espace_cles", args=[siren]))
    assert reponse.status_code == 200
    return unescape(reponse.content.decode()).replace("\u00a0", " ")


def _creer(monde: Monde, role: str = "a_admin", siren: str = SIREN, **changes: object) -> Any:
    return monde.client(role).post(reverse("espace_cle_nouvelle", args=[siren]), {**CLE, **changes})


def _cle(nom: str = str(CLE["nom"])) -> CleApi:
    cle: CleApi = CleApi.objects.tous("essai").get(nom=nom)
    return cle


def test_la_cle_s_affiche_une_seule_fois_et_sert_aussitot(monde: Monde) -> None:
    reponse = _creer(monde)
    assert (reponse.status_code, reponse["Cache-Control"]) == (200, "no-store")
    (secret,) = set(SECRET.findall(reponse.content.decode()))
    assert f'value="{secret}" readonly' in reponse.content.decode()
    assert Client().get("/api/v1/status", HTTP_X_API_KEY=secret).status_code == 200
    apres = _page(monde, "a_admin")
    assert SECRET.search(apres) is None
    assert f'se termine par <span class="num">{secret[-4:]}</span>' in apres
    assert Courriel.objects.filter(genre="habilitations.cle_creee", objet_id=_cle().id).count() >= 2


def test_une_cle_coupee_par_l_opco_le_dit_et_se_revoque_encore(monde: Monde) -> None:
    _creer(monde)
    CleApi.objects.tous("essai").filter(pk=_cle().pk).update(suspendue_le=MAINTENANT)
    page = _page(monde, "a_admin")
    assert "Coupée par l’OPCO" in page
    assert "Appelez l’assistance pour la faire rétablir" in page
    assert reverse("espace_cle_revoquer", args=[SIREN, _cle().pk]) in page


def test_la_meme_page_rechargee_ne_cree_pas_une_seconde_cle(monde: Monde) -> None:
    _creer(monde)
    encore = _creer(monde)
    assert encore.status_code == 422
    assert "n’est affichée qu’une fois" in encore.content.decode()
    assert SECRET.search(encore.content.decode()) is None
    assert _cle()


def test_chaque_formulaire_porte_un_identifiant_neuf(monde: Monde) -> None:
    adresse = reverse("espace_cle_nouvelle", args=[SIREN])
    lus = [
        re.findall(r'name="cle_id" value="([0-9a-f-]{36})"', monde.client("a_admin").get(adresse).content.decode()) for _ in "ab"
    ]
    assert len({ident for (ident,) in lus}) == 2


@pytest.mark.parametrize("methode", ["get", "post"])
def test_creer_demande_l_identite_confirmee_depuis_moins_de_cinq_minutes(monde: Monde, methode: str) -> None:
    navigateur = monde.client("a_admin")
    seance = navigateur.session
    preuves = seance["account_authentication_methods"]
    try:
        seance["account_authentication_methods"] = [{**preuves[0], "at": time.time() - 301}]
        seance.save()
        reponse = getattr(navigateur, methode)(reverse("espace_cle_nouvelle", args=[SIREN]), dict(CLE))
        assert reponse.status_code == 302
        assert "/reauthenticate/" in reponse["Location"]
        assert not CleApi.objects.tous("essai").filter(nom=CLE["nom"]).exists()
        assert navigateur.get(reverse("espace_cles", args=[SIREN])).status_code == 200
        assert navigateur.post(_revocation("cle_a", monde), {"motif": "Fuite"}).status_code == 302, "révoquer n’attend pas"
    finally:
        seance["account_authentication_methods"] = preuves
        seance.save()


def _revocation(nom: str, monde: Monde) -> str:
    return reverse("espace_cle_revoquer", args=[SIREN, monde.objets[f"ligne_{nom}"]])


def test_une_cle_recoit_ce_qui_est_choisi(monde: Monde) -> None:
    _creer(monde, etendue="siret", sirets=[SIRET], niveau_factures="3", adresses="203.0.113.7\r\n2001:db8::/48")
    cle = _cle()
    assert (cle.droits, cle.sirets) == (["factures:3", "plan:1"], [SIRET])
    assert cle.adresses == ["203.0.113.7", "2001:db8::/48"]
    page = _page(monde, "a_admin")
    for dit in (
        "Envoi · Factures",
        "1 établissement, depuis 203.0.113.7, 2001:db8::/48",
        "15/03/2027",
        "créée par Personne a_admin",
    ):
        assert dit in page


def test_les_sirets_coches_ne_comptent_que_pour_certains_etablissements(monde: Monde) -> None:
    _creer(monde, etendue="siren", sirets=[SIRET])
    assert _cle().sirets == []


def test_un_prestataire_cree_une_cle_d_organisme(monde: Monde) -> None:
    formulaire = monde.client("p_admin").get(reverse("espace_cle_nouvelle", args=[SIREN_OF])).content.decode()
    assert 'name="etendue"' not in formulaire
    reponse = _creer(monde, "p_admin", SIREN_OF)
    (secret,) = set(SECRET.findall(reponse.content.decode()))
    assert secret.startswith("jalon_org_")
    assert _cle().prestataire_siren == SIREN_OF


def test_qui_lit_seulement_voit_les_cles_sans_les_boutons(monde: Monde) -> None:
    for role, boutons in (("a_admin", True), ("a_lecteur", False), ("a_probation", False)):
        page = _page(monde, role)
        assert "cle_a" in page
        assert ("Créer une clé" in page) is boutons
        assert ("/revoquer/" in page) is boutons


def test_en_probation_la_page_dit_quand_les_cles_s_ouvrent(monde: Monde) -> None:
    for adresse in (reverse("espace_cle_nouvelle", args=[SIREN]), _revocation("cle_a", monde)):
        reponse = monde.client("a_probation").get(adresse)
        assert reponse.status_code == 403
        assert "72\u00a0heures après votre nomination" in unescape(reponse.content.decode())


def test_une_cle_revoquee_reste_montree_avec_son_motif(monde: Monde) -> None:
    secret = monde.cles["cle_a"]
    assert Client().get("/api/v1/status", HTTP_X_API_KEY=secret).status_code == 200
    assert "Dernier usage" in unescape(monde.client("a_admin").get(_revocation("cle_a", monde)).content.decode())
    reponse = monde.client("a_admin").post(_revocation("cle_a", monde), {"motif": "Logiciel <b>remplacé</b>"}, follow=True)
    assert "est révoquée" in reponse.content.decode()
    assert "Logiciel &lt;b&gt;remplacé&lt;/b&gt;" in reponse.content.decode()
    assert Client().get("/api/v1/status", HTTP_X_API_KEY=secret).status_code == 401
    journal = monde.client("a_admin").get(reverse("espace_acces_historique", args=[SIREN])).content.decode()
    assert "a révoqué la clé d’API" in unescape(journal)


def test_une_ancienne_cle_se_montre_avec_sa_date_de_remplacement(monde: Monde) -> None:
    CleApi.objects.tous("essai").filter(nom="cle_a").update(ancienne=True, indice="", expire_le=MAINTENANT + timedelta(days=200))
    page = _page(monde, "a_admin")
    for dit in ("ancienne clé", "À remplacer", "20/08/2027", "à remplacer d’ici là"):
        assert dit in page


def test_une_organisation_sans_cle_lit_quoi_faire(monde: Monde) -> None:
    CleApi.objects.tous("essai").all().delete()
    assert "Créez une clé par logiciel" in _page(monde, "a_admin")
    assert "Un administrateur de l’organisation crée les clés" in _page(monde, "a_lecteur")


def test_la_page_coute_autant_avec_dix_cles_qu_avec_une(monde: Monde, django_assert_max_num_queries: Any) -> None:
    for rang in range(10):
        _creer(monde, nom=f"Logiciel {rang}", cle_id=f"0192f0c1-2b3c-7d4e-8f50-61728394{rang:04}")
    with django_assert_max_num_queries(12):
        _page(monde, "a_admin")
