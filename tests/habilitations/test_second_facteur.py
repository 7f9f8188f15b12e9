"""Which second factor is asked: the rule as a table, then through the pages, at each request."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jalon.comptes.models import Personne
from jalon.habilitations.enums import Etendue, Role
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.second_facteur import JAMAIS_DISPENSES, Exigence, exigence
from jalon.socle import horloge
from jalon.socle.acteurs import Domaine, Droit, Niveau
from tests.habilitations.fabrique import SIREN, agent, organisation, personne, rattacher
from tests.seances import navigateur_de

LIRE_LE_PLAN = Droit(Domaine.PLAN, Niveau.LECTURE)
LIRE_L_ALTERNANCE = Droit(Domaine.ALTERNANCE, Niveau.LECTURE)
CAS = [
    # opco, rights, readers exempted, passkey for the OPCO, expected
    (False, [LIRE_LE_PLAN], False, True, Exigence.SECOND_FACTEUR),
    (False, [LIRE_LE_PLAN], True, True, Exigence.AUCUNE),
    (False, [LIRE_LE_PLAN, LIRE_L_ALTERNANCE, Droit(Domaine.REGLEMENTS, Niveau.LECTURE)], True, True, Exigence.AUCUNE),
    (False, [Droit(Domaine.SALARIES, Niveau.LECTURE)], True, True, Exigence.AUCUNE),
    (False, [], True, True, Exigence.SECOND_FACTEUR),
    (False, [LIRE_LE_PLAN, Droit(Domaine.PLAN, Niveau.SAISIE)], True, True, Exigence.SECOND_FACTEUR),
    (False, [Droit(Domaine.PLAN, Niveau.ENVOI)], True, True, Exigence.SECOND_FACTEUR),
    (False, [Droit(Domaine.ACCES, Niveau.GESTION)], True, True, Exigence.SECOND_FACTEUR),
    *((False, [LIRE_LE_PLAN, Droit(d, Niveau.LECTURE)], True, True, Exigence.SECOND_FACTEUR) for d in sorted(JAMAIS_DISPENSES)),
    (True, [], True, True, Exigence.CLE_D_ACCES),
    (True, [LIRE_LE_PLAN], True, True, Exigence.CLE_D_ACCES),
    (True, [LIRE_LE_PLAN], True, False, Exigence.SECOND_FACTEUR),
    (True, [], False, False, Exigence.SECOND_FACTEUR),
]


@pytest.mark.parametrize(("opco", "droits", "dispenses", "cle", "attendue"), CAS)
def test_la_regle(opco: bool, droits: list[Droit], dispenses: bool, cle: bool, attendue: Exigence) -> None:
    assert exigence(opco=opco, droits=droits, lecteurs_dispenses=dispenses, cle_pour_l_opco=cle) == attendue


def test_l_argent_les_listes_et_les_acces_ne_sont_jamais_dispenses() -> None:
    assert {Domaine.RIB, Domaine.FACTURES, Domaine.EXPORTS, Domaine.ACCES} == JAMAIS_DISPENSES


def _lecteur() -> Personne:
    organisation()
    bruno = personne("Bruno", "Marchetti", prete=False)
    rattacher(bruno, droits=[DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE)])
    return bruno


@pytest.mark.django_db
def test_par_defaut_un_lecteur_aussi_installe_un_second_facteur() -> None:
    navigateur = navigateur_de(_lecteur(), "password")
    assert navigateur.get(reverse("espace_accueil", args=[SIREN]))["Location"] == reverse("mfa_index")


@pytest.mark.django_db
def test_un_lecteur_dispense_l_est_a_chaque_demande_et_pas_au_dela(settings: Settings) -> None:
    settings.JALON_SECOND_FACTEUR_LECTEURS = "facultatif"
    bruno = _lecteur()
    navigateur, page = navigateur_de(bruno, "password"), reverse("espace_accueil", args=[SIREN])
    assert navigateur.get(page).status_code == 200
    droit = DroitAccorde.objects.get(rattachement__personne=bruno)
    droit.niveau = Niveau.SAISIE
    droit.save()
    assert navigateur.get(page)["Location"] == reverse("mfa_index")
    droit.niveau, droit.fin = Niveau.LECTURE, horloge.maintenant() + timedelta(hours=1)
    droit.save()
    assert navigateur.get(page).status_code == 200
    droit.fin = droit.debut + timedelta(seconds=1)
    droit.save()
    assert navigateur.get(page)["Location"] == reverse("mfa_index")


@pytest.mark.django_db
def test_un_administrateur_et_une_personne_sans_droit_ne_sont_pas_dispenses(settings: Settings) -> None:
    settings.JALON_SECOND_FACTEUR_LECTEURS = "facultatif"
    organisation()
    aline, gael = personne(prete=False), personne("Gaël", "Roux", prete=False)
    rattacher(aline)
    for qui, page in ((aline, reverse("espace_accueil", args=[SIREN])), (gael, reverse("accueil"))):
        assert navigateur_de(qui, "password").get(page)["Location"] == reverse("mfa_index")


@pytest.mark.django_db
def test_ce_qui_demande_une_confirmation_mene_qui_n_a_rien_a_en_installer_un(settings: Settings) -> None:
    settings.JALON_SECOND_FACTEUR_LECTEURS = "facultatif"
    bruno = _lecteur()
    adresse = reverse("espace_retirer", args=[SIREN, DroitAccorde.objects.get().rattachement_id])
    assert navigateur_de(bruno, "password").get(adresse)["Location"].startswith(reverse("mfa_index"))


def _cle(qui: Personne) -> None:
    Authenticator.objects.create(user=qui, type=Authenticator.Type.WEBAUTHN, data={"name": "Bureau", "credential": {}})


def _preuve(navigateur: Client, genre: str) -> None:
    seance = navigateur.session
    (preuve,) = seance["account_authentication_methods"]
    seance["account_authentication_methods"] = [preuve | {"type": genre}]
    seance.save()


@pytest.mark.django_db
def test_une_personne_de_l_opco_cree_une_cle_puis_s_en_sert(settings: Settings) -> None:
    settings.JALON_CLE_ACCES_OPCO = True
    emma = agent(Role.AEF)
    navigateur, page = navigateur_de(emma), reverse("opco_accueil")
    detour = navigateur.get(page)["Location"]
    assert detour == f"{reverse('cle_requise')}?next=%2Fopco%2F"
    html = navigateur.get(detour).content.decode()
    assert reverse("mfa_add_webauthn") in html
    _cle(emma)
    assert navigateur.get(page)["Location"] == detour
    assert f"{reverse('mfa_reauthenticate_webauthn')}?next=%2Fopco%2F" in navigateur.get(detour).content.decode()
    _preuve(navigateur, "webauthn")
    assert navigateur.get(page).status_code == 200
    Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).delete()
    assert navigateur.get(page)["Location"] == detour


@pytest.mark.django_db
def test_l_adresse_de_retour_reste_chez_nous(settings: Settings) -> None:
    settings.JALON_CLE_ACCES_OPCO = True
    emma = agent(Role.AEF)
    _cle(emma)
    html = navigateur_de(emma).get(reverse("cle_requise"), {"next": "https://pirate.example/"}).content.decode()
    assert "pirate" not in html


@pytest.mark.django_db
def test_un_code_a_six_chiffres_ne_confirme_pas_une_personne_de_l_opco(settings: Settings) -> None:
    emma = agent(Role.AEF)
    navigateur = navigateur_de(emma)
    adresse = reverse("opco_acces_decider", args=[emma.pk])
    assert navigateur.post(adresse).status_code == 422
    settings.JALON_CLE_ACCES_OPCO = True
    _cle(emma)
    _preuve(navigateur, "webauthn")
    assert navigateur.post(adresse).status_code == 422
    seance = navigateur.session
    (preuve,) = seance["account_authentication_methods"]
    seance["account_authentication_methods"] = [preuve | {"at": preuve["at"] - 301}, preuve | {"type": "totp"}]
    seance.save()
    assert navigateur.post(adresse)["Location"].startswith(f"{reverse('mfa_reauthenticate_webauthn')}?next=")
