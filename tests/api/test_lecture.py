"""The API reads with a key and nothing else: its dates, scopes and addresses at each call, always problem+json."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.anciennes_cles import importer_anciennes_cles
from jalon.habilitations.cles import nouvelle_cle
from jalon.habilitations.models import CleApi
from jalon.socle.acteurs import FAMILLES, Profil
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


def _cle(nom: str) -> Any:
    return CleApi.objects.tous("essai").filter(nom=nom)


def test_sans_cle_ou_avec_une_cle_que_personne_n_a_donnee_le_meme_refus(monde: Monde) -> None:
    corps = set()
    for cle in (None, "", "jalon_", monde.cles["cle_a"][::-1], "é" * 20, "x" * 5000, nouvelle_cle("jalon_", Profil.ADHERENT)):
        for chemin in ("status", f"dossiers/{monde.objets['numero']}", f"dossiers/{INCONNU}"):
            reponse = _lire(monde, chemin, cle)
            assert reponse.status_code == 401, (cle, chemin)
            assert reponse["Content-Type"] == PROBLEME
            assert reponse["WWW-Authenticate"] == "X-API-KEY"
            corps.add(reponse.content)
    assert len(corps) == 1


@pytest.mark.parametrize(
    ("nom", "code"), [("cle_revoquee", "cle-revoquee"), ("cle_expiree", "cle-expiree"), ("mal recopiée", "cle-mal-recopiee")]
)
def test_une_cle_qui_ne_vaut_plus_dit_pourquoi_et_rien_d_autre(monde: Monde, nom: str, code: str) -> None:
    cle = monde.cles.get(nom, monde.cles["cle_a"][:-1])
    corps = set()
    for chemin in ("status", f"dossiers/{monde.objets['numero']}", f"dossiers/{INCONNU}"):
        reponse = _lire(monde, chemin, cle)
        assert reponse.status_code == 401
        assert (reponse["Content-Type"], reponse["WWW-Authenticate"]) == (PROBLEME, "X-API-KEY")
        assert reponse.json()["type"] == f"urn:jalon:{code}"
        corps.add(reponse.content)
    assert len(corps) == 1


def test_une_cle_expire_a_la_seconde(monde: Monde) -> None:
    _cle("cle_a").update(expire_le=MAINTENANT + timedelta(microseconds=1))
    assert _lire(monde, "status", monde.cles["cle_a"]).status_code == 200
    _cle("cle_a").update(expire_le=MAINTENANT)
    assert _lire(monde, "status", monde.cles["cle_a"]).status_code == 401


def test_la_liste_d_adresses_est_lue_a_chaque_appel(monde: Monde, settings: Any) -> None:
    _cle("cle_a").update(adresses=["203.0.113.0/24", "2001:db8::/48"])
    for adresse, statut in (("203.0.113.9", 200), ("2001:db8::9", 200), ("198.51.100.1", 403), ("127.0.0.1", 403), ("", 403)):
        reponse = _lire(monde, "status", monde.cles["cle_a"], REMOTE_ADDR=adresse)
        assert (adresse, reponse.status_code) == (adresse, statut)
    assert (reponse["Content-Type"], reponse.json()["type"]) == (PROBLEME, "urn:jalon:adresse-refusee")
    usurpee = _lire(monde, "status", monde.cles["cle_a"], REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert usurpee.status_code == 403
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    derriere = _lire(
        monde, "status", monde.cles["cle_a"], REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9"
    )
    assert derriere.status_code == 200
    assert _lire(monde, "status", monde.cles["cle_p"], REMOTE_ADDR="").status_code == 200


def test_le_droit_est_lu_a_chaque_appel(monde: Monde) -> None:
    chemin = f"dossiers/{monde.objets['numero']}"
    domaine = Dossier.objects.tous("essai").get(numero=monde.objets["numero"]).domaine
    autre = next(f.value for f in FAMILLES if f.value != domaine)
    for droits, statut in (([f"{domaine}:1"], 200), ([f"{domaine}:4"], 200), ([f"{autre}:1"], 404), (["factures:4"], 403)):
        _cle("cle_a").update(droits=droits)
        assert (droits, _lire(monde, chemin, monde.cles["cle_a"]).status_code) == (droits, statut)
        assert _lire(monde, "status", monde.cles["cle_a"]).status_code == 200
    reponse = _lire(monde, f"dossiers/{INCONNU}", monde.cles["cle_a"])
    assert (reponse.status_code, reponse["Content-Type"], reponse.json()["type"]) == (403, PROBLEME, "urn:jalon:droit-manquant")


def test_une_cle_d_etablissement_ne_lit_que_ses_dossiers(monde: Monde) -> None:
    chemin = f"dossiers/{monde.objets['numero']}"
    dossier = Dossier.objects.tous("essai").get(numero=monde.objets["numero"])
    for siret, statut in ((dossier.siret, 200), (f"{dossier.siren}99999", 404)):
        _cle("cle_a").update(sirets=[siret])
        assert _lire(monde, chemin, monde.cles["cle_a"]).status_code == statut


def test_une_ancienne_cle_lit_les_dossiers_sans_rien_changer(monde: Monde, tmp_path: Path) -> None:
    secret = "c1e-de-l-ancien-portail/2021=="
    fichier = tmp_path / "cles.csv"
    fichier.write_text(f"cle;siren;libelle\n{secret};{monde.objets['prestataire']};Ypareo\n")
    assert _lire(monde, "status", secret).status_code == 401
    importer_anciennes_cles(
        chemin=fichier, profil=Profil.PRESTATAIRE, hexadecimales=False, appliquer=True, par=ActeurSysteme("essai"),
        maintenant=MAINTENANT,
    )  # fmt: skip
    assert _lire(monde, "status", secret).status_code == 200
    assert _lire(monde, f"dossiers/{monde.objets['numero']}", secret).json()["etat"] == "ENGAGE"
    assert _lire(monde, f"dossiers/{_numero(monde.objets['autre_accorde'])}", secret).status_code == 404
    assert _lire(monde, "status", secret[:-1]).json() == _lire(monde, "status", "inconnue-inconnue").json()


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
