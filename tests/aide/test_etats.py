"""Messages of state: written by who sets the OPCO's rules, shown to whom they concern, from their first second to their last."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from jalon.aide.actions.etats import programmer_etat, terminer_etat
from jalon.aide.enums import NiveauEtat, PublicEtat
from jalon.aide.models import MessageEtat
from jalon.aide.regles_etats import TEXTE_MAX, SaisieEtat, controler_etat, moment
from jalon.aide.requetes_etats import etat_a_fermer, etats_de_la_page, etats_programmes, historique, oublier_les_etats
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.enums import Role
from jalon.habilitations.roles import POUVOIRS
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisiesRefusees, SecondFacteurRequis, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import LE, acteur, agent, personne

HEURE, SECONDE, JOUR = timedelta(hours=1), timedelta(seconds=1), timedelta(days=1)
TOUS = tuple(p.value for p in PublicEtat)
SAISIE = SaisieEtat("perturbation", "Les factures ne partent pas.", LE, LE + HEURE, TOUS)


def _karim() -> ActeurPersonne:
    return acteur(agent(Role.ADMINISTRATEUR_OPCO))


def _ecrire(**champs: Any) -> MessageEtat:
    return programmer_etat(saisie=replace(SAISIE, **champs), par=_karim(), maintenant=LE)


def _textes(le: datetime, *publics: PublicEtat) -> list[str]:
    oublier_les_etats()
    return [e.texte for e in etats_de_la_page(publics or tuple(PublicEtat), le)]


@pytest.mark.parametrize(
    ("champs", "boite"),
    [
        ({"niveau": "panique"}, "niveau"),
        ({"texte": " \n "}, "texte"),
        ({"texte": "x" * (TEXTE_MAX + 1)}, "texte"),
        ({"debut": LE - JOUR - SECONDE}, "debut_jour"),
        ({"debut": LE + 365 * JOUR + SECONDE, "fin": None}, "debut_jour"),
        ({"fin": LE}, "fin_jour"),
        ({"debut": LE - HEURE, "fin": LE}, "fin_jour"),
        ({"debut": LE + JOUR, "fin": LE + JOUR}, "fin_jour"),
        ({"publics": ()}, "publics"),
        ({"publics": ("entreprises", "martiens")}, "publics"),
        ({"guide": "inconnu"}, "guide"),
    ],
)
def test_chaque_case_fausse_est_dite(champs: dict[str, Any], boite: str) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        controler_etat(replace(SAISIE, **champs), LE)
    assert set(refus.value.champs) == {boite}


@pytest.mark.parametrize(
    "champs",
    [
        {"texte": "x" * TEXTE_MAX},
        {"debut": LE - JOUR},
        {"debut": LE + 365 * JOUR, "fin": None},
        {"fin": LE + SECONDE},
        {"guide": "facturer"},
    ],
)
def test_ce_qui_touche_la_limite_passe(champs: dict[str, Any]) -> None:
    controler_etat(replace(SAISIE, **champs), LE)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_qui_regle_l_opco_ecrit_et_termine(role: Role) -> None:
    par = acteur(agent(role))
    if Pouvoir.REGLER_BAREMES in POUVOIRS[role]:
        message = programmer_etat(saisie=replace(SAISIE, texte="Deux\n lignes", guide="facturer"), par=par, maintenant=LE)
        assert (message.texte, message.auteur) == ("Deux lignes", par.libelle)
        assert message.etat.guide is not None
        assert etats_programmes(par, LE) == [message]
        assert Evenement.objects.tous("essai").get(code="aide.etat_programme").details["fin"] == moment(LE + HEURE)
        return
    message = _ecrire()
    for acte in (
        partial(programmer_etat, saisie=SAISIE, par=par, maintenant=LE),
        partial(terminer_etat, message_id=message.pk, par=par, maintenant=LE),
        partial(etats_programmes, par, LE),
    ):
        with pytest.raises(DroitManquant):
            acte()
    assert list(MessageEtat.objects.values_list("terminee_le", flat=True)) == [None]


@pytest.mark.django_db
def test_ecrire_demande_un_second_facteur_recent_et_terminer_non() -> None:
    seance = agent(Role.ADMINISTRATEUR_OPCO)
    par = ActeurPersonne(seance, second_facteur_le=LE - timedelta(minutes=5, seconds=1))
    with pytest.raises(SecondFacteurRequis):
        programmer_etat(saisie=SAISIE, par=par, maintenant=LE)
    assert not MessageEtat.objects.exists()
    terminer_etat(message_id=_ecrire().pk, par=par, maintenant=LE)


@pytest.mark.django_db
def test_un_message_se_montre_de_sa_premiere_a_sa_derniere_seconde() -> None:
    _ecrire(debut=LE + HEURE, fin=LE + 2 * HEURE)
    oublier_les_etats()
    for instant, montre in ((HEURE - SECONDE, False), (HEURE, True), (2 * HEURE - SECONDE, True), (2 * HEURE, False)):
        assert bool(etats_de_la_page(PublicEtat, LE + instant)) is montre


@pytest.mark.django_db
def test_chacun_voit_les_siens_le_plus_grave_d_abord() -> None:
    _ecrire(niveau="information", texte="Nouveau guide.", publics=("entreprises", "communes"))
    _ecrire(niveau="maintenance", texte="Arrêt ce soir.", fin=None)
    _ecrire(texte="Ancienne panne.", debut=LE - HEURE, publics=("entreprises",))
    _ecrire(texte="Panne.", publics=("entreprises", "prestataires"))
    assert _textes(LE, PublicEtat.ENTREPRISES) == ["Panne.", "Ancienne panne.", "Arrêt ce soir.", "Nouveau guide."]
    assert _textes(LE, PublicEtat.PRESTATAIRES) == ["Panne.", "Arrêt ce soir."]
    assert _textes(LE, PublicEtat.COMMUNES) == ["Arrêt ce soir.", "Nouveau guide."]
    assert _textes(LE, PublicEtat.OPCO, PublicEtat.CABINETS) == ["Arrêt ce soir."]


@pytest.mark.django_db
def test_un_processus_lit_la_base_une_fois_en_trente_secondes() -> None:
    _ecrire()
    with time_machine.travel(LE, tick=False) as horloge:
        oublier_les_etats()
        with CaptureQueriesContext(connection) as requetes:
            assert etats_de_la_page(PublicEtat, LE, memoire_seule=True) == []
        assert len(requetes) == 0
        for secondes, lectures in ((0, 1), (29, 0), (31, 1)):
            horloge.move_to(LE + timedelta(seconds=secondes))
            with CaptureQueriesContext(connection) as requetes:
                assert etats_de_la_page(PublicEtat, LE)
            assert len(requetes) == lectures
            assert etats_de_la_page(PublicEtat, LE, memoire_seule=True)


@pytest.mark.django_db
def test_une_base_qui_ne_repond_pas_laisse_voir_ce_qui_etait_connu(monkeypatch: pytest.MonkeyPatch) -> None:
    _ecrire()
    lectures = []

    def en_panne(_: datetime) -> None:
        lectures.append(1)
        raise OperationalError

    with time_machine.travel(LE, tick=False) as horloge:
        assert _textes(LE) == ["Les factures ne partent pas."]
        monkeypatch.setattr("jalon.aide.requetes_etats._relire", en_panne)
        for secondes, essais in ((29, 0), (31, 1), (60, 1), (62, 2)):
            horloge.move_to(LE + timedelta(seconds=secondes))
            assert [e.texte for e in etats_de_la_page(PublicEtat, LE)] == ["Les factures ne partent pas."]
            assert len(lectures) == essais


@pytest.mark.django_db
def test_terminer_retire_tout_de_suite_et_une_seule_fois(django_capture_on_commit_callbacks: Any) -> None:
    en_cours, prevu = _ecrire(fin=None), _ecrire(texte="Demain.", debut=LE + JOUR, fin=None)
    assert _textes(LE) == ["Les factures ne partent pas."]
    for message in (en_cours, prevu):
        with django_capture_on_commit_callbacks(execute=True):
            terminer_etat(message_id=message.pk, par=_karim(), maintenant=LE + HEURE)
        with pytest.raises(TransitionImpossible, match="déjà terminé"):
            terminer_etat(message_id=message.pk, par=_karim(), maintenant=LE + HEURE)
    assert etats_de_la_page(PublicEtat, LE + HEURE) == []
    assert _textes(LE + 2 * JOUR) == []
    assert [e.texte for e in historique(LE + 2 * JOUR, opco=True)] == ["Les factures ne partent pas."]
    fini = _ecrire()
    with pytest.raises(TransitionImpossible):
        terminer_etat(message_id=fini.pk, par=_karim(), maintenant=LE + HEURE)
    with pytest.raises(Introuvable):
        terminer_etat(message_id=nouvel_id(), par=_karim(), maintenant=LE)


@pytest.mark.usefixtures("base_reelle")
def test_a_plusieurs_une_seule_personne_termine() -> None:
    message = _ecrire()
    gens = [_karim() for _ in range(4)]
    resultats = ensemble([partial(terminer_etat, message_id=message.pk, par=qui, maintenant=LE) for qui in gens])
    assert genres(resultats) == {"MessageEtat": 1, "TransitionImpossible": 3}
    assert Evenement.objects.tous("essai").filter(code="aide.etat_termine").count() == 1


@pytest.mark.django_db
def test_seule_une_information_affichee_se_ferme() -> None:
    info, panne = _ecrire(niveau="information"), _ecrire()
    assert etat_a_fermer(info.pk, LE).niveau == NiveauEtat.INFORMATION
    with pytest.raises(TransitionImpossible, match="reste affiché"):
        etat_a_fermer(panne.pk, LE)
    for message_id, le in ((info.pk, LE + HEURE), (info.pk, LE - SECONDE), (nouvel_id(), LE)):
        with pytest.raises(Introuvable):
            etat_a_fermer(message_id, le)


@pytest.mark.django_db
def test_l_historique_tient_quatre_vingt_dix_jours_sans_ce_qui_est_dit_a_l_opco_seul() -> None:
    _ecrire(texte="Pour tous.")
    _ecrire(texte="Interne.", publics=("opco",))
    _ecrire(texte="À venir.", debut=LE + 80 * JOUR, fin=None)
    fin = LE + HEURE
    assert [e.texte for e in historique(LE, opco=False)] == ["Pour tous."]
    assert {e.texte for e in historique(LE, opco=True)} == {"Pour tous.", "Interne."}
    assert "Pour tous." in {e.texte for e in historique(fin + 90 * JOUR - SECONDE, opco=False)}
    assert {e.texte for e in historique(fin + 90 * JOUR, opco=True)} == {"À venir."}
    assert [m.texte for m in etats_programmes(_karim(), LE)] == ["À venir.", "Interne.", "Pour tous."]


@pytest.mark.django_db
def test_personne_hors_de_l_opco_n_ecrit() -> None:
    with pytest.raises(DroitManquant):
        programmer_etat(saisie=SAISIE, par=acteur(personne()), maintenant=LE)


def test_les_mots_d_un_message() -> None:
    etat = MessageEtat(niveau="maintenance", debut=LE, publics=["opco", "entreprises"], guide="disparu").etat
    assert (etat.libelle, etat.pour_qui, etat.guide, etat.se_ferme) == ("Maintenance", "Entreprises, OPCO", None, False)
    assert MessageEtat(niveau="information", debut=LE, publics=list(TOUS)).etat.pour_qui == "Tout le monde"
    assert (moment(None), moment(datetime(2026, 12, 1, 10, 0, tzinfo=PARIS))) == ("nouvel ordre", "01/12/2026 à 10:00")
