"""Deciding requests made with a right code."""

from datetime import timedelta
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.enums import EtatDemande, OrigineRattachement, Role
from jalon.habilitations.models import DemandeAcces, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import tous_les_droits
from jalon.habilitations.requetes.demandes import (
    demandes_de_l_opco,
    demandes_en_attente,
    etat_de_l_administration,
)
from jalon.habilitations.requetes.espaces import nouvelles_de_mes_acces
from jalon.habilitations.requetes.taches import a_faire, a_faire_opco
from jalon.journal.models import Evenement
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
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

pytestmark = pytest.mark.django_db
FIN = LE + timedelta(hours=72)


@pytest.fixture
def bruno() -> Personne:
    organisation()
    return personne("Bruno", "Marchetti")


def _demande(qui: Personne, siren: str = SIREN, profil: Profil = Profil.ADHERENT) -> DemandeAcces:
    demande = DemandeAcces(personne=qui, profil=profil, demandee_le=LE).porter(
        portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT)
    )
    demande.save(force_insert=True)
    return demande


def _decider(demande: DemandeAcces, par: Personne, *, accorder: bool = True, le: Any = LE, **champs: Any) -> DemandeAcces:
    return decider_demande(demande_id=demande.id, accorder=accorder, par=acteur(par, le), maintenant=le, **champs)


def test_un_administrateur_accorde_l_administration_sans_probation(bruno: Personne) -> None:
    aline, louise = personne("Aline", "Ferrand"), personne("Louise", "Rey")
    rattacher(aline)
    rattacher(louise)
    demande = _decider(_demande(bruno), aline)
    assert (demande.etat, demande.decidee_le, demande.decidee_par) == (EtatDemande.ACCORDEE, LE, aline.id)
    assert demande.rattachement is not None
    assert demande.rattachement.origine == OrigineRattachement.DEMANDE
    assert acteur(bruno).est_administrateur(SIREN)
    assert acteur(bruno).perimetre(Droit(Domaine.RIB, Niveau.GESTION)).sirens == {SIREN}
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("habilitations.demande_decidee", bruno.email),
        ("habilitations.nouvel_acces", louise.email),
    }
    assert Evenement.objects.tous("essai").get().details == {"personne": "Bruno Marchetti"}


def test_un_administrateur_peut_accorder_moins(bruno: Personne) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    _decider(_demande(bruno), aline, droits=[sur_le_siren(Domaine.PLAN, Niveau.SAISIE)])
    lu = acteur(bruno)
    assert not lu.est_administrateur(SIREN)
    assert lu.a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.SAISIE))
    with pytest.raises(SaisieRefusee, match="au moins un droit"):
        _decider(_demande(personne("Eva")), aline, droits=[])


def test_accorder_leve_la_probation_d_un_rattachement_existant(bruno: Personne) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN)], probation_jusqu_a=FIN)
    _decider(_demande(bruno), aline)
    assert acteur(bruno).est_administrateur(SIREN)
    assert Rattachement.objects.tous("essai").filter(personne=bruno).count() == 1


def test_un_refus_porte_un_motif_que_la_personne_lit(bruno: Personne) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    demande = _demande(bruno)
    with pytest.raises(SaisieRefusee, match="motif") as refus:
        _decider(demande, aline, accorder=False, motif=" ")
    assert refus.value.champ == "motif"
    assert _decider(demande, aline, accorder=False, motif="Inconnu ici").etat == EtatDemande.REFUSEE
    assert not acteur(bruno).rattachements
    (nouvelle,) = nouvelles_de_mes_acces(acteur(bruno, LE + timedelta(days=1)))
    assert (nouvelle.nature, nouvelle.motif) == ("refus", "Inconnu ici")
    assert nouvelles_de_mes_acces(acteur(bruno, LE + timedelta(days=31))) == []


def test_sans_administrateur_hors_probation_l_aef_decide(bruno: Personne) -> None:
    hugo, chloe = agent(), personne("Chloé", "Bertin")
    rattacher(chloe, probation_jusqu_a=FIN)
    demande = _demande(bruno)
    with pytest.raises(DroitManquant):
        _decider(demande, chloe)
    with pytest.raises(SaisieRefusee, match="administration entière"):
        _decider(demande, hugo, droits=tous_les_droits())
    _decider(demande, hugo)
    assert acteur(bruno).est_administrateur(SIREN)


def test_l_aef_ne_decide_plus_des_qu_un_administrateur_compte(bruno: Personne) -> None:
    hugo, aline = agent(), personne("Aline", "Ferrand")
    rattacher(aline, probation_jusqu_a=FIN)
    demande = _demande(bruno)
    with pytest.raises(DroitManquant, match="Aline Ferrand"):
        _decider(demande, hugo, le=FIN)
    _decider(demande, aline, le=FIN)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.AEF])
def test_les_autres_roles_de_l_opco_ne_decident_pas(bruno: Personne, role: Role) -> None:
    with pytest.raises(DroitManquant, match="décider d’une demande d’accès"):
        _decider(_demande(bruno), agent(role))


def test_l_aef_d_un_autre_portefeuille_ne_voit_pas_la_demande(bruno: Personne) -> None:
    with pytest.raises(Introuvable):
        _decider(_demande(bruno), agent(portefeuilles=[portefeuille("Ain").id]))


def test_personne_ne_decide_de_sa_propre_demande() -> None:
    organisation()
    hugo, aline = agent(), personne("Aline", "Ferrand")
    with pytest.raises(DroitManquant, match="Une autre personne"):
        _decider(_demande(hugo), hugo)
    rattacher(aline)
    with pytest.raises(DroitManquant, match="Une autre personne"):
        _decider(_demande(aline), aline)


def test_les_etrangers_et_les_simples_utilisateurs_ne_decident_pas(bruno: Personne) -> None:
    aline, eva, ailleurs = personne("Aline", "Ferrand"), personne("Eva", "Sorel"), personne("Driss", "Haddad")
    rattacher(aline)
    rattacher(eva, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    rattacher(ailleurs, AUTRE_SIREN)
    demande = _demande(bruno)
    with pytest.raises(DroitManquant, match="Aline Ferrand"):
        _decider(demande, eva)
    for etranger in (ailleurs, bruno):
        with pytest.raises(Introuvable):
            _decider(demande, etranger)


def test_une_demande_decidee_ou_expiree_ne_se_decide_plus(bruno: Personne) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    demande = _demande(bruno)
    with pytest.raises(TransitionImpossible, match="a expiré"):
        _decider(demande, aline, le=LE + timedelta(days=30))
    _decider(demande, aline, le=LE + timedelta(days=30) - timedelta(seconds=1))
    with pytest.raises(TransitionImpossible, match="déjà reçu une réponse"):
        _decider(demande, aline)


def test_les_demandes_en_attente_de_chacun(bruno: Personne) -> None:
    hugo, aline, driss = agent(), personne("Aline", "Ferrand"), personne("Driss", "Haddad")
    demande, cote_prestataire = _demande(bruno), _demande(bruno, profil=Profil.PRESTATAIRE)
    rattacher(driss, AUTRE_SIREN)
    assert {d.id for d in demandes_de_l_opco(acteur(hugo), LE)} == {demande.id, cote_prestataire.id}
    rattacher(aline)
    assert [d.id for d in demandes_de_l_opco(acteur(hugo), LE)] == [cote_prestataire.id]
    (vue,) = demandes_en_attente(SIREN, acteur(aline), LE)
    assert (vue.id, vue.nom, vue.initiales, vue.expire_le) == (demande.id, "Bruno Marchetti", "BM", LE + timedelta(days=30))
    assert demandes_en_attente(SIREN, acteur(driss), LE) == []
    assert demandes_en_attente(SIREN, acteur(aline), LE + timedelta(days=30)) == []
    assert demandes_de_l_opco(acteur(agent(Role.CONSEILLER)), LE) == []


def test_ce_que_les_administrateurs_ont_a_faire(bruno: Personne) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    rattacher(personne("Chloé"), probation_jusqu_a=FIN)
    _demande(bruno)
    assert [t.titre for t in a_faire(acteur(aline), SIREN)] == [
        "Répondre à une demande d’accès",
        "Vérifier un nouvel administrateur",
        "Nommer un second administrateur",
    ]
    assert etat_de_l_administration(SIREN, Profil.ADHERENT, LE) == (1, 1)
    rattacher(personne("Louise"))
    assert [t.titre for t in a_faire(acteur(aline), SIREN)][2:] == []
    assert a_faire(acteur(bruno), SIREN) == []


def test_ce_que_l_aef_a_a_faire(bruno: Personne) -> None:
    hugo = agent()
    assert a_faire_opco(acteur(hugo)) == []
    _demande(bruno)
    (tache,) = a_faire_opco(acteur(hugo))
    assert tache.detail.startswith("1 ")
