"""Inviting an address; rights that wait there; binding at sign-in."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.enums import EtatRattachement, Etendue, OrigineRattachement
from jalon.habilitations.models import Rattachement
from jalon.habilitations.regles import DemandeDroit, tous_les_droits
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Profil
from jalon.socle.erreurs import DroitManquant, SaisieRefusee
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    acteur,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
PLAN = [sur_un_siret(SIRET, Domaine.PLAN, Niveau.SAISIE)]
SAISIE = Droit(Domaine.PLAN, Niveau.SAISIE)


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne()
    rattacher(creee)
    return creee


def _inviter(par: Personne, adresse: str = "Bruno@Essai.Example ", le: Any = LE, **champs: Any) -> Rattachement:
    valeurs: dict[str, Any] = {"siren": SIREN, "profil": Profil.ADHERENT, "droits": PLAN, **champs}
    return inviter_personne(adresse=adresse, par=acteur(par, le), maintenant=le, **valeurs)


def _compte(adresse: str = "bruno@essai.example", *, verifiee: bool = True) -> Personne:
    creee = Personne.objects.create_user(adresse, prenom="Bruno", nom="Marchetti")
    EmailAddress.objects.create(user=creee, email=adresse, verified=verifiee)
    return creee


def test_les_droits_attendent_sur_l_adresse_puis_sont_donnes_a_qui_la_verifie(aline: Personne) -> None:
    lien = _inviter(aline, prenom=" Bruno ", nom="Marchetti")
    assert (lien.etat, lien.courriel_invite, lien.origine) == (
        EtatRattachement.INVITE, "bruno@essai.example", OrigineRattachement.INVITATION,
    )  # fmt: skip
    bruno = _compte()
    assert not acteur(bruno).rattachements
    assert rattacher_invitations(personne_id=bruno.id, maintenant=LE) == [lien]
    assert acteur(bruno).perimetre(SAISIE) == Perimetre(sirets=frozenset({SIRET}))
    assert rattacher_invitations(personne_id=bruno.id, maintenant=LE) == []
    codes = list(Evenement.objects.tous("essai").order_by("id").values_list("code", flat=True))
    assert codes == ["acces.invitation", "acces.rattachement"]
    assert {e.siren for e in Evenement.objects.tous("essai")} == {SIREN}


def test_une_adresse_non_verifiee_ne_recoit_rien(aline: Personne) -> None:
    _inviter(aline)
    bruno = _compte(verifiee=False)
    assert rattacher_invitations(personne_id=bruno.id, maintenant=LE) == []
    EmailAddress.objects.update(verified=True)
    assert len(rattacher_invitations(personne_id=bruno.id, maintenant=LE)) == 1


def test_un_compte_ferme_ou_inconnu_ne_recoit_rien(aline: Personne) -> None:
    _inviter(aline)
    bruno = _compte()
    Personne.objects.filter(id=bruno.id).update(is_active=False)
    assert rattacher_invitations(personne_id=bruno.id, maintenant=LE) == []
    assert rattacher_invitations(personne_id=SIRET_INCONNU, maintenant=LE) == []


SIRET_INCONNU = Rattachement().id


def test_une_invitation_expire_au_bout_de_trente_jours_et_se_refait(aline: Personne) -> None:
    ancienne = _inviter(aline)
    tard = LE + timedelta(days=30)
    bruno = _compte()
    assert rattacher_invitations(personne_id=bruno.id, maintenant=tard) == []
    with pytest.raises(SaisieRefusee, match="déjà invitée"):
        _inviter(aline, le=tard - timedelta(seconds=1))
    nouvelle = _inviter(aline, le=tard)
    ancienne.refresh_from_db()
    assert (ancienne.etat, ancienne.motif_retrait) == (EtatRattachement.RETIRE, "Invitation expirée")
    assert rattacher_invitations(personne_id=bruno.id, maintenant=tard) == [nouvelle]


def test_l_invite_et_les_autres_administrateurs_sont_prevenus(aline: Personne) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    _inviter(aline)
    assert sorted(Courriel.objects.values_list("genre", "adresse")) == [
        ("habilitations.invitation", "bruno@essai.example"),
        ("habilitations.nouvel_acces", louise.email),
    ]


def test_plusieurs_invitations_sont_toutes_rattachees(aline: Personne) -> None:
    organisation(AUTRE_SIREN)
    rattacher(aline, AUTRE_SIREN, Profil.PRESTATAIRE)
    _inviter(aline)
    _inviter(aline, siren=AUTRE_SIREN, profil=Profil.PRESTATAIRE, droits=[sur_le_siren(Domaine.FACTURES)])
    bruno = _compte()
    assert len(rattacher_invitations(personne_id=bruno.id, maintenant=LE)) == 2
    assert acteur(bruno).sirens(Profil.PRESTATAIRE) == {AUTRE_SIREN}


def test_l_invitation_d_une_personne_deja_rattachee_est_close_sans_toucher_a_ses_droits(aline: Personne) -> None:
    bruno = _compte()
    EmailAddress.objects.create(user=bruno, email="bruno.perso@essai.example", verified=False)
    lien = _inviter(aline, "bruno.perso@essai.example", droits=tous_les_droits())
    rattacher(bruno, droits=PLAN)
    EmailAddress.objects.update(verified=True)
    assert rattacher_invitations(personne_id=bruno.id, maintenant=LE) == []
    lien.refresh_from_db()
    assert lien.etat == EtatRattachement.RETIRE
    assert not acteur(bruno).perimetre(Droit(Domaine.RIB, Niveau.LECTURE))


@pytest.mark.parametrize(("adresse", "phrase"), [("", "Indiquez l’adresse"), ("bruno", "en entier"), ("a@b c.fr", "en entier")])
def test_les_adresses_refusees(aline: Personne, adresse: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        _inviter(aline, adresse)
    assert refus.value.champ == "adresse"


def test_on_n_invite_pas_deux_fois_ni_quelqu_un_qui_a_deja_acces(aline: Personne) -> None:
    _inviter(aline)
    with pytest.raises(SaisieRefusee, match="déjà invitée"):
        _inviter(aline, "BRUNO@essai.example")
    louise = personne("Louise", "Rey")
    rattacher(louise)
    with pytest.raises(SaisieRefusee, match="déjà un accès"):
        _inviter(aline, louise.email)


def test_les_droits_impossibles_sont_refuses(aline: Personne) -> None:
    with pytest.raises(SaisieRefusee, match="au moins un droit"):
        _inviter(aline, droits=[])
    with pytest.raises(SaisieRefusee, match="établissement de cette entreprise"):
        _inviter(aline, droits=[sur_un_siret(f"{AUTRE_SIREN}00074", Domaine.PLAN)])
    assert not Courriel.objects.exists()


def test_seul_un_administrateur_de_ce_cote_invite(aline: Personne) -> None:
    bruno, driss, gael = personne("Bruno"), personne("Driss"), personne("Gaël")
    rattacher(bruno, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE), sur_le_siren(Domaine.PLAN)])
    rattacher(driss, SIREN, Profil.PRESTATAIRE)
    for autre in (bruno, driss, gael):
        with pytest.raises(DroitManquant, match="Aline Ferrand"):
            _inviter(autre, "x@essai.example")


def test_un_droit_peut_finir_un_jour_donne_inclus(aline: Personne) -> None:
    fin = date(2026, 12, 31)
    _inviter(aline, droits=[DemandeDroit(Etendue.SIRET, SIRET, Domaine.PLAN, Niveau.SAISIE, fin)])
    bruno = _compte()
    rattacher_invitations(personne_id=bruno.id, maintenant=LE)
    minuit = LE.replace(year=2026, month=12, day=31, hour=23, minute=0)
    assert acteur(bruno, minuit - timedelta(seconds=1)).perimetre(SAISIE)
    assert not acteur(bruno, minuit).perimetre(SAISIE)


def test_ce_que_donne_un_administrateur_en_probation_porte_la_meme_probation() -> None:
    organisation()
    nouveau = personne()
    fin = LE + timedelta(hours=72)
    rattacher(nouveau, probation_jusqu_a=fin)
    _inviter(nouveau, droits=tous_les_droits())
    bruno = _compte()
    rattacher_invitations(personne_id=bruno.id, maintenant=LE)
    pendant, apres = acteur(bruno, fin - timedelta(seconds=1)), acteur(bruno, fin)
    assert not pendant.est_administrateur(SIREN)
    assert not pendant.perimetre(Droit(Domaine.RIB, Niveau.LECTURE))
    assert apres.est_administrateur(SIREN)
    assert apres.perimetre(Droit(Domaine.RIB, Niveau.GESTION))
