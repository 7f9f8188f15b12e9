"""Cases 1 and 2 of the FAQ, from the file to the history: two people sign, a new account finds what it had."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from jalon.comptes.models import Personne
from jalon.courriers.messages import Destinataire, genre
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.preparations import appliquer_preparation
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import EtatPreparation, EtatRattachement, Role
from jalon.habilitations.models import AvisPostal, PreparationDroits, Rattachement
from jalon.organisations.models import Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Profil
from tests.facturation.outils import accorder, deposer, document_leger, saisie_facture
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, agent, organisation, personne, portefeuille
from tests.habilitations.preparations import appliquee, deposee, ligne, organisations, signer
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
BRUNO = "bruno@essai.example"
CHLOE = "chloe@essai.example"
MOT_DE_PASSE = "quatre mots sans lien entre eux"


@pytest.fixture(autouse=True)
def _a_cet_instant(db: None) -> Iterator[None]:
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")
    with time_machine.travel(LE, tick=False):
        yield


def _client(qui: Personne) -> Client:
    return navigateur_de(qui, raise_request_exception=False)


def _texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode())).replace("&#x27;", "'")


def _dernier_message(adresse: str, sorte: str) -> tuple[str, dict[str, Any]]:
    """Subject and context of the last message of that kind, as it would be rendered now."""
    courriel = Courriel.objects.filter(genre=sorte, adresse=adresse).latest("prepare_le")
    message = genre(sorte).charger(courriel.objet_id, Destinataire(adresse, courriel.destinataire_id))
    assert message is not None
    assert message.autorise()
    return message.sujet(), dict(message.contexte())


def _creer_son_compte(adresse: str) -> Client:
    """Sign up with that address, type the code received, set up a second factor."""
    client = Client()
    client.post(
        "/compte/signup/",
        {"prenom": "Bruno", "nom": "Marchetti", "email": adresse, "password1": MOT_DE_PASSE, "password2": MOT_DE_PASSE},
    )
    (code,) = re.findall(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    reponse = client.post("/compte/confirm-email/", {"code": code})
    assert reponse.status_code == 302
    qui = Personne.objects.get(email=adresse)
    Authenticator.objects.create(user=qui, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return _client(qui)


def test_cas_1_un_administrateur_prepare_retrouve_l_historique_et_donne_des_droits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jalon.facturation.actions.depot.deposer_document", document_leger)
    engagement = accorder(siren=SIREN, prestataire=AUTRE_SIREN)
    facture = deposer(engagement, saisie_facture(numero="F-2026-HISTO"))
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    adresse = f"/opco/preparations/{preparation.pk}/"
    emma, hugo = (_client(Personne.objects.get(prenom="Emma")), _client(agent(prenom="Hugo")))

    assert "droits.csv" in _texte(emma.get("/opco/preparations/"))
    page = _texte(emma.get(adresse))
    assert "BELLERIVE RESTAURATION" in page
    assert preparation.sha256 in page
    assert "Les droits s’ajoutent" in page
    detail = emma.get(f"{adresse}organisations/{organisations(preparation)[0].pk}/").content.decode()
    assert BRUNO in detail
    assert "Devient administrateur" in detail
    assert "Accès, toute l’organisation\u00a0: Aucun, puis Gestion" in detail

    assert emma.post(f"{adresse}signer/").status_code == 302
    assert "Une autre personne signe" in _texte(emma.get(adresse))
    assert emma.post(f"{adresse}signer/").status_code == 403
    assert hugo.post(f"{adresse}signer/").status_code == 302
    assert "en train d’être donnés" in _texte(hugo.get(adresse))
    assert not Rattachement.objects.tous("essai").exists()
    appliquer_preparation(preparation_id=preparation.pk, maintenant=LE)
    assert "1 organisation appliquée" in _texte(hugo.get(adresse))

    sujet, contexte = _dernier_message(BRUNO, "habilitations.acces_prepare")
    assert sujet.startswith("Votre accès est préparé\u00a0: BELLERIVE RESTAURATION")
    assert (contexte["attendu"], contexte["chemin"]) == (True, "/compte/signup/")
    bruno = _creer_son_compte(BRUNO)
    assert bruno.get("/accueil/").headers["Location"] == f"/e/{SIREN}/"
    assert [a.email for a in administrateurs_actifs(SIREN, Profil.ADHERENT, LE)] == [BRUNO]
    assert AvisPostal.objects.get().siren == SIREN
    assert engagement.dossier.numero in bruno.get(f"/e/{SIREN}/dossiers/").content.decode()
    assert facture.numero in bruno.get(f"/e/{SIREN}/factures/").content.decode()
    assert bruno.get(f"/e/{SIREN}/coordonnees-bancaires/").status_code == 200
    reponse = bruno.post(
        f"/e/{SIREN}/habilitations/inviter/",
        {"adresse": "louis@essai.example", "prenom": "Louis", "nom": "Petit", "modele": "lecture", "etendue": "siren"},
    )
    assert reponse.status_code == 302, _texte(reponse)
    assert Rattachement.objects.tous("essai").filter(courriel_invite="louis@essai.example").exists()


def test_cas_2_un_utilisateur_prepare_retrouve_l_historique_de_ses_droits(tmp_path: Path) -> None:
    engagement = accorder(siren=SIREN, prestataire=AUTRE_SIREN)
    appliquee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    chloe = _creer_son_compte(CHLOE)
    assert chloe.get("/accueil/").headers["Location"] == f"/e/{SIREN}/"
    assert engagement.dossier.numero in chloe.get(f"/e/{SIREN}/dossiers/").content.decode()
    assert chloe.get(f"/e/{SIREN}/habilitations/").status_code == 403
    assert not AvisPostal.objects.exists()


def test_sans_droits_prepares_l_historique_reste_ferme(tmp_path: Path) -> None:
    engagement = accorder(siren=SIREN, prestataire=AUTRE_SIREN)
    appliquee(tmp_path, ligne(BRUNO))
    autre = _creer_son_compte("autre@essai.example")
    assert autre.get("/accueil/").status_code == 200
    reponse = autre.get(f"/e/{SIREN}/dossiers/")
    assert reponse.status_code == 404
    assert engagement.dossier.numero not in reponse.content.decode()


def test_la_signature_demande_un_second_facteur_recent(tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    hugo = Client()
    hugo.force_login(agent(prenom="Hugo"))
    for chemin in ("signer/", f"organisations/{organisations(preparation)[0].pk}/relancer/"):
        reponse = hugo.post(f"/opco/preparations/{preparation.pk}/{chemin}")
        assert reponse.status_code in {302, 403}, chemin
    preparation.refresh_from_db()
    assert preparation.premiere_par is None


def test_un_portefeuille_manquant_se_dit_avant_de_signer(tmp_path: Path) -> None:
    savoie = portefeuille("Savoie")
    Organisation.objects.filter(siren=AUTRE_SIREN).update(portefeuille=savoie)
    partout = agent(Role.CONSEILLER, prenom="Partout", portefeuilles=[PORTEFEUILLE_PAR_DEFAUT, savoie.id])
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, siren=AUTRE_SIREN), auteur=partout)
    ici = _client(agent(prenom="Ici"))
    page = ici.get(f"/opco/preparations/{preparation.pk}/").content.decode()
    assert "Vous ne pouvez pas signer cette préparation" in page
    assert "Savoie" in page
    assert "CFA DU LAC" not in page
    assert "Signer la préparation" not in page
    refus = ici.post(f"/opco/preparations/{preparation.pk}/signer/")
    assert refus.status_code == 403
    assert "Savoie" in refus.content.decode()
    ailleurs = next(o for o in organisations(preparation) if o.siren == AUTRE_SIREN)
    assert ici.get(f"/opco/preparations/{preparation.pk}/organisations/{ailleurs.pk}/").status_code == 404


def test_ecarter_demande_un_motif(tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    hugo = _client(agent(prenom="Hugo"))
    adresse = f"/opco/preparations/{preparation.pk}/"
    assert hugo.post(f"{adresse}ecarter/", {"motif": ""}).status_code == 422
    assert hugo.post(f"{adresse}ecarter/", {"motif": "Adresse douteuse"}).status_code == 302
    page = _texte(hugo.get(adresse))
    assert "Écartée" in page
    assert "Adresse douteuse" in page
    refus = hugo.post(f"{adresse}signer/")
    assert refus.status_code == 422
    assert "a déjà été signée par deux personnes, ou écartée" in _texte(refus)
    _, contexte = _dernier_message(Personne.objects.get(prenom="Emma").email, "habilitations.preparation_close")
    assert contexte["appliquee"] is False


def test_ce_qui_est_refuse_se_lit_et_se_cherche(tmp_path: Path) -> None:
    preparation = deposee(
        tmp_path, ligne(BRUNO, "Lecture", suite=";;;;24/11/2026"), ligne(CHLOE, siren=AUTRE_SIREN, profil="prestataire")
    )
    signer(preparation, agent(prenom="Hugo"))
    signer(preparation, agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"))
    refusee, faite = organisations(preparation)
    with time_machine.travel(LE.replace(day=26), tick=False):
        appliquer_preparation(preparation_id=preparation.pk, maintenant=LE.replace(day=26))
        lea = _client(agent(prenom="Lea"))
        adresse = f"/opco/preparations/{preparation.pk}/"
        page = lea.get(f"{adresse}?refusees=1").content.decode()
        assert "1 organisation appliquée, 1 refusée" in page
        assert "BELLERIVE RESTAURATION" in page
        assert "CFA DU LAC" not in page
        detail = _texte(lea.get(f"{adresse}organisations/{refusee.pk}/"))
        assert "Rien n’a été donné à cette organisation" in detail
        assert "Ligne 2" in detail
        assert "La fin du droit doit être aujourd’hui ou plus tard" in detail
        assert "CFA DU LAC" in lea.get(f"{adresse}?q=chloe").content.decode()
        assert "Aucune organisation ne correspond" in lea.get(f"{adresse}?q=absent").content.decode()
        detail = _texte(lea.get(f"{adresse}organisations/{faite.pk}/"))
        assert "1 personne attendue" in detail
        assert "Relancer" in detail


def test_relancer_ecrit_de_nouveau(tmp_path: Path) -> None:
    preparation = appliquee(tmp_path, ligne(BRUNO))
    (organisee,) = organisations(preparation)
    lea = _client(agent(prenom="Lea"))
    adresse = f"/opco/preparations/{preparation.pk}/organisations/{organisee.pk}/"
    with time_machine.travel(LE.replace(day=30), tick=False):
        lea = _client(Personne.objects.get(prenom="Lea"))
        assert lea.post(f"{adresse}relancer/").status_code == 302
        assert "Dernière relance" in lea.get(adresse).content.decode()
    assert Courriel.objects.filter(genre="habilitations.acces_prepare", adresse=BRUNO).count() == 2
    Rattachement.objects.tous("essai").update(etat=EtatRattachement.RETIRE)
    lea = _client(Personne.objects.get(prenom="Lea"))
    refus = lea.post(f"{adresse}relancer/")
    assert refus.status_code == 422
    assert "il n’y a personne à relancer" in _texte(refus)


def test_l_accueil_de_l_opco_dit_ce_qui_est_a_signer(tmp_path: Path) -> None:
    emma = agent(Role.CONSEILLER, prenom="Emma")
    preparation = deposee(tmp_path, ligne(BRUNO), auteur=emma)
    client = _client(emma)
    assert f"/opco/preparations/{preparation.pk}/" in client.get("/opco/").content.decode()
    signer(preparation, emma)
    assert f"/opco/preparations/{preparation.pk}/" not in client.get("/opco/").content.decode()
    gestion = _client(agent(Role.GESTIONNAIRE, prenom="Farid"))
    assert gestion.get("/opco/preparations/").status_code == 403
    assert _client(personne("Paul", "Client")).get("/opco/preparations/").status_code in {403, 404}


def test_une_preparation_expiree_le_dit(tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    agent(prenom="Hugo")
    with time_machine.travel(LE.replace(month=12, day=24), tick=False):
        hugo = _client(Personne.objects.get(prenom="Hugo"))
        page = hugo.get(f"/opco/preparations/{preparation.pk}/").content.decode()
        assert "Expirée" in page
        assert "Signer la préparation" not in page
    assert PreparationDroits.objects.get().etat == EtatPreparation.EN_ATTENTE
