"""What two people signed waits for its person, then is hers, without taking anything away."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.actions.preparations import (
    appliquer_preparation,
    relancer_invitations,
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
    Rattachement,
)
from jalon.habilitations.regles import PROBATION, fin_de_validite
from jalon.habilitations.requetes.preparations import invitations_en_attente, relance_possible
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import Introuvable, TransitionImpossible
from tests.habilitations.comptes_prepares import BRUNO, CHLOE, JOUR, compte, entrer, liens
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


@pytest.fixture(autouse=True)
def deux_organisations(db: None) -> None:
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")


def test_les_droits_attendent_a_l_adresse(tmp_path: Path) -> None:
    preparation = appliquee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    assert (preparation.etat, preparation.appliquee_le) == (EtatPreparation.APPLIQUEE, LE)
    bruno, chloe = liens()
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
    bruno = compte()
    (lien,) = entrer(bruno)
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
    bruno = compte(verifiee=verifiee, second_facteur=second_facteur)
    assert entrer(bruno) == []
    assert not acteur(bruno).est_administrateur(SIREN)
    EmailAddress.objects.filter(user=bruno).update(verified=True)
    if not second_facteur:
        Authenticator.objects.create(user=bruno, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert len(entrer(bruno)) == 1


def test_un_lecteur_dispense_de_second_facteur_entre_sans_lui(tmp_path: Path, settings: Any) -> None:
    appliquee(tmp_path, ligne(BRUNO, "", suite=f"{SIREN};Plan de développement;Lecture;;"), ligne(CHLOE, "Lecture"))
    bruno, chloe = compte(second_facteur=False), compte(CHLOE, second_facteur=False)
    assert entrer(bruno) == []
    settings.JALON_SECOND_FACTEUR_LECTEURS = "facultatif"
    assert len(entrer(bruno)) == 1
    assert entrer(chloe) == []


def test_un_autre_que_l_adresse_ne_prend_rien(tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO))
    gael = personne("Gael", "Autre")
    assert entrer(gael) == []
    assert not acteur(gael).a_des_droits(SIREN)


def test_l_invitation_vaut_trente_jours_et_se_relance(tmp_path: Path) -> None:
    preparation = appliquee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    (organisee,) = organisations(preparation)
    hugo, bruno = agent(prenom="Hugo"), compte()
    tard = LE + 30 * JOUR
    assert entrer(bruno, tard) == []
    assert len(relancer(organisee, hugo, tard)) == 2
    assert Courriel.objects.filter(genre="habilitations.acces_prepare", adresse=BRUNO).count() == 2
    trace = Evenement.objects.tous("essai").get(code="acces.preparation_relancee")
    assert (trace.details["personnes"], trace.portee.siren) == (2, SIREN)
    assert len(entrer(bruno, tard + 30 * JOUR - timedelta(seconds=1))) == 1
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
    bruno = compte()
    entrer(bruno)
    with pytest.raises(TransitionImpossible, match="Tout le monde est venu"):
        relancer(organisee, hugo)


def test_un_compte_deja_ouvert_entre_tout_de_suite(tmp_path: Path) -> None:
    bruno = compte()
    preparation = appliquee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    assert acteur(bruno).est_administrateur(SIREN)
    (lien,) = liens(personne=bruno)
    assert (lien.etat, lien.origine, lien.actif_depuis) == (EtatRattachement.ACTIF, OrigineRattachement.REPRISE, LE)
    (organisee,) = organisations(preparation)
    assert len(organisee.invitations) == 1
    assert AvisPostal.objects.get().personne == bruno
    assert Courriel.objects.filter(genre="habilitations.acces_prepare", adresse=BRUNO).exists()


def test_un_compte_sans_second_facteur_attend_de_l_avoir(tmp_path: Path) -> None:
    bruno = compte(second_facteur=False)
    appliquee(tmp_path, ligne(BRUNO))
    assert not acteur(bruno).est_administrateur(SIREN)
    assert liens()[0].etat == EtatRattachement.INVITE


def test_une_personne_deja_rattachee_gagne_et_ne_perd_rien(tmp_path: Path) -> None:
    chloe = compte(CHLOE)
    lien = rattacher(chloe, droits=[sur_le_siren(Domaine.PLAN, Niveau.GESTION), sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    appliquee(tmp_path, ligne(CHLOE, "Comptabilité"))
    tenus = dict(lien.droits.filter(revoque_le__isnull=True).values_list("domaine", "niveau"))
    assert tenus == {Domaine.PLAN: Niveau.GESTION, Domaine.FACTURES: Niveau.ENVOI, Domaine.REGLEMENTS: Niveau.LECTURE}
    assert liens() == [lien]
    assert Courriel.objects.filter(genre="habilitations.droits_modifies", adresse=CHLOE).exists()
    assert not Courriel.objects.filter(genre="habilitations.acces_prepare").exists()
    assert not AvisPostal.objects.exists()


def test_celle_qui_devient_administratrice_par_la_preparation_est_annoncee(tmp_path: Path) -> None:
    aline, chloe = personne("Aline", "Ferrand"), compte(CHLOE)
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
    chloe = compte(CHLOE)
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
    assert len(liens(courriel_invite=BRUNO)) == 1
    bruno = compte()
    entrer(bruno)
    assert acteur(bruno).est_administrateur(SIREN)


def test_un_droit_qui_attendait_une_seconde_voix_n_attend_plus(tmp_path: Path) -> None:
    aline, chloe = personne("Aline", "Ferrand"), compte(CHLOE)
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
    assert len(liens(etat=EtatRattachement.INVITE)) == 1


def test_celui_qui_est_entre_autrement_recoit_en_plus_ce_qui_l_attendait(tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO))
    bruno = compte()
    lien = rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    assert entrer(bruno) == []
    assert acteur(bruno).est_administrateur(SIREN)
    assert [x.id for x in liens(etat=EtatRattachement.ACTIF)] == [lien.id]
    assert liens(etat=EtatRattachement.INVITE) == []
    assert AvisPostal.objects.get().personne == bruno
    assert Evenement.objects.tous("essai").filter(code="acces.droits_rejoints").count() == 1


def test_les_jours_demandes_sont_gardes(tmp_path: Path) -> None:
    appliquee(tmp_path, ligne(BRUNO, "", suite=f"{SIREN};Factures;Saisie;01/12/2026;31/12/2026"), le=LE)
    bruno = compte()
    entrer(bruno)
    droit = Droit(Domaine.FACTURES, Niveau.SAISIE)
    portee = liens()[0].portee
    for le, tient in ((LE, False), (LE + 7 * JOUR, True), (LE + 37 * JOUR, True), (LE + 38 * JOUR, False)):
        assert acteur(bruno, le).peut(droit, portee) == tient, le
