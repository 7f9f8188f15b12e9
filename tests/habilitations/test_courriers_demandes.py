"""Asking for a new letter: the same answer to everybody, one letter per seven days, and what the AEF does of it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.courriers_demandes import (
    commander_demandees,
    demander_lettre,
    demander_lettre_opco,
    ecarter_demandees,
)
from jalon.habilitations.actions.lettres import preparer_lettres
from jalon.habilitations.actions.portefeuilles import suivre_les_portefeuilles
from jalon.habilitations.enums import EtatCode, EtatLettre, Role
from jalon.habilitations.models import CodeActivation, CommandeCodes, CompteurEssais, DemandeLettre, LettreCode
from jalon.habilitations.regles import LETTRES_PAR_COMPTE
from jalon.habilitations.requetes.commandes import lettres_demandees
from jalon.habilitations.requetes.taches import a_faire_opco
from jalon.journal.models import Evenement
from jalon.organisations.models import Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible, TropDEssais
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sirens,
)

pytestmark = pytest.mark.django_db
SEPT_JOURS = timedelta(days=7)
UNE_SECONDE = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _dossier_des_lettres(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path / "lettres"}}
    settings.STORAGES = reglages


@pytest.fixture
def bruno() -> Personne:
    organisation()
    return personne("Bruno", "Marchetti")


def _demander(qui: Personne, siren: str = SIREN, profil: Profil = Profil.ADHERENT, le: datetime = LE) -> DemandeLettre:
    return demander_lettre(personne_id=qui.id, siren_saisi=siren, profil=profil, maintenant=le)


def _du_conseiller(qui: Personne, siren: str = SIREN, motif: str = "Lettre perdue", le: datetime = LE) -> DemandeLettre:
    return demander_lettre_opco(siren=siren, profil=Profil.ADHERENT, motif=motif, par=acteur(qui, le), maintenant=le)


def _commander(hugo: Personne, *demandes: DemandeLettre, le: datetime = LE) -> list[CommandeCodes]:
    return commander_demandees(demandes=[d.id for d in demandes], par=acteur(hugo, le), maintenant=le)


def _ecarter(hugo: Personne, *demandes: DemandeLettre, motif: str = "Appelez-nous", le: datetime = LE) -> int:
    return ecarter_demandees(demandes=[d.id for d in demandes], motif=motif, par=acteur(hugo, le), maintenant=le)


def test_la_demande_attend_l_aef_et_l_ancien_code_vit_jusqu_a_la_nouvelle_lettre(bruno: Personne) -> None:
    _, ancien = code_en_circulation()
    demande, hugo = _demander(bruno, f" {SIREN[:3]} {SIREN[3:]}"), agent()
    assert (demande.siren, demande.ouvre, demande.lettre_id, demande.portefeuille_id) == (
        SIREN,
        True,
        None,
        PORTEFEUILLE_PAR_DEFAUT,
    )
    (vue,) = lettres_demandees(acteur(hugo), LE)
    assert (vue.siren, vue.profil, vue.demandeurs, vue.administrateurs) == (
        SIREN, Profil.ADHERENT, (f"Bruno Marchetti ({bruno.email})",), 0,
    )  # fmt: skip
    assert [t.titre for t in a_faire_opco(acteur(hugo))] == ["Commander les courriers demandés"]
    (commande,) = _commander(hugo, demande)
    assert (commande.critere, commande.profil) == ("1 courrier demandé", Profil.ADHERENT)
    ancien.refresh_from_db()
    assert ancien.etat == EtatCode.ACTIF
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    ancien.refresh_from_db()
    assert ancien.etat == EtatCode.REMPLACE
    demande.refresh_from_db()
    assert demande.lettre == LettreCode.objects.get(commande=commande)
    assert CodeActivation.objects.get(lettre=demande.lettre).etat == EtatCode.ACTIF
    assert lettres_demandees(acteur(hugo), LE) == []
    codes = set(Evenement.objects.tous("essai").values_list("code", flat=True))
    assert codes == {"acces.lettre_demandee", "acces.commande"}


def test_la_reponse_est_la_meme_pour_tous_les_siren(bruno: Personne) -> None:
    inconnu, administre, deja_demande = sirens(3)
    organisation(administre)
    rattacher(personne("Aline"), administre)
    organisation(deja_demande)
    _demander(personne("Eva"), deja_demande)
    for siren in (SIREN, inconnu, administre, deja_demande):
        demande = _demander(bruno, siren)
        assert (demande.personne_id, demande.siren, demande.lettre_id) == (bruno.id, siren, None)
    (vue,) = [v for v in lettres_demandees(acteur(agent()), LE) if v.siren == administre]
    assert vue.administrateurs == 1


def test_il_faut_un_compte_personnel_un_second_facteur_et_un_siren(bruno: Personne) -> None:
    with pytest.raises(SaisieRefusee, match="n’existe pas") as refus:
        _demander(bruno, "123456789")
    assert refus.value.champ == "siren"
    with pytest.raises(DroitManquant, match="compte de l’OPCO"):
        _demander(agent())
    Authenticator.objects.filter(user=bruno).delete()
    with pytest.raises(DroitManquant, match="puis demandez le courrier"):
        _demander(bruno)
    assert not CompteurEssais.objects.exists()
    assert not DemandeLettre.objects.exists()


def test_un_compte_ne_demande_pas_plus_de_vingt_courriers_par_jour(bruno: Personne) -> None:
    for siren in sirens(LETTRES_PAR_COMPTE):
        _demander(bruno, siren)
    with pytest.raises(TropDEssais, match="20\u00a0courriers"):
        _demander(bruno)
    assert _demander(bruno, le=LE.replace(hour=23)).ouvre


def test_une_lettre_par_siren_et_par_profil_en_sept_jours_a_la_seconde(bruno: Personne) -> None:
    premiere = _demander(bruno)
    assert _demander(bruno, profil=Profil.PRESTATAIRE).ouvre
    with pytest.raises(TransitionImpossible, match=r"le 24/11/2026\. Une nouvelle demande sera possible le 01/12/2026"):
        _demander(bruno, le=LE + SEPT_JOURS - UNE_SECONDE)
    with pytest.raises(TransitionImpossible, match="pas encore commandé"):
        _demander(bruno, le=LE + SEPT_JOURS)
    _commander(agent(), premiere)
    assert _demander(bruno, le=LE + SEPT_JOURS).ouvre


def test_les_demandes_des_autres_attendent_la_meme_lettre(bruno: Personne) -> None:
    eva, louise, hugo = personne("Eva"), personne("Louise"), agent()
    premiere, seconde = _demander(bruno), _demander(eva, le=LE + timedelta(days=1))
    assert (premiere.ouvre, seconde.ouvre) == (True, False)
    (vue,) = lettres_demandees(acteur(hugo), LE)
    assert len(vue.demandeurs) == 2
    (commande,) = _commander(hugo, premiere)
    lettre = LettreCode.objects.get(commande=commande)
    tardive = _demander(louise, le=LE + SEPT_JOURS - UNE_SECONDE)
    assert not tardive.ouvre
    assert set(DemandeLettre.objects.values_list("lettre_id", flat=True)) == {lettre.id}
    nouvelle = _demander(personne("Zoé"), le=LE + SEPT_JOURS)
    assert nouvelle.ouvre
    assert nouvelle.lettre_id is None


def test_une_demande_ecartee_porte_son_motif_et_n_empeche_que_la_meme_personne(bruno: Personne) -> None:
    hugo, demande = agent(), _demander(bruno)
    with pytest.raises(SaisieRefusee, match="motif") as refus:
        _ecarter(hugo, demande, motif=" ")
    assert refus.value.champ == "motif"
    assert _ecarter(hugo, demande) == 1
    demande.refresh_from_db()
    assert (demande.ecartee_le, demande.ecartee_par, demande.motif_ecart) == (LE, hugo.id, "Appelez-nous")
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("habilitations.lettre_ecartee", bruno.email)]
    assert Evenement.objects.tous("essai").filter(code="acces.lettre_ecartee").count() == 1
    for acte in (_commander, _ecarter):
        with pytest.raises(TransitionImpossible, match="déjà été traitée"):
            acte(hugo, demande)
    with pytest.raises(TransitionImpossible, match="déjà demandé"):
        _demander(bruno)
    assert _demander(personne("Eva")).ouvre
    assert LettreCode.objects.count() == 0


def test_chaque_profil_a_sa_commande(bruno: Personne) -> None:
    organisation(AUTRE_SIREN)
    demandes = [_demander(bruno), _demander(bruno, AUTRE_SIREN), _demander(bruno, profil=Profil.PRESTATAIRE)]
    commandes = _commander(agent(), *demandes)
    assert [(c.profil, c.critere) for c in commandes] == [
        (Profil.ADHERENT, "2 courriers demandés"), (Profil.PRESTATAIRE, "1 courrier demandé"),
    ]  # fmt: skip
    assert set(LettreCode.objects.values_list("etat", flat=True)) == {EtatLettre.A_COMPOSER}


@pytest.mark.parametrize("role", [r for r in Role if r != Role.AEF])
def test_seule_l_aef_commande_ou_ecarte(bruno: Personne, role: Role) -> None:
    demande, autre = _demander(bruno), agent(role)
    for acte in (_commander, _ecarter):
        with pytest.raises(DroitManquant):
            acte(autre, demande)
    assert lettres_demandees(acteur(autre), LE) == []


def test_l_aef_d_un_autre_portefeuille_ne_voit_pas_la_demande(bruno: Personne) -> None:
    savoie = portefeuille("Savoie")
    demande, ailleurs = _demander(bruno), agent(portefeuilles=[savoie.id])
    assert lettres_demandees(acteur(ailleurs), LE) == []
    for acte in (_commander, _ecarter):
        with pytest.raises(Introuvable):
            acte(ailleurs, demande)
        with pytest.raises(Introuvable):
            acte(ailleurs)
    Organisation.objects.filter(siren=SIREN).update(portefeuille=savoie)
    suivre_les_portefeuilles([SIREN])
    assert len(lettres_demandees(acteur(ailleurs), LE)) == 1
    _commander(ailleurs, demande)


@pytest.mark.parametrize("role", [Role.AEF, Role.CONSEILLER])
def test_le_conseiller_demande_avec_un_motif(bruno: Personne, role: Role) -> None:
    emma = agent(role, prenom="Emma", nom="Lefort")
    with pytest.raises(SaisieRefusee, match="pourquoi") as refus:
        _du_conseiller(emma, motif="  ")
    assert refus.value.champ == "motif"
    demande = _du_conseiller(emma)
    assert (demande.personne_id, demande.motif, demande.ouvre) == (emma.id, "Lettre perdue", True)
    with pytest.raises(TransitionImpossible, match="24/11/2026"):
        _du_conseiller(emma, le=LE + SEPT_JOURS - UNE_SECONDE)
    with pytest.raises(TransitionImpossible, match="24/11/2026"):
        _du_conseiller(emma, le=LE + SEPT_JOURS)
    assert not _demander(bruno).ouvre
    hugo = agent()
    (vue,) = lettres_demandees(acteur(hugo), LE)
    assert vue.motif == "Lettre perdue"
    assert len(vue.demandeurs) == 2
    _commander(hugo, demande)
    assert _du_conseiller(emma, le=LE + SEPT_JOURS).ouvre


def test_le_conseiller_n_est_arrete_que_par_une_demande_qui_tient(bruno: Personne) -> None:
    emma, hugo = agent(Role.CONSEILLER), agent()
    _ecarter(hugo, _demander(bruno))
    assert _du_conseiller(emma).ouvre


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.AEF, Role.CONSEILLER}])
def test_les_autres_roles_ne_demandent_pas(bruno: Personne, role: Role) -> None:
    del bruno
    with pytest.raises(DroitManquant, match="demander un courrier"):
        _du_conseiller(agent(role))


def test_le_conseiller_ne_demande_que_dans_ses_portefeuilles(bruno: Personne) -> None:
    with pytest.raises(Introuvable):
        _du_conseiller(agent(Role.CONSEILLER, [portefeuille("Savoie").id]))
    with pytest.raises(Introuvable):
        _du_conseiller(agent(Role.CONSEILLER), AUTRE_SIREN)
    rattacher(bruno)
    with pytest.raises(Introuvable):
        _du_conseiller(bruno)
