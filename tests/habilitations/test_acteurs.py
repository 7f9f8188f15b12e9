"""Rights as actors read them: dates, state, probation, sides, OPCO roles, sentences of refusal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.enums import EtatRattachement, Etendue, Role
from jalon.habilitations.models import DroitAccorde, RoleOpco
from jalon.habilitations.roles import POUVOIRS
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
PLAN_SAISIE = Droit(Domaine.PLAN, Niveau.SAISIE)
PLAN_LECTURE = Droit(Domaine.PLAN, Niveau.LECTURE)


def test_sans_lien_on_ne_voit_rien_nulle_part() -> None:
    gael = acteur(personne("Gaël", "Roche"))
    for domaine in Domaine:
        for niveau in Niveau:
            assert not gael.perimetre(Droit(domaine, niveau))
    assert all(not gael.portefeuilles(p) for p in Pouvoir)
    assert not gael.peut(PLAN_LECTURE, Portee())
    assert not gael.appartient(SIREN)


def test_le_niveau_compte_par_domaine_et_par_perimetre() -> None:
    bruno = personne("Bruno", "Marchetti")
    rattacher(
        bruno,
        droits=[
            sur_un_siret(SIRET, Domaine.PLAN, Niveau.SAISIE),
            sur_un_siret(SIRET_2, Domaine.PLAN, Niveau.LECTURE),
            sur_le_siren(Domaine.FACTURES, Niveau.LECTURE),
        ],
    )
    lu = acteur(bruno)
    assert lu.perimetre(PLAN_SAISIE) == Perimetre(sirets=frozenset({SIRET}))
    assert lu.perimetre(PLAN_LECTURE) == Perimetre(sirets=frozenset({SIRET, SIRET_2}))
    assert lu.perimetre(Droit(Domaine.FACTURES, Niveau.LECTURE)) == Perimetre(sirens=frozenset({SIREN}))
    assert not lu.perimetre(Droit(Domaine.ALTERNANCE, Niveau.LECTURE))
    assert not lu.perimetre(Droit(Domaine.PLAN, Niveau.ENVOI))
    assert not lu.perimetre(Droit(Domaine.PLAN, Niveau.AUCUN))
    assert lu.peut(PLAN_SAISIE, Portee(siren=SIREN, siret=SIRET))
    assert not lu.peut(PLAN_SAISIE, Portee(siren=SIREN, siret=SIRET_2))
    assert lu.a_un_droit(SIREN, PLAN_SAISIE)
    assert not lu.a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.GESTION))
    assert not lu.a_un_droit(AUTRE_SIREN, PLAN_SAISIE)


def test_le_profil_prestataire_ouvre_le_cote_prestataire_et_lui_seul() -> None:
    driss = personne("Driss", "Haddad")
    rattacher(driss, AUTRE_SIREN, Profil.PRESTATAIRE)
    lu = acteur(driss)
    assert lu.perimetre(PLAN_SAISIE) == Perimetre(prestataires=frozenset({AUTRE_SIREN}))
    assert lu.peut(PLAN_SAISIE, Portee(siren=SIREN, prestataire_siren=AUTRE_SIREN))
    assert not lu.peut(PLAN_SAISIE, Portee(siren=AUTRE_SIREN))
    assert lu.sirens(Profil.PRESTATAIRE) == {AUTRE_SIREN}
    assert lu.sirens(Profil.ADHERENT) == frozenset()
    assert lu.profils(AUTRE_SIREN) == (Profil.PRESTATAIRE,)


@pytest.mark.parametrize("etat", [EtatRattachement.INVITE, EtatRattachement.RETIRE])
def test_un_rattachement_qui_n_est_pas_actif_ne_donne_rien(etat: EtatRattachement) -> None:
    aline = personne()
    rattacher(aline, etat=etat)
    assert not acteur(aline).rattachements
    assert not acteur(aline).perimetre(PLAN_LECTURE)


def test_un_compte_ferme_ne_donne_plus_rien() -> None:
    aline, hugo = personne(), agent()
    rattacher(aline)
    for compte in (aline, hugo):
        type(compte).objects.filter(id=compte.id).update(is_active=False)
    assert not acteur(aline).perimetre(PLAN_LECTURE)
    assert not acteur(hugo).portefeuilles(Pouvoir.CONSULTER)


@pytest.mark.parametrize(
    ("decalage", "ouvert"),
    [
        (timedelta(microseconds=-1), False),
        (timedelta(), True),
        (timedelta(days=2) - timedelta(microseconds=1), True),
        (timedelta(days=2), False),
    ],
)
def test_un_droit_vaut_de_son_debut_a_sa_fin_exclue(decalage: timedelta, ouvert: bool) -> None:
    aline = personne()
    lien = rattacher(aline, droits=[])
    DroitAccorde.objects.create(
        rattachement=lien, etendue=Etendue.SIREN, domaine=Domaine.PLAN, niveau=2, debut=LE, fin=LE + timedelta(days=2)
    )
    assert bool(acteur(aline, LE + decalage).perimetre(PLAN_SAISIE)) is ouvert


def test_un_droit_revoque_ne_vaut_plus() -> None:
    aline = personne()
    rattacher(aline).droits.filter(domaine=Domaine.PLAN).update(revoque_le=LE)
    assert not acteur(aline).perimetre(PLAN_LECTURE)
    assert acteur(aline).perimetre(Droit(Domaine.FACTURES, Niveau.GESTION))


def test_la_probation_ferme_rib_et_exports_et_ne_compte_pas() -> None:
    aline = personne()
    fin = LE + timedelta(hours=72)
    rattacher(aline, probation_jusqu_a=fin)
    pendant, apres = acteur(aline, fin - timedelta(seconds=1)), acteur(aline, fin)
    for domaine in Domaine:
        ferme = domaine in {Domaine.RIB, Domaine.EXPORTS}
        assert bool(pendant.perimetre(Droit(domaine, Niveau.LECTURE))) is not ferme
        assert apres.perimetre(Droit(domaine, Niveau.GESTION))
    assert pendant.en_probation(SIREN)
    assert not pendant.est_administrateur(SIREN)
    assert apres.est_administrateur(SIREN)
    assert not apres.en_probation(SIREN)
    with pytest.raises(DroitManquant, match=r"s’ouvre le 27/11/2026 à 10:00"):
        pendant.exiger(Droit(Domaine.RIB, Niveau.GESTION), Portee(siren=SIREN))


def test_administrer_un_cote_n_est_pas_administrer_l_autre() -> None:
    aline = personne()
    rattacher(aline)
    lu = acteur(aline)
    assert lu.est_administrateur(SIREN)
    assert lu.est_administrateur(SIREN, Profil.ADHERENT)
    assert not lu.est_administrateur(SIREN, Profil.PRESTATAIRE)
    assert not lu.est_administrateur(AUTRE_SIREN)


def test_le_refus_dit_le_droit_et_nomme_qui_le_donne_sans_adresse() -> None:
    aline, louise, chloe, bruno = (
        personne("Aline", "Ferrand"), personne("Louise", "Rey"), personne("Chloé", "Bertin"), personne("Bruno", "Marchetti"),
    )  # fmt: skip
    rattacher(aline)
    rattacher(louise)
    rattacher(chloe, probation_jusqu_a=LE + timedelta(hours=1))
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN, Niveau.SAISIE)])
    with pytest.raises(DroitManquant) as refus:
        acteur(bruno).exiger(Droit(Domaine.PLAN, Niveau.ENVOI), Portee(siren=SIREN))
    assert refus.value.message == (
        "Il vous manque le droit d’envoi sur le plan de développement. Demandez-le à Aline Ferrand ou Louise Rey."
    )
    assert "@" not in refus.value.message


def test_le_refus_sans_administrateur_mene_au_formulaire_de_contact() -> None:
    bruno = personne()
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN, Niveau.SAISIE)])
    with pytest.raises(DroitManquant, match="formulaire de contact"):
        acteur(bruno).exiger(Droit(Domaine.FACTURES, Niveau.LECTURE), Portee(siren=SIREN))


def test_le_refus_d_un_prestataire_nomme_son_administrateur_pas_celui_de_l_entreprise() -> None:
    aline, driss, eva = personne("Aline", "Ferrand"), personne("Driss", "Haddad"), personne("Eva", "Sorel")
    rattacher(aline)
    rattacher(driss, AUTRE_SIREN, Profil.PRESTATAIRE)
    rattacher(eva, AUTRE_SIREN, Profil.PRESTATAIRE, [sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    with pytest.raises(DroitManquant, match="Driss Haddad") as refus:
        acteur(eva).exiger(Droit(Domaine.FACTURES, Niveau.ENVOI), Portee(siren=SIREN, prestataire_siren=AUTRE_SIREN))
    assert "Aline" not in refus.value.message


def test_les_roles_de_l_opco_s_exercent_dans_leurs_portefeuilles() -> None:
    savoie, ain = portefeuille("Savoie"), portefeuille("Ain")
    emma = acteur(agent(Role.CONSEILLER, [savoie.id], "Emma", "Vasseur"))
    assert emma.portefeuilles(Pouvoir.INSTRUIRE) == {savoie.id}
    assert emma.perimetre(PLAN_LECTURE) == Perimetre(portefeuilles=frozenset({savoie.id}))
    assert not emma.perimetre(PLAN_SAISIE)
    assert not emma.portefeuilles(Pouvoir.SIGNER_LOTS)
    emma.exiger_pouvoir(Pouvoir.DECIDER, savoie.id)
    emma.exiger_pouvoir(Pouvoir.DECIDER, None)
    for pouvoir, ou in ((Pouvoir.DECIDER, ain.id), (Pouvoir.DECIDER, uuid4()), (Pouvoir.SIGNER_LOTS, savoie.id)):
        with pytest.raises(DroitManquant, match="Votre rôle ne permet pas"):
            emma.exiger_pouvoir(pouvoir, ou)
    with pytest.raises(DroitManquant, match="consulter, pas d’agir à la place"):
        emma.exiger(PLAN_SAISIE, Portee(siren=SIREN, portefeuille_id=savoie.id))


@pytest.mark.parametrize("role", list(Role))
def test_chaque_role_a_exactement_ses_pouvoirs(role: Role) -> None:
    lu = acteur(agent(role))
    assert lu.a_le_role(role)
    assert {p for p in Pouvoir if lu.portefeuilles(p)} == POUVOIRS[role]


def test_aucun_role_ne_prepare_et_ne_signe_un_meme_lot() -> None:
    assert not [r for r, p in POUVOIRS.items() if {Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS} <= p]
    assert set(Pouvoir) == frozenset().union(*POUVOIRS.values())


def test_un_role_termine_a_venir_ou_sans_portefeuille_ne_donne_rien() -> None:
    hugo = agent()
    RoleOpco.objects.update(fin=LE)
    assert not acteur(hugo).roles_opco
    assert acteur(hugo, LE - timedelta(seconds=1)).roles_opco
    RoleOpco.objects.update(fin=None, debut=LE + timedelta(seconds=1))
    assert not acteur(hugo).roles_opco
    assert not acteur(agent(Role.AEF, [])).portefeuilles(Pouvoir.CONSULTER)


def test_un_role_ne_vaut_que_pour_un_compte_de_l_opco() -> None:
    hugo = agent()
    type(hugo).objects.filter(id=hugo.id).update(est_opco=False)
    assert not acteur(hugo).portefeuilles(Pouvoir.CONSULTER)


def test_les_droits_sont_lus_une_fois_en_trois_requetes_au_plus() -> None:
    aline = personne(opco=True)
    for rang in range(5):
        rattacher(aline, f"90000000{rang}")
    with CaptureQueriesContext(
        connection,
    ) as requetes:
        lu = ActeurPersonne(aline, LE)
        for domaine in Domaine:
            lu.perimetre(Droit(domaine, Niveau.LECTURE))
            lu.peut(Droit(domaine, Niveau.GESTION), Portee(siren=SIREN))
        assert lu.est_administrateur("900000001")
        lu.portefeuilles(Pouvoir.CONSULTER)
    assert len(requetes) <= 3


def test_chaque_acteur_relit_les_droits() -> None:
    aline = personne()
    lien = rattacher(aline)
    avant = acteur(aline)
    assert avant.perimetre(PLAN_LECTURE)
    lien.etat = EtatRattachement.RETIRE
    lien.save()
    assert avant.perimetre(PLAN_LECTURE)
    assert not acteur(aline).perimetre(PLAN_LECTURE)


def test_l_horloge_sert_quand_aucun_instant_n_est_donne() -> None:
    aline = personne()
    assert abs(ActeurPersonne(aline).maintenant - ActeurPersonne(aline).maintenant) < timedelta(seconds=5)


def test_le_systeme_a_un_nom_et_aucun_droit() -> None:
    systeme = ActeurSysteme("envoi des courriels")
    assert systeme.identite is None
    assert systeme.libelle == "Jalon (envoi des courriels)"
    assert not systeme.perimetre(PLAN_LECTURE)
    assert not systeme.portefeuilles(Pouvoir.CONSULTER)
    assert not systeme.peut(PLAN_LECTURE, Portee(siren=SIREN))
    with pytest.raises(DroitManquant):
        systeme.exiger(PLAN_LECTURE, Portee(siren=SIREN))
    with pytest.raises(DroitManquant):
        systeme.exiger_pouvoir(Pouvoir.CONSULTER, PORTEFEUILLE_PAR_DEFAUT)


def test_quelqu_un_dans_une_seule_organisation_n_y_tient_ni_plus_ni_moins() -> None:
    """What a page of one company asks the database with, among 5,000 clients."""
    aline = personne("Aline", "Ferrand")
    rattacher(aline, SIREN)
    rattacher(aline, AUTRE_SIREN)
    entiere = acteur(aline)
    ici = entiere.sur(SIREN)
    for domaine in Domaine:
        droit = Droit(domaine, Niveau.SAISIE)
        assert entiere.perimetre(droit).sirens == {SIREN, AUTRE_SIREN}
        assert ici.perimetre(droit).sirens == {SIREN}
    assert (ici.identite, ici.libelle, ici.maintenant) == (entiere.identite, entiere.libelle, entiere.maintenant)
    assert ici.soi is entiere, "ce qu’elle lit se compte selon tout ce qu’elle tient"
    assert not ici.appartient(AUTRE_SIREN)
    assert entiere.sur("000000000").perimetre(Droit(Domaine.PLAN, Niveau.LECTURE)) == Perimetre()
