"""What a fault left unseen once (exigences, S13): what is noted, who is told, what is left out."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jalon.banque.requetes import lignes_du_cote, raison_non_payable
from jalon.comptes.models import Personne
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.authentification import CleRefusee, authentifier_cle
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.courriers_demandes import demander_lettre, ecarter_demandees
from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.actions.envois import declarer_postees
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.actions.lettres import declarer_imprimees, preparer_lettres, telecharger_lettres
from jalon.habilitations.actions.opco import creer_compte_opco
from jalon.habilitations.actions.second_facteur import confirmer_perte, declarer_perte, refuser_perte
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.courriels import DecisionAConfirmer, LettreEcartee
from jalon.habilitations.enums import EtatRattachement, Etendue, Role
from jalon.habilitations.models import DemandeAcces, DemandeLettre, DroitAccorde
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.requetes.commandes import lettres_demandees
from jalon.habilitations.requetes.suivi import suivi_des_codes
from jalon.habilitations.requetes.taches import a_faire
from jalon.habilitations.suspensions import organisations_suspendues_de, rattache_a_une_suspendue
from jalon.journal.models import Evenement
from jalon.organisations.models import Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.identifiants import nouvel_id
from tests.banque.outils import IBANS, ajouter
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    acteur,
    agent,
    cle_api,
    decision,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
SYSTEME = ActeurSysteme("essai")


def _note(code: str) -> Any:
    return Evenement.objects.tous("essai").get(code=code)


@pytest.mark.parametrize("niveau", [n for n in Niveau if n > Niveau.AUCUN])
@pytest.mark.parametrize("domaine", Domaine)
def test_seul_acces_gestion_administre(domaine: Domaine, niveau: Niveau) -> None:
    organisation()
    rattacher(personne("Aline"), droits=[sur_le_siren(domaine, niveau)])
    administre = (domaine, niveau) == (Domaine.ACCES, Niveau.GESTION)
    assert len(administrateurs_actifs(SIREN, Profil.ADHERENT, LE)) == int(administre)


def test_le_refus_dit_la_fin_de_la_plus_longue_probation() -> None:
    organisation()
    aline = personne("Aline")
    for profil, heures in ((Profil.ADHERENT, 5), (Profil.PRESTATAIRE, 30)):
        rattacher(aline, profil=profil, probation_jusqu_a=LE + timedelta(hours=heures))
    assert "25/11/2026 à 16:00" in acteur(aline).phrase_droit_manquant(Droit(Domaine.RIB, Niveau.LECTURE), SIREN)


def test_qui_est_change_ou_retire_n_est_prevenu_qu_une_fois() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    lien = rattacher(louise)
    modifier_droits(
        rattachement_id=lien.pk, droits=[sur_le_siren(Domaine.ACCES)], par=acteur(aline), maintenant=LE
    )  # fmt: skip
    retirer_rattachement(rattachement_id=lien.pk, motif="Départ", par=acteur(aline), maintenant=LE)
    genres = list(Courriel.objects.filter(adresse=louise.email).values_list("genre", flat=True))
    assert sorted(genres) == ["habilitations.acces_retire", "habilitations.droits_modifies"]
    assert not Courriel.objects.filter(adresse=aline.email).exists()


def test_un_prestataire_invite_une_collaboratrice_sans_aucun_droit() -> None:
    """She acts by mandate only."""
    organisation()
    paul = personne("Paul")
    rattacher(paul, profil=Profil.PRESTATAIRE)
    invitee = inviter_personne(
        siren=SIREN, profil=Profil.PRESTATAIRE, adresse="chloe@essai.example", droits=[], par=acteur(paul), maintenant=LE
    )
    assert invitee.etat == EtatRattachement.INVITE
    assert not invitee.droits.exists()


def test_le_nom_d_une_personne_de_l_opco_est_ecrit_sans_espaces_autour() -> None:
    creee = creer_compte_opco(
        email="hugo@opco.example", prenom="  Hugo ", nom=" Blanc ", role=Role.AEF, portefeuilles=[PORTEFEUILLE_PAR_DEFAUT],
        par=SYSTEME, maintenant=LE,
    )  # fmt: skip
    assert (creee.prenom, creee.nom) == ("Hugo", "Blanc")


def test_le_journal_dit_qui_a_perdu_son_second_facteur() -> None:
    organisation()
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    declarer_perte(par=acteur(aline), maintenant=LE)
    note = _note("acces.perte_declaree")
    assert (note.details, note.domaine) == ({"personne": "Aline Ferrand"}, Domaine.ACCES)


@pytest.mark.usefixtures("lettres_ici")
def test_les_lettres_postees_se_notent_dans_le_domaine_des_acces() -> None:
    organisation()
    hugo = acteur(agent())
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=hugo, maintenant=LE)
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    declarer_imprimees(commande_id=commande.id, par=hugo, maintenant=LE)
    declarer_postees(commande_id=commande.id, lettres=None, le=LE.date(), par=hugo, maintenant=LE)
    note = _note("acces.lettres_postees")
    assert (note.domaine, note.details) == (Domaine.ACCES, {"lettres": 1, "jour": "24/11/2026"})


@pytest.fixture
def lettres_ici(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path / "lettres"}}
    settings.STORAGES = reglages


def test_un_siret_et_le_siren_entier_sont_deux_droits_qui_viennent_chacun_a_son_jour() -> None:
    """A right in force gives way to the one that takes its own box, and to no other."""
    organisation()
    aline, bruno = personne("Aline"), personne("Bruno")
    rattacher(aline)
    lien = rattacher(bruno, droits=[sur_un_siret(SIRET, Domaine.PLAN, Niveau.LECTURE)])
    demain = (LE + timedelta(days=1)).date()
    entier = DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE, a_partir_du=demain)
    modifier_droits(
        rattachement_id=lien.pk,
        droits=[sur_un_siret(SIRET, Domaine.PLAN, Niveau.LECTURE), entier],
        par=acteur(aline),
        maintenant=LE,
    )
    lire = Droit(Domaine.PLAN, Niveau.LECTURE)
    apres = LE + timedelta(days=2)
    assert acteur(bruno, LE).perimetre(lire).sirets == {SIRET}
    assert acteur(bruno, apres).perimetre(lire).sirens == {SIREN}
    modifier_droits(
        rattachement_id=lien.pk,
        droits=[sur_un_siret(SIRET, Domaine.PLAN, Niveau.LECTURE), sur_le_siren(Domaine.PLAN, Niveau.LECTURE)],
        par=acteur(aline, apres),
        maintenant=apres,
    )
    vivants = DroitAccorde.objects.filter(rattachement=lien, revoque_le__isnull=True).values_list("etendue", "siret")
    assert set(vivants) == {(Etendue.SIRET, SIRET), (Etendue.SIREN, "")}


def test_l_annonce_d_un_ecart_parle_de_la_demande_ecartee() -> None:
    organisation()
    organisation(AUTRE_SIREN)
    bruno, hugo = personne("Bruno"), acteur(agent())
    demandes = [
        demander_lettre(personne_id=bruno.id, siren_saisi=siren, profil=Profil.ADHERENT, maintenant=LE)
        for siren in (SIREN, AUTRE_SIREN)
    ]
    ecarter_demandees(demandes=[demandes[1].id], motif="Déjà inscrite", par=hugo, maintenant=LE)
    message = LettreEcartee.charger(demandes[1].id, Destinataire(bruno.email, bruno.pk))
    assert message is not None
    assert message.contexte() == {"organisation": "SIREN 732\u00a0829\u00a0320", "prestataire": False, "chemin": "/acces/codes/"}
    assert LettreEcartee.charger(nouvel_id(), Destinataire(bruno.email, bruno.pk)) is None
    (vue,) = lettres_demandees(hugo, LE)
    assert (vue.siren, vue.motif) == (SIREN, "")
    suivies = {ligne.siren: ligne for ligne in suivi_des_codes(acteur(bruno)).lignes}
    assert (suivies[AUTRE_SIREN].jours_restants, suivies[SIREN].jours_restants) == (0, 0)


def test_les_motifs_des_demandes_de_lettre_se_suivent_sans_trou() -> None:
    organisation()
    for prenom, motif in (("Bruno", ""), ("Emma", "Perdue"), ("Zoé", "")):
        DemandeLettre.objects.create(
            siren=SIREN, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, personne=personne(prenom),
            demandee_le=LE, motif=motif, ouvre=False,
        )  # fmt: skip
    (vue,) = lettres_demandees(acteur(agent()), LE)
    assert (vue.motif, len(vue.demandeurs)) == ("Perdue", 3)


def test_une_decision_a_confirmer_mene_a_la_page_des_decisions() -> None:
    organisation()
    proposee, hugo = decision(), agent()
    message = DecisionAConfirmer.charger(proposee.id, Destinataire(hugo.email, hugo.pk))
    assert message is not None
    assert message.contexte()["chemin"] == "/opco/decisions/"


def test_une_demande_a_trancher_porte_son_dernier_jour() -> None:
    organisation()
    aline, bruno = personne("Aline"), personne("Bruno")
    rattacher(aline)
    rattacher(personne("Louise"))
    DemandeAcces(personne=bruno, profil=Profil.ADHERENT, demandee_le=LE).porter(
        rattacher(personne("Zoé"), droits=[]).portee
    ).save(force_insert=True)
    (tache,) = [t for t in a_faire(acteur(aline), SIREN) if t.nom_url == "espace_demande"]
    assert tache.echeance == jour_de_paris(LE + timedelta(days=30))
    assert (tache.action, tache.rubrique) == ("Répondre", "acces")


def test_pourquoi_des_coordonnees_ne_se_paient_pas() -> None:
    organisation()
    premiere = ajouter(IBANS[0], siren=SIREN, le=LE)
    lignes = lignes_du_cote(SIREN, Profil.ADHERENT)
    heures = timedelta(hours=72)
    assert "72\u00a0heures" in raison_non_payable(premiere.pk, lignes, LE, verifie=False)
    assert raison_non_payable(premiere.pk, lignes, LE + heures, verifie=False) == ""
    assert "ne sont pas celles du bénéficiaire" in raison_non_payable(nouvel_id(), lignes, LE + heures, verifie=False)
    ajouter(IBANS[2], siren=SIREN, le=LE + heures)
    lignes = lignes_du_cote(SIREN, Profil.ADHERENT)
    assert "remplacées" in raison_non_payable(premiere.pk, lignes, LE + 2 * heures, verifie=False)
    lignes[1].gelee_le = LE + heures
    assert "gelées" in raison_non_payable(lignes[1].pk, lignes, LE + 2 * heures, verifie=False)


def test_un_motif_trop_long_est_coupe_jamais_refuse() -> None:
    """Columns hold 500 characters."""
    long = "m" * 600
    organisation()
    aline, bruno = personne("Aline"), personne("Bruno")
    rattacher(aline)
    lien = rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN)])
    retire = retirer_rattachement(rattachement_id=lien.pk, motif=long, par=acteur(aline), maintenant=LE)
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    confirmee = confirmer_perte(perte_id=perte.id, preuve=long, par=acteur(agent()), maintenant=LE)
    refusee = refuser_perte(perte_id=perte.id, motif=long, par=acteur(agent()), maintenant=LE)
    assert {len(t) for t in (retire.motif_retrait, confirmee.preuve, refusee.motif)} == {500}


@pytest.mark.parametrize("sens", ["compte", "organisation"])
def test_une_coupure_n_eteint_que_les_cles_de_qui_est_coupe(sens: str) -> None:
    organisation()
    organisation(AUTRE_SIREN)
    aline = personne("Aline")
    rattacher(aline)
    sienne, autre = cle_api(par=acteur(aline)), cle_api(AUTRE_SIREN)
    if sens == "compte":
        Personne.objects.filter(pk=aline.pk).update(suspendue_le=LE)
    else:
        Organisation.objects.filter(siren=SIREN).update(suspendue_le=LE)
    with pytest.raises(CleRefusee):
        authentifier_cle(cle=sienne.secret, adresse="127.0.0.1", maintenant=LE)
    assert authentifier_cle(cle=autre.secret, adresse="127.0.0.1", maintenant=LE) is not None


def test_seules_les_organisations_ou_l_on_est_sont_dites_coupees() -> None:
    organisation()
    organisation(AUTRE_SIREN)
    aline, retiree = personne("Aline"), personne("Zoé")
    rattacher(aline)
    rattacher(aline, AUTRE_SIREN, Profil.PRESTATAIRE)
    rattacher(retiree, etat=EtatRattachement.RETIRE)
    assert organisations_suspendues_de(aline.pk) == []
    Organisation.objects.filter(siren=AUTRE_SIREN).update(suspendue_le=LE)
    assert organisations_suspendues_de(aline.pk) == [AUTRE_SIREN]
    Organisation.objects.update(suspendue_le=LE)
    assert organisations_suspendues_de(aline.pk) == sorted([SIREN, AUTRE_SIREN])
    assert organisations_suspendues_de(retiree.pk) == []
    assert [rattache_a_une_suspendue(q.pk, SIREN) for q in (aline, retiree)] == [True, False]


def test_une_demande_ecartee_se_suit_sans_se_dire_administree() -> None:
    organisation()
    bruno = personne("Bruno")
    demande = demander_lettre(personne_id=bruno.id, siren_saisi=SIREN, profil=Profil.ADHERENT, maintenant=LE)
    (attendue,) = suivi_des_codes(acteur(bruno)).lignes
    DemandeLettre.objects.filter(pk=demande.pk).update(ecartee_le=LE)
    (ecartee,) = suivi_des_codes(acteur(bruno)).lignes
    for vue in (attendue, ecartee):
        assert (vue.administre, vue.jours_restants, vue.code_id) == (False, 0, None)
        assert vue.siren_groupe == "123\u00a0456\u00a0782"


def test_le_lien_qui_gele_un_compte_ne_se_devine_pas() -> None:
    """Each account has its own random part, of 32 bytes: without it the link would come from its id alone."""
    organisation()
    premiere, seconde = (ajouter(iban, siren=SIREN, le=LE + rang * timedelta(hours=73)) for rang, iban in enumerate(IBANS[:2]))
    assert premiere.jeton_gel_alea != seconde.jeton_gel_alea
    assert min(len(premiere.jeton_gel_alea), len(seconde.jeton_gel_alea)) >= 43
