"""Threads alone: their owner judges rights."""

from datetime import UTC, datetime, timedelta

import pytest

from jalon.messagerie.actions import ajouter_message, marquer_lu, ouvrir_fil
from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Lecture, Message
from jalon.messagerie.regles import lire_corps
from jalon.messagerie.requetes import messages_du_fil, non_lus
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.modeles import PerimetreOublie
from tests.acteurs import FauxActeur

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_les_messages_se_lisent_dans_l_ordre_et_fil_par_fil() -> None:
    fil, autre = ouvrir_fil(maintenant=LE), ouvrir_fil(maintenant=LE)
    qui = FauxActeur()
    for rang in (2, 1):
        ajouter_message(fil_id=fil.id, cote=Cote.OPCO, corps=f"n°{rang}", par=qui, maintenant=LE + timedelta(minutes=rang))
    assert [m.corps for m in messages_du_fil(fil.id)] == ["n°1", "n°2"]
    assert messages_du_fil(autre.id) == []


def test_lister_tous_les_messages_est_une_erreur() -> None:
    with pytest.raises(PerimetreOublie):
        Message.objects.all()
    with pytest.raises(PerimetreOublie):
        Message.objects.de_fils([], "")


def test_une_lecture_ne_recule_pas_et_le_systeme_ne_lit_rien() -> None:
    fil = ouvrir_fil(maintenant=LE)
    qui = FauxActeur()
    ajouter_message(fil_id=fil.id, cote=Cote.OPCO, corps="a", par=FauxActeur(), maintenant=LE)
    assert non_lus([fil.id], qui) == {fil.id: 1}
    marquer_lu(fil_id=fil.id, par=qui, maintenant=LE + timedelta(hours=1))
    marquer_lu(fil_id=fil.id, par=qui, maintenant=LE)
    assert Lecture.objects.get(lecteur_id=qui.id).lu_jusqu_a == LE + timedelta(hours=1)
    assert non_lus([fil.id], qui) == {}
    systeme = FauxActeur(id=None)  # type: ignore[arg-type]
    marquer_lu(fil_id=fil.id, par=systeme, maintenant=LE)
    assert non_lus([fil.id], systeme) == {}


def test_les_signes_invisibles_sont_retires() -> None:
    assert lire_corps("  Bonjour\u202e\r\nà vous\u0000 ") == "Bonjour\nà vous"
    with pytest.raises(SaisieRefusee, match="il y en a 1 de trop"):
        lire_corps("x" * 4001)
