"""« Voir le portail comme… »: what the administrator reads then, who may begin, what is written, when it ends (issue « Access »)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import InternalError
from django.db.transaction import atomic
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.attribution import administration
from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.actions.vues import TACHE_FIN, commencer_vue, terminer_vue
from jalon.habilitations.enums import EtatRattachement, FinDeVue, Role
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.regles_des_vues import lisibles_par_les_deux, vue_ouverte
from jalon.habilitations.requetes.histoire import FiltreHistoire, histoire_des_acces
from jalon.habilitations.requetes.mes_droits import mes_droits
from jalon.habilitations.requetes.vues import Vue, acteur_de_la_vue, lien_a_regarder
from jalon.habilitations.taches import terminer_vue as travail_de_fin
from jalon.habilitations.vu_comme import ActeurVuComme
from jalon.journal.models import Evenement
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from jalon.socle.lecture_seule import base_en_lecture_seule
from jalon.veille.enums import Lecteur
from jalon.veille.requetes.lecteurs import lecteur_de
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    confier,
    donner,
    organisation,
    personne,
    rattacher,
    sirens,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
SECONDE, QUINZE = timedelta(seconds=1), timedelta(minutes=15)
PLAN, FACTURES, ACCES, RIB = Domaine.PLAN, Domaine.FACTURES, Domaine.ACCES, Domaine.RIB
SAISIR = [sur_le_siren(PLAN, Niveau.ENVOI), sur_un_siret(SIRET, FACTURES, Niveau.SAISIE)]
P, F = "plan", "factures"


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=SAISIR)


def _vue(lien: Rattachement, debut: object = LE) -> Vue:
    return Vue(nouvel_id(), lien.id, lien.organisation_siren, debut)  # type: ignore[arg-type]


def _voir(qui: Personne, lien: Rattachement) -> ActeurVuComme | None:
    return acteur_de_la_vue(_vue(lien), acteur(qui))


def _lit(vu: ActeurVuComme | None, domaine: Domaine) -> Perimetre:
    assert vu is not None
    return vu.perimetre(Droit(domaine, Niveau.LECTURE))


@pytest.mark.parametrize(
    ("d_elle", "de_moi", "communs"),
    [
        ({(P, "")}, {(P, "")}, {(P, "")}),
        ({(P, "1")}, {(P, "")}, {(P, "1")}),
        ({(P, "1"), (P, "2")}, {(P, "2")}, {(P, "2")}),
        ({(P, "")}, {(P, "1"), (P, "2")}, {(P, "1"), (P, "2")}),
        ({(P, "")}, {(F, "")}, set()),
        ({(P, "1")}, {(F, "1")}, set()),
        ({(P, "1"), (F, "")}, {(P, "1"), (F, "1")}, {(P, "1"), (F, "1")}),
        (set(), {(P, "")}, set()),
        ({(P, "")}, set(), set()),
    ],
)
def test_on_lit_ce_que_les_deux_lisent(
    d_elle: set[tuple[str, str]], de_moi: set[tuple[str, str]], communs: set[tuple[str, str]]
) -> None:
    d_elle_, de_moi_, communs_ = ({(*lu, "") for lu in lus} for lus in (d_elle, de_moi, communs))
    assert lisibles_par_les_deux(d_elle_, de_moi_) == communs_  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ecart", "ouverte"),
    [(-SECONDE, False), (timedelta(), True), (QUINZE - SECONDE, True), (QUINZE, False), (QUINZE + SECONDE, False)],
)
def test_une_vue_dure_quinze_minutes_a_la_seconde(ecart: timedelta, ouverte: bool) -> None:
    assert vue_ouverte(LE, LE + ecart) is ouverte


def test_les_pages_sont_celles_de_la_collegue_en_lecture_seule(aline: Personne, bruno: Rattachement) -> None:
    vu = _voir(aline, bruno)
    assert _lit(vu, PLAN) == Perimetre(sirens=frozenset({SIREN}))
    assert _lit(vu, FACTURES) == Perimetre(sirets=frozenset({SIRET}))
    assert not _lit(vu, ACCES)
    assert vu is not None
    for niveau in (Niveau.SAISIE, Niveau.ENVOI, Niveau.GESTION):
        assert not vu.a_un_droit(SIREN, Droit(PLAN, niveau))
        assert not vu.peut(Droit(PLAN, niveau), Portee(siren=SIREN))
        with pytest.raises(DroitManquant):
            vu.exiger(Droit(PLAN, niveau), Portee(siren=SIREN))
    assert not vu.est_administrateur(SIREN)


def test_qui_regarde_reste_celle_qui_est_comptee_et_nommee(aline: Personne, bruno: Rattachement) -> None:
    vu = _voir(aline, bruno)
    assert vu is not None
    assert vu.personne_montree == bruno.personne
    assert (vu.identite, vu.personne, vu.soi.personne) == (aline.id, aline, aline)
    assert vu.libelle == "Aline Ferrand, vue de Bruno Marchetti"
    assert vu.regarde_seulement
    assert not vu.soi.regarde_seulement
    assert vu.soi.est_administrateur(SIREN)


def test_le_nom_au_journal_tient_dans_sa_colonne(aline: Personne) -> None:
    Personne.objects.filter(pk=aline.pk).update(nom="F" * 80, prenom="A" * 80)
    vu = _voir(aline, rattacher(personne("B" * 80, "M" * 80), droits=SAISIR))
    assert vu is not None
    assert len(vu.libelle) == 200


def test_le_budget_de_lecture_est_celui_de_l_administratrice(aline: Personne, bruno: Rattachement) -> None:
    for siren in sirens(3):
        rattacher(aline, siren)
    assert lecteur_de(_voir(aline, bruno)) == lecteur_de(acteur(aline)) == Lecteur.CABINET  # type: ignore[arg-type]


def test_rien_de_ses_autres_entreprises_ni_de_ses_mandats(aline: Personne) -> None:
    chloe = personne("Chloé", "Petit")
    organisation(AUTRE_SIREN)
    rattacher(aline, AUTRE_SIREN)
    rattacher(chloe, AUTRE_SIREN)
    ici = rattacher(chloe, droits=SAISIR)
    du_cabinet = rattacher(chloe, CABINET, Profil.PRESTATAIRE, [])
    confier(donner(AUTRE_SIREN), du_cabinet)
    vu = _voir(aline, ici)
    assert vu is not None
    assert [r.siren for r in vu.rattachements] == [SIREN]
    assert not vu.appartient(AUTRE_SIREN)
    assert vu.clients(CABINET) == ()


def test_l_autre_cote_du_siren_reste_ferme(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    autre = rattacher(bruno.personne, profil=Profil.PRESTATAIRE)
    assert _voir(aline, autre) is None
    vu = _voir(aline, bruno)
    assert vu is not None
    assert vu.profils(SIREN) == (Profil.ADHERENT,)
    assert not _lit(vu, PLAN).prestataires


def test_jamais_un_role_de_l_opco(aline: Personne) -> None:
    hugo = agent(Role.AEF)
    vu = _voir(aline, rattacher(hugo, droits=SAISIR))
    assert vu is not None
    assert vu.roles_opco == ()
    assert not any(vu.portefeuilles(p) for p in Pouvoir)
    Personne.objects.filter(pk=aline.pk).update(est_opco=True)
    vu = _voir(aline, rattacher(personne("Autre"), droits=SAISIR))
    assert vu is not None
    assert vu.roles_opco == ()


def test_nul_ne_gagne_a_regarder_comme_un_autre() -> None:
    organisation()
    limitee, collegue = personne("Louise", "Rey"), personne("Bruno", "Marchetti")
    rattacher(limitee, droits=[sur_le_siren(ACCES, Niveau.GESTION), sur_un_siret(SIRET_2, PLAN, Niveau.LECTURE)])
    vu = _voir(limitee, rattacher(collegue))
    assert not _lit(vu, RIB)
    assert not _lit(vu, FACTURES)
    assert _lit(vu, PLAN) == Perimetre(sirets=frozenset({SIRET_2}))
    assert _lit(vu, ACCES) == Perimetre(sirens=frozenset({SIREN}))


def test_la_probation_de_la_collegue_lui_ferme_les_memes_pages(aline: Personne) -> None:
    vu = _voir(aline, rattacher(personne("Nina"), probation_jusqu_a=LE + SECONDE))
    assert not _lit(vu, RIB)
    assert _lit(vu, PLAN)
    vu = acteur_de_la_vue(_vue(Rattachement.objects.tous("essai").latest("id")), acteur(aline, LE + SECONDE))
    assert _lit(vu, RIB)


@pytest.mark.parametrize("cause", ["retire", "ferme", "suspendu", "organisation", "administration", "probation", "parti"])
def test_la_vue_cesse_des_que_l_un_ou_l_autre_perd_son_droit(cause: str, aline: Personne, bruno: Rattachement) -> None:
    assert _voir(aline, bruno) is not None
    d_aline = Rattachement.objects.tous("essai").filter(personne=aline)
    if cause == "retire":
        Rattachement.objects.tous("essai").filter(id=bruno.id).update(etat=EtatRattachement.RETIRE)
    elif cause in {"ferme", "suspendu"}:
        champs = {"is_active": False} if cause == "ferme" else {"suspendue_le": LE}
        Personne.objects.filter(pk=bruno.personne_id).update(**champs)
    elif cause == "organisation":
        Organisation.objects.filter(siren=SIREN).update(suspendue_le=LE)
    elif cause == "administration":
        DroitAccorde.objects.filter(rattachement__personne=aline, domaine=ACCES).update(fin=LE)
    elif cause == "probation":
        d_aline.update(probation_jusqu_a=LE + SECONDE)
    else:
        d_aline.update(etat=EtatRattachement.RETIRE)
    assert _voir(aline, bruno) is None


def test_un_lien_disparu_ou_d_un_autre_siren_ne_montre_rien(aline: Personne, bruno: Rattachement) -> None:
    moi = acteur(aline)
    assert acteur_de_la_vue(Vue(nouvel_id(), nouvel_id(), SIREN, LE), moi) is None
    assert acteur_de_la_vue(Vue(nouvel_id(), bruno.id, AUTRE_SIREN, LE), moi) is None


def test_commencer_est_ecrit_et_dit_a_la_collegue(aline: Personne, bruno: Rattachement) -> None:
    vue = commencer_vue(rattachement_id=bruno.id, par=acteur(aline), maintenant=LE)
    assert (vue.rattachement_id, vue.siren, vue.debut, vue.fin) == (bruno.id, SIREN, LE, LE + QUINZE)
    (ligne,) = histoire_des_acces(acteur(aline), SIREN, FiltreHistoire(genre="vues"))
    assert ligne.phrase == "Aline Ferrand regarde l’espace comme Bruno Marchetti, en lecture seule, jusqu’à 10:15 au plus"
    (courriel,) = Courriel.objects.all()
    assert bruno.personne is not None
    assert (courriel.genre, courriel.adresse) == ("habilitations.espace_vu", bruno.personne.email)
    assert ProcrastinateJob.objects.filter(task_name=TACHE_FIN, args={"vue_id": str(vue.id)}).count() == 1


def test_la_collegue_lit_qui_a_regarde_comme_elle(aline: Personne, bruno: Rattachement) -> None:
    vue = commencer_vue(rattachement_id=bruno.id, par=acteur(aline), maintenant=LE)
    terminer_vue(vue_id=vue.id, raison=FinDeVue.QUITTEE, par=acteur(aline), maintenant=LE + SECONDE)
    assert bruno.personne is not None
    (cote,) = mes_droits(acteur(bruno.personne), SIREN)
    assert [v.phrase for v in cote.vues] == [
        "Aline Ferrand ne regarde plus l’espace comme Bruno Marchetti (vue quittée)",
        "Aline Ferrand regarde l’espace comme Bruno Marchetti, en lecture seule, jusqu’à 10:15 au plus",
    ]
    (d_aline,) = mes_droits(acteur(aline), SIREN)
    assert d_aline.vues == ()


def test_ses_droits_en_phrases_sont_ceux_qu_elle_a_vraiment(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    vu = _voir(aline, bruno)
    assert vu is not None
    assert mes_droits(vu, SIREN) == mes_droits(acteur(bruno.personne), SIREN)


def _sans_administrer() -> Personne:
    creee = personne("Nina", "Roux")
    rattacher(creee, droits=[sur_le_siren(ACCES, Niveau.LECTURE)])
    return creee


def test_seule_une_administratrice_peut_regarder(aline: Personne, bruno: Rattachement) -> None:
    for qui in (_sans_administrer(), agent(Role.AEF)):
        with pytest.raises(DroitManquant, match="Aline Ferrand"):
            commencer_vue(rattachement_id=bruno.id, par=acteur(qui), maintenant=LE)
    etrangere = personne("Gaël")
    organisation(AUTRE_SIREN)
    rattacher(etrangere, AUTRE_SIREN)
    for inconnu in (bruno.id, nouvel_id()):
        with pytest.raises(Introuvable):
            commencer_vue(rattachement_id=inconnu, par=acteur(etrangere), maintenant=LE)
    assert not Evenement.objects.tous("essai").exists()
    assert not Courriel.objects.exists()


def test_en_probation_on_ne_regarde_pas_comme_un_autre(aline: Personne, bruno: Rattachement) -> None:
    nouvelle = personne("Nina", "Roux")
    rattacher(nouvelle, probation_jusqu_a=LE + SECONDE)
    with pytest.raises(DroitManquant):
        commencer_vue(rattachement_id=bruno.id, par=acteur(nouvelle), maintenant=LE)
    fin = LE + SECONDE
    assert commencer_vue(rattachement_id=bruno.id, par=acteur(nouvelle, fin), maintenant=fin).debut == fin


@pytest.mark.parametrize("cas", ["soi", "invitation", "ferme", "suspendu", "retire"])
def test_on_ne_regarde_pas_comme_soi_ni_comme_personne(cas: str, aline: Personne, bruno: Rattachement) -> None:
    vise, erreur = bruno, TransitionImpossible
    if cas == "soi":
        vise = Rattachement.objects.tous("essai").get(personne=aline)
    elif cas == "invitation":
        Rattachement.objects.tous("essai").filter(id=bruno.id).update(
            personne=None, courriel_invite="b@essai.example", etat=EtatRattachement.INVITE
        )
    elif cas == "retire":
        retirer_rattachement(rattachement_id=bruno.id, motif="Départ", par=acteur(aline), maintenant=LE)
    else:
        champs = {"is_active": False} if cas == "ferme" else {"suspendue_le": LE}
        Personne.objects.filter(pk=bruno.personne_id).update(**champs)
    avant = Evenement.objects.tous("essai").count()
    with pytest.raises(erreur):
        commencer_vue(rattachement_id=vise.id, par=acteur(aline), maintenant=LE)
    with pytest.raises(Introuvable if cas == "retire" else erreur):
        lien_a_regarder(vise.id, acteur(aline), LE)
    assert Evenement.objects.tous("essai").count() == avant


def test_la_fin_n_est_ecrite_qu_une_fois(aline: Personne, bruno: Rattachement) -> None:
    moi = acteur(aline)
    vue = commencer_vue(rattachement_id=bruno.id, par=moi, maintenant=LE)
    autre = commencer_vue(rattachement_id=bruno.id, par=moi, maintenant=LE + SECONDE)
    terminer_vue(vue_id=vue.id, raison=FinDeVue.DECONNEXION, par=moi, maintenant=LE + SECONDE)
    with time_machine.travel(LE + QUINZE, tick=False):
        travail_de_fin(vue_id=str(vue.id))
        travail_de_fin(vue_id=str(autre.id))
    fins = Evenement.objects.tous("essai").filter(code="acces.vue_fin").order_by("le")
    assert [(f.le, f.details["raison"], f.acteur_id) for f in fins] == [
        (LE + SECONDE, "déconnexion", aline.id),
        (LE + QUINZE, "15\u00a0minutes passées", None),
    ]
    assert {f.details["administrateur"] for f in fins} == {"Aline Ferrand"}
    assert {f.portee for f in fins} == {bruno.portee}


def test_on_ne_termine_que_sa_propre_vue(aline: Personne, bruno: Rattachement) -> None:
    vue = commencer_vue(rattachement_id=bruno.id, par=acteur(aline), maintenant=LE)
    louise = personne("Louise", "Rey")
    rattacher(louise)
    for autre in (vue.id, nouvel_id()):
        with pytest.raises(Introuvable):
            terminer_vue(vue_id=autre, raison=FinDeVue.QUITTEE, par=acteur(louise), maintenant=LE)
    droits = Evenement.objects.tous("essai").get()
    assert droits.code == "acces.vue_debut"
    modifier_droits(rattachement_id=bruno.id, droits=_lire_les_factures(), par=acteur(aline), maintenant=LE)
    pas_une_vue = Evenement.objects.tous("essai").exclude(code="acces.vue_debut").latest("id")
    with pytest.raises(Introuvable):
        terminer_vue(vue_id=pas_une_vue.id, raison=FinDeVue.QUITTEE, par=acteur(aline), maintenant=LE)


def _lire_les_factures() -> list[DemandeDroit]:
    return [sur_le_siren(FACTURES, Niveau.LECTURE)]


def test_changer_ses_droits_change_la_vue_a_la_demande_suivante(aline: Personne, bruno: Rattachement) -> None:
    modifier_droits(rattachement_id=bruno.id, droits=_lire_les_factures(), par=acteur(aline), maintenant=LE)
    vu = _voir(aline, bruno)
    assert not _lit(vu, PLAN)
    assert _lit(vu, FACTURES) == Perimetre(sirens=frozenset({SIREN}))


def test_une_collegue_sans_droit_n_en_montre_aucun(aline: Personne) -> None:
    vu = _voir(aline, rattacher(personne("Nina"), droits=[]))
    assert vu is not None
    assert vu.appartient(SIREN)
    assert not vu.a_des_droits(SIREN)


def test_la_base_refuse_d_ecrire_puis_l_accepte_de_nouveau(aline: Personne) -> None:
    with pytest.raises(InternalError), base_en_lecture_seule():
        Personne.objects.filter(pk=aline.pk).update(nom="Changé")
    with pytest.raises(InternalError), base_en_lecture_seule(), atomic():
        Personne.objects.select_for_update().get(pk=aline.pk)
    with base_en_lecture_seule():
        assert Personne.objects.get(pk=aline.pk).nom == "Ferrand"
    assert Personne.objects.filter(pk=aline.pk).update(nom="Changé") == 1


def test_qui_regarde_comme_une_collegue_n_administre_rien(aline: Personne, bruno: Rattachement) -> None:
    """Even by an action called straight: the pages and the read-only database are not the only bars."""
    assert bruno.personne is not None
    vu = ActeurVuComme(acteur(aline), bruno.personne, bruno.id)
    assert vu.identite == aline.id
    with pytest.raises(DroitManquant):
        administration(SIREN, Profil.ADHERENT, vu, LE)
    assert administration(SIREN, Profil.ADHERENT, acteur(aline), LE)
