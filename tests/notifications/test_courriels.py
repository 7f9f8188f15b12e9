"""What leaves by e-mail: at once or once a day, without personal data, never twice, stopped by its link."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine

from jalon.comptes.jetons import jeton_d_arret
from jalon.comptes.models import Personne
from jalon.courriers.actions import envoyer_courriel
from jalon.courriers.enums import EtatCourriel
from jalon.courriers.models import Courriel
from jalon.habilitations.models import DroitAccorde
from jalon.journal.models import Evenement
from jalon.notifications.actions.lectures import marquer_lue, oublier_notifications
from jalon.notifications.actions.preferences import arreter_les_courriels, choisir_canaux
from jalon.notifications.actions.recapitulatifs import preparer_les_courriels_du_jour
from jalon.notifications.actions.suivi import lire_le_journal
from jalon.notifications.enums import Canal, Genre
from jalon.notifications.models import Notification, Recapitulatif
from jalon.notifications.regles import AGE_D_UN_COURRIEL, CONSERVATION
from jalon.notifications.requetes import choix_de
from jalon.socle.erreurs import Introuvable
from tests.fils import ensemble
from tests.habilitations.fabrique import LE, SIREN, acteur, organisation, personne, rattacher
from tests.notifications.fabrique import EssaiAnnonce, ecrire


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def boite(tmp_path: Path, settings: Any) -> Path:
    settings.JALON_DOSSIER_COURRIELS = str(tmp_path)
    return tmp_path


def _bruno(essai: EssaiAnnonce, canal: Canal, fois: int = 1, age: timedelta = timedelta(0)) -> Personne:
    """Somebody who wants that, and to whom so many things have happened."""
    organisation()
    aline, bruno = personne("Aline"), personne("Bruno", "Marchetti")
    rattacher(aline)
    rattacher(bruno)
    essai.personnes = [bruno.pk]
    choisir_canaux(canaux={Genre.DOSSIER_TRANSMIS: canal.value}, lieu="", par=acteur(bruno), maintenant=LE)
    for rang in range(fois):
        ecrire(acteur(aline), f"n° {rang}", le=LE - age)
    lire_le_journal(maintenant=LE)
    return bruno


def _envoyer() -> list[str]:
    for courriel in Courriel.objects.filter(etat=EtatCourriel.A_ENVOYER):
        envoyer_courriel(courriel_id=courriel.pk, maintenant=LE)
    return list(Courriel.objects.order_by("prepare_le").values_list("etat", flat=True))


def _lu(boite: Path) -> EmailMessage:
    (fichier,) = boite.glob("*.eml")
    lu = message_from_bytes(fichier.read_bytes(), policy=policy.default)
    assert isinstance(lu, EmailMessage)
    return lu


def _corps(lu: EmailMessage, genre: str) -> str:
    corps = lu.get_body((genre,))
    assert corps is not None
    return str(corps.get_content())


@pytest.mark.django_db
def test_un_courriel_tout_de_suite_en_texte_et_en_html(essai: EssaiAnnonce, boite: Path) -> None:
    bruno = _bruno(essai, Canal.IMMEDIAT)
    dite = Notification.objects.tous("essai").get()
    assert _envoyer() == [EtatCourriel.ENVOYE]
    lu = _lu(boite)
    assert lu["Subject"] == "Le dossier n° 0 est transmis"
    arret = str(lu["List-Unsubscribe"]).replace(" ", "").strip("<>")
    for genre in ("plain", "html"):
        texte = _corps(lu, genre)
        assert f"/mes/notifications/{dite.pk}/" in texte
        assert arret in texte.replace("\n", "")
        assert "Marchetti" not in texte
        assert "Ferrand" not in texte
    arreter_les_courriels(jeton=arret.rstrip("/").rpartition("/")[2], maintenant=LE)
    assert choix_de(bruno.pk) == dict.fromkeys(((genre, "") for genre in Genre), Canal.PORTAIL)


@pytest.mark.django_db
def test_le_lien_ne_reveille_pas_ce_qui_etait_ferme_et_vaut_dans_chaque_espace(essai: EssaiAnnonce) -> None:
    bruno = _bruno(essai, Canal.AUCUN)
    choisir_canaux(canaux={Genre.EXPORT_PRET: "immediat"}, lieu=SIREN, par=acteur(bruno), maintenant=LE)
    arreter_les_courriels(jeton=jeton_d_arret(bruno.pk, "notifications"), maintenant=LE)
    choix = choix_de(bruno.pk)
    assert (choix[Genre.DOSSIER_TRANSMIS, ""], choix[Genre.EXPORT_PRET, SIREN]) == (Canal.AUCUN, Canal.PORTAIL)
    assert Evenement.objects.tous("essai").filter(code="notifications.preferences", acteur_id=bruno.pk).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("faux", ["", "n-importe-quoi", "autre-courriel", "compte-parti", "compte-coupe"])
def test_un_lien_inconnu_n_arrete_rien(faux: str) -> None:
    qui = personne("Bruno")
    jeton = {"autre-courriel": jeton_d_arret(qui.pk, "recapitulatif")}.get(faux, faux)
    if faux.startswith("compte"):
        jeton = jeton_d_arret(qui.pk, "notifications")
        Personne.objects.filter(pk=qui.pk).update(suspendue_le=LE)
        if faux == "compte-parti":
            qui.delete()
    with pytest.raises(Introuvable):
        arreter_les_courriels(jeton=jeton, maintenant=LE)


@pytest.mark.django_db
@pytest.mark.parametrize("canal", [Canal.IMMEDIAT, Canal.RECAPITULATIF])
@pytest.mark.parametrize("fin", ["lue", "droits", "souhait", "coupure", "fermeture"])
def test_tout_est_relu_au_moment_de_l_envoi(essai: EssaiAnnonce, boite: Path, canal: Canal, fin: str) -> None:
    bruno = _bruno(essai, canal)
    preparer_les_courriels_du_jour(maintenant=LE)
    if fin == "lue":
        marquer_lue(notification_id=Notification.objects.tous("essai").get().pk, par=acteur(bruno), maintenant=LE)
    elif fin == "droits":
        DroitAccorde.objects.filter(rattachement__personne=bruno).delete()
    elif fin == "souhait":
        choisir_canaux(canaux={Genre.DOSSIER_TRANSMIS: "portail"}, lieu=SIREN, par=acteur(bruno), maintenant=LE)
    else:
        Personne.objects.filter(pk=bruno.pk).update(**({"suspendue_le": LE} if fin == "coupure" else {"is_active": False}))
    assert _envoyer() == [EtatCourriel.ANNULE]
    assert list(boite.glob("*.eml")) == []


@pytest.mark.django_db
def test_le_courriel_du_jour_dit_tout_une_seule_fois(essai: EssaiAnnonce, boite: Path) -> None:
    _bruno(essai, Canal.RECAPITULATIF, fois=3)
    assert not Courriel.objects.exists()
    assert [preparer_les_courriels_du_jour(maintenant=LE) for _ in range(2)] == [1, 0]
    _envoyer()
    lu = _lu(boite)
    assert lu["Subject"] == "3 notifications dans votre espace"
    assert [_corps(lu, genre).count("est transmis.") for genre in ("plain", "html")] == [3, 3]
    assert preparer_les_courriels_du_jour(maintenant=LE + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_ce_qui_arrive_apres_le_courriel_du_jour_attend_le_suivant(essai: EssaiAnnonce) -> None:
    _bruno(essai, Canal.RECAPITULATIF)
    preparer_les_courriels_du_jour(maintenant=LE)
    ecrire(acteur(Personne.objects.get(prenom="Aline")), "tard")
    lire_le_journal(maintenant=LE)
    assert preparer_les_courriels_du_jour(maintenant=LE) == 0
    assert preparer_les_courriels_du_jour(maintenant=LE + timedelta(days=1)) == 1
    assert Recapitulatif.objects.count() == 2


@pytest.mark.usefixtures("base_reelle")
def test_deux_travaux_a_la_fois_ne_preparent_qu_un_courriel(essai: EssaiAnnonce) -> None:
    _bruno(essai, Canal.RECAPITULATIF)
    faits = ensemble([lambda: preparer_les_courriels_du_jour(maintenant=LE)] * 3)
    assert sorted(int(str(n)) for n in faits) == [0, 0, 1]
    assert Courriel.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("servi", [True, False])
def test_un_acte_qui_a_deja_ecrit_a_la_personne_n_est_pas_double(essai: EssaiAnnonce, servi: bool) -> None:
    bruno = personne("Zoé")
    Courriel.objects.create(
        genre="essai.courriel", adresse=Personne.objects.get().email, prepare_le=LE if servi else LE - timedelta(seconds=1)
    )
    organisation()
    rattacher(bruno)
    essai.personnes = [bruno.pk]
    choisir_canaux(canaux={Genre.DOSSIER_TRANSMIS: "immediat"}, lieu="", par=acteur(bruno), maintenant=LE)
    ecrire(acteur(personne("Aline")))
    lire_le_journal(maintenant=LE)
    assert Notification.objects.tous("essai").get().canal == ("portail" if servi else "immediat")
    assert Courriel.objects.filter(genre="notifications.immediate").exists() is not servi


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "part"), [(AGE_D_UN_COURRIEL, True), (AGE_D_UN_COURRIEL + timedelta(seconds=1), False)])
def test_ce_qui_est_vieux_reste_dans_le_portail(essai: EssaiAnnonce, age: timedelta, part: bool) -> None:
    _bruno(essai, Canal.IMMEDIAT, age=age)
    assert Notification.objects.tous("essai").count() == 1
    assert Courriel.objects.exists() is part


@pytest.mark.django_db
def test_au_bout_de_90_jours_tout_s_efface(essai: EssaiAnnonce) -> None:
    bruno = _bruno(essai, Canal.IMMEDIAT)
    choisir_canaux(canaux={Genre.DOSSIER_TRANSMIS: "recapitulatif"}, lieu="", par=acteur(bruno), maintenant=LE)
    ecrire(acteur(Personne.objects.get(prenom="Aline")), "B")
    lire_le_journal(maintenant=LE)
    preparer_les_courriels_du_jour(maintenant=LE)
    assert oublier_notifications(maintenant=LE + CONSERVATION) == 0
    assert Notification.objects.tous("essai").count() == 2
    assert oublier_notifications(maintenant=LE + CONSERVATION + timedelta(seconds=1)) == 2
    assert not Courriel.objects.exists()
    assert not Recapitulatif.objects.exists()
