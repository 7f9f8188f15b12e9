"""The pages where a right on one dispositif is given, read, and used (docs/adr/0027)."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from jalon.comptes.models import Personne
from jalon.dossiers.models import Dossier
from jalon.habilitations.models import CleApi, Rattachement
from jalon.habilitations.requetes.matrice import boites_de
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.identifiants import nouvel_id
from tests.dispositifs.second import BILAN, second_dispositif
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_dispositif,
)
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
ICI = f"/e/{SIREN}/habilitations/"
ACTION, AUTRE = "action_formation", BILAN.code
L, S, E = Niveau.LECTURE, Niveau.SAISIE, Niveau.ENVOI
AUCUN = {f"niveau_{d}": "0" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False), second_dispositif():
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_un_dispositif(ACTION, E), sur_le_siren(Domaine.FACTURES, L)])


def _lire(qui: Personne, chemin: str = ICI, statut: int = 200) -> str:
    reponse = navigateur_de(qui).get(chemin)
    assert reponse.status_code == statut
    return reponse.content.decode()


def _envoyer(qui: Personne, chemin: str, corps: dict[str, Any]) -> tuple[int, str]:
    reponse = navigateur_de(qui).post(chemin, corps, follow=True)
    return reponse.status_code, reponse.content.decode()


def _boites(lien: Rattachement) -> set[object]:
    return set(boites_de([lien], LE).get(lien.id, ()))


def _ligne(lien: Rattachement) -> str:
    return f"{ICI}{lien.id}/droits/?siret="


def test_le_tableau_dit_le_dispositif_et_l_editeur_le_propose(aline: Personne, bruno: Rattachement) -> None:
    page = _lire(aline)
    assert "Action de formation\u00a0: Envoi" in page
    assert "seul_action_formation" not in page
    ouverte = _lire(aline, f"{ICI}?modifier={bruno.id}&siret=")
    assert "sans le reste de sa famille" in ouverte
    assert "sans le reste de sa famille" not in page
    assert 'name="seul_bilan"' in ouverte
    choisi = ouverte.partition('name="seul_action_formation"')[2].partition("</select>")[0]
    assert '<option value="3" selected>' in choisi


def test_l_editeur_donne_retire_et_garde_ce_que_la_page_ne_demande_pas(aline: Personne, bruno: Rattachement) -> None:
    lire = {"niveau_factures": "1", "perimetre": ""}
    _envoyer(aline, _ligne(bruno), AUCUN | lire | {"seul_action_formation": "1", "seul_bilan": "2"})
    assert _boites(bruno) == {sur_un_dispositif(ACTION, L), sur_un_dispositif(AUTRE, S), sur_le_siren(Domaine.FACTURES, L)}
    _envoyer(aline, _ligne(bruno), AUCUN | lire | {"niveau_plan": "1"})
    assert sur_un_dispositif(AUTRE, S) in _boites(bruno)
    _envoyer(aline, _ligne(bruno), AUCUN | lire | {"seul_action_formation": "0", "seul_bilan": "0"})
    assert _boites(bruno) == {sur_le_siren(Domaine.FACTURES, L)}
    statut, page = _envoyer(aline, _ligne(bruno), AUCUN | lire | {"seul_bilan": "9"})
    assert (statut, "Choisissez le niveau de droit «\u00a0Bilan de compétences\u00a0»" in page) == (422, True)


def test_l_editeur_garde_les_jours_de_chaque_boite(aline: Personne, bruno: Rattachement) -> None:
    jours = {"debut": "01/12/2026", "fin": "31/12/2026", "perimetre": ""}
    _envoyer(aline, _ligne(bruno), AUCUN | jours | {"seul_bilan": "1"})
    avant = _boites(bruno)
    assert avant != {sur_un_dispositif(AUTRE, L)}
    _envoyer(aline, _ligne(bruno), AUCUN | jours | {"seul_bilan": "1"})
    assert _boites(bruno) == avant


def test_un_droit_limite_change_de_lieu_avec_sa_ligne(aline: Personne, bruno: Rattachement) -> None:
    corps = AUCUN | {"perimetre": SIRET, "seul_action_formation": "3", "seul_bilan": "0"}
    _envoyer(aline, _ligne(bruno), corps)
    assert _boites(bruno) == {sur_un_dispositif(ACTION, E, SIRET)}


def test_on_invite_pour_un_seul_dispositif(aline: Personne) -> None:
    page = _lire(aline, f"{ICI}inviter/")
    assert "Bilan de compétences seulement" in page
    corps = {
        "adresse": "zoe@essai.example",
        "etendue": "siren",
        "modele": "gestionnaire_rh",
        "dispositif": AUTRE,
        "cote": "adherent",
    }
    statut, page = _envoyer(aline, f"{ICI}inviter/", corps)
    assert (statut, "L’invitation est envoyée" in page) == (200, True)
    lien = Rattachement.objects.tous("essai").get(courriel_invite="zoe@essai.example")
    assert _boites(lien) == {sur_un_dispositif(AUTRE, E)}


def test_un_profil_se_donne_a_plusieurs_pour_un_seul_dispositif(aline: Personne, bruno: Rattachement) -> None:
    corps = {"personnes": [str(bruno.id)], "acte": "gestionnaire_rh", "dispositif": AUTRE, "cote": "adherent"}
    statut, page = _envoyer(aline, f"{ICI}plusieurs/", corps)
    assert (statut, "Droits modifiés pour 1 personne" in page) == (200, True)
    assert _boites(bruno) == {sur_un_dispositif(AUTRE, E)}


def test_une_cle_se_cree_pour_un_seul_dispositif(aline: Personne) -> None:
    chemin = f"/e/{SIREN}/cles/nouvelle/"
    assert "Bilan de compétences seulement" in _lire(aline, chemin)
    corps = AUCUN | {"nom": "Paie", "etendue": "siren", "niveau_plan": "1", "niveau_alternance": "1", "dispositif": AUTRE}
    statut, _ = _envoyer(aline, chemin, corps | {"jusqu_au": "31/12/2026", "cle_id": str(nouvel_id())})
    assert statut == 200
    assert CleApi.objects.tous("essai").get().droits == [f"plan/{AUTRE}:1"]
    assert "Lecture · Bilan de compétences seulement" in _lire(aline, f"/e/{SIREN}/cles/")


def test_l_histoire_nomme_le_dispositif(aline: Personne, bruno: Rattachement) -> None:
    _envoyer(aline, _ligne(bruno), AUCUN | {"perimetre": "", "seul_action_formation": "1"})
    assert "Action de formation seulement, toute l’organisation\u00a0: Envoi, puis Lecture" in _lire(aline, f"{ICI}journal/")


def test_qui_est_limite_a_ses_pages_et_ne_se_voit_offrir_que_son_dispositif(aline: Personne, bruno: Rattachement) -> None:
    qui = bruno.personne
    assert qui is not None
    assert f"/e/{SIREN}/dossiers/" in _lire(qui, f"/e/{SIREN}/")
    _lire(qui, f"/e/{SIREN}/dossiers/")
    _lire(qui, f"/e/{SIREN}/brouillons/")
    assert "d’un seul dispositif\u00a0: Action de formation" in _lire(qui, f"/e/{SIREN}/mes-droits/")
    nouveau = f"/e/{SIREN}/dossiers/nouveau/"
    page = _lire(qui, nouveau)
    assert f'value="{ACTION}"' in page
    assert f'value="{AUTRE}"' not in page
    statut, _ = _envoyer(qui, nouveau, {"dispositif": AUTRE, "siret": SIRET})
    assert statut == 422
    assert not Dossier.objects.tous("essai").exists()
    statut, _ = _envoyer(qui, nouveau, {"dispositif": ACTION, "siret": SIRET})
    assert statut == 200
    assert Dossier.objects.tous("essai").get().dispositif == ACTION


def test_qui_ne_fait_que_lire_un_dispositif_ne_commence_rien(aline: Personne) -> None:
    qui = personne("Lise", "Essai")
    rattacher(qui, droits=[sur_un_dispositif(ACTION, L)])
    assert "Il vous manque le droit de saisie" in _lire(qui, f"/e/{SIREN}/dossiers/nouveau/", 403)
    assert "/dossiers/nouveau/" not in _lire(qui, f"/e/{SIREN}/dossiers/")
