"""Several at once, with real commits: counters, first uses, last administrator, one letter (exigences, S3, S9, R7)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.habilitations.actions.activation import CodeRefuse, utiliser_code
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.decisions import confirmer_decision, proposer_decision
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.actions.lettres import preparer_lettres
from jalon.habilitations.actions.nominations import decider_nomination
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.actions.vues import commencer_vue, terminer_vue
from jalon.habilitations.administrateurs import administrateurs_actifs, tous_les_administrateurs
from jalon.habilitations.codes import tirer_code
from jalon.habilitations.enums import (
    EtatCode,
    EtatRattachement,
    FinDeVue,
    NatureDecision,
    Role,
)
from jalon.habilitations.models import AvisPostal, CodeActivation, CompteurEssais, DemandeAcces, DroitAccorde, Rattachement
from jalon.habilitations.regles import (
    ESSAIS_PAR_COMPTE,
    ESSAIS_PAR_SIREN,
    OCTROIS_PAR_HEURE,
    tous_les_droits,
)
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, ErreurMetier, TransitionImpossible, TropDEssais
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    rattacher,
    sirens,
    sur_le_siren,
)
from tests.habilitations.vagues import deux_cents

ADMINISTRER = [sur_le_siren(Domaine.ACCES)]
SEULEMENT_LIRE = [sur_le_siren(Domaine.ACCES, Niveau.LECTURE)]


def _essayer(qui: Personne, code: str, siren: str = SIREN) -> Callable[[], object]:
    return lambda: utiliser_code(personne_id=qui.id, siren_saisi=siren, profil=Profil.ADHERENT, code_saisi=code, maintenant=LE)


@deux_cents(40)
def test_quarante_essais_simultanes_d_un_compte_n_en_passent_que_cinq() -> None:
    aline = personne()
    resultats = ensemble([_essayer(aline, tirer_code().clair, siren) for siren in sirens(40)])
    assert genres(resultats) == {CodeRefuse.__name__: ESSAIS_PAR_COMPTE, TropDEssais.__name__: 40 - ESSAIS_PAR_COMPTE}
    assert CompteurEssais.objects.get(genre="code-compte").nombre == ESSAIS_PAR_COMPTE
    assert CompteurEssais.objects.filter(genre="code-siren").count() == ESSAIS_PAR_COMPTE


@deux_cents(40)
def test_quarante_comptes_sur_un_siren_n_en_passent_que_vingt() -> None:
    gens = [personne(f"Essai{rang}") for rang in range(40)]
    resultats = ensemble([_essayer(qui, tirer_code().clair) for qui in gens])
    assert genres(resultats) == {CodeRefuse.__name__: ESSAIS_PAR_SIREN, TropDEssais.__name__: 40 - ESSAIS_PAR_SIREN}
    assert CompteurEssais.objects.get(genre="code-siren").nombre == ESSAIS_PAR_SIREN
    assert CompteurEssais.objects.filter(genre="code-compte").count() == ESSAIS_PAR_SIREN


@deux_cents(20)
def test_deux_premiers_usages_simultanes_font_un_administrateur_et_une_demande() -> None:
    liste = sirens(20)
    codes = {}
    for siren in liste:
        organisation(siren)
        codes[siren], _ = code_en_circulation(siren)
    actes = [_essayer(personne(f"P{siren}"), codes[siren], siren) for siren in liste for _ in range(2)]
    assert genres(ensemble(actes)) == {"SuiteDuCode": 40}
    for siren in liste:
        assert len(tous_les_administrateurs(siren, Profil.ADHERENT, LE)) == 1
        assert DemandeAcces.objects.tous("essai").filter(siren=siren).count() == 1
        assert AvisPostal.objects.filter(siren=siren).count() == 2
    assert set(CodeActivation.objects.values_list("usages", flat=True)) == {2}


@deux_cents(40)
def test_quarante_porteurs_d_un_meme_code_font_un_seul_administrateur() -> None:
    organisation()
    code, _ = code_en_circulation()
    resultats = ensemble([_essayer(personne(f"P{rang}"), code) for rang in range(40)])
    assert genres(resultats) == {"SuiteDuCode": ESSAIS_PAR_SIREN, "TropDEssais": 40 - ESSAIS_PAR_SIREN}
    assert len(tous_les_administrateurs(SIREN, Profil.ADHERENT, LE)) == 1
    assert DemandeAcces.objects.tous("essai").count() == ESSAIS_PAR_SIREN - 1


def _retirer(lien: Rattachement, par: Any) -> Callable[[], object]:
    return lambda: retirer_rattachement(rattachement_id=lien.id, motif="essai", par=par, maintenant=LE)


def _abaisser(lien: Rattachement, par: Any) -> Callable[[], object]:
    return lambda: modifier_droits(rattachement_id=lien.id, droits=SEULEMENT_LIRE, par=par, maintenant=LE)


def _decider(demande: DemandeAcces, par: Any, *, accorder: bool) -> Callable[[], object]:
    return lambda: decider_demande(demande_id=demande.id, accorder=accorder, motif="essai", par=par, maintenant=LE)


def _deux_administrateurs(siren: str) -> list[tuple[Rattachement, Any]]:
    gens = [personne(f"{nom}{siren}") for nom in ("A", "B")]
    liens = [rattacher(qui, siren, droits=ADMINISTRER) for qui in gens]
    acteurs = [acteur(qui) for qui in gens]
    assert all(a.est_administrateur(siren) for a in acteurs)
    return list(zip(liens, acteurs, strict=True))


@pytest.mark.parametrize("maniere", ["retirer l'autre", "partir", "s'abaisser", "abaisser l'autre"])
@deux_cents(20)
def test_deux_administrateurs_ne_disparaissent_jamais_ensemble(maniere: str) -> None:
    """Twenty organisations at a time, their two administrators at once: eighty trials over the four manners."""
    liste = sirens(20)
    actes: list[Callable[[], object]] = []
    for siren in liste:
        (lien_a, a), (lien_b, b) = _deux_administrateurs(siren)
        actes += {
            "retirer l'autre": [_retirer(lien_b, a), _retirer(lien_a, b)],
            "partir": [_retirer(lien_a, a), _retirer(lien_b, b)],
            "s'abaisser": [_abaisser(lien_a, a), _abaisser(lien_b, b)],
            "abaisser l'autre": [_abaisser(lien_b, a), _abaisser(lien_a, b)],
        }[maniere]
    resultats = ensemble(actes)
    for rang, siren in enumerate(liste):
        assert len(administrateurs_actifs(siren, Profil.ADHERENT, LE)) == 1, siren
        paire = resultats[2 * rang : 2 * rang + 2]
        assert sum(isinstance(r, ErreurMetier) for r in paire) == 1
    assert set(genres(resultats)) <= {"Rattachement", TransitionImpossible.__name__, DroitManquant.__name__}


@pytest.mark.usefixtures("base_reelle")
def test_des_administrateurs_qui_se_retirent_en_cercle_laissent_au_moins_l_un_d_eux() -> None:
    actes: list[Callable[[], object]] = []
    liste = sirens(4)
    for siren in liste:
        gens = [personne(f"P{siren}{rang}") for rang in range(10)]
        liens = [rattacher(qui, siren, droits=ADMINISTRER) for qui in gens]
        acteurs = [acteur(qui) for qui in gens]
        assert all(a.est_administrateur(siren) for a in acteurs)
        actes += [_retirer(liens[(rang + rang % 2) % 10], a) for rang, a in enumerate(acteurs)]
    ensemble(actes)
    assert all(administrateurs_actifs(siren, Profil.ADHERENT, LE) for siren in liste)


@deux_cents(20)
def test_une_demande_ne_se_decide_qu_une_fois() -> None:
    """Twenty requests, each granted by one administrator while another refuses it."""
    actes, demandes = [], []
    for siren in sirens(20):
        organisation(siren)
        code, _ = code_en_circulation(siren)
        _essayer(personne(f"P{siren}"), code, siren)()
        suite: Any = _essayer(personne(f"B{siren}"), code, siren)()
        demandes.append(suite.demande)
        for rang in range(2):
            qui = personne(f"A{siren}{rang}")
            rattacher(qui, siren)
            actes.append(_decider(suite.demande, acteur(qui), accorder=rang == 0))
    assert genres(ensemble(actes)) == {"DemandeAcces": 20, TransitionImpossible.__name__: 20}
    for demande in demandes:
        accordee = DemandeAcces.objects.tous("essai").get(id=demande.id).etat == "accordee"
        attaches = Rattachement.objects.tous("essai").filter(personne=demande.personne, etat=EtatRattachement.ACTIF)
        assert attaches.count() == int(accordee)


@deux_cents(20)
def test_donner_et_retirer_en_meme_temps_ne_laisse_aucun_droit_a_un_acces_retire() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    rattacher(louise)
    par, autre = acteur(aline), acteur(louise)
    assert par.rattachements and autre.rattachements  # noqa: PT018
    liens = [rattacher(personne(f"B{rang}"), droits=[sur_le_siren(Domaine.PLAN)]) for rang in range(20)]
    actes: list[Callable[[], object]] = []
    for lien in liens:
        actes += [
            _retirer(lien, par),
            lambda lien=lien: modifier_droits(
                rattachement_id=lien.id, droits=tous_les_droits(), par=autre, maintenant=LE
            ),
        ]  # fmt: skip
    ensemble(actes)
    for lien in liens:
        lu = Rattachement.objects.tous("essai").get(id=lien.id)
        assert lu.etat == EtatRattachement.RETIRE
        assert not DroitAccorde.objects.filter(rattachement=lu, revoque_le__isnull=True).exists()


@pytest.mark.usefixtures("base_reelle")
def test_une_adresse_n_est_invitee_et_rattachee_qu_une_fois() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    par, bruno = acteur(aline), personne("Bruno")
    assert par.rattachements
    inviter = lambda: inviter_personne(  # noqa: E731
        siren=SIREN, profil=Profil.ADHERENT, adresse=bruno.email, droits=SEULEMENT_LIRE, par=par, maintenant=LE
    )
    assert genres(ensemble([inviter] * 10)) == {"Rattachement": 1, "SaisieRefusee": 9}
    rattaches = ensemble([lambda: rattacher_invitations(personne_id=bruno.id, maintenant=LE)] * 10)
    assert sum(len(r) for r in rattaches if isinstance(r, list)) == 1


@pytest.mark.usefixtures("base_reelle")
def test_un_travail_execute_deux_fois_a_la_fois_ne_fait_qu_un_jeu_de_codes(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = reglages
    organisation()
    hugo = acteur(agent())
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=hugo, maintenant=LE)
    assert genres(ensemble([lambda: preparer_lettres(commande_id=commande.id, maintenant=LE)] * 6)) == {"NoneType": 6}
    assert CodeActivation.objects.filter(etat=EtatCode.ACTIF).count() == 1
    assert CodeActivation.objects.count() == 1
    assert len([f for f in tmp_path.rglob("*") if f.is_file()]) == 1


@deux_cents(20)
def test_deux_confirmations_a_la_fois_n_en_font_qu_une() -> None:
    """Twenty successions, each confirmed by two people at once: each makes its administrators once."""
    confirmeurs = [acteur(agent(prenom=f"Hugo{rang}")) for rang in range(2)]
    assert all(qui.roles_opco for qui in confirmeurs)
    par = acteur(agent(Role.CONSEILLER))
    liste, actes = sirens(40), []
    for siren, repreneur in zip(liste[::2], liste[1::2], strict=True):
        organisation(siren)
        organisation(repreneur, "REPRISE ALPINE")
        rattacher(personne(f"A{siren}"), siren)
        rattacher(personne(f"L{siren}"), repreneur)
        proposee = proposer_decision(
            nature=NatureDecision.SUCCESSION, siren=siren, profil=Profil.ADHERENT, motif="Fusion", preuve="Extrait Kbis",
            repreneur=repreneur, par=par, maintenant=LE,
        )  # fmt: skip
        actes += [lambda d=proposee, q=q: confirmer_decision(decision_id=d.id, par=q, maintenant=LE) for q in confirmeurs]  # type: ignore[misc]
    resultats = ensemble(actes)
    for rang, siren in enumerate(liste[::2]):
        assert genres(resultats[2 * rang : 2 * rang + 2]) == {"DecisionADeux": 1, "TransitionImpossible": 1}
        liens = Rattachement.objects.tous("essai").filter(siren=siren, etat=EtatRattachement.ACTIF, personne__prenom=f"L{siren}")
        assert liens.count() == 1


@pytest.mark.usefixtures("base_reelle")
def test_des_octrois_simultanes_d_une_personne_ne_passent_jamais_a_plus_de_trois() -> None:
    """Twelve organisations at once: three of her grants count, the others wait to be checked (exigences, T12)."""
    aline = personne("Aline")
    actes: list[Callable[[], object]] = []
    for siren in sirens(12):
        organisation(siren)
        rattacher(aline, siren)
        lien = rattacher(personne(f"B{siren}"), siren, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
        actes.append(
            lambda lien=lien: modifier_droits(
                rattachement_id=lien.id, droits=[sur_le_siren(Domaine.PLAN)], par=acteur(aline), maintenant=LE
            )
        )
    ensemble(actes)
    donnes = DroitAccorde.objects.filter(accorde_par=aline.id)
    assert donnes.filter(attente="").count() == OCTROIS_PAR_HEURE
    assert donnes.filter(attente="verification").count() == 12 - OCTROIS_PAR_HEURE


@pytest.mark.usefixtures("base_reelle")
def test_deux_cent_vingt_departs_simultanes_laissent_chaque_organisation_administree() -> None:
    """Ten organisations at a time, a hundred and ten in all: two administrators who remove one another, then leave (exigences, S9)."""
    liste = sirens(110)
    for debut in range(0, 110, 10):
        actes: list[Callable[[], object]] = []
        for siren in liste[debut : debut + 10]:
            (lien_a, a), (lien_b, b) = _deux_administrateurs(siren)
            actes += [_retirer(lien_b, a), _retirer(lien_a, b)] if debut % 20 else [_retirer(lien_a, a), _retirer(lien_b, b)]
        ensemble(actes)
    assert all(len(administrateurs_actifs(siren, Profil.ADHERENT, LE)) == 1 for siren in liste)


@deux_cents(20)
def test_confirmer_et_retirer_en_meme_temps_ne_rouvre_rien() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    rattacher(louise)
    liens = [rattacher(personne(f"B{rang}"), droits=[sur_le_siren(Domaine.PLAN)]) for rang in range(20)]
    for lien in liens:
        modifier_droits(rattachement_id=lien.id, droits=tous_les_droits(), par=acteur(aline), maintenant=LE)
    actes: list[Callable[[], object]] = []
    for lien in liens:
        confirmer = lambda lien=lien: decider_octroi(  # noqa: E731
            rattachement_id=lien.id, accorder=True, par=acteur(louise), maintenant=LE
        )
        actes += [_retirer(lien, acteur(aline)), confirmer]
    ensemble(actes)
    for lien in liens:
        assert Rattachement.objects.tous("essai").get(id=lien.id).etat == EtatRattachement.RETIRE
        assert not DroitAccorde.objects.filter(rattachement=lien, revoque_le__isnull=True).exists()


@pytest.mark.usefixtures("base_reelle")
def test_confirmer_et_refuser_ensemble_un_nouvel_administrateur() -> None:
    organisation()
    louise = personne("Louise", "Rey")
    rattacher(louise)
    agents = [agent(Role.CONSEILLER) for _ in range(3)]
    for _ in range(8):
        lien = rattacher(personne("Nora"), probation_jusqu_a=LE + timedelta(hours=1))
        actes = [
            partial(
                decider_nomination, rattachement_id=lien.id, confirmer=rang % 2 == 0, constat="x", par=acteur(qui), maintenant=LE
            )
            for rang, qui in enumerate([louise, *agents])
        ]
        assert genres(ensemble(actes)) == {"Rattachement": 1, "TransitionImpossible": 3}
        relu = Rattachement.objects.tous("essai").get(id=lien.id)
        assert (relu.etat == EtatRattachement.RETIRE) != (relu.probation_jusqu_a == LE)


@pytest.mark.usefixtures("base_reelle")
def test_deux_nouveaux_administrateurs_ne_se_confirment_pas_l_un_l_autre() -> None:
    organisation()
    paire = [personne("Nora"), personne("Zoé")]
    liens = [rattacher(p, probation_jusqu_a=LE + timedelta(hours=1)) for p in paire]
    for _ in range(5):
        actes = [
            partial(decider_nomination, rattachement_id=lien.id, confirmer=True, constat="x", par=acteur(qui), maintenant=LE)
            for lien, qui in zip(liens, reversed(paire), strict=True)
        ]
        assert genres(ensemble(actes)) == {"DroitManquant": 2}
    assert administrateurs_actifs(SIREN, Profil.ADHERENT, LE) == []


@pytest.mark.usefixtures("base_reelle")
def test_vingt_fins_d_une_vue_au_meme_instant_font_une_ligne() -> None:
    organisation()
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    vue = commencer_vue(rattachement_id=rattacher(personne("Bruno")).id, par=acteur(aline), maintenant=LE)
    moi = acteur(aline)
    fin = lambda: terminer_vue(vue_id=vue.id, raison=FinDeVue.QUITTEE, par=moi, maintenant=LE)  # noqa: E731
    assert genres(ensemble([fin] * 20)) == {"NoneType": 20}
    assert Evenement.objects.tous("essai").filter(code="acces.vue_fin").count() == 1
