"""E-mails about mandates: a sentence and a link, given up when the recipient administers neither side any more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire, genres
from jalon.habilitations.courriels.mandats import (
    MESSAGES,
    ClientsConfies,
    EcheanceMandat,
    MandatDonne,
    MandatModifie,
    MandatTermine,
)
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Mandat, Rattachement
from jalon.socle.acteurs import Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import CABINET, LE, donner, organisation, personne, rattacher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _au_moment_de_l_essai() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def gens() -> tuple[Personne, Personne, Personne]:
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    aline, paul, chloe = personne("Aline"), personne("Paul"), personne("Chloé")
    rattacher(aline)
    rattacher(paul, CABINET, Profil.PRESTATAIRE)
    rattacher(chloe, CABINET, Profil.PRESTATAIRE, [])
    return aline, paul, chloe


def _a(qui: Personne) -> Destinataire:
    return Destinataire(qui.email, qui.id)


def test_les_messages_sont_declares() -> None:
    assert {m.genre for m in MESSAGES} <= set(genres())


@pytest.mark.parametrize("classe", [MandatDonne, MandatModifie, MandatTermine, EcheanceMandat])
def test_chacun_dit_qui_et_jusqu_a_quand_aux_administrateurs_des_deux_cotes(
    classe: type[MandatDonne], gens: tuple[Personne, Personne, Personne]
) -> None:
    aline, paul, chloe = gens
    mandat = donner(fin=fin_du_jour(LE.date()))
    for qui, attendu in ((aline, True), (paul, True), (chloe, False)):
        message = classe.charger(mandat.id, _a(qui))
        assert message is not None
        assert message.autorise() == attendu
        sujet = message.sujet()
        assert sujet.endswith("\u00a0: BELLERIVE RESTAURATION (SIREN 123\u00a0456\u00a0782)")
        for texte in rendre(message, sujet):
            assert "ALPES COMPTA (SIREN 552\u00a0100\u00a0554)" in texte
            assert ("24/11/2026" in texte) == (classe is not MandatTermine)
    assert classe.charger(nouvel_id(), _a(aline)) is None


def test_le_rappel_d_un_mandat_fini_ou_renvoye_ne_part_pas(gens: tuple[Personne, Personne, Personne]) -> None:
    mandat = donner(fin=LE + timedelta(seconds=1))
    message = EcheanceMandat.charger(mandat.id, _a(gens[0]))
    assert message is not None
    assert message.autorise()
    Mandat.objects.tous("essai").update(termine_le=LE)
    fini = EcheanceMandat.charger(mandat.id, _a(gens[0]))
    assert fini is not None
    assert not fini.autorise()


def test_la_collaboratrice_apprend_que_ses_clients_ont_change(gens: tuple[Personne, Personne, Personne]) -> None:
    lien = Rattachement.objects.tous("essai").get(personne=gens[2])
    message = ClientsConfies.charger(lien.id, _a(gens[2]))
    assert message is not None
    assert message.autorise()
    texte, html = rendre(message, message.sujet())
    assert f"/e/{CABINET}/clients/" in texte
    assert "ALPES COMPTA" in html
    Rattachement.objects.tous("essai").filter(id=lien.id).update(etat=EtatRattachement.RETIRE)
    retire = ClientsConfies.charger(lien.id, _a(gens[2]))
    assert retire is not None
    assert not retire.autorise()
    assert ClientsConfies.charger(nouvel_id(), _a(gens[2])) is None
