"""E-mails about conventions: who is told, with which words, and until when."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire, genres
from jalon.habilitations.courriels.conventions import MESSAGES, ConventionDeclaree, ConventionsEnNombre
from jalon.habilitations.enums import EtatRattachement, OrigineMandat, Role
from jalon.habilitations.models import Mandat, Rattachement
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.dates import fin_du_jour
from tests.dossiers.fabrique import document
from tests.habilitations.fabrique import CABINET, LE, SIREN, agent, donner, organisation, personne, rattacher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _au_moment_de_l_essai() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def convention() -> Mandat:
    organisation()
    organisation(CABINET, "CFA DES ALPES")
    return donner(
        SIREN, CABINET, {Domaine.ALTERNANCE: Niveau.ENVOI}, fin=fin_du_jour(date(2027, 8, 31)),
        origine=OrigineMandat.CONVENTION, reference="CONV-1", signee_le=date(2026, 11, 20), piece=document(),
    )  # fmt: skip


def test_les_messages_sont_declares() -> None:
    assert {m.genre for m in MESSAGES} <= set(genres())


def test_l_entreprise_lit_qui_agit_jusqu_a_quand_et_ou_refuser(convention: Mandat) -> None:
    aline = personne("Aline")
    lien = rattacher(aline)
    a_elle = Destinataire(aline.email, aline.id)
    message = ConventionDeclaree.charger(convention.id, a_elle)
    assert message is not None
    assert message.autorise()
    for texte in rendre(message, message.sujet()):
        for mot in ("CFA DES ALPES", "CONV-1", "20/11/2026", "31/08/2027", f"/e/{SIREN}/habilitations/mandats/{convention.id}/"):
            assert mot in texte
    Rattachement.objects.tous("essai").filter(id=lien.id).update(etat=EtatRattachement.RETIRE)
    assert not message.autorise()
    Rattachement.objects.tous("essai").filter(id=lien.id).update(etat=EtatRattachement.ACTIF)
    Mandat.objects.tous("essai").filter(id=convention.id).update(termine_le=LE)
    fini = ConventionDeclaree.charger(convention.id, a_elle)
    assert fini is not None
    assert not fini.autorise()


def test_l_opco_lit_quel_organisme_en_declare_beaucoup(convention: Mandat) -> None:
    for qui, attendu in ((agent(), True), (agent(Role.COMPTABLE, prenom="Inès"), False), (personne("Driss"), False)):
        message = ConventionsEnNombre.charger(convention.id, Destinataire(qui.email, qui.id))
        assert message is not None
        assert message.autorise() == attendu
    sujet = message.sujet()
    assert "CFA DES ALPES" in sujet
    for texte in rendre(message, sujet):
        assert "plus de 200 conventions" in texte
        assert "/opco/acces/conventions/" in texte
