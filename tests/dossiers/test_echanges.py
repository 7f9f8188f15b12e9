"""Threads of a request: two conversations, each read by its two sides only."""

from datetime import timedelta

import pytest

from jalon.courriers.models import Courriel
from jalon.dossiers.actions import ecrire_message, marquer_messages_lus
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import messages_de, messages_non_lus
from jalon.instruction.actions import prendre_en_charge
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    LE,
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    accorde,
    aline,
    brouillon,
    driss,
    emma,
    monde,
    transmis,
)
from tests.habilitations import fabrique as h

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def ecrire(dossier: Dossier, par: FauxActeur, corps: str = "Bonjour", avec: Cote = Cote.ENTREPRISE, minutes: int = 0) -> None:
    ecrire_message(dossier_id=dossier.id, corps=corps, par=par, maintenant=LE + timedelta(minutes=minutes), avec=avec)


def test_l_entreprise_et_l_opco_se_parlent() -> None:
    dossier = transmis()
    ecrire(dossier, aline(), "Une question")
    ecrire(dossier, emma(), "Une réponse", minutes=5)
    lus = messages_de(dossier, aline())
    assert [(m.corps, m.cote, m.auteur_libelle) for m in lus] == [
        ("Une question", Cote.ENTREPRISE, "Aline Essai"),
        ("Une réponse", Cote.OPCO, "Emma Essai"),
    ]
    assert [m.corps for m in messages_de(dossier, emma())] == ["Une question", "Une réponse"]


def test_le_prestataire_a_son_echange_et_ne_lit_pas_l_autre() -> None:
    dossier = accorde()
    ecrire(dossier, aline(), "Entre nous")
    ecrire(dossier, driss(), "Du prestataire")
    ecrire(dossier, emma(), "Au prestataire", Cote.PRESTATAIRE, 5)
    assert [m.corps for m in messages_de(dossier, driss())] == ["Du prestataire", "Au prestataire"]
    assert [m.corps for m in messages_de(dossier, driss(), Cote.ENTREPRISE)] == ["Du prestataire", "Au prestataire"]
    assert [m.corps for m in messages_de(dossier, aline(), Cote.PRESTATAIRE)] == ["Entre nous"]
    assert [m.corps for m in messages_de(dossier, emma())] == ["Entre nous"]
    assert [m.corps for m in messages_de(dossier, emma(), Cote.PRESTATAIRE)] == ["Du prestataire", "Au prestataire"]
    assert messages_de(dossier, acteur_entreprise(AUTRE_SIREN)) == []


def test_les_messages_non_lus_se_comptent_par_personne() -> None:
    dossier = accorde()
    alice, ema = aline(), emma()
    ecrire(dossier, alice)
    ecrire(dossier, driss(), minutes=1)
    assert (messages_non_lus(dossier, ema), messages_non_lus(dossier, alice)) == (2, 0)
    marquer_messages_lus(dossier_id=dossier.id, par=ema, maintenant=LE + timedelta(minutes=2))
    assert messages_non_lus(dossier, ema) == 1
    marquer_messages_lus(dossier_id=dossier.id, par=ema, maintenant=LE + timedelta(minutes=2), avec=Cote.PRESTATAIRE)
    assert messages_non_lus(dossier, ema) == 0
    ecrire(dossier, alice, minutes=3)
    assert messages_non_lus(dossier, ema) == 1
    assert messages_non_lus(dossier, emma()) == 3
    marquer_messages_lus(dossier_id=dossier.id, par=ema, maintenant=LE)
    assert messages_non_lus(dossier, ema) == 1


def test_le_courriel_dit_qu_un_message_attend_et_va_a_l_autre_cote() -> None:
    adviser = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    saisit, lit = h.personne("Aline", "Ferrand"), h.personne("Chloé", "Bertin")
    h.rattacher(saisit, SIREN)
    h.rattacher(lit, SIREN, droits=[h.sur_le_siren(h.Domaine.PLAN, Niveau.LECTURE)])
    formateur = h.personne("Driss", "Haddad")
    h.rattacher(formateur, SIREN_OF, Profil.PRESTATAIRE)
    dossier = accorde()
    Courriel.objects.all().delete()
    ecrire(dossier, emma(), "Secret")
    assert list(Courriel.objects.values_list("adresse", flat=True)) == [saisit.email]
    ecrire(dossier, emma(), "Secret", Cote.PRESTATAIRE, 1)
    assert set(Courriel.objects.values_list("adresse", flat=True)) == {saisit.email, formateur.email}
    Courriel.objects.all().delete()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=adviser.id)
    ecrire(dossier, aline(), minutes=2)
    assert list(Courriel.objects.values_list("adresse", flat=True)) == [adviser.email]


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.LECTURE), DroitManquant),
        (acteur_opco(PORTEFEUILLE), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
        (driss(), Introuvable),
    ],
)
def test_ecrire_est_refuse(acteur: FauxActeur, erreur: type[Exception]) -> None:
    with pytest.raises(erreur):
        ecrire(transmis(), acteur)


def test_on_n_ecrit_pas_sur_un_brouillon_ni_a_un_prestataire_qui_ne_voit_rien() -> None:
    with pytest.raises(TransitionImpossible):
        ecrire(brouillon(), aline())
    dossier = prendre_en_charge(dossier_id=transmis().id, par=emma(), maintenant=LE)
    with pytest.raises(Introuvable):
        ecrire(dossier, emma(), avec=Cote.PRESTATAIRE)


@pytest.mark.parametrize("corps", ["", "  \n ", "x" * 4001])
def test_un_message_vide_ou_trop_long_est_refuse(corps: str) -> None:
    with pytest.raises(SaisieRefusee):
        ecrire(transmis(), aline(), corps)
