"""No way out of an account leaves an organisation without administrator (exigences, T13)."""

import time

import pytest
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connection
from django.db.models import ProtectedError
from django.test import Client

from jalon.comptes.models import Personne
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import Role
from jalon.habilitations.models import DemandeAcces
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.demandes import demandes_de_l_opco
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Profil
from tests.habilitations.fabrique import LE, SIREN, acteur, agent, personne, rattacher

pytestmark = pytest.mark.django_db
AUTRE_ADRESSE = "aline@ailleurs.example"


@pytest.fixture
def aline() -> Personne:
    """The only administrator."""
    seule = personne("Aline", "Ferrand")
    rattacher(seule)
    return seule


def _administrateurs() -> list[str]:
    return [a.nom for a in administrateurs_actifs(SIREN, Profil.ADHERENT, LE)]


def test_un_compte_rattache_ne_s_efface_pas(aline: Personne) -> None:
    with pytest.raises(ProtectedError):
        aline.delete()
    EmailAddress.objects.filter(user=aline).delete()
    Authenticator.objects.filter(user=aline).delete()
    with connection.cursor() as curseur:
        curseur.execute("SAVEPOINT avant")
        curseur.execute("DELETE FROM comptes_personne WHERE id = %s", [aline.id])
        with pytest.raises(DatabaseError, match="habilitations_rattach"):
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute("ROLLBACK TO SAVEPOINT avant")
    assert _administrateurs() == ["Aline Ferrand"]


def _navigateur(qui: Personne) -> Client:
    navigateur = Client()
    navigateur.force_login(qui)
    seance = navigateur.session
    seance["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True}]
    seance[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(qui.pk)
    seance.save()
    return navigateur


@pytest.mark.parametrize(
    "actes",
    [
        [("action_remove", "")],
        [("action_add", AUTRE_ADRESSE), ("action_remove", "")],
        [("action_add", AUTRE_ADRESSE), ("action_primary", AUTRE_ADRESSE), ("action_remove", "")],
    ],
    ids=["retirer", "ajouter-retirer", "ajouter-choisir-retirer"],
)
def test_changer_d_adresse_ne_fait_pas_partir(aline: Personne, actes: list[tuple[str, str]]) -> None:
    """Rights hang on the person; the last verified address cannot be taken off, nor one that was not proved take its place."""
    navigateur = _navigateur(aline)
    for acte, adresse in actes:
        reponse = navigateur.post("/compte/email/", {acte: "", "email": adresse or aline.email})
        assert reponse.status_code in {200, 302}
    assert EmailAddress.objects.get(user=aline, primary=True, verified=True).email == aline.email
    assert _administrateurs() == ["Aline Ferrand"]


def test_une_autre_adresse_prouvee_remplace_la_premiere_sans_rien_changer_aux_droits(aline: Personne) -> None:
    EmailAddress.objects.create(user=aline, email=AUTRE_ADRESSE, verified=True)
    navigateur = _navigateur(aline)
    ancienne = aline.email
    navigateur.post("/compte/email/", {"action_primary": "", "email": AUTRE_ADRESSE})
    navigateur.post("/compte/email/", {"action_remove": "", "email": ancienne})
    aline.refresh_from_db()
    assert aline.email == AUTRE_ADRESSE
    assert EmailAddress.objects.filter(user=aline).count() == 1
    assert _administrateurs() == ["Aline Ferrand"]


def test_une_entreprise_dont_l_administratrice_a_disparu_n_est_pas_dans_une_impasse(aline: Personne) -> None:
    """An account closed by hand, in the database: requests made with a right code go to the AEF at once."""
    bruno, hugo = personne("Bruno", "Marchetti"), agent(Role.AEF)
    demande = DemandeAcces(personne=bruno, profil=Profil.ADHERENT, demandee_le=LE)
    demande.porter(portee_des_acces(SIREN, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT)).save(force_insert=True)
    assert demandes_de_l_opco(acteur(hugo), LE) == []
    Personne.objects.filter(pk=aline.pk).update(is_active=False)
    assert [d.id for d in demandes_de_l_opco(acteur(hugo), LE)] == [demande.id]
    decider_demande(demande_id=demande.id, accorder=True, par=acteur(hugo), maintenant=LE)
    assert _administrateurs() == ["Bruno Marchetti"]
