"""A mandate from end to end through the pages: given, spread, used, counted, ended."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.dossiers.models import Dossier
from jalon.habilitations.models import Affectation, Mandat, Rattachement
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.dates import fin_du_jour
from jalon.web.espace import clients as mes_clients
from tests.habilitations.fabrique import CABINET, LE, SIREN, agent, confier, donner, organisation, personne, rattacher, sirens
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db
NIVEAUX = {f"niveau_{d}": "0" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")}
MANDAT = {**NIVEAUX, "niveau_plan": "3", "mandataire": "552 100 554", "etendue": "siren", "debut": "", "fin": "31/05/2027"}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture(autouse=True)
def _organisations() -> None:
    organisation()
    organisation(CABINET, "ALPES COMPTA")


@pytest.fixture
def aline() -> Client:
    qui = personne()
    rattacher(qui)
    return navigateur_de(qui)


@pytest.fixture
def paul() -> Client:
    qui = personne("Paul", "Alpes")
    rattacher(qui, CABINET, Profil.PRESTATAIRE)
    return navigateur_de(qui)


@pytest.fixture
def chloe() -> Personne:
    return personne("Chloé", "Bertin")


@pytest.fixture
def lien(chloe: Personne) -> Rattachement:
    return rattacher(chloe, CABINET, Profil.PRESTATAIRE, [])


def _lire(navigateur: Client, nom: str, *args: object, suite: str = "", statut: int = 200) -> str:
    reponse = navigateur.get(reverse(nom, args=args) + suite, follow=True)
    assert reponse.status_code == statut, reponse.status_code
    page = reponse.content.decode()
    page_valide(page)
    return page


def test_du_mandat_donne_au_mandat_termine(aline: Client, paul: Client, chloe: Personne, lien: Rattachement) -> None:
    assert "Aucun mandat" in _lire(aline, "espace_mandats", SIREN)
    reponse = aline.post(reverse("espace_mandat_nouveau", args=[SIREN]), MANDAT, follow=True)
    page_valide(reponse.content.decode())
    assert "Personne pour l’instant" in reponse.content.decode()
    mandat = Mandat.objects.tous("essai").get()
    assert "Mandat donné à ALPES COMPTA" in _lire(paul, "espace_mandat", CABINET, mandat.id)
    assert "Chloé Bertin (0)" in _lire(paul, "espace_repartition", CABINET)

    choix = {
        **NIVEAUX,
        "niveau_plan": "4",
        "mandats": [str(mandat.id)],
        "collaborateur": str(lien.id),
        "acte": "confier",
        "cible": "coches",
    }
    repartie = paul.post(reverse("espace_repartition", args=[CABINET]), choix, follow=True).content.decode()
    page_valide(repartie)
    assert "Clients confiés ou modifiés\u00a0: 1" in repartie
    assert Affectation.objects.get().droits == "plan 3"

    collaboratrice = navigateur_de(chloe)
    portefeuille = _lire(collaboratrice, "accueil")
    assert "Mes clients" in portefeuille
    assert "BELLERIVE RESTAURATION" in portefeuille
    chez_le_client = _lire(collaboratrice, "espace_accueil", SIREN)
    assert "Par mandat" in chez_le_client
    assert "par le mandat donné à ALPES COMPTA" in _lire(collaboratrice, "espace_mes_droits", SIREN)
    assert reverse("espace_clients", args=[CABINET]) in chez_le_client
    assert "Chloé Bertin" in _lire(aline, "espace_mandat", SIREN, mandat.id)

    fin = reverse("espace_mandat_terminer", args=[SIREN, mandat.id])
    assert "ne verra plus rien" in aline.get(fin).content.decode()
    terminee = aline.post(fin, {"motif": "Changement de cabinet"}, follow=True).content.decode()
    assert "Changement de cabinet" in terminee
    assert collaboratrice.get(reverse("espace_accueil", args=[SIREN])).status_code == 404
    assert "Changement de cabinet" in _lire(paul, "espace_mandat", CABINET, mandat.id)


def test_le_cabinet_reprend_un_client(paul: Client, lien: Rattachement) -> None:
    confier(donner(), lien)
    page = _lire(paul, "espace_repartition", CABINET, suite=f"?collaborateur={lien.id}")
    assert "Chloé Bertin (1)" in page
    choix = {**NIVEAUX, "cible": "tous", "collaborateur": str(lien.id), "acte": "reprendre"}
    assert paul.post(reverse("espace_repartition", args=[CABINET]), choix).status_code == 302
    assert not Affectation.objects.filter(revoquee_le__isnull=True).exists()


def test_tous_les_clients_de_la_recherche_et_eux_seuls(paul: Client, lien: Rattachement) -> None:
    for siren in sirens(60):
        organisation(siren, f"CLIENT {siren[-3:]}")
        donner(siren)
    organisation(sirens(1)[0], "BOULANGERIE DU LAC")
    choix = {**NIVEAUX, "niveau_plan": "1", "cible": "tous", "collaborateur": str(lien.id), "acte": "confier"}
    assert paul.post(reverse("espace_repartition", args=[CABINET]) + "?q=boulangerie", choix).status_code == 302
    assert Affectation.objects.get().mandat.siren == sirens(1)[0]
    premiere = _lire(paul, "espace_repartition", CABINET)
    assert premiere.count('name="mandats"') == 50
    suite = premiere.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    seconde = paul.get(suite).content.decode()
    assert seconde.count('name="mandats"') == 10


def test_sans_client_coche_la_page_le_dit(paul: Client, lien: Rattachement) -> None:
    autre = donner(mandataire=sirens(1)[0])
    choix = {**NIVEAUX, "niveau_plan": "1", "cible": "coches", "mandats": [str(autre.id)], "collaborateur": str(lien.id)}
    donner()
    for acte in ("confier", "reprendre"):
        reponse = paul.post(reverse("espace_repartition", args=[CABINET]), {**choix, "acte": acte})
        assert reponse.status_code == 422
        assert "Choisissez au moins un client" in reponse.content.decode()
    assert not Affectation.objects.exists()


def test_le_cabinet_ne_modifie_pas_le_mandat(paul: Client) -> None:
    mandat = donner()
    assert paul.get(reverse("espace_mandat_modifier", args=[CABINET, mandat.id])).status_code == 404
    assert "Modifier ou renouveler" not in _lire(paul, "espace_mandat", CABINET, mandat.id)


def test_renouveler_part_de_ce_qui_est(aline: Client) -> None:
    mandat = donner(sirets=[f"{SIREN}00010"], niveaux={Domaine.PLAN: Niveau.ENVOI})
    adresse = reverse("espace_mandat_modifier", args=[SIREN, mandat.id])
    page = aline.get(adresse).content.decode()
    page_valide(page)
    assert 'value="siret" ' in page
    assert '<option value="3" selected>Envoi</option>' in page
    choix = {**NIVEAUX, "niveau_plan": "1", "etendue": "siren", "fin": "23/11/2027"}
    assert aline.post(adresse, choix).status_code == 302
    relu = Mandat.objects.tous("essai").get()
    assert (relu.droits, relu.sirets, relu.fin.isoformat()) == ("plan 1", [], "2027-11-23T23:00:00+00:00")
    Mandat.objects.tous("essai").update(termine_le=LE)
    assert aline.get(adresse).status_code == 409


def test_donner_demande_un_second_facteur_recent(aline: Client) -> None:
    seance = aline.session
    seance["account_authentication_methods"] = [
        preuve | {"at": preuve["at"] - 301} for preuve in seance["account_authentication_methods"]
    ]
    seance.save()
    for adresse in (reverse("espace_mandat_nouveau", args=[SIREN]), reverse("espace_mandat_modifier", args=[SIREN, donner().id])):
        assert "reauthenticate" in aline.post(adresse, MANDAT)["Location"]


def test_inviter_un_collaborateur_sans_droit_propre(paul: Client) -> None:
    reponse = paul.post(reverse("espace_collaborateur_nouveau", args=[CABINET]), {"adresse": "zoe@alpes.example"}, follow=True)
    assert "L’invitation est envoyée à zoe@alpes.example" in reponse.content.decode()
    invitee = Rattachement.objects.tous("essai").get(courriel_invite="zoe@alpes.example")
    assert not invitee.droits.exists()


def test_mes_clients_se_trient_se_cherchent_et_se_paginent(chloe: Personne, lien: Rattachement) -> None:
    liste = sirens(120)
    for rang, siren in enumerate(liste):
        organisation(siren, f"CLIENT {rang:03d}")
        confier(donner(siren), lien)
    navigateur = navigateur_de(chloe)
    premiere = _lire(navigateur, "espace_clients", CABINET, suite="?tri=nom")
    assert "CLIENT 000" in premiere
    assert "CLIENT 050" not in premiere
    suite = premiere.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    seconde = navigateur.get(suite).content.decode()
    assert "CLIENT 050" in seconde
    assert "CLIENT 049" not in seconde
    assert "CLIENT 099" in seconde
    trouvee = _lire(navigateur, "espace_clients", CABINET, suite="?q=client+107")
    assert "CLIENT 107" in trouvee
    assert "1 client<" in trouvee
    assert "Aucun de vos clients" in _lire(navigateur, "espace_clients", CABINET, suite="?q=absent")


def test_mes_clients_coute_autant_de_requetes_pour_un_que_pour_cent(chloe: Personne, lien: Rattachement) -> None:
    navigateur = navigateur_de(chloe)
    nombres = []
    liste = sirens(102)
    for lot in (liste[:1], liste[1:2], liste[2:]):
        for siren in lot:
            organisation(siren, f"CLIENT {siren}")
            confier(donner(siren), lien)
        with CaptureQueriesContext(connection) as requetes:
            navigateur.get(reverse("espace_clients", args=[CABINET]))
        nombres.append(len(requetes))
    assert nombres[1] == nombres[2] <= 20, nombres


def test_les_colonnes_trient_la_plus_grande_d_abord() -> None:
    lignes = [
        mes_clients.Client("1", "B", (), a_completer=1),
        mes_clients.Client("2", "A", (), brouillons=2),
        mes_clients.Client("3", "C", (), a_completer=1),
    ]
    for tri, attendu in (("nom", "213"), ("a_faire", "213"), ("a_completer", "132"), ("rejetees", "213")):
        assert "".join(c.siren for _, c in mes_clients.ordonner(lignes, tri)) == attendu, tri


def test_sans_mandat_ni_droit_le_cabinet_reste_ferme(chloe: Personne, lien: Rattachement) -> None:
    confier(donner(fin=fin_du_jour(LE.date())), lien)
    navigateur = navigateur_de(chloe)
    assert navigateur.get(reverse("espace_clients", args=[CABINET])).status_code == 200
    with time_machine.travel(fin_du_jour(LE.date()), tick=False):
        navigateur = navigateur_de(chloe)
        assert navigateur.get(reverse("espace_clients", args=[CABINET])).status_code == 403
        assert navigateur.get(reverse("espace_accueil", args=[SIREN])).status_code == 404


def test_un_administrateur_du_cabinet_garde_son_espace(paul: Client) -> None:
    assert "Aucun client ne vous est confié" in _lire(paul, "espace_clients", CABINET)
    assert "Répartir les mandats reçus" in _lire(paul, "espace_mandats", CABINET, suite="?profil=prestataire")
    assert Dossier.objects.tous("essai").count() == 0


def _contenu(reponse: Any) -> str:
    page: str = reponse.content.decode()
    page_valide(page)
    return page


@pytest.fixture
def louise(aline: Client) -> Client:
    qui = personne("Louise", "Rey")
    rattacher(qui)
    return navigateur_de(qui)


ETENDU = {**MANDAT, "niveau_factures": "2"}


def _etendu(aline: Client) -> Mandat:
    reponse = aline.post(reverse("espace_mandat_nouveau", args=[SIREN]), ETENDU, follow=True)
    assert "attend\u00a0: 24\u00a0heures" in _contenu(reponse)
    mandat: Mandat = Mandat.objects.tous("essai").get()
    return mandat


def test_un_mandat_etendu_attend_et_une_autre_administratrice_le_confirme(aline: Client, louise: Client) -> None:
    mandat = _etendu(aline)
    ici, decider = (reverse(nom, args=[SIREN, mandat.id]) for nom in ("espace_mandat", "espace_mandat_decider"))
    assert re.search(r"il compte le mer\. 25.nov\., 10:00", _contenu(aline.get(ici)))
    assert decider not in aline.get(ici).content.decode()
    liste = _contenu(louise.get(reverse("espace_mandats", args=[SIREN])))
    assert "En attente" in liste
    assert re.search(r"Compte le mer\. 25.nov\., 10:00", liste)
    assert f'action="{decider}"' in _contenu(louise.get(ici))
    assert "Confirmer un mandat" in louise.get(reverse("espace_taches", args=[SIREN])).content.decode()
    sans_motif = louise.post(decider, {"decision": "refuser"})
    assert sans_motif.status_code == 422
    _contenu(sans_motif)
    assert aline.post(decider, {"decision": "accorder"}).status_code == 403
    fait = louise.post(decider, {"decision": "accorder"}, follow=True).content.decode()
    assert "Le mandat est confirmé." in fait
    assert "En cours" in fait


def test_un_elargissement_se_montre_a_cote_de_ce_qui_compte(aline: Client, louise: Client) -> None:
    mandat = donner(niveaux={Domaine.PLAN: Niveau.ENVOI}, fin=fin_du_jour(LE.date().replace(year=2027, month=5)))
    changement = {nom: valeur for nom, valeur in ETENDU.items() if nom not in {"mandataire", "debut"}}
    aline.post(reverse("espace_mandat_modifier", args=[SIREN, mandat.id]), changement)
    page = _contenu(louise.get(reverse("espace_mandat", args=[SIREN, mandat.id])))
    assert "Un élargissement attend une autre personne" in page
    assert "Le reste compte déjà" in page
    liste = louise.get(reverse("espace_mandats", args=[SIREN])).content.decode()
    assert re.search(r"Un élargissement compte le mer\. 25.nov\., 10:00", liste)
    louise.post(reverse("espace_mandat_decider", args=[SIREN, mandat.id]), {"decision": "refuser", "motif": "Trop"})
    assert "élargissement" not in louise.get(reverse("espace_mandats", args=[SIREN])).content.decode()


def test_l_aef_leve_un_mandat_donne_en_rafale(aline: Client) -> None:
    etroit = {**MANDAT, "niveau_plan": "1"}
    for mandataire in (*sirens(3), CABINET):
        reponse = aline.post(reverse("espace_mandat_nouveau", args=[SIREN]), {**etroit, "mandataire": mandataire}, follow=True)
    assert "attend une vérification" in reponse.content.decode()
    retenu = Mandat.objects.tous("essai").get(retenu=True)
    hugo = navigateur_de(agent())
    page = _contenu(hugo.get(reverse("opco_acces")))
    decider = reverse("opco_mandat_decider", args=[retenu.id])
    assert "Mandats donnés en rafale" in page
    assert f'action="{decider}"' in page
    assert hugo.post(decider, {"decision": "refuser"}).status_code == 422
    assert "Le mandat est confirmé." in hugo.post(decider, {"decision": "accorder"}, follow=True).content.decode()
    assert not Mandat.objects.tous("essai").get(id=retenu.id).retenu
