"""Several people of the OPCO at once on one file of prepared rights, and several jobs on one signed file."""

from pathlib import Path

import pytest

from jalon.habilitations.actions.preparations import appliquer_preparation, ecarter_preparation
from jalon.habilitations.enums import EtatOrganisationPreparee, EtatPreparation, Role
from jalon.habilitations.models import DroitAccorde, PreparationDroits, Rattachement
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine
from jalon.socle.erreurs import DroitManquant, TransitionImpossible
from tests.fils import ensemble
from tests.habilitations.fabrique import LE, acteur, agent, organisation, sirens
from tests.habilitations.preparations import deposee, ligne, organisations, signer

pytestmark = pytest.mark.usefixtures("base_reelle")
BRUNO = "bruno@essai.example"


def test_dix_personnes_qui_signent_ensemble_font_deux_signatures(tmp_path: Path) -> None:
    organisation()
    gens = [agent(prenom=f"Agent{rang}") for rang in range(10)]
    preparation = deposee(tmp_path, ligne(BRUNO), auteur=gens[0])
    resultats = ensemble([lambda qui=qui: signer(preparation, qui) for qui in gens])  # type: ignore[misc]
    assert sum(isinstance(r, PreparationDroits) for r in resultats) == 2
    assert sum(isinstance(r, TransitionImpossible) for r in resultats) == 8
    preparation.refresh_from_db()
    assert preparation.etat == EtatPreparation.SIGNEE
    assert preparation.premiere_par_id != preparation.seconde_par_id


def test_la_meme_personne_qui_signe_dix_fois_ensemble_ne_compte_qu_une_fois(tmp_path: Path) -> None:
    organisation()
    emma = agent(Role.CONSEILLER, prenom="Emma")
    preparation = deposee(tmp_path, ligne(BRUNO), auteur=emma)
    resultats = ensemble([lambda: signer(preparation, emma)] * 10)
    assert sum(isinstance(r, DroitManquant) for r in resultats) == 9
    preparation.refresh_from_db()
    assert (preparation.etat, preparation.seconde_par_id) == (EtatPreparation.EN_ATTENTE, None)


def test_signer_et_ecarter_ensemble_ne_font_qu_une_chose(tmp_path: Path) -> None:
    organisation()
    emma, hugo, lea = agent(Role.CONSEILLER, prenom="Emma"), agent(prenom="Hugo"), agent(prenom="Lea")
    for tour in range(10):
        preparation = deposee(tmp_path, ligne(f"p{tour}@essai.example"), auteur=emma)
        signer(preparation, emma)
        resultats = ensemble(
            [
                lambda p=preparation: signer(p, hugo),  # type: ignore[misc]
                lambda p=preparation: ecarter_preparation(preparation_id=p.id, motif="Non", par=acteur(lea), maintenant=LE),  # type: ignore[misc]
            ]
        )
        assert sum(isinstance(r, TransitionImpossible) for r in resultats) == 1
        preparation.refresh_from_db()
        assert (preparation.etat == EtatPreparation.SIGNEE) == (preparation.seconde_par_id == hugo.id)


def test_dix_travaux_ensemble_appliquent_chaque_organisation_une_fois(tmp_path: Path) -> None:
    lesquels = sirens(12)
    for siren in lesquels:
        organisation(siren)
    emma = agent(Role.CONSEILLER, prenom="Emma")
    preparation = deposee(tmp_path, *[ligne(f"p{siren}@essai.example", siren=siren) for siren in lesquels], auteur=emma)
    signer(preparation, emma)
    signer(preparation, agent(prenom="Hugo"))
    resultats = ensemble([lambda: appliquer_preparation(preparation_id=preparation.id, maintenant=LE)] * 10)
    assert resultats == [None] * 10
    preparation.refresh_from_db()
    assert preparation.etat == EtatPreparation.APPLIQUEE
    assert {o.etat for o in organisations(preparation)} == {EtatOrganisationPreparee.APPLIQUEE}
    assert Rattachement.objects.tous("essai").count() == len(lesquels)
    assert DroitAccorde.objects.count() == len(lesquels) * len(Domaine)
    assert Evenement.objects.tous("essai").filter(code="acces.preparation_appliquee").count() == 1
