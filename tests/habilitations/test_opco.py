"""Accounts and roles of the OPCO's people; rows that follow an organisation to another portefeuille."""

from typing import Any
from uuid import uuid4

import pytest

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.actions.opco import creer_compte_opco, retirer_role_opco
from jalon.habilitations.actions.portefeuilles import suivre_les_portefeuilles
from jalon.habilitations.enums import NatureAvis, Role
from jalon.habilitations.models import AvisPostal, DemandeAcces, Rattachement, RoleOpco
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.journal.models import Evenement
from jalon.organisations.portefeuilles import suivis
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Niveau, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant, SaisieRefusee
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db
SYSTEME = ActeurSysteme("ligne de commande")


def _creer(par: Any = SYSTEME, **champs: Any) -> Personne:
    valeurs: dict[str, Any] = {
        "email": "Hugo@opco.example", "prenom": "Hugo", "nom": "Blanc", "role": Role.AEF,
        "portefeuilles": [PORTEFEUILLE_PAR_DEFAUT], **champs,
    }  # fmt: skip
    return creer_compte_opco(par=par, maintenant=LE, **valeurs)


def test_la_ligne_de_commande_ouvre_un_compte_sans_mot_de_passe() -> None:
    hugo = _creer()
    assert hugo.est_opco
    assert hugo.email == "hugo@opco.example"
    assert not hugo.has_usable_password()
    assert acteur(hugo).portefeuilles(Pouvoir.COMMANDER_CODES) == {PORTEFEUILLE_PAR_DEFAUT}
    assert Evenement.objects.tous("essai").get().code == "acces.role_opco"


def test_une_personne_cumule_des_roles_mais_pas_deux_fois_le_meme() -> None:
    hugo = _creer()
    assert _creer(role=Role.CONSEILLER) == hugo
    assert {r.role for r in acteur(hugo).roles_opco} == {Role.AEF, Role.CONSEILLER}
    with pytest.raises(SaisieRefusee, match="déjà le rôle") as refus:
        _creer()
    assert refus.value.champ == "role"


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"email": "hugo"}, "adresse"),
        ({"prenom": " "}, "nom"),
        ({"nom": ""}, "nom"),
        ({"portefeuilles": []}, "portefeuilles"),
        ({"portefeuilles": [PORTEFEUILLE_PAR_DEFAUT, uuid4()]}, "portefeuilles"),
    ],
)
def test_les_comptes_refuses(champs: dict[str, Any], champ: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        _creer(**champs)
    assert refus.value.champ == champ
    assert not Personne.objects.exists()


def test_quelqu_un_d_une_entreprise_n_entre_pas_a_l_opco() -> None:
    aline = personne()
    rattacher(aline)
    with pytest.raises(SaisieRefusee, match="rattachée à une entreprise"):
        _creer(email=aline.email)
    libre = personne("Eva")
    assert _creer(email=libre.email).est_opco


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATEUR_OPCO])
def test_seul_l_administrateur_de_l_opco_attribue_et_retire_les_roles(role: Role) -> None:
    karim = agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim")
    hugo = _creer(acteur(karim))
    donne = RoleOpco.objects.get(personne=hugo)
    intrus = agent(role, prenom="Autre")
    with pytest.raises(DroitManquant, match="administrateur de l’OPCO"):
        _creer(acteur(intrus), email="x@opco.example")
    with pytest.raises(DroitManquant):
        retirer_role_opco(role_id=donne.id, par=acteur(intrus), maintenant=LE)
    retirer_role_opco(role_id=donne.id, par=acteur(karim), maintenant=LE)
    assert not acteur(hugo).roles_opco
    with pytest.raises(SaisieRefusee, match="déjà pris fin"):
        retirer_role_opco(role_id=donne.id, par=acteur(karim), maintenant=LE)


def test_les_acces_suivent_l_organisation_qui_change_de_portefeuille() -> None:
    assert suivre_les_portefeuilles in suivis()
    savoie = portefeuille("Savoie")
    organisation(portefeuille=savoie)
    liens = [rattacher(personne()), rattacher(personne("Driss"), profil=Profil.PRESTATAIRE)]
    avis = AvisPostal.objects.create(
        siren=SIREN, profil=Profil.ADHERENT, nature=NatureAvis.DEMANDE_RECUE, personne=personne(),
        portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, le=LE,
    )  # fmt: skip
    suivre_les_portefeuilles([SIREN])
    avis.refresh_from_db()
    assert avis.portefeuille_id == savoie.id
    for lien in liens:
        assert Rattachement.objects.tous("essai").get(id=lien.id).portefeuille_id == savoie.id


def test_un_compte_de_l_opco_n_entre_dans_aucune_organisation() -> None:
    """Neither with a code, nor by an invitation, nor by a request that was granted after he came (exigences, S9)."""
    organisation()
    hugo, eva = agent(), agent(Role.CONSEILLER, prenom="Eva")
    clair, code = code_en_circulation()
    with pytest.raises(DroitManquant, match="compte de l’OPCO"):
        utiliser_code(personne_id=hugo.id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=clair, maintenant=LE)
    code.refresh_from_db()
    assert code.usages == 0
    aline = personne()
    rattacher(aline)
    droits = [sur_le_siren(Domaine.PLAN, Niveau.LECTURE)]
    inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse=eva.email, droits=droits, par=acteur(aline), maintenant=LE
    )  # fmt: skip
    assert rattacher_invitations(personne_id=eva.id, maintenant=LE) == []
    demande = DemandeAcces(personne=hugo, profil=Profil.ADHERENT, demandee_le=LE)
    demande.porter(portee_des_acces(SIREN, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT)).save(force_insert=True)
    with pytest.raises(DroitManquant, match="compte de l’OPCO"):
        decider_demande(demande_id=demande.id, accorder=True, par=acteur(aline), maintenant=LE)
    decider_demande(demande_id=demande.id, accorder=False, motif="Compte de l’OPCO", par=acteur(aline), maintenant=LE)
    assert not acteur(hugo).rattachements
    assert not acteur(eva).rattachements
