"""Two at once on one request, one code, one letter, with real commits (exigences, R7)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.courriers_demandes import commander_demandees, demander_lettre
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.fin_de_code import terminer_code
from jalon.habilitations.actions.rejoindre import PersonneNeDecide, demander_acces, retirer_demande
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.enums import EtatCode, EtatDemande, EtatRattachement, JeuDeDroits
from jalon.habilitations.models import CodeActivation, CompteurEssais, DemandeAcces, DemandeLettre, LettreCode, Rattachement
from jalon.habilitations.regles import DEMANDES_PAR_COMPTE
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Profil
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import LE, SIREN, acteur, agent, code_en_circulation, organisation, personne, rattacher, sirens
from tests.habilitations.vagues import deux_cents

pytestmark = pytest.mark.usefixtures("base_reelle")
Acte = Callable[[], object]


@pytest.fixture(autouse=True)
def _dossier_des_lettres(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path / "lettres"}}
    settings.STORAGES = reglages


def _solliciter(qui: Personne, siren: str) -> Acte:
    return lambda: demander_acces(
        personne_id=qui.id, numero_saisi=siren, profil=Profil.ADHERENT, jeu=JeuDeDroits.LECTURE, raison="Essai", maintenant=LE
    )


def _decider(demande: DemandeAcces, par: Personne, *, accorder: bool) -> Acte:
    qui = acteur(par)
    return lambda: decider_demande(demande_id=demande.id, accorder=accorder, motif="essai", par=qui, maintenant=LE)


@deux_cents(20)
def test_cinq_demandes_d_un_compte_passent_et_pas_une_de_plus() -> None:
    bruno = personne("Bruno")
    resultats = ensemble([_solliciter(bruno, siren) for siren in sirens(20)])
    assert genres(resultats) == {PersonneNeDecide.__name__: DEMANDES_PAR_COMPTE, "TropDEssais": 20 - DEMANDES_PAR_COMPTE}
    assert CompteurEssais.objects.get(genre="acces-compte").nombre == DEMANDES_PAR_COMPTE


@deux_cents(20)
def test_une_personne_qui_demande_deux_fois_a_la_fois_n_attend_qu_une_reponse() -> None:
    liste = sirens(20)
    actes: list[Acte] = []
    for siren in liste:
        organisation(siren)
        rattacher(personne(f"A{siren}"), siren)
        actes += [_solliciter(personne(f"B{siren}"), siren)] * 2
    assert genres(ensemble(actes)) == {"DemandeAcces": 20, "TransitionImpossible": 20}
    assert DemandeAcces.objects.tous("essai").filter(etat=EtatDemande.EN_ATTENTE).count() == 20


@pytest.mark.parametrize("second", ["refuser", "accorder", "retirer"])
@deux_cents(20)
def test_une_demande_ne_recoit_qu_une_reponse(second: str) -> None:
    actes: list[Acte] = []
    for siren in sirens(20):
        organisation(siren)
        aline, louise, bruno = (personne(f"{nom}{siren}") for nom in "ALB")
        rattacher(aline, siren)
        rattacher(louise, siren)
        demande = demander_acces(
            personne_id=bruno.id, numero_saisi=siren, profil=Profil.ADHERENT, jeu=JeuDeDroits.LECTURE, raison="x", maintenant=LE
        )
        actes.append(_decider(demande, aline, accorder=True))
        if second == "retirer":
            qui = acteur(bruno)
            actes.append(lambda d=demande, q=qui: retirer_demande(demande_id=d.id, par=q, maintenant=LE))  # type: ignore[misc]
        else:
            actes.append(_decider(demande, louise, accorder=second == "accorder"))
    assert genres(ensemble(actes)) == {"DemandeAcces": 20, "TransitionImpossible": 20}
    accordees = DemandeAcces.objects.tous("essai").filter(etat=EtatDemande.ACCORDEE)
    liens = Rattachement.objects.tous("essai").filter(etat=EtatRattachement.ACTIF, origine="demande")
    assert set(liens.values_list("personne_id", flat=True)) == set(accordees.values_list("personne_id", flat=True))
    assert Courriel.objects.filter(genre="habilitations.demande_decidee").count() == (
        20 if second != "retirer" else accordees.count()
    )


@deux_cents(40)
def test_un_code_arrete_pendant_qu_il_sert_nomme_quelqu_un_ou_personne() -> None:
    actes: list[Acte] = []
    hugo = acteur(agent())
    for siren in sirens(40):
        organisation(siren)
        code, ligne = code_en_circulation(siren)
        qui = personne(f"P{siren}")
        actes.append(
            lambda q=qui, s=siren, c=code: utiliser_code(  # type: ignore[misc]
                personne_id=q.id, siren_saisi=s, profil=Profil.ADHERENT, code_saisi=c, maintenant=LE
            )
        )
        actes.append(lambda x=ligne: terminer_code(code_id=x.id, motif="essai", par=hugo, maintenant=LE))  # type: ignore[misc]
    resultats = ensemble(actes)
    comptes = genres(resultats)
    assert comptes["CodeActivation"] == 40
    assert comptes["SuiteDuCode"] + comptes["CodePerime"] == 40
    for ligne in CodeActivation.objects.all():
        administrateurs = tous_les_administrateurs(ligne.siren, Profil.ADHERENT, LE)
        assert (ligne.etat, ligne.usages) == (EtatCode.TERMINE, len(administrateurs))
    termines = Courriel.objects.filter(genre="habilitations.code_termine").count()
    assert termines == comptes["SuiteDuCode"]


def test_deux_arrets_d_un_code_n_en_font_qu_un() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    _, ligne = code_en_circulation()
    qui = [acteur(a) for a in (aline, agent(), aline, agent())]
    actes = [lambda q=q: terminer_code(code_id=ligne.id, motif="essai", par=q, maintenant=LE) for q in qui]  # type: ignore[misc]
    assert genres(ensemble(actes)) == {"CodeActivation": 1, "TransitionImpossible": 3}
    assert Evenement.objects.tous("essai").filter(code="acces.code_termine").count() == 1


@deux_cents(20)
def test_qui_demande_pendant_qu_on_commande_attend_la_meme_lettre() -> None:
    hugo, actes = acteur(agent()), []
    for siren in sirens(20):
        organisation(siren)
        premiere = demander_lettre(personne_id=personne(f"P{siren}").id, siren_saisi=siren, profil=Profil.ADHERENT, maintenant=LE)
        seconde = personne(f"S{siren}")
        actes.append(lambda d=premiere: commander_demandees(demandes=[d.id], par=hugo, maintenant=LE))
        actes.append(
            lambda q=seconde, s=siren: demander_lettre(
                personne_id=q.id, siren_saisi=s, profil=Profil.ADHERENT, maintenant=LE + timedelta(hours=1)
            )
        )
    assert genres(ensemble(actes)) == {"list": 20, "DemandeLettre": 20}
    assert LettreCode.objects.count() == 20
    assert not DemandeLettre.objects.filter(lettre=None).exists()
    assert DemandeLettre.objects.filter(ouvre=True).count() == 20


def test_deux_aef_ne_commandent_pas_deux_fois_le_meme_courrier() -> None:
    organisation()
    demande = demander_lettre(personne_id=personne("Bruno").id, siren_saisi=SIREN, profil=Profil.ADHERENT, maintenant=LE)
    aef = [acteur(agent()) for _ in range(8)]
    actes = [lambda q=q: commander_demandees(demandes=[demande.id], par=q, maintenant=LE) for q in aef]  # type: ignore[misc]
    assert genres(ensemble(actes)) == {"list": 1, "TransitionImpossible": 7}
    assert LettreCode.objects.count() == 1


def test_une_personne_qui_demande_deux_fois_un_courrier_n_en_attend_qu_un() -> None:
    bruno = personne("Bruno")
    actes: list[Acte] = [
        lambda: demander_lettre(personne_id=bruno.id, siren_saisi=SIREN, profil=Profil.ADHERENT, maintenant=LE)
    ] * 8
    assert genres(ensemble(actes)) == {"DemandeLettre": 1, "TransitionImpossible": 7}
