"""Asking to join without a code: what is asked, who is told, what is never told, taking it back, deciding it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.courriers_demandes import demander_lettre_opco
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.fin_de_code import terminer_code
from jalon.habilitations.actions.rejoindre import PersonneNeDecide, demander_acces, retirer_demande
from jalon.habilitations.enums import EtatDemande, JeuDeDroits, OrigineDemande, Role
from jalon.habilitations.models import AvisPostal, CodeActivation, CompteurEssais, DemandeAcces, DemandeLettre, VerrouSiren
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import DEMANDES_PAR_COMPTE, DEMANDES_PAR_SIREN, DemandeDroit
from jalon.habilitations.requetes.demandes import (
    demandes_de_l_opco,
    demandes_en_attente,
    suite_de_ma_demande,
)
from jalon.habilitations.requetes.espaces import nouvelles_de_mes_acces
from jalon.habilitations.requetes.taches import a_faire
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible, TropDEssais
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    rattacher,
    sirens,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
FIN = LE + timedelta(days=30)
UNE_SECONDE = timedelta(seconds=1)


@pytest.fixture
def aline() -> Personne:
    """The administrator of the company."""
    organisation()
    seule = personne("Aline", "Ferrand")
    rattacher(seule)
    return seule


@pytest.fixture
def bruno(aline: Personne) -> Personne:
    """Somebody with no link."""
    del aline
    return personne("Bruno", "Marchetti")


def _demander(
    qui: Personne,
    numero: str = SIREN,
    *,
    profil: Profil = Profil.ADHERENT,
    jeu: JeuDeDroits = JeuDeDroits.LECTURE,
    sirets: Sequence[str] | None = None,
    raison: str = "J’ai pris mon poste lundi",
    le: datetime = LE,
) -> DemandeAcces:
    return demander_acces(
        personne_id=qui.id, numero_saisi=numero, profil=profil, jeu=jeu, sirets_saisis=sirets, raison=raison, maintenant=le
    )


def _decider(demande: DemandeAcces, par: Personne, *, accorder: bool = True, le: datetime = LE, **champs: Any) -> DemandeAcces:
    return decider_demande(demande_id=demande.id, accorder=accorder, par=acteur(par, le), maintenant=le, **champs)


def test_une_demande_previent_les_administrateurs_et_dit_qui_decide(aline: Personne, bruno: Personne) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    rattacher(personne("Chloé", "Bertin"), probation_jusqu_a=LE + timedelta(hours=1))
    demande = _demander(bruno, f" {SIREN[:3]} {SIREN[3:]} ", jeu=JeuDeDroits.COMPTABILITE)
    assert (demande.origine, demande.etat, demande.siren) == (OrigineDemande.SANS_CODE, EtatDemande.EN_ATTENTE, SIREN)
    assert (demande.jeu, demande.sirets, demande.raison) == ("comptabilite", [], "J’ai pris mon poste lundi")
    assert demande.prevenus == [aline.id, louise.id]
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("habilitations.demande_recue", aline.email),
        ("habilitations.demande_recue", louise.email),
    }
    evenement = Evenement.objects.tous("essai").get()
    assert (evenement.code, evenement.acteur_id, evenement.siren) == ("acces.demande", bruno.id, SIREN)
    suite = suite_de_ma_demande(demande.id, acteur(bruno), LE)
    assert suite.prevenus == suite.decideurs == ("Aline Ferrand", "Louise Rey")
    assert (suite.attend, suite.expire_le, suite.relances) == (True, FIN, ())
    assert not AvisPostal.objects.exists()
    (tache, *_) = a_faire(acteur(aline), SIREN)
    assert (tache.detail, tache.nom_url) == ("Bruno Marchetti demande à rejoindre l’espace", "espace_demande")


def test_un_code_colle_dans_un_texte_n_est_pas_garde(aline: Personne, bruno: Personne) -> None:
    code, ligne = code_en_circulation()
    assert _demander(bruno, raison=f"Mon code est {code}").raison == "Mon code est [code masqué]"
    terminer_code(code_id=ligne.id, motif=f"Le code {code} circule", par=acteur(aline), maintenant=LE)
    emma = agent(Role.CONSEILLER)
    demander_lettre_opco(siren=SIREN, profil=Profil.ADHERENT, motif=f"Perdu {code}", par=acteur(emma), maintenant=LE)
    ecrits = [str(e.details) for e in Evenement.objects.tous("essai")]
    ecrits += [CodeActivation.objects.get().motif_fin, DemandeLettre.objects.get().motif]
    assert not any(code in texte for texte in ecrits)


def test_un_siret_designe_son_entreprise_et_des_etablissements_se_choisissent(bruno: Personne) -> None:
    demande = _demander(bruno, SIRET, jeu=JeuDeDroits.GESTIONNAIRE_RH, sirets=[SIRET, f" {SIRET_2} ", SIRET])
    assert demande.siren == SIREN
    assert demande.sirets == [SIRET, SIRET_2]
    assert set(demande.droits_demandes) == {
        sur_un_siret(s, d, Niveau.ENVOI) for s in (SIRET, SIRET_2) for d in (Domaine.PLAN, Domaine.ALTERNANCE)
    }


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"numero": ""}, "numero", "Indiquez le SIREN"),
        ({"numero": "12 345"}, "numero", "il en manque 4"),
        ({"numero": "123456789"}, "numero", "n’existe pas"),
        ({"numero": "1234567820001"}, "numero", "SIRET comporte 14 chiffres, il en manque 1"),
        ({"raison": "  "}, "raison", "pourquoi"),
        ({"sirets": []}, "sirets", "au moins un SIRET"),
        ({"sirets": ["12"]}, "sirets", "12\u00a0: Le SIRET comporte 14 chiffres"),
        ({"sirets": ["73282932000074"]}, "sirets", "n’est pas un établissement"),
        ({"sirets": [SIRET] * 201}, "sirets", "200 SIRET au plus"),
        ({"sirets": [SIRET], "jeu": JeuDeDroits.ADMINISTRATION}, "jeu", "toute l’entreprise"),
        ({"sirets": [SIRET], "profil": Profil.PRESTATAIRE}, "etendue", "toute l’organisation"),
    ],
)
def test_ce_qui_ne_se_lit_pas_ne_coute_pas_d_essai(bruno: Personne, champs: dict[str, Any], champ: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        _demander(bruno, **champs)
    assert refus.value.champ == champ
    assert not CompteurEssais.objects.exists()
    assert not DemandeAcces.objects.tous("essai").exists()


def test_il_faut_une_adresse_verifiee_un_second_facteur_et_un_compte_personnel(bruno: Personne) -> None:
    with pytest.raises(DroitManquant, match="compte de l’OPCO"):
        _demander(agent())
    Authenticator.objects.filter(user=bruno).delete()
    with pytest.raises(DroitManquant, match=r"second facteur.*puis faites votre demande"):
        _demander(bruno)
    EmailAddress.objects.filter(user=bruno).delete()
    with pytest.raises(DroitManquant, match="adresse électronique"):
        _demander(bruno)
    assert not CompteurEssais.objects.exists()


def test_inconnu_sans_administrateur_ou_en_probation_ne_se_distinguent_pas(bruno: Personne) -> None:
    inconnu, sans, en_probation, du_prestataire = sirens(4)
    for siren in (sans, en_probation, du_prestataire):
        organisation(siren)
    rattacher(personne("Chloé"), en_probation, probation_jusqu_a=LE + UNE_SECONDE)
    rattacher(personne("Driss"), du_prestataire, Profil.PRESTATAIRE)
    reponses = set()
    for siren in (inconnu, sans, en_probation, du_prestataire):
        with CaptureQueriesContext(connection) as requetes, pytest.raises(PersonneNeDecide) as refus:
            _demander(bruno, siren)
        faites = [r["sql"].replace(siren, "?") for r in requetes if "SAVEPOINT" not in r["sql"]]
        reponses.add((refus.value.code, refus.value.message, refus.value.champ, len(faites)))
        CompteurEssais.objects.all().delete()
    assert len(reponses) == 1
    assert not VerrouSiren.objects.exists()
    assert not DemandeAcces.objects.tous("essai").exists()
    assert not Courriel.objects.exists()


def test_la_demande_est_possible_a_la_seconde_ou_la_probation_finit(bruno: Personne) -> None:
    organisation(AUTRE_SIREN)
    rattacher(personne("Chloé", "Bertin"), AUTRE_SIREN, probation_jusqu_a=LE)
    with pytest.raises(PersonneNeDecide):
        _demander(bruno, AUTRE_SIREN, le=LE - UNE_SECONDE)
    assert _demander(bruno, AUTRE_SIREN).etat == EtatDemande.EN_ATTENTE


def test_les_demandes_d_un_compte_se_comptent_par_jour_de_paris(bruno: Personne) -> None:
    for siren in sirens(DEMANDES_PAR_COMPTE):
        with pytest.raises(PersonneNeDecide):
            _demander(bruno, siren)
    with pytest.raises(TropDEssais, match="5\u00a0demandes du jour"):
        _demander(bruno)
    assert CompteurEssais.objects.filter(genre="acces-siren").count() == DEMANDES_PAR_COMPTE
    minuit = LE.replace(hour=23, minute=0)
    with pytest.raises(TropDEssais):
        _demander(bruno, le=minuit - UNE_SECONDE)
    assert _demander(bruno, le=minuit).etat == EtatDemande.EN_ATTENTE


def test_la_limite_d_un_siren_retarde_sans_rien_couter_ni_dire(bruno: Personne) -> None:
    phrases = set()
    for siren in (SIREN, sirens(1)[0]):
        CompteurEssais.objects.create(genre="acces-siren", cle=siren, jour=jour_de_paris(LE), nombre=DEMANDES_PAR_SIREN)
        with pytest.raises(TropDEssais) as refus:
            _demander(bruno, siren)
        phrases.add(refus.value.message)
    assert len(phrases) == 1
    assert not CompteurEssais.objects.filter(genre="acces-compte").exists()


def test_une_seule_demande_attend_par_cote(bruno: Personne) -> None:
    rattacher(personne("Driss"), SIREN, Profil.PRESTATAIRE)
    _demander(bruno)
    with pytest.raises(TransitionImpossible, match="attend déjà"):
        _demander(bruno, jeu=JeuDeDroits.GESTIONNAIRE_RH)
    _demander(bruno, profil=Profil.PRESTATAIRE)
    with pytest.raises(TransitionImpossible, match="attend déjà"):
        _demander(bruno, le=FIN - UNE_SECONDE)
    _demander(bruno, le=FIN)
    etats = DemandeAcces.objects.tous("essai").filter(siren=SIREN).order_by("demandee_le").values_list("etat", flat=True)
    assert list(etats) == [EtatDemande.EXPIREE, EtatDemande.EN_ATTENTE]


def test_on_ne_demande_pas_ce_qu_on_a(aline: Personne, bruno: Personne) -> None:
    with pytest.raises(TransitionImpossible, match="déjà ces droits"):
        _demander(aline, jeu=JeuDeDroits.ADMINISTRATION)
    rattacher(bruno, droits=droits_du_profil(JeuDeDroits.LECTURE, [SIRET]))
    with pytest.raises(TransitionImpossible, match="déjà ces droits"):
        _demander(bruno, sirets=[SIRET])
    assert _demander(bruno, sirets=[SIRET_2]).sirets == [SIRET_2]


def test_un_code_juste_prend_la_place_de_la_demande_sans_code(bruno: Personne) -> None:
    code, _ = code_en_circulation()
    utiliser_code(personne_id=personne("Eva").id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=code, maintenant=LE)
    sans = _demander(bruno)
    suite = utiliser_code(personne_id=bruno.id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=code, maintenant=LE)
    assert suite.demande is not None
    assert suite.demande.origine == OrigineDemande.CODE
    sans = DemandeAcces.objects.tous("essai").get(id=sans.id)
    assert sans.etat == EtatDemande.EXPIREE


def test_accorder_donne_ce_qui_est_demande_et_rien_d_autre(aline: Personne, bruno: Personne) -> None:
    _decider(_demander(bruno, sirets=[SIRET], jeu=JeuDeDroits.GESTIONNAIRE_RH), aline)
    lu = acteur(bruno)
    assert lu.perimetre(Droit(Domaine.PLAN, Niveau.ENVOI)).sirets == {SIRET}
    assert not lu.perimetre(Droit(Domaine.PLAN, Niveau.LECTURE)).sirens
    assert not lu.a_un_droit(SIREN, Droit(Domaine.FACTURES, Niveau.LECTURE))
    assert not lu.est_administrateur(SIREN)


@pytest.mark.parametrize(
    "moins",
    [
        droits_du_profil(JeuDeDroits.LECTURE),
        droits_du_profil(JeuDeDroits.GESTIONNAIRE_RH, [SIRET]),
        [sur_un_siret(SIRET_2, Domaine.FACTURES, Niveau.LECTURE)],
    ],
    ids=["un autre profil", "un établissement", "une seule case"],
)
def test_un_administrateur_accorde_moins(aline: Personne, bruno: Personne, moins: list[DemandeDroit]) -> None:
    demande = _demander(bruno, jeu=JeuDeDroits.ADMINISTRATION)
    _decider(demande, aline, droits=moins)
    lu = {(d.siret, d.domaine, d.niveau) for r in acteur(bruno).rattachements for d in r.droits}
    assert lu == {(d.siret, d.domaine, d.niveau) for d in moins}


@pytest.mark.parametrize(
    "plus",
    [
        droits_du_profil(JeuDeDroits.GESTIONNAIRE_RH),
        droits_du_profil(JeuDeDroits.LECTURE),
        droits_du_profil(JeuDeDroits.LECTURE, [SIRET_2]),
        [sur_un_siret(SIRET, Domaine.SALARIES, Niveau.LECTURE)],
    ],
    ids=["plus haut", "plus large", "ailleurs", "autre domaine"],
)
def test_un_administrateur_n_accorde_pas_plus(aline: Personne, bruno: Personne, plus: list[DemandeDroit]) -> None:
    demande = _demander(bruno, sirets=[SIRET])
    with pytest.raises(SaisieRefusee, match="ou moins") as refus:
        _decider(demande, aline, droits=plus)
    assert refus.value.champ == "jeu"
    assert not acteur(bruno).rattachements
    assert suite_de_ma_demande(demande.id, acteur(bruno), LE).attend


def test_accorder_ne_retire_rien_de_ce_qui_etait_tenu(aline: Personne, bruno: Personne) -> None:
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN, Niveau.GESTION), sur_un_siret(SIRET, Domaine.SALARIES)])
    _decider(_demander(bruno), aline)
    lu = acteur(bruno)
    assert lu.a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.GESTION))
    assert lu.a_un_droit(SIREN, Droit(Domaine.SALARIES, Niveau.SAISIE))
    assert lu.a_un_droit(SIREN, Droit(Domaine.FACTURES, Niveau.LECTURE))


def test_sans_code_l_opco_ne_decide_pas_meme_s_il_ne_reste_personne(aline: Personne, bruno: Personne) -> None:
    demande, hugo = _demander(bruno), agent()
    with pytest.raises(DroitManquant, match="Aline Ferrand"):
        _decider(demande, hugo)
    aline.is_active = False
    aline.save()
    assert demandes_de_l_opco(acteur(hugo), LE) == []
    with pytest.raises(DroitManquant, match="sans code"):
        _decider(demande, hugo)
    assert suite_de_ma_demande(demande.id, acteur(bruno), LE).decideurs == ()


def test_la_demande_se_retire_tant_qu_elle_attend(aline: Personne, bruno: Personne) -> None:
    demande = _demander(bruno)
    for autre in (aline, personne("Gaël"), agent()):
        with pytest.raises(Introuvable):
            retirer_demande(demande_id=demande.id, par=acteur(autre), maintenant=LE)
    with pytest.raises(TransitionImpossible, match="expiré"):
        retirer_demande(demande_id=demande.id, par=acteur(bruno), maintenant=FIN)
    le = FIN - UNE_SECONDE
    retiree = retirer_demande(demande_id=demande.id, par=acteur(bruno), maintenant=le)
    assert (retiree.etat, retiree.decidee_le, retiree.decidee_par) == (EtatDemande.RETIREE, le, bruno.id)
    assert Evenement.objects.tous("essai").filter(code="acces.demande_retiree").count() == 1
    with pytest.raises(TransitionImpossible, match="retirée"):
        retirer_demande(demande_id=demande.id, par=acteur(bruno), maintenant=le)
    with pytest.raises(TransitionImpossible, match="retirée"):
        _decider(demande, aline, le=le)
    assert demandes_en_attente(SIREN, acteur(aline), LE) == []
    assert nouvelles_de_mes_acces(acteur(bruno)) == []
    assert suite_de_ma_demande(demande.id, acteur(bruno), le).decideurs == ()
    assert _demander(bruno, le=le).etat == EtatDemande.EN_ATTENTE


def test_la_page_d_attente_n_est_qu_a_la_personne_et_finit_a_la_seconde(aline: Personne, bruno: Personne) -> None:
    demande = _demander(bruno)
    for autre in (aline, agent()):
        with pytest.raises(Introuvable):
            suite_de_ma_demande(demande.id, acteur(autre), LE)
    for jours, nombre in ((7, 1), (21, 2)):
        avant = suite_de_ma_demande(demande.id, acteur(bruno), LE + timedelta(days=jours) - UNE_SECONDE)
        apres = suite_de_ma_demande(demande.id, acteur(bruno), LE + timedelta(days=jours))
        assert (len(avant.relances), len(apres.relances)) == (nombre - 1, nombre)
    assert suite_de_ma_demande(demande.id, acteur(bruno), FIN - UNE_SECONDE).attend
    finie = suite_de_ma_demande(demande.id, acteur(bruno), FIN)
    assert (finie.attend, finie.expiree, finie.decideurs) == (False, True, ())
    assert finie.prevenus == ("Aline Ferrand",)


def test_la_carte_dit_ce_qui_est_demande(aline: Personne, bruno: Personne) -> None:
    _demander(bruno, sirets=[SIRET], jeu=JeuDeDroits.GESTIONNAIRE_RH)
    (vue,) = demandes_en_attente(SIREN, acteur(aline), LE)
    assert (vue.avec_code, vue.jeu, vue.sirets, vue.raison) == (
        False, JeuDeDroits.GESTIONNAIRE_RH, (SIRET,), "J’ai pris mon poste lundi",
    )  # fmt: skip
