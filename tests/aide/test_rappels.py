"""Being called back: a French number, a half-day when somebody answers, noted once it is done; opening hours by one's own clock."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine

from jalon.aide import taches
from jalon.aide.actions.tickets import Provenance, clore_ticket, noter_rappel, ouvrir_ticket
from jalon.aide.enums import DemiJournee, EtatTicket
from jalon.aide.horaires import lignes_horaires, ouverture
from jalon.aide.models import Ticket
from jalon.aide.regles import lire_page, lire_rappel, lire_telephone
from jalon.aide.requetes import ticket_accessible
from jalon.habilitations.enums import Role
from jalon.habilitations.models import CompteurEssais
from jalon.journal.models import Evenement
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import LE, SIREN, acteur, agent

MERCREDI = date(2026, 11, 25)
DEMANDE: dict[str, Any] = {
    "nom": "Jeanne Ferrand", "email": "jeanne@essai.example", "siren": "", "objet": "autre", "message": "Bonjour.",
    "adresse_ip": "192.0.2.1", "maintenant": LE,
}  # fmt: skip
APPEL: dict[str, Any] = {"telephone": "01 23 45 67 89", "rappel_le": MERCREDI, "rappel_moment": "matin"}


def _paris(jour: int, heure: int, minute: int = 0, seconde: int = 0) -> datetime:
    return datetime(2026, 11, jour, heure, minute, seconde, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("01 23 45 67 89", "0123456789"),
        ("06.12.34.56.78", "0612345678"),
        ("+33 (0)1 23 45 67 89", "0123456789"),
        ("0033 1 23 45 67 89", "0123456789"),
        ("+262 262 12 34 56", "0262123456"),
        ("+596 696 12 34 56", "0696123456"),
        ("+689 40 12 34 56", "+68940123456"),
        ("00687 12 34 56", "+687123456"),
    ],
)
def test_les_numeros_francais_sont_lus(saisi: str, lu: str) -> None:
    assert lire_telephone(saisi) == lu


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("12", "10\u00a0chiffres"),
        ("01 23 45 67 8", "10\u00a0chiffres"),
        ("01 23 45 67 89 0", "10\u00a0chiffres"),
        ("00 12 34 56 78", "10\u00a0chiffres"),
        ("+44 20 7946 0958", "10\u00a0chiffres"),
        ("+687 12 34 5", "10\u00a0chiffres"),
        ("08 92 12 34 56", "en 08"),
        ("+33 8 00 12 34 56", "en 08"),
    ],
)
def test_les_autres_numeros_sont_refuses(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        lire_telephone(saisi)
    assert refus.value.champ == "telephone"


@pytest.mark.parametrize(
    ("nom", "lu"),
    [
        ("espace_rib", "espace_rib"),
        ("donnees-personnelles", "donnees-personnelles"),
        ("185057800608491", ""),
        ("<b>", ""),
        ("a" * 61, ""),
    ],
)
def test_le_nom_d_une_page_ne_peut_porter_aucun_numero(nom: str, lu: str) -> None:
    assert lire_page(nom) == lu


def _lire(jour: date | None = MERCREDI, moment: str = "matin", telephone: str = "0123456789", maintenant: datetime = LE) -> Any:
    return lire_rappel(telephone=telephone, jour=jour, moment=moment, maintenant=maintenant, ouverture=ouverture)


def test_rien_de_rempli_ne_demande_rien() -> None:
    assert _lire(None, "", " ") is None
    rappel = _lire()
    assert (rappel.telephone, rappel.jour, rappel.moment) == ("0123456789", MERCREDI, DemiJournee.MATIN)


@pytest.mark.parametrize(
    ("jour", "moment", "telephone", "champs"),
    [
        (None, "", "0123456789", {"rappel_le", "rappel_moment"}),
        (MERCREDI, "", "", {"telephone", "rappel_moment"}),
        (None, "matin", "", {"telephone", "rappel_le"}),
        (MERCREDI, "soir", "0123456789", {"rappel_moment"}),
        (MERCREDI, "matin", "12", {"telephone"}),
        (date(2026, 11, 28), "matin", "0123456789", {"rappel_le"}),
        (date(2026, 11, 29), "matin", "0123456789", {"rappel_le"}),
        (date(2026, 12, 25), "matin", "0123456789", {"rappel_le"}),
        (date(2026, 11, 23), "matin", "0123456789", {"rappel_le"}),
        (date(2026, 12, 28), "matin", "0123456789", {"rappel_le"}),
    ],
)
def test_les_trois_cases_vont_ensemble_un_jour_ouvre(jour: date | None, moment: str, telephone: str, champs: set[str]) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        _lire(jour, moment, telephone)
    assert set(refus.value.champs) == champs


def test_une_demi_journee_se_choisit_jusqu_a_la_seconde_ou_elle_commence() -> None:
    assert _lire(maintenant=_paris(25, 8, 59, 59)) is not None
    with pytest.raises(SaisiesRefusees, match="commencée"):
        _lire(maintenant=_paris(25, 9))
    assert _lire(moment="apres-midi", maintenant=_paris(25, 13, 59, 59)) is not None


@pytest.mark.parametrize(
    ("fuseau", "chez_vous"),
    [
        ("Europe/Paris", ""),
        ("Indian/Reunion", "de 12\u00a0h à 15\u00a0h\u00a030 et de 17\u00a0h à 20\u00a0h\u00a030"),
        ("America/Martinique", "de 4\u00a0h à 7\u00a0h\u00a030 et de 9\u00a0h à 12\u00a0h\u00a030"),
        ("Pacific/Tahiti", "de 22\u00a0h la veille à 1\u00a0h\u00a030 et de 3\u00a0h à 6\u00a0h\u00a030"),
    ],
)
def test_les_horaires_se_lisent_a_l_heure_de_chacun(fuseau: str, chez_vous: str) -> None:
    semaine, vendredi = lignes_horaires(fuseau, MERCREDI)
    assert (semaine.jours, semaine.heures) == (
        "Du lundi au jeudi",
        "de 9\u00a0h à 12\u00a0h\u00a030 et de 14\u00a0h à 17\u00a0h\u00a030",
    )
    assert vendredi.jours == "Le vendredi"
    assert semaine.chez_vous == chez_vous


def test_l_heure_d_ete_change_l_ecart() -> None:
    assert lignes_horaires("Indian/Reunion", date(2026, 7, 1))[0].chez_vous.startswith("de 11\u00a0h")


@pytest.mark.django_db
def test_le_rappel_et_la_page_quittee_accompagnent_le_message() -> None:
    ticket = ouvrir_ticket(**DEMANDE, **APPEL, provenance=Provenance("espace_rib", SIREN))
    relu = ticket_accessible(ticket.id, acteur(agent()))
    assert (relu.telephone, relu.rappel_le, relu.libelle_moment) == ("0123456789", MERCREDI, "le matin")
    assert (relu.page, relu.espace, relu.siren) == ("espace_rib", SIREN, "")
    assert ouvrir_ticket(**DEMANDE, provenance=Provenance("185057800608491")).page == ""


@pytest.mark.django_db
def test_les_cases_des_deux_moities_sont_dites_ensemble_et_rien_n_est_ecrit() -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        ouvrir_ticket(**{**DEMANDE, **APPEL, "nom": "", "telephone": "12"})
    assert set(refus.value.champs) == {"nom", "telephone"}
    with pytest.raises(SaisiesRefusees) as refus:
        ouvrir_ticket(**{**DEMANDE, **APPEL, "telephone": "12"})
    assert set(refus.value.champs) == {"telephone"}
    assert not Ticket.objects.tous("essai").exists()
    assert not CompteurEssais.objects.exists()


@pytest.mark.django_db
def test_le_rappel_se_note_une_fois_et_vaut_reponse() -> None:
    hugo, ticket = acteur(agent()), ouvrir_ticket(**DEMANDE, **APPEL)
    noter_rappel(ticket_id=ticket.id, par=hugo, maintenant=LE)
    relu = ticket_accessible(ticket.id, hugo)
    assert (relu.etat, relu.rappele_le, relu.rappele_par) == (EtatTicket.REPONDU, LE, "Hugo Blanc")
    assert Evenement.objects.tous("essai").filter(code="aide.rappel_fait").count() == 1
    with pytest.raises(TransitionImpossible, match="Hugo Blanc a déjà rappelé"):
        noter_rappel(ticket_id=ticket.id, par=hugo, maintenant=LE)


@pytest.mark.django_db
def test_ce_qui_ne_se_rappelle_pas() -> None:
    hugo, sans, clos = acteur(agent()), ouvrir_ticket(**DEMANDE), ouvrir_ticket(**DEMANDE, **APPEL)
    clore_ticket(ticket_id=clos.id, par=hugo, maintenant=LE)
    for ticket, dit in ((sans, "ne demande pas"), (clos, "est clos")):
        with pytest.raises(TransitionImpossible, match=dit):
            noter_rappel(ticket_id=ticket.id, par=hugo, maintenant=LE)
    with pytest.raises(Introuvable):
        noter_rappel(ticket_id=sans.id, par=acteur(agent(Role.COMPTABLE)), maintenant=LE)


@pytest.mark.usefixtures("base_reelle")
def test_deux_rappels_notes_a_la_fois_n_en_font_qu_un() -> None:
    ticket, hugo, emma = ouvrir_ticket(**DEMANDE, **APPEL), acteur(agent()), acteur(agent(Role.CONSEILLER, prenom="Emma"))
    resultats = ensemble([partial(noter_rappel, ticket_id=ticket.id, par=qui, maintenant=LE) for qui in (hugo, emma)])
    assert genres(resultats) == {"Ticket": 1, "TransitionImpossible": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(("jours", "reste"), [(365, True), (366, False)])
def test_un_rappel_garde_le_message_douze_mois(jours: int, reste: bool) -> None:
    passe = LE - timedelta(days=jours)
    ticket = ouvrir_ticket(**{**DEMANDE, **APPEL, "maintenant": passe, "rappel_le": date(2025, 11, 27)})
    noter_rappel(ticket_id=ticket.id, par=acteur(agent()), maintenant=passe)
    with time_machine.travel(LE, tick=False):
        taches.effacer_tickets()
    assert Ticket.objects.tous("essai").exists() is reste
