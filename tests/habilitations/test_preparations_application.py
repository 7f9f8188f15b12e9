"""What two people signed is given: in the state of the moment, whole or not at all, without taking anything away."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.actions.preparations import (
    appliquer_preparation,
    prevoir_organisation,
    relancer_invitations,
    relancer_preparations,
    signer_preparation,
)
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import (
    Attente,
    EtatOrganisationPreparee,
    EtatPreparation,
    EtatRattachement,
    NatureAvis,
    OrigineRattachement,
    Role,
)
from jalon.habilitations.models import (
    AvisPostal,
    DroitAccorde,
    OrganisationPreparee,
    PreparationDroits,
    Rattachement,
    RoleOpco,
)
from jalon.habilitations.regles import PROBATION, fin_de_validite
from jalon.habilitations.requetes.preparations import invitations_en_attente, relance_possible
from jalon.journal.models import Evenement
from jalon.organisations.enums import EtatOrganisation
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
)
from tests.habilitations.preparations import appliquee, deposee, ligne, organisations, signer

pytestmark = pytest.mark.django_db
BRUNO = "bruno@essai.example"
CHLOE = "chloe@essai.example"
JOUR = timedelta(days=1)


@pytest.fixture(autouse=True)
def deux_organisations(db: None) -> None:
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")


def _liens(**champs: Any) -> list[Rattachement]:
    return list(Rattachement.objects.tous("essai").filter(**champs).order_by("id"))


def _compte(adresse: str = BRUNO, *, verifiee: bool = True, second_facteur: bool = True) -> Personne:
    creee = Personne.objects.create_user(adresse, prenom="Bruno", nom="Marchetti")
    EmailAddress.objects.create(user=creee, email=adresse, verified=verifiee, primary=True)
    if second_facteur:
        Authenticator.objects.create(user=creee, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return creee


def _entrer(qui: Personne, le: Any = LE) -> list[Rattachement]:
    return rattacher_invitations(personne_id=qui.id, maintenant=le)


def test_les_droits_attendent_a_l_adresse(tmp_path: Path) -> None:
    preparation = appliquee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    assert (preparation.etat, preparation.appliquee_le) == (EtatPreparation.APPLIQUEE, LE)
    bruno, chloe = _liens()
    assert (bruno.etat, bruno.origine, bruno.courriel_invite) == (EtatRattachement.INVITE, OrigineRattachement.REPRISE, BRUNO)
    assert (bruno.prenom_invite, bruno.nom_invite, bruno.probation_jusqu_a) == ("Bruno", "Marchetti", None)
    assert bruno.cree_par == preparation.seconde_par_id
    assert set(bruno.droits.values_list("domaine", "niveau", "attente")) == {
        (d.value, Niveau.GESTION, Attente.AUCUNE) for d in Domaine
    }
    assert {d.accorde_par for d in bruno.droits.all()} == {preparation.seconde_par_id}
    assert chloe.droits.count() == 4
    (organisee,) = organisations(preparation)
    assert (organisee.etat, organisee.changees, organisee.traitee_le) == (EtatOrganisationPreparee.APPLIQUEE, 2, LE)
    assert organisee.invitations == [bruno.id, chloe.id]
    envois = Courriel.objects.filter(genre="habilitations.acces_prepare")
    assert sorted(envois.values_list("adresse", flat=True)) == [BRUNO, CHLOE]
    assert not AvisPostal.objects.exists()
    traces = Evenement.objects.tous("essai").filter(code="acces.droits_prepares").order_by("id")
    assert [t.details["personne"] for t in traces] == [BRUNO, CHLOE]
    assert traces[0].details["avec"] == "Hugo Blanc"
    assert traces[0].acteur_libelle == "Karim Blanc"


def test_un_administrateur_prepare_l_est_des_la_premiere_connexion(tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO))
    bruno = _compte()
    (lien,) = _entrer(bruno)
    assert (lien.etat, lien.probation_jusqu_a) == (EtatRattachement.ACTIF, None)
    assert [a.personne_id for a in administrateurs_actifs(SIREN, Profil.ADHERENT, LE)] == [bruno.id]
    qui = acteur(bruno)
    assert qui.est_administrateur(SIREN)
    assert qui.peut(Droit(Domaine.RIB, Niveau.GESTION), lien.portee)
    assert qui.peut(Droit(Domaine.EXPORTS, Niveau.LECTURE), lien.portee)
    avis = AvisPostal.objects.get()
    assert (avis.siren, avis.nature, avis.personne) == (SIREN, NatureAvis.ADMINISTRATEUR_NOMME, bruno)
    invite = inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse="louis@essai.example", par=qui, maintenant=LE,
        droits=[sur_le_siren(Domaine.PLAN, Niveau.ENVOI)],
    )  # fmt: skip
    assert invite.probation_jusqu_a is None
    assert invite.droits.get().attente == Attente.AUCUNE


@pytest.mark.parametrize(
    ("verifiee", "second_facteur"), [(False, True), (True, False)], ids=["adresse non vérifiée", "sans second facteur"]
)
def test_il_faut_l_adresse_verifiee_et_le_second_facteur(verifiee: bool, second_facteur: bool, tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO))
    bruno = _compte(verifiee=verifiee, second_facteur=second_facteur)
    assert _entrer(bruno) == []
    assert not acteur(bruno).est_administrateur(SIREN)
    EmailAddress.objects.filter(user=bruno).update(verified=True)
    if not second_facteur:
        Authenticator.objects.create(user=bruno, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert len(_entrer(bruno)) == 1


def test_un_lecteur_dispense_de_second_facteur_entre_sans_lui(tmp_path: Path, settings: Any) -> None:
    appliquee(tmp_path, ligne(BRUNO, "", suite=f"{SIREN};Plan de développement;Lecture;;"), ligne(CHLOE, "Lecture"))
    bruno, chloe = _compte(second_facteur=False), _compte(CHLOE, second_facteur=False)
    assert _entrer(bruno) == []
    settings.JALON_SECOND_FACTEUR_LECTEURS = "facultatif"
    assert len(_entrer(bruno)) == 1
    assert _entrer(chloe) == []


def test_un_autre_que_l_adresse_ne_prend_rien(tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO))
    gael = personne("Gael", "Autre")
    assert _entrer(gael) == []
    assert not acteur(gael).a_des_droits(SIREN)


def test_l_invitation_vaut_trente_jours_et_se_relance(tmp_path: Path) -> None:
    preparation = appliquee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    (organisee,) = organisations(preparation)
    hugo, bruno = agent(prenom="Hugo"), _compte()
    tard = LE + 30 * JOUR
    assert _entrer(bruno, tard) == []
    assert len(relancer(organisee, hugo, tard)) == 2
    assert Courriel.objects.filter(genre="habilitations.acces_prepare", adresse=BRUNO).count() == 2
    trace = Evenement.objects.tous("essai").get(code="acces.preparation_relancee")
    assert (trace.details["personnes"], trace.portee.siren) == (2, SIREN)
    assert len(_entrer(bruno, tard + 30 * JOUR - timedelta(seconds=1))) == 1
    organisee.refresh_from_db()
    assert organisee.relancee_le == tard
    assert [x.courriel_invite for x in invitations_en_attente(organisee)] == [CHLOE]
    encore = relancer(organisee, hugo, tard + 30 * JOUR)
    assert [x.courriel_invite for x in encore] == [CHLOE]


def relancer(organisee: OrganisationPreparee, par: Personne, le: Any = LE) -> list[Rattachement]:
    """Write again."""
    return relancer_invitations(
        preparation_id=organisee.preparation_id, organisation_id=organisee.id, par=acteur(par, le), maintenant=le
    )


def test_ce_qui_ne_se_relance_pas(tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    (organisee,) = organisations(preparation)
    hugo = agent(prenom="Hugo")
    with pytest.raises(TransitionImpossible, match="Personne n’est attendu"):
        relancer(organisee, hugo)
    signer(preparation, hugo)
    signer(preparation, agent(Role.CONSEILLER, prenom="Lea"))
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    organisee.refresh_from_db()
    fin = fin_de_validite(LE)
    assert relance_possible(organisee, fin - timedelta(seconds=1))
    with pytest.raises(TransitionImpossible, match="plus de trois mois"):
        relancer(organisee, hugo, fin)
    for autre in (agent(Role.GESTIONNAIRE), agent(portefeuilles=[portefeuille().id]), personne("Paul", "Client")):
        with pytest.raises(Introuvable):
            relancer(organisee, autre)
    bruno = _compte()
    _entrer(bruno)
    with pytest.raises(TransitionImpossible, match="Tout le monde est venu"):
        relancer(organisee, hugo)


def test_un_compte_deja_ouvert_entre_tout_de_suite(tmp_path: Path) -> None:
    bruno = _compte()
    preparation = appliquee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    assert acteur(bruno).est_administrateur(SIREN)
    (lien,) = _liens(personne=bruno)
    assert (lien.etat, lien.origine, lien.actif_depuis) == (EtatRattachement.ACTIF, OrigineRattachement.REPRISE, LE)
    (organisee,) = organisations(preparation)
    assert len(organisee.invitations) == 1
    assert AvisPostal.objects.get().personne == bruno
    assert Courriel.objects.filter(genre="habilitations.acces_prepare", adresse=BRUNO).exists()


def test_un_compte_sans_second_facteur_attend_de_l_avoir(tmp_path: Path) -> None:
    bruno = _compte(second_facteur=False)
    appliquee(tmp_path, ligne(BRUNO))
    assert not acteur(bruno).est_administrateur(SIREN)
    assert _liens()[0].etat == EtatRattachement.INVITE


def test_une_personne_deja_rattachee_gagne_et_ne_perd_rien(tmp_path: Path) -> None:
    chloe = _compte(CHLOE)
    lien = rattacher(chloe, droits=[sur_le_siren(Domaine.PLAN, Niveau.GESTION), sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    appliquee(tmp_path, ligne(CHLOE, "Comptabilité"))
    tenus = dict(lien.droits.filter(revoque_le__isnull=True).values_list("domaine", "niveau"))
    assert tenus == {Domaine.PLAN: Niveau.GESTION, Domaine.FACTURES: Niveau.ENVOI, Domaine.REGLEMENTS: Niveau.LECTURE}
    assert _liens() == [lien]
    assert Courriel.objects.filter(genre="habilitations.droits_modifies", adresse=CHLOE).exists()
    assert not Courriel.objects.filter(genre="habilitations.acces_prepare").exists()
    assert not AvisPostal.objects.exists()


def test_celle_qui_devient_administratrice_par_la_preparation_est_annoncee(tmp_path: Path) -> None:
    aline, chloe = personne("Aline", "Ferrand"), _compte(CHLOE)
    rattacher(aline)
    rattacher(chloe, droits=[sur_le_siren(Domaine.PLAN)])
    appliquee(tmp_path, ligne(CHLOE))
    assert acteur(chloe).est_administrateur(SIREN)
    assert AvisPostal.objects.get().personne == chloe
    vers_aline = set(Courriel.objects.filter(adresse=aline.email).values_list("genre", flat=True))
    assert vers_aline == {"habilitations.droits_repris", "habilitations.nouvel_acces"}


def test_les_administrateurs_en_place_sont_prevenus_une_fois_par_organisation(tmp_path: Path) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    appliquee(tmp_path, *[ligne(f"p{rang}@essai.example", "Lecture") for rang in range(30)])
    assert Courriel.objects.filter(adresse=aline.email).count() == 1
    assert acteur(aline).est_administrateur(SIREN)
    assert DroitAccorde.objects.filter(attente=Attente.AUCUNE, rattachement__origine=OrigineRattachement.REPRISE).count() == 120


def test_une_probation_en_cours_suit_son_cours(tmp_path: Path) -> None:
    """It may be that of a second factor replaced: what is prepared does not open what it closes."""
    chloe = _compte(CHLOE)
    rattacher(chloe, droits=[sur_le_siren(Domaine.PLAN)], probation_jusqu_a=LE + PROBATION)
    appliquee(tmp_path, ligne(CHLOE))
    assert not acteur(chloe).est_administrateur(SIREN)
    assert acteur(chloe, LE + PROBATION).est_administrateur(SIREN)


def test_l_invitation_d_un_administrateur_en_probation_est_reprise_sans_elle(tmp_path: Path) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline, probation_jusqu_a=LE + PROBATION)
    hier = LE - JOUR
    invite = inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse=BRUNO, droits=[sur_le_siren(Domaine.PLAN, Niveau.ENVOI)],
        par=acteur(aline, hier), maintenant=hier,
    )  # fmt: skip
    assert invite.probation_jusqu_a
    appliquee(tmp_path, ligne(BRUNO))
    invite.refresh_from_db()
    assert (invite.probation_jusqu_a, invite.cree_le, invite.origine) == (None, LE, OrigineRattachement.REPRISE)
    assert len(_liens(courriel_invite=BRUNO)) == 1
    bruno = _compte()
    _entrer(bruno)
    assert acteur(bruno).est_administrateur(SIREN)


def test_un_droit_qui_attendait_une_seconde_voix_n_attend_plus(tmp_path: Path) -> None:
    aline, chloe = personne("Aline", "Ferrand"), _compte(CHLOE)
    rattacher(aline)
    lien = rattacher(chloe, droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    modifier_droits(
        rattachement_id=lien.id, droits=[sur_le_siren(Domaine.FACTURES, Niveau.ENVOI)], par=acteur(aline), maintenant=LE
    )
    assert lien.droits.filter(attente=Attente.SECONDE_VOIX).exists()
    appliquee(tmp_path, ligne(CHLOE, "Comptabilité"))
    (droit,) = lien.droits.filter(domaine=Domaine.FACTURES, revoque_le__isnull=True)
    assert (droit.niveau, droit.attente, droit.debut) == (Niveau.ENVOI, Attente.AUCUNE, LE)


def test_une_invitation_expiree_laisse_la_place(tmp_path: Path) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    avant = LE - 30 * JOUR
    vieille = inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse=BRUNO, droits=[sur_le_siren(Domaine.PLAN, Niveau.ENVOI)],
        par=acteur(aline, LE), maintenant=avant,
    )  # fmt: skip
    appliquee(tmp_path, ligne(BRUNO))
    vieille.refresh_from_db()
    assert (vieille.etat, vieille.motif_retrait) == (EtatRattachement.RETIRE, "Invitation expirée")
    assert len(_liens(etat=EtatRattachement.INVITE)) == 1


def test_celui_qui_est_entre_autrement_recoit_en_plus_ce_qui_l_attendait(tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO))
    bruno = _compte()
    lien = rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    assert _entrer(bruno) == []
    assert acteur(bruno).est_administrateur(SIREN)
    assert [x.id for x in _liens(etat=EtatRattachement.ACTIF)] == [lien.id]
    assert _liens(etat=EtatRattachement.INVITE) == []
    assert AvisPostal.objects.get().personne == bruno
    assert Evenement.objects.tous("essai").filter(code="acces.droits_rejoints").count() == 1


def test_les_jours_demandes_sont_gardes(tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO, "", suite=f"{SIREN};Factures;Saisie;01/12/2026;31/12/2026"), le=LE)
    bruno = _compte()
    _entrer(bruno)
    droit = Droit(Domaine.FACTURES, Niveau.SAISIE)
    portee = _liens()[0].portee
    for le, tient in ((LE, False), (LE + 7 * JOUR, True), (LE + 37 * JOUR, True), (LE + 38 * JOUR, False)):
        assert acteur(bruno, le).peut(droit, portee) == tient, le


def _deux_signatures(preparation: PreparationDroits, le: Any = LE) -> None:
    signer(preparation, agent(prenom="Hugo"), le)
    signer(preparation, agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"), le)


def test_ce_qui_est_devenu_impossible_est_dit_et_rien_n_est_fait_a_moitie(tmp_path: Path) -> None:
    preparation = deposee(
        tmp_path,
        ligne(BRUNO),
        ligne(CHLOE, "Lecture", suite=";;;;30/11/2026"),
        ligne(CHLOE, "Lecture", siren=AUTRE_SIREN, profil="prestataire"),
    )
    tard = LE + 10 * JOUR
    _deux_signatures(preparation, tard)
    appliquer_preparation(preparation_id=preparation.id, maintenant=tard)
    entreprise, prestataire = organisations(preparation)
    assert entreprise.etat == EtatOrganisationPreparee.REFUSEE
    assert [n for n, _ in entreprise.refus] == [2, 3]
    assert entreprise.refus[1][1] == "La fin du droit doit être aujourd’hui ou plus tard"
    assert (prestataire.etat, prestataire.refus) == (EtatOrganisationPreparee.APPLIQUEE, [])
    assert [x.prestataire_siren for x in _liens()] == [AUTRE_SIREN]
    preparation.refresh_from_db()
    assert preparation.etat == EtatPreparation.APPLIQUEE
    trace = Evenement.objects.tous("essai").get(code="acces.preparation_appliquee")
    assert (trace.details["appliquees"], trace.details["refusees"]) == (1, 1)


def _devient_de_l_opco(_: PreparationDroits) -> None:
    agent(prenom="Neuf", nom="Venu")
    Personne.objects.filter(prenom="Neuf").update(email=BRUNO)


def _cesse(_: PreparationDroits) -> None:
    Organisation.objects.filter(siren=SIREN).update(etat=EtatOrganisation.CESSEE)


def _change_de_portefeuille(_: PreparationDroits) -> None:
    Organisation.objects.filter(siren=SIREN).update(portefeuille=portefeuille("Savoie"))


def _un_signataire_part(preparation: PreparationDroits) -> None:
    RoleOpco.objects.filter(personne=preparation.premiere_par).update(fin=LE)


def _un_signataire_est_coupe(preparation: PreparationDroits) -> None:
    Personne.objects.filter(id=preparation.seconde_par_id).update(suspendue_le=LE)


@pytest.mark.parametrize(
    ("entre_temps", "raison"),
    [
        (_devient_de_l_opco, "Un compte de l’OPCO n’agit"),
        (_cesse, "est cessé"),
        (_change_de_portefeuille, "ne suit plus cette organisation"),
        (_un_signataire_part, "ne suit plus cette organisation"),
        (_un_signataire_est_coupe, "ne suit plus cette organisation"),
    ],
)
def test_l_etat_du_moment_decide(entre_temps: Any, raison: str, tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    _deux_signatures(preparation)
    preparation.refresh_from_db()
    entre_temps(preparation)
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    (organisee,) = organisations(preparation)
    assert organisee.etat == EtatOrganisationPreparee.REFUSEE
    assert raison in organisee.refus[0][1]
    assert not Rattachement.objects.tous("essai").exists()


def test_rien_n_est_donne_avant_la_seconde_signature(tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    signer(preparation, agent(prenom="Hugo"))
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert relancer_preparations() == 0
    assert not Rattachement.objects.tous("essai").exists()


def test_interrompue_elle_reprend_ou_elle_en_etait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, siren=AUTRE_SIREN))
    _deux_signatures(preparation)
    module = "jalon.habilitations.actions.preparations.application"
    vrai = __import__(module, fromlist=["_reprendre"])._reprendre
    appels = []

    def tomber(*args: Any) -> Rattachement:
        appels.append(args)
        if len(appels) == 2:
            raise RuntimeError("coupure")
        return vrai(*args)  # type: ignore[no-any-return]

    monkeypatch.setattr(f"{module}._reprendre", tomber)
    with pytest.raises(RuntimeError):
        appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert [o.etat for o in organisations(preparation)] == ["appliquee", "en_attente"]
    assert relancer_preparations() == 1
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE + JOUR)
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE + JOUR)
    assert [o.traitee_le for o in organisations(preparation)] == [LE, LE + JOUR]
    assert [x.cree_le for x in _liens()] == [LE, LE + JOUR]
    assert Courriel.objects.filter(genre="habilitations.acces_prepare").count() == 2


def test_un_fichier_altere_n_est_pas_applique(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    _deux_signatures(preparation)
    monkeypatch.setattr("jalon.habilitations.actions.preparations.lecture.bytes", lambda _: b"autre", raising=False)
    with pytest.raises(TransitionImpossible, match="n’a plus l’empreinte"):
        appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert not Rattachement.objects.tous("essai").exists()


def test_les_lignes_d_une_autre_organisation_ne_s_appliquent_pas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, siren=AUTRE_SIREN))
    _deux_signatures(preparation)
    monkeypatch.setattr(
        "jalon.habilitations.actions.preparations.lecture.extraire",
        lambda texte, numeros: "".join([texte[0], texte[1]]).encode(),
    )
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    _, autre = organisations(preparation)
    assert autre.etat == EtatOrganisationPreparee.REFUSEE
    assert "ne sont plus les siennes" in autre.refus[0][1]


def test_l_apercu_d_une_organisation_suit_l_etat_du_moment(tmp_path: Path) -> None:
    hugo = agent(prenom="Hugo")
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    (organisee,) = organisations(preparation)

    def prevoir() -> list[str]:
        jugement = prevoir_organisation(
            preparation_id=preparation.id, organisation_id=organisee.id, par=acteur(hugo), maintenant=LE
        )
        return [p.adresse for p in jugement.changees]

    assert prevoir() == [BRUNO, CHLOE]
    rattacher(_compte(CHLOE))
    assert prevoir() == [BRUNO]
    with pytest.raises(Introuvable):
        prevoir_organisation(
            preparation_id=preparation.id, organisation_id=organisee.id, par=acteur(personne("Paul", "Client")), maintenant=LE
        )


def test_personne_de_l_opco_ne_devient_administrateur_seule(tmp_path: Path) -> None:
    """Issue 3: nobody of the OPCO can alone become or make himself an administrator of a company."""
    emma = agent(Role.CONSEILLER, prenom="Emma")
    preparation = deposee(tmp_path, ligne(BRUNO), auteur=emma)
    signer(preparation, emma)
    with pytest.raises(DroitManquant):
        signer_preparation(preparation_id=preparation.id, par=acteur(emma), maintenant=LE)
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert not Rattachement.objects.tous("essai").exists()
    EmailAddress.objects.create(user=emma, email=BRUNO, verified=True)
    signer(preparation, agent(prenom="Hugo"))
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert [o.etat for o in organisations(preparation)] == [EtatOrganisationPreparee.REFUSEE]
    assert not Rattachement.objects.tous("essai").exists()
