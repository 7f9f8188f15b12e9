"""What takes two people of the OPCO: lost administrator, end of an access, successor, establishment taken over."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.decisions import confirmer_decision, ecarter_decision, proposer_decision
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.enums import EtatDecision, EtatRattachement, NatureDecision, OrigineRattachement, Role
from jalon.habilitations.models import DecisionADeux, Rattachement
from jalon.habilitations.regles import fin_de_validite
from jalon.habilitations.requetes.decisions import decisions_closes, decisions_proposees, recuperations_ouvertes
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
PEUVENT = [Role.AEF, Role.CONSEILLER, Role.ADMINISTRATEUR_OPCO]


@pytest.fixture
def aline() -> Personne:
    organisation()
    organisation(AUTRE_SIREN, "REPRISE ALPINE")
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    return aline


def _proposer(par: Personne, nature: NatureDecision = NatureDecision.RECUPERATION, **champs: Any) -> DecisionADeux:
    valeurs: dict[str, Any] = {"siren": SIREN, "profil": Profil.ADHERENT, "motif": "Injoignable", "preuve": "Courrier du gérant"}
    le = champs.pop("le", LE)
    return proposer_decision(nature=nature, par=acteur(par, le), maintenant=le, **{**valeurs, **champs})


def _confirmer(decision: DecisionADeux, par: Personne, le: Any = LE) -> DecisionADeux:
    return confirmer_decision(decision_id=decision.id, par=acteur(par, le), maintenant=le)


def _liens(siren: str = SIREN) -> Any:
    return Rattachement.objects.tous("essai").filter(siren=siren)


def test_un_administrateur_perdu_est_remplace_par_courrier_apres_deux_accords(aline: Personne) -> None:
    hugo, emma, bruno = agent(), agent(Role.CONSEILLER, prenom="Emma"), personne("Bruno", "Marchetti")
    with pytest.raises(SaisieRefusee, match="déjà un administrateur") as refus:
        commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(hugo), maintenant=LE)
    assert refus.value.champ == "sirens"
    decision = _proposer(emma)
    with pytest.raises(SaisieRefusee, match="décision à deux"):
        commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(hugo), maintenant=LE)
    assert _confirmer(decision, hugo).etat == EtatDecision.CONFIRMEE
    commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(hugo), maintenant=LE)
    decision.refresh_from_db()
    assert decision.employee_le == LE
    with pytest.raises(SaisieRefusee, match="déjà un administrateur"):
        commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(hugo), maintenant=LE)
    clair, _ = code_en_circulation()
    suite = utiliser_code(personne_id=bruno.id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=clair, maintenant=LE)
    assert suite.administrateur
    assert acteur(bruno).en_probation(SIREN)
    assert acteur(aline).est_administrateur(SIREN)


def test_une_recuperation_dure_autant_qu_un_code(aline: Personne) -> None:
    decision = _confirmer(_proposer(agent(Role.CONSEILLER)), agent())
    fin = fin_de_validite(LE)
    assert set(recuperations_ouvertes([SIREN], Profil.ADHERENT, fin - timedelta(seconds=1))) == {SIREN}
    assert recuperations_ouvertes([SIREN], Profil.ADHERENT, fin) == {}
    assert recuperations_ouvertes([SIREN], Profil.PRESTATAIRE, LE) == {}
    assert decision.decidee_le == LE
    assert acteur(aline).est_administrateur(SIREN)


def test_personne_ne_confirme_sa_propre_proposition(aline: Personne) -> None:
    hugo = agent()
    decision = _proposer(hugo)
    with pytest.raises(DroitManquant, match="Une autre personne"):
        _confirmer(decision, hugo)
    with pytest.raises(IntegrityError, match="decision_confirmee_par_un_autre"), transaction.atomic():
        DecisionADeux.objects.tous("essai").filter(id=decision.id).update(etat=EtatDecision.CONFIRMEE, decidee_par=hugo)
    assert acteur(aline).est_administrateur(SIREN)


@pytest.mark.parametrize("role", list(Role))
def test_qui_propose_et_confirme(aline: Personne, role: Role) -> None:
    agente = agent(role, prenom="Inès")
    if role in PEUVENT:
        assert _proposer(agente).proposee_par_id == agente.id
        return
    with pytest.raises(DroitManquant, match="décision à deux"):
        _proposer(agente)
    decision = _proposer(agent())
    with pytest.raises(Introuvable):
        _confirmer(decision, agente)
    assert acteur(aline).est_administrateur(SIREN)


def test_un_autre_portefeuille_ne_voit_rien(aline: Personne) -> None:
    ailleurs = agent(portefeuilles=[portefeuille("Ain").id])
    with pytest.raises(Introuvable):
        _proposer(ailleurs)
    decision = _proposer(agent())
    for acte in (lambda: _confirmer(decision, ailleurs), lambda: _ecarter(decision, ailleurs)):
        with pytest.raises(Introuvable):
            acte()
    assert decisions_proposees(acteur(ailleurs), LE) == []
    with pytest.raises(Introuvable):
        _confirmer(decision, aline)


def _ecarter(decision: DecisionADeux, par: Personne, motif: str = "Joint par téléphone", le: Any = LE) -> DecisionADeux:
    return ecarter_decision(decision_id=decision.id, motif=motif, par=acteur(par, le), maintenant=le)


def test_le_systeme_ne_decide_pas(aline: Personne) -> None:
    with pytest.raises((DroitManquant, Introuvable)):
        proposer_decision(
            nature=NatureDecision.RECUPERATION, siren=SIREN, profil=Profil.ADHERENT, motif="x", preuve="y",
            par=ActeurSysteme("essai"), maintenant=LE,
        )  # fmt: skip
    assert acteur(aline).est_administrateur(SIREN)


@pytest.mark.parametrize(
    ("nature", "champs", "champ", "phrase"),
    [
        (NatureDecision.RECUPERATION, {"motif": " "}, "motif", "ce qui s’est passé"),
        (NatureDecision.RECUPERATION, {"preuve": " "}, "preuve", "la preuve"),
        (NatureDecision.RECUPERATION, {"profil": Profil.PRESTATAIRE}, "nature", "commandez un courrier"),
        (NatureDecision.FIN_D_ACCES, {}, "rattachement", "Choisissez une personne"),
        (NatureDecision.SUCCESSION, {"repreneur": " "}, "repreneur", "qui reprend"),
        (NatureDecision.SUCCESSION, {"repreneur": "12"}, "repreneur", "9 chiffres"),
        (NatureDecision.SUCCESSION, {"repreneur": SIREN}, "repreneur", "l’autre entreprise"),
        (NatureDecision.SUCCESSION, {"repreneur": AUTRE_SIREN}, "repreneur", "Personne n’administre encore"),
        (NatureDecision.TRANSFERT, {"repreneur": AUTRE_SIREN}, "repreneur", "Personne n’administre encore"),
    ],
)
def test_ce_qu_une_proposition_refuse(
    aline: Personne, nature: NatureDecision, champs: dict[str, Any], champ: str, phrase: str
) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        _proposer(agent(), nature, **champs)
    assert refus.value.champ == champ
    assert not DecisionADeux.objects.tous("essai").exists()
    assert acteur(aline).est_administrateur(SIREN)


@pytest.mark.parametrize("siret", ["", "12", f"{AUTRE_SIREN}00010", "12345678200028"])
def test_l_etablissement_repris_est_connu_et_de_l_entreprise_quittee(aline: Personne, siret: str) -> None:
    rattacher(personne("Louise", "Rey"), AUTRE_SIREN)
    with pytest.raises(SaisieRefusee) as refus:
        _proposer(agent(), NatureDecision.TRANSFERT, repreneur=AUTRE_SIREN, etablissement=siret)
    assert refus.value.champ == "etablissement"
    assert acteur(aline).est_administrateur(SIREN)


def test_un_lien_d_ailleurs_ou_deja_retire_ne_se_propose_pas(aline: Personne) -> None:
    etranger = rattacher(personne("Louise", "Rey"), AUTRE_SIREN)
    parti = rattacher(personne("Bruno"), etat=EtatRattachement.RETIRE)
    for lien in (etranger, parti):
        with pytest.raises(SaisieRefusee, match="Choisissez une personne"):
            _proposer(agent(), NatureDecision.FIN_D_ACCES, rattachement_id=lien.id)
    assert acteur(aline).est_administrateur(SIREN)


def test_le_dernier_administrateur_peut_partir_a_deux(aline: Personne) -> None:
    lien = _liens().get(personne=aline)
    decision = _proposer(agent(Role.CONSEILLER), NatureDecision.FIN_D_ACCES, rattachement_id=lien.id, motif="Décès")
    _confirmer(decision, agent())
    lien.refresh_from_db()
    assert (lien.etat, lien.motif_retrait) == (EtatRattachement.RETIRE, "Décision de l’OPCO\u00a0: Décès")
    assert not acteur(aline).appartient(SIREN)
    assert ("habilitations.acces_retire", aline.email) in set(Courriel.objects.values_list("genre", "adresse"))


def test_un_acces_deja_retire_ne_se_confirme_pas(aline: Personne) -> None:
    lien = _liens().get(personne=aline)
    rattacher(personne("Louise", "Rey"))
    decision = _proposer(agent(Role.CONSEILLER), NatureDecision.FIN_D_ACCES, rattachement_id=lien.id)
    retirer_rattachement(rattachement_id=lien.id, motif="Départ", par=acteur(aline), maintenant=LE)
    with pytest.raises(TransitionImpossible, match="déjà été retiré"):
        _confirmer(decision, agent())
    decision.refresh_from_db()
    assert decision.etat == EtatDecision.PROPOSEE


def test_qui_succede_administre_l_espace_a_cote_de_qui_y_etait(aline: Personne) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise, AUTRE_SIREN)
    chloe = personne("Chloé", "Bertin")
    rattacher(chloe, AUTRE_SIREN, probation_jusqu_a=LE + timedelta(hours=72))
    _confirmer(_proposer(agent(Role.CONSEILLER), NatureDecision.SUCCESSION, repreneur=AUTRE_SIREN), agent())
    assert acteur(louise).est_administrateur(SIREN)
    assert acteur(aline).est_administrateur(SIREN)
    assert not acteur(chloe).appartient(SIREN)
    assert _liens().get(personne=louise).origine == OrigineRattachement.REPRISE
    recus = set(Courriel.objects.values_list("genre", "adresse"))
    assert ("habilitations.nouvel_acces", aline.email) in recus
    assert {("habilitations.decision_annoncee", p.email) for p in (aline, louise)} <= recus


def test_un_etablissement_repris_s_ouvre_seul_et_garde_ce_qui_etait_tenu(aline: Personne) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise, AUTRE_SIREN)
    rattacher(louise, droits=[sur_un_siret(SIRET, Domaine.PLAN, Niveau.GESTION)])
    _confirmer(_proposer(agent(Role.CONSEILLER), NatureDecision.TRANSFERT, repreneur=AUTRE_SIREN, etablissement=SIRET), agent())
    lue = acteur(louise)
    assert lue.perimetre(Droit(Domaine.FACTURES, Niveau.ENVOI)).sirets == {SIRET}
    assert lue.perimetre(Droit(Domaine.PLAN, Niveau.GESTION)).sirets == {SIRET}
    assert lue.perimetre(Droit(Domaine.REGLEMENTS, Niveau.SAISIE)).sirets == frozenset()
    assert SIREN not in lue.perimetre(Droit(Domaine.PLAN, Niveau.LECTURE)).sirens
    assert not lue.a_un_droit(SIREN, Droit(Domaine.RIB, Niveau.LECTURE))
    assert _liens().filter(personne=louise).count() == 1


def test_le_repreneur_sans_administrateur_ne_recoit_rien(aline: Personne) -> None:
    louise = personne("Louise", "Rey")
    lien = rattacher(louise, AUTRE_SIREN)
    decision = _proposer(agent(Role.CONSEILLER), NatureDecision.SUCCESSION, repreneur=AUTRE_SIREN)
    Rattachement.objects.tous("essai").filter(id=lien.id).update(etat=EtatRattachement.RETIRE)
    with pytest.raises(TransitionImpossible, match="écartez la décision"):
        _confirmer(decision, agent())
    assert not acteur(louise).appartient(SIREN)
    assert acteur(aline).est_administrateur(SIREN)


def test_une_proposition_expire_apres_trente_jours(aline: Personne) -> None:
    emma, hugo = agent(Role.CONSEILLER), agent()
    decision = _proposer(emma)
    fin = LE + timedelta(days=30)
    with pytest.raises(TransitionImpossible, match="plus de 30"):
        _confirmer(decision, hugo, fin)
    assert decisions_proposees(acteur(hugo, fin), fin) == []
    assert [d.id for d in decisions_closes(acteur(hugo, fin), fin)] == [decision.id]
    juste_avant = fin - timedelta(seconds=1)
    with pytest.raises(TransitionImpossible, match="déjà proposée"):
        _proposer(emma, le=juste_avant)
    nouvelle = _proposer(emma, le=fin)
    decision.refresh_from_db()
    assert (decision.etat, decision.motif_ecart) == (EtatDecision.ECARTEE, "Proposition expirée")
    assert _confirmer(nouvelle, hugo, fin).etat == EtatDecision.CONFIRMEE
    assert acteur(aline).est_administrateur(SIREN)


def test_une_proposition_s_ecarte_avec_un_motif_une_seule_fois(aline: Personne) -> None:
    emma, hugo = agent(Role.CONSEILLER), agent()
    decision = _proposer(emma)
    with pytest.raises(SaisieRefusee, match="écartée"):
        _ecarter(decision, hugo, " ")
    assert _ecarter(decision, emma).motif_ecart == "Joint par téléphone"
    for acte in (lambda: _confirmer(decision, hugo), lambda: _ecarter(decision, hugo)):
        with pytest.raises(TransitionImpossible, match="déjà été confirmée ou écartée"):
            acte()
    codes = list(Evenement.objects.tous("essai").order_by("le", "id").values_list("code", flat=True))
    assert codes == ["acces.decision_proposee", "acces.decision_ecartee"]
    assert acteur(aline).est_administrateur(SIREN)


def test_chacun_est_prevenu_a_chaque_etape(aline: Personne) -> None:
    emma, hugo = agent(Role.CONSEILLER, prenom="Emma"), agent()
    decision = _proposer(emma)
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("habilitations.decision_a_confirmer", hugo.email),
        ("habilitations.decision_annoncee", aline.email),
    }
    _confirmer(decision, hugo, LE + timedelta(minutes=1))
    assert Courriel.objects.filter(genre="habilitations.decision_annoncee", adresse=aline.email).count() == 2
