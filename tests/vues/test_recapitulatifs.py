"""The digest and the alerts: asked, due, re-read when it leaves, never twice, stopped by its link."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import envoyer_courriel
from jalon.courriers.enums import EtatCourriel
from jalon.courriers.models import Courriel
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.notifications.models import Notification
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.identifiants import nouvel_id
from jalon.vues import taches
from jalon.vues.actions.alertes import annoncer_alertes
from jalon.vues.actions.cartes import regler_alerte
from jalon.vues.actions.recapitulatifs import (
    arreter_recapitulatif,
    choisir_rythme,
    oublier_recapitulatifs,
    preparer_recapitulatifs,
)
from jalon.vues.enums import Rythme
from jalon.vues.models import PlaceDeCarte, Recapitulatif
from jalon.vues.requetes.alertes import alertes_a_dire
from jalon.vues.requetes.recapitulatifs import jeton_d_arret, rythme_de
from tests.fils import ensemble
from tests.habilitations.fabrique import CABINET, LE, acteur, confier, donner, organisation, personne, rattacher, sur_le_siren
from tests.vues.fabrique import ICI, ListeDEssai, garder

JOUR = LE.date()
DEMAIN = LE + timedelta(days=1)


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def boite(tmp_path: Path, settings: Any) -> Path:
    settings.JALON_DOSSIER_COURRIELS = str(tmp_path)
    return tmp_path


def _aline() -> Personne:
    """Alone to administer: a second administrator is a task."""
    organisation()
    creee = personne("Aline")
    rattacher(creee)
    choisir_rythme(rythme="quotidien", par=acteur(creee), maintenant=LE)
    return creee


def _envoyer(le: datetime = LE) -> list[str]:
    for courriel in Courriel.objects.filter(etat=EtatCourriel.A_ENVOYER):
        envoyer_courriel(courriel_id=courriel.pk, maintenant=le)
    return list(Courriel.objects.order_by("prepare_le").values_list("etat", flat=True))


@pytest.mark.django_db
def test_un_recapitulatif_dit_des_nombres_et_comment_l_arreter(boite: Path) -> None:
    aline = _aline()
    assert preparer_recapitulatifs(maintenant=LE) == 1
    assert _envoyer() == [EtatCourriel.ENVOYE]
    (fichier,) = boite.glob("*.eml")
    lu = message_from_bytes(fichier.read_bytes(), policy=policy.default)
    corps = lu.get_body(("plain",))
    assert corps is not None
    texte = corps.get_content()
    assert lu["Subject"] == "1 tâche à faire"
    assert "BELLERIVE RESTAURATION : 1 tâche" in texte
    assert "Ferrand" not in texte
    adresse = str(lu["List-Unsubscribe"]).strip(" <>")
    assert adresse in texte.replace("\n", "")
    arreter_recapitulatif(jeton=adresse.rstrip("/").rpartition("/")[2], maintenant=LE)
    assert rythme_de(aline.pk) == Rythme.JAMAIS
    assert preparer_recapitulatifs(maintenant=DEMAIN) == 0


@pytest.mark.django_db
def test_jamais_deux_fois_pour_la_meme_periode() -> None:
    aline = _aline()
    assert [preparer_recapitulatifs(maintenant=LE) for _ in range(3)] == [1, 0, 0]
    assert preparer_recapitulatifs(maintenant=DEMAIN) == 1
    assert Courriel.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Recapitulatif.objects.create(personne=aline, periode="2026-11-24", prepare_le=LE)


@pytest.mark.django_db
def test_rien_a_dire_rien_d_envoye() -> None:
    organisation()
    bruno = personne("Bruno")
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    choisir_rythme(rythme="quotidien", par=acteur(bruno), maintenant=LE)
    assert preparer_recapitulatifs(maintenant=LE) == 0
    assert not Courriel.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fin", ["droits", "arret", "coupure"])
def test_les_droits_et_le_souhait_sont_relus_a_l_envoi(boite: Path, fin: str) -> None:
    aline = _aline()
    preparer_recapitulatifs(maintenant=LE)
    if fin == "droits":
        DroitAccorde.objects.all().delete()
        Rattachement.objects.tous("essai").update(etat="revoque", personne=aline)
    elif fin == "arret":
        choisir_rythme(rythme="jamais", par=acteur(aline), maintenant=LE)
    else:
        Personne.objects.update(suspendue_le=LE)
    assert _envoyer() == [EtatCourriel.ANNULE]
    assert list(boite.glob("*.eml")) == []


@pytest.mark.django_db
def test_un_cabinet_lit_ses_clients_ensemble(boite: Path) -> None:
    organisation()
    organisation(CABINET, "CABINET ESSAI")
    chloe = personne("Chloé")
    lien = rattacher(chloe, CABINET, droits=[])
    confier(donner(), lien)
    choisir_rythme(rythme="quotidien", par=acteur(chloe), maintenant=LE)
    assert preparer_recapitulatifs(maintenant=LE) == 0
    assert list(boite.glob("*.eml")) == []


@pytest.mark.django_db
def test_un_rythme_inconnu_ou_un_faux_lien_sont_refuses() -> None:
    aline = _aline()
    with pytest.raises(SaisieRefusee):
        choisir_rythme(rythme="annuel", par=acteur(aline), maintenant=LE)
    for jeton in ("", str(aline.pk), jeton_d_arret(aline.pk)[:-1], jeton_d_arret(nouvel_id())):
        with pytest.raises(Introuvable):
            arreter_recapitulatif(jeton=jeton, maintenant=LE)
    assert rythme_de(aline.pk) == Rythme.QUOTIDIEN


@pytest.mark.django_db
def test_les_travaux_preparent_puis_oublient() -> None:
    _aline()
    taches.preparer_recapitulatifs()
    assert Recapitulatif.objects.count() == 1
    assert oublier_recapitulatifs(maintenant=LE + timedelta(days=90)) == 0
    with time_machine.travel(LE + timedelta(days=90, seconds=1), tick=False):
        taches.oublier_recapitulatifs()
    assert not Recapitulatif.objects.exists()
    assert not Courriel.objects.exists()


@pytest.mark.django_db
def test_une_vue_suivie_dit_ce_qui_est_arrive_depuis(essais: ListeDEssai) -> None:
    aline = _aline()
    ancienne, nouvelle = nouvel_id(), nouvel_id()
    essais.lignes = {ICI.siren: [ancienne]}
    vue = garder(acteur(aline), alerte=True)
    assert alertes_a_dire(acteur(aline), JOUR) == []
    essais.lignes = {ICI.siren: [ancienne, nouvelle]}
    (alerte,) = alertes_a_dire(acteur(aline), JOUR)
    assert alerte.nouvelles == (nouvelle,)
    assert [annoncer_alertes(maintenant=LE) for _ in range(2)] == [1, 0]
    assert alertes_a_dire(acteur(aline), JOUR) == []
    dite = Notification.objects.tous("essai").get()
    assert (dite.personne_id, dite.page, dite.parametres) == (aline.pk, "espace_vues", {"siren": ICI.siren})
    assert (
        dite.phrase
        == "Du nouveau dans un accès rapide que vous suivez\u00a0: 1 nouvelle ligne dans la liste «\u00a0Essais\u00a0»."
    )
    essais.lignes = {ICI.siren: [nouvelle]}
    assert annoncer_alertes(maintenant=DEMAIN) == 0
    essais.lignes = {ICI.siren: [ancienne, nouvelle]}
    assert [a.nouvelles for a in alertes_a_dire(acteur(aline), JOUR)] == [(ancienne,)]
    regler_alerte(lieu=ICI, cle=str(vue.pk), alerte=False, par=acteur(aline), maintenant=LE)
    assert PlaceDeCarte.objects.get().connues == []
    regler_alerte(lieu=ICI, cle=str(vue.pk), alerte=True, par=acteur(aline), maintenant=LE)
    assert alertes_a_dire(acteur(aline), JOUR) == []
    with pytest.raises(Introuvable):
        regler_alerte(lieu=ICI, cle="inconnue", alerte=True, par=acteur(aline), maintenant=LE)


@pytest.mark.usefixtures("base_reelle")
def test_deux_travaux_a_la_fois_ne_preparent_qu_un_recapitulatif() -> None:
    _aline()
    faits = ensemble([lambda: preparer_recapitulatifs(maintenant=LE)] * 3)
    assert sorted(str(f) for f in faits) == ["0", "0", "1"]
    assert Courriel.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("fin", ["droits", "coupure", "personne"])
def test_une_alerte_ne_dit_rien_a_qui_ne_voit_plus(essais: ListeDEssai, fin: str) -> None:
    aline = _aline()
    garder(acteur(aline), alerte=True)
    essais.lignes = {ICI.siren: [nouvel_id()]}
    if fin == "droits":
        DroitAccorde.objects.all().delete()
    else:
        Personne.objects.update(**({"suspendue_le": LE} if fin == "coupure" else {"is_active": False}))
    assert annoncer_alertes(maintenant=LE) == 0
    assert not Notification.objects.tous("essai").exists()


@pytest.mark.usefixtures("base_reelle")
def test_deux_travaux_a_la_fois_ne_disent_une_alerte_qu_une_fois(essais: ListeDEssai) -> None:
    aline = _aline()
    garder(acteur(aline), alerte=True)
    essais.lignes = {ICI.siren: [nouvel_id()]}
    faits = ensemble([lambda: annoncer_alertes(maintenant=LE)] * 3)
    assert sorted(int(str(n)) for n in faits) == [0, 0, 1]
    assert Notification.objects.tous("essai").count() == 1
