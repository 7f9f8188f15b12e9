"""Sessions that are over leave nothing of a browser."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from jalon.comptes.taches import oublier_seances
from jalon.socle import horloge
from tests.habilitations.fabrique import personne
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db


def test_une_seance_finie_est_effacee_avec_ce_qu_elle_dit_du_navigateur() -> None:
    aline = personne()
    ancienne, ouverte = navigateur_de(aline).session, navigateur_de(aline).session
    for seance in (ancienne, ouverte):
        UserSession.objects.create(user=aline, session_key=seance.session_key, ip="192.0.2.1", user_agent="Firefox/130")
    Session.objects.filter(session_key=ancienne.session_key).update(expire_date=timezone.now() + timedelta(hours=1))
    oublier_seances()
    assert UserSession.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        oublier_seances()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [ouverte.session_key]
    assert list(Session.objects.values_list("session_key", flat=True)) == [ouverte.session_key]


def test_avancer_l_horloge_de_la_demonstration_ne_deconnecte_personne(monkeypatch: pytest.MonkeyPatch) -> None:
    ouverte = navigateur_de(personne()).session
    monkeypatch.setattr(horloge._Horloge, "decalage", staticmethod(lambda: timedelta(days=3)))
    oublier_seances()
    assert Session.objects.get().session_key == ouverte.session_key
