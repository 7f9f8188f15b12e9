"""Groups under several hands at once, with real commits: no right on a group put aside, no member lost."""

from functools import partial

import pytest

from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.groupes import ajouter_au_groupe, creer_groupe, supprimer_groupe
from jalon.habilitations.models import DroitAccorde, GroupeEtablissements
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Domaine
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from tests.fils import ensemble
from tests.habilitations.fabrique import LE, SIREN, acteur, cle_de_luhn, groupe, organisation, personne, rattacher, sur_un_groupe

pytestmark = pytest.mark.usefixtures("base_reelle")
TOURS = 20


def test_un_droit_donne_pendant_une_suppression_ne_reste_pas_sur_un_groupe_mis_de_cote() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    rattacher(louise)
    for rang in range(TOURS):
        vise = groupe(f"Groupe {rang}")
        lien = rattacher(personne(f"P{rang}"), droits=[])
        par, autre = acteur(aline), acteur(louise)
        fait, supprime = ensemble(
            [
                partial(
                    modifier_droits, rattachement_id=lien.id, droits=[sur_un_groupe(vise, Domaine.PLAN)], par=par, maintenant=LE
                ),
                partial(supprimer_groupe, groupe_id=vise.id, par=autre, maintenant=LE),
            ]
        )
        donne = DroitAccorde.objects.filter(groupe=vise).exists()
        assert donne == isinstance(supprime, TransitionImpossible)
        assert donne != isinstance(fait, SaisieRefusee)


def test_des_ajouts_ensemble_s_ajoutent_et_un_nom_ne_se_prend_qu_une_fois() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 100 + TOURS)]
    Etablissement.objects.bulk_create(Etablissement(siret=s) for s in sirets)
    vise, par = groupe("Région Sud"), acteur(aline)
    assert par.rattachements
    ensemble([partial(ajouter_au_groupe, groupe_id=vise.id, sirets=[s], par=par, maintenant=LE) for s in sirets])
    vise.refresh_from_db()
    assert vise.sirets == sirets
    faits = ensemble([lambda: creer_groupe(siren=SIREN, nom="Nord", par=par, maintenant=LE) for _ in range(8)])
    assert sum(isinstance(f, GroupeEtablissements) for f in faits) == 1
    assert sum(isinstance(f, SaisieRefusee) for f in faits) == 7
