"""The API reads with a key and nothing else: refusals all alike, one SIREN per key, always problem+json."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from jalon.dossiers.models import Dossier
from jalon.habilitations.models import CleApi
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import essai

PROBLEME = "application/problem+json"
INCONNU = "2611AF999999"


@pytest.fixture(autouse=True)
def _defaire(monde: Monde) -> Iterator[None]:
    with essai():
        yield


def _lire(monde: Monde, chemin: str, cle: str | None = None, **autres: Any) -> Any:
    entetes = {"HTTP_X_API_KEY": cle} if cle is not None else {}
    return Client(raise_request_exception=False).get(f"/api/v1/{chemin}", **entetes, **autres)


def _numero(dossier_id: str) -> str:
    return str(Dossier.objects.tous("essai").get(pk=dossier_id).numero)


def _expirer(nom: str) -> None:
    CleApi.objects.tous("essai").filter(nom=nom).update(expire_le=MAINTENANT - timedelta(seconds=1))


def test_sans_cle_ou_avec_une_cle_qui_ne_vaut_plus_le_meme_refus(monde: Monde) -> None:
    _expirer("cle_b")
    bonne = monde.cles["cle_a"]
    refusees = [None, "", "jalon_", bonne[:-1], bonne[::-1], bonne + "x", monde.cles["cle_b"], monde.cles["cle_revoquee"]]
    corps = set()
    for cle in refusees:
        for chemin in ("status", f"dossiers/{monde.objets['numero']}", f"dossiers/{INCONNU}"):
            reponse = _lire(monde, chemin, cle)
            assert reponse.status_code == 401, (cle, chemin)
            assert reponse["Content-Type"] == PROBLEME
            assert reponse["WWW-Authenticate"] == "X-API-KEY"
            corps.add(reponse.content)
    assert len(corps) == 1


def test_une_seance_n_ouvre_pas_l_api(monde: Monde) -> None:
    for role in ("a_admin", "p_admin", "conseiller", "admin_opco"):
        assert monde.client(role).get("/api/v1/status").status_code == 401


def test_la_cle_dans_l_adresse_ou_sous_un_autre_nom_ne_vaut_rien(monde: Monde) -> None:
    cle = monde.cles["cle_a"]
    assert _lire(monde, f"status?X-API-KEY={cle}").status_code == 401
    assert _lire(monde, "status", HTTP_AUTHORIZATION=f"Bearer {cle}").status_code == 401


def test_une_bonne_cle_lit_l_etat_du_service(monde: Monde) -> None:
    reponse = _lire(monde, "status", monde.cles["cle_a"])
    assert reponse.status_code == 200
    assert reponse.json()["statut"] == "ok"
    assert CleApi.objects.tous("essai").get(nom="cle_a").dernier_usage_le == MAINTENANT


def test_chaque_cote_lit_le_dossier_accorde(monde: Monde) -> None:
    for cle in ("cle_a", "cle_p"):
        lu = _lire(monde, f"dossiers/{monde.objets['numero']}", monde.cles[cle]).json()
        assert (lu["numero"], lu["etat"], lu["siren"]) == (monde.objets["numero"], "ENGAGE", monde.objets["siren"])


def test_le_prestataire_ne_lit_qu_apres_l_accord(monde: Monde) -> None:
    transmis = _numero(monde.objets["transmis"])
    assert _lire(monde, f"dossiers/{transmis}", monde.cles["cle_a"]).json()["etat"] == "TRANSMIS"
    assert _lire(monde, f"dossiers/{transmis}", monde.cles["cle_p"]).status_code == 404


def test_inconnu_ou_a_autrui_la_meme_reponse(monde: Monde) -> None:
    d_autrui = _numero(monde.objets["autre_accorde"])
    reponses = [_lire(monde, f"dossiers/{n}", monde.cles["cle_a"]) for n in (d_autrui, INCONNU, "x", "%27", "None", "0" * 300)]
    assert {r.status_code for r in reponses} == {404}
    assert {r["Content-Type"] for r in reponses} == {PROBLEME}
    assert len({r.content for r in reponses}) == 1
    assert _lire(monde, f"dossiers/{d_autrui}", monde.cles["cle_b"]).status_code == 200


def test_un_brouillon_n_est_jamais_servi(monde: Monde) -> None:
    for identifiant in (monde.objets["brouillon"], "None", ""):
        assert _lire(monde, f"dossiers/{identifiant}", monde.cles["cle_a"]).status_code == 404


def test_rien_sur_les_personnes(monde: Monde) -> None:
    corps = _lire(monde, f"dossiers/{monde.objets['numero']}", monde.cles["cle_a"]).content.decode().lower()
    for mot in ("exemple", "lefort", "yanis", "nir", "iban", "stagiaire", "naissance"):
        assert mot not in corps


def test_une_revocation_compte_a_l_appel_suivant(monde: Monde) -> None:
    assert _lire(monde, "status", monde.cles["cle_a"]).status_code == 200
    with transaction.atomic():
        CleApi.objects.tous("essai").filter(nom="cle_a").update(revoquee_le=MAINTENANT)
    assert _lire(monde, "status", monde.cles["cle_a"]).status_code == 401


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_rien_ne_s_ecrit_par_l_api(monde: Monde, methode: str) -> None:
    for chemin in ("status", f"dossiers/{monde.objets['numero']}"):
        reponse = getattr(Client(), methode)(f"/api/v1/{chemin}", HTTP_X_API_KEY=monde.cles["cle_a"])
        assert reponse.status_code == 405


def test_une_adresse_qui_n_existe_pas_repond_aussi_en_problem_json(monde: Monde) -> None:
    for chemin in ("", "dossiers", "dossiers/a/b", "openapi.json", "docs"):
        reponse = _lire(monde, chemin, monde.cles["cle_a"])
        assert (reponse.status_code, reponse["Content-Type"]) == (404, PROBLEME), chemin
