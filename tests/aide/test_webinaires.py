"""Webinars: planned, filled one place at a time, told, and their link kept for who is registered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from icalendar import Calendar

from jalon.aide import taches
from jalon.aide.actions.webinaires import annuler_webinaire, modifier_webinaire, programmer_webinaire, s_inscrire, se_retirer
from jalon.aide.courriels_webinaires import MESSAGES_DES_WEBINAIRES
from jalon.aide.models import InscriptionWebinaire, Webinaire
from jalon.aide.regles_webinaires import SaisieWebinaire, calendrier, controler
from jalon.aide.requetes_webinaires import a_venir, passes, programme
from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire, genres
from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.enums import Role
from jalon.habilitations.roles import POUVOIRS
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.fils import ensemble
from tests.fils import genres as par_genre
from tests.habilitations.fabrique import LE, acteur, agent, personne

DEBUT = datetime(2026, 12, 1, 10, 0, tzinfo=PARIS)
SAISIE = SaisieWebinaire(
    titre="Bien facturer", resume="Les pièces.", debut=DEBUT, duree=45, places=2, lien="https://visio.example/abc", region="84"
)


def _programmer(**champs: Any) -> Webinaire:
    return programmer_webinaire(saisie=replace(SAISIE, **champs), par=acteur(agent()), maintenant=LE)


def _inscrire(webinaire: Webinaire, qui: Personne, le: datetime = LE) -> InscriptionWebinaire:
    return s_inscrire(webinaire_id=webinaire.pk, par=acteur(qui), maintenant=le)


def _courriels(genre: str) -> list[str]:
    return sorted(Courriel.objects.filter(genre=genre).values_list("adresse", flat=True))


@pytest.mark.parametrize(
    ("champ", "valeur", "boite"),
    [
        ("titre", " ", "titre"),
        ("titre", "x" * 121, "titre"),
        ("resume", "", "resume"),
        ("resume", "x" * 801, "resume"),
        ("debut", LE, "jour"),
        ("duree", 9, "duree"),
        ("duree", 481, "duree"),
        ("places", 0, "places"),
        ("places", 5001, "places"),
        ("lien", "http://visio.example", "lien"),
        ("lien", "javascript:alert(1)", "lien"),
        ("lien", "https://", "lien"),
        ("lien", "https://visio.example/a b", "lien"),
        ("lien", f"https://visio.example/{'x' * 500}", "lien"),
        ("region", "00", "region"),
        ("branche", "9998", "branche"),
    ],
)
def test_chaque_case_fausse_est_dite(champ: str, valeur: Any, boite: str) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        controler(replace(SAISIE, **{champ: valeur}), LE)
    assert set(refus.value.champs) == {boite}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_qui_repond_aux_messages_programme(role: Role) -> None:
    par = acteur(agent(role))
    if Pouvoir.REPONDRE_TICKETS in POUVOIRS[role]:
        webinaire = programmer_webinaire(saisie=SAISIE, par=par, maintenant=LE)
        assert list(programme(par)) == [webinaire]
        assert (webinaire.quand, webinaire.pour_qui) == ("01/12/2026 à 10:00", "Auvergne-Rhône-Alpes")
        return
    autre = _programmer()
    actes: list[Callable[[], object]] = [
        lambda: programmer_webinaire(saisie=SAISIE, par=par, maintenant=LE),
        lambda: modifier_webinaire(webinaire_id=autre.pk, saisie=SAISIE, par=par, maintenant=LE),
        lambda: annuler_webinaire(webinaire_id=autre.pk, par=par, maintenant=LE),
        lambda: programme(par),
    ]
    for acte in actes:
        with pytest.raises(DroitManquant):
            acte()


@pytest.mark.django_db
def test_on_s_inscrit_une_fois_et_l_on_rend_sa_place() -> None:
    webinaire, aline = _programmer(), personne()
    assert _inscrire(webinaire, aline) == _inscrire(webinaire, aline)
    assert _courriels("aide.inscription_webinaire") == [aline.email]
    se_retirer(webinaire_id=webinaire.pk, par=acteur(aline), maintenant=LE)
    with pytest.raises(Introuvable, match="pas inscrit"):
        se_retirer(webinaire_id=webinaire.pk, par=acteur(aline), maintenant=LE)
    assert not InscriptionWebinaire.objects.exists()
    codes = set(Evenement.objects.tous("essai").values_list("code", flat=True))
    assert codes >= {"aide.webinaire_programme", "aide.webinaire_inscription", "aide.webinaire_retrait"}


@pytest.mark.django_db
def test_ce_qui_est_complet_passe_annule_ou_inconnu_ne_se_prend_pas() -> None:
    plein, passe, annule, bruno = _programmer(places=1), _programmer(), _programmer(), personne("Bruno")
    _inscrire(plein, personne())
    annuler_webinaire(webinaire_id=annule.pk, par=acteur(agent()), maintenant=LE)
    for webinaire, le, dit in ((plein, LE, "places sont prises"), (passe, DEBUT, "a commencé"), (annule, LE, "annulé")):
        with pytest.raises(TransitionImpossible, match=dit):
            _inscrire(webinaire, bruno, le)
    _inscrire(passe, bruno, DEBUT - timedelta(seconds=1))
    with pytest.raises(TransitionImpossible):
        se_retirer(webinaire_id=passe.pk, par=acteur(bruno), maintenant=DEBUT)
    with pytest.raises(Introuvable):
        s_inscrire(webinaire_id=nouvel_id(), par=acteur(bruno), maintenant=LE)
    with pytest.raises(Introuvable):
        s_inscrire(webinaire_id=passe.pk, par=ActeurSysteme("essai"), maintenant=LE)


@pytest.mark.usefixtures("base_reelle")
def test_douze_personnes_a_la_fois_ne_prennent_que_trois_places() -> None:
    webinaire = _programmer(places=3)
    gens = [acteur(personne(f"P{rang}")) for rang in range(12)]
    resultats = ensemble([partial(s_inscrire, webinaire_id=webinaire.pk, par=qui, maintenant=LE) for qui in gens])
    assert par_genre(resultats) == {"InscriptionWebinaire": 3, "TransitionImpossible": 9}
    assert InscriptionWebinaire.objects.count() == 3


@pytest.mark.django_db
def test_deplacer_previent_et_garde_les_places_prises() -> None:
    webinaire, hugo = _programmer(), acteur(agent())
    for prenom in ("Aline", "Bruno"):
        _inscrire(webinaire, personne(prenom))
    modifier = partial(modifier_webinaire, webinaire_id=webinaire.pk, par=hugo, maintenant=LE)
    with pytest.raises(SaisieRefusee, match="2\u00a0personnes") as refus:
        modifier(saisie=replace(SAISIE, places=1))
    assert refus.value.champ == "places"
    modifier(saisie=replace(SAISIE, titre="Mieux facturer"))
    assert _courriels("aide.webinaire_deplace") == []
    modifier(saisie=replace(SAISIE, debut=DEBUT + timedelta(hours=1)))
    assert len(_courriels("aide.webinaire_deplace")) == 2
    annuler_webinaire(webinaire_id=webinaire.pk, par=hugo, maintenant=LE)
    assert len(_courriels("aide.webinaire_annule")) == 2
    for acte in (
        partial(modifier, saisie=SAISIE),
        partial(annuler_webinaire, webinaire_id=webinaire.pk, par=hugo, maintenant=LE),
    ):
        with pytest.raises(TransitionImpossible, match="annulé"):
            acte()


def _rappels(le: datetime) -> list[str]:
    with time_machine.travel(le, tick=False):
        taches.rappeler_webinaires()
    return _courriels("aide.rappel_webinaire")


@pytest.mark.django_db
def test_le_rappel_part_la_veille_une_fois() -> None:
    webinaire, aline = _programmer(), personne()
    _inscrire(webinaire, aline)
    annule = _programmer()
    _inscrire(annule, personne("Bruno"))
    annuler_webinaire(webinaire_id=annule.pk, par=acteur(agent()), maintenant=LE)
    assert _rappels(datetime(2026, 11, 29, 23, 59, 59, tzinfo=PARIS)) == []
    assert _rappels(datetime(2026, 12, 1, 0, 0, tzinfo=PARIS)) == []
    assert _rappels(datetime(2026, 11, 30, 0, 0, tzinfo=PARIS)) == [aline.email]
    assert _rappels(datetime(2026, 11, 30, 23, 59, 59, tzinfo=PARIS)) == [aline.email]


@pytest.mark.django_db
def test_les_courriels_ne_portent_pas_le_lien_et_se_taisent_apres_un_retrait() -> None:
    assert {c.genre for c in MESSAGES_DES_WEBINAIRES} <= set(genres())
    webinaire, aline = _programmer(), personne()
    inscription, dest = _inscrire(webinaire, aline), Destinataire(aline.email, aline.pk)
    for classe in MESSAGES_DES_WEBINAIRES:
        message = classe.charger(inscription.pk, dest)
        assert message is not None
        assert message.autorise() is (classe.genre != "aide.webinaire_annule")
        texte, html = rendre(message, message.sujet())
        assert "Bien facturer" in texte
        assert "01/12/2026 à 10:00" in html
        assert f"/aide/webinaires/{webinaire.pk}/" in texte
        assert "visio.example" not in texte + html
    annuler_webinaire(webinaire_id=webinaire.pk, par=acteur(agent()), maintenant=LE)
    autorises = {c.genre for c in MESSAGES_DES_WEBINAIRES if (m := c.charger(inscription.pk, dest)) is not None and m.autorise()}
    assert autorises == {"aide.webinaire_annule"}
    inscription.delete()
    assert all(c.charger(inscription.pk, dest) is None for c in MESSAGES_DES_WEBINAIRES)


@pytest.mark.django_db
@pytest.mark.parametrize(("jours", "reste"), [(365, True), (366, False)])
def test_qui_etait_inscrit_s_oublie_avec_ses_courriels(jours: int, reste: bool) -> None:
    webinaire = _programmer()
    _inscrire(webinaire, personne())
    with time_machine.travel(DEBUT.replace(hour=3) + timedelta(days=jours), tick=False):
        taches.oublier_inscriptions()
    assert InscriptionWebinaire.objects.exists() is reste
    assert Courriel.objects.filter(genre="aide.inscription_webinaire").exists() is reste
    assert Webinaire.objects.filter(pk=webinaire.pk).exists()


@pytest.mark.django_db
def test_l_agenda_va_du_plus_proche_au_plus_loin_et_les_passes_s_archivent() -> None:
    loin, proche, annule = _programmer(debut=DEBUT + timedelta(days=2)), _programmer(), _programmer()
    annuler_webinaire(webinaire_id=annule.pk, par=acteur(agent()), maintenant=LE)
    assert a_venir(LE) == [proche, loin]
    assert passes(LE) == []
    assert (a_venir(DEBUT), passes(DEBUT)) == ([loin], [proche])


def test_le_fichier_d_agenda_est_a_l_heure_de_paris_et_ne_depasse_aucune_ligne() -> None:
    texte = calendrier(
        identifiant="1@jalon", titre="Bien facturer; vite, et sans erreur", resume="Été\\hiver\nDeuxième ligne " + "é" * 100,
        lien="https://visio.example/abc", debut=DEBUT, duree=45, maintenant=LE,
    )  # fmt: skip
    lignes = texte.split("\r\n")
    assert lignes[0] == "BEGIN:VCALENDAR"
    assert lignes[-2:] == ["END:VCALENDAR", ""]
    assert all(len(ligne.encode()) <= 75 for ligne in lignes)
    depliee = texte.replace("\r\n ", "")
    assert "DTSTART;TZID=Europe/Paris:20261201T100000\r\nDTEND;TZID=Europe/Paris:20261201T104500" in depliee
    assert "SUMMARY:Bien facturer\\; vite\\, et sans erreur\r\n" in depliee
    assert f"DESCRIPTION:Été\\\\hiver\\nDeuxième ligne {'é' * 100}\r\n" in depliee
    assert "TZID:Europe/Paris" in texte
    assert len(lignes) < 60


@pytest.mark.parametrize(("mois", "heure_utc"), [(1, 9), (7, 8)])
def test_le_fichier_d_agenda_dit_l_instant_meme_a_qui_ne_connait_pas_paris(mois: int, heure_utc: int) -> None:
    """Read back with the clock that the file defines, not the one of the machine."""
    debut = datetime(2027, mois, 12, 10, 0, tzinfo=PARIS)
    texte = calendrier(
        identifiant="1@jalon", titre="T", resume="R", lien="https://visio.example/abc", debut=debut, duree=45, maintenant=LE
    )
    agenda = Calendar.from_ical(texte.replace("Europe/Paris", "Heure-du-fichier"))
    (evenement,) = agenda.walk("VEVENT")
    assert evenement["DTSTART"].dt.astimezone(UTC) == datetime(2027, mois, 12, heure_utc, 0, tzinfo=UTC)
    assert (str(evenement["UID"]), str(evenement["URL"])) == ("1@jalon", "https://visio.example/abc")
