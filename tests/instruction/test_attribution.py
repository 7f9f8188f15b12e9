"""A request given to an adviser: one who examines in its portefeuille, while it waits to be decided."""

from uuid import UUID

import pytest

from jalon.dossiers.models import Dossier
from jalon.habilitations.enums import Role
from jalon.instruction.actions import attribuer_dossier
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import acteur_opco
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    LE,
    PORTEFEUILLE,
    accorde,
    aline,
    brouillon,
    emma,
    en_instruction,
    monde,
    relire,
    transmis,
)  # fmt: skip
from tests.habilitations.fabrique import agent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def attribuer(dossier: Dossier, a: UUID | None, par: Acteur | None = None) -> Dossier:
    return relire(attribuer_dossier(dossier_id=dossier.id, conseiller_id=a, par=par or emma(), maintenant=LE))


def evenements() -> int:
    return Evenement.objects.tous("essai").filter(code="dossier.attribue").count()


def test_un_dossier_transmis_ou_en_instruction_se_confie_sans_changer_d_etat() -> None:
    collegue = agent(Role.CONSEILLER, [PORTEFEUILLE], "Paul", "Noir")
    for dossier in (transmis(), en_instruction()):
        confie = attribuer(dossier, collegue.pk)
        assert (confie.instructeur_id, confie.instructeur_nom) == (collegue.pk, "Paul Noir")
        assert (confie.etat, confie.attend_avant) == (dossier.etat, dossier.attend_avant)
    attribuer(confie, collegue.pk)
    assert evenements() == 2


def test_a_qui_et_par_qui() -> None:
    dossier = transmis()
    ailleurs = agent(Role.CONSEILLER, [AUTRE_PORTEFEUILLE])
    comptable = agent(Role.COMPTABLE, [PORTEFEUILLE])
    for a in (None, nouvel_id(), ailleurs.pk, comptable.pk):
        with pytest.raises(SaisieRefusee, match="conseiller de ce portefeuille"):
            attribuer(dossier, a)
    collegue = agent(Role.CONSEILLER, [PORTEFEUILLE])
    for erreur, par in (
        (DroitManquant, acteur_opco(PORTEFEUILLE)),
        (Introuvable, emma(AUTRE_PORTEFEUILLE)),
        (DroitManquant, aline()),
    ):
        with pytest.raises(erreur):
            attribuer(dossier, collegue.pk, par)
    with pytest.raises(Introuvable):
        attribuer(brouillon(), collegue.pk)
    with pytest.raises(TransitionImpossible, match="plus à instruire"):
        attribuer(accorde(), collegue.pk)
    assert relire(dossier).instructeur_id is None
    assert evenements() == 0
