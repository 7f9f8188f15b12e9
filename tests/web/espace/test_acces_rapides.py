"""Quick accesses and tasks on the pages: kept from a list, arranged, shared, counted on the home; the digest asked and stopped."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jalon.habilitations.enums import Role
from jalon.socle.acteurs import Domaine, Niveau
from jalon.vues.enums import Rythme
from jalon.vues.models import VueEnregistree
from jalon.vues.requetes.recapitulatifs import jeton_d_arret, rythme_de
from tests.dossiers.fabrique import LE, PORTEFEUILLE, SIREN, brouillon, en_instruction, monde, transmis
from tests.habilitations import fabrique as h
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
ACCUEIL = f"/e/{SIREN}/"
ICI = f"/e/{SIREN}/acces-rapides/"
VUE = {"nom": "Mes dossiers en attente", "icone": "hourglass", "place": "accueil", "partage": "collegues", "alerte": "non"}
POUR_MOI = VUE | {"partage": "moi"}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Client:
    monde()
    qui = h.personne("Aline", "Ferrand")
    h.rattacher(qui, SIREN)
    return navigateur_de(qui)


def _texte(navigateur: Client, adresse: str) -> str:
    reponse = navigateur.get(adresse)
    assert reponse.status_code == 200, adresse
    nu = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&nbsp;", " ")
    return re.sub(r"\s+", " ", nu)


def _garder(navigateur: Client, **champs: str) -> Any:
    return navigateur.post(f"{ICI}nouveau/dossiers/?etat=en_instruction&page=abc", VUE | champs, follow=True)


def test_une_liste_filtree_devient_une_carte_avec_son_compte(aline: Client) -> None:
    en_instruction()
    transmis()
    liste = aline.get(f"/e/{SIREN}/dossiers/?etat=en_instruction&page=abc").content.decode()
    assert f'href="{ICI}nouveau/dossiers/?etat=en_instruction"' in liste
    assert "nouveau/dossiers/" not in aline.get(f"/e/{SIREN}/dossiers/?etat=disparu").content.decode()
    for nom in ("brouillons", "factures", "reglements"):
        assert f"{ICI}nouveau/{nom}/" in aline.get(f"/e/{SIREN}/{nom}/").content.decode()
        assert aline.get(f"{ICI}nouveau/{nom}/").status_code == 200
    assert "Garder cette vue" in _texte(aline, f"{ICI}nouveau/dossiers/?etat=en_instruction")
    reponse = _garder(aline)
    assert reponse.redirect_chain == [(ICI, 302)]
    page = aline.get(ACCUEIL).content.decode()
    carte = re.search(r'<a class="qa" href="([^"]+)">(?:(?!</a>).)*Mes dossiers en attente', page, re.DOTALL)
    assert carte is not None
    assert carte[1] == f"/e/{SIREN}/dossiers/?etat=en_instruction"
    assert re.search(r'qa__n num">1</span><span class="qa__t">Mes dossiers en attente', page)
    assert re.search(r'qa__n num">2</span><span class="qa__t">En attente de décision', page)


def test_la_page_range_masque_et_suit(aline: Client) -> None:
    _garder(aline)
    cle = str(VueEnregistree.objects.get().pk)

    def noms() -> list[str]:
        return re.findall(r'class="qa__t">([^<]+)<', aline.get(ACCUEIL).content.decode())

    assert noms()[-1] == VUE["nom"]
    aline.post(ICI, {"cle": cle, "acte": "haut"})
    assert noms()[-2] == VUE["nom"]
    aline.post(ICI, {"cle": cle, "acte": "bas"})
    aline.post(ICI, {"cle": cle, "acte": "suivre"})
    assert "Ne plus me prévenir" in _texte(aline, ICI)
    aline.post(ICI, {"cle": cle, "acte": "masquer"})
    assert VUE["nom"] not in noms()
    aline.post(ICI, {"cle": "prete:pieces-demandees", "acte": "masquer"})
    assert "Pièces demandées" not in noms()
    assert aline.post(ICI, {"cle": cle, "acte": "voler"}).status_code == 404


def test_un_filtre_qui_ne_dit_plus_rien_le_dit_sur_la_carte_et_dans_la_page(aline: Client) -> None:
    _garder(aline)
    VueEnregistree.objects.update(parametres="etat=disparu")
    assert "Filtre à revoir" in _texte(aline, ACCUEIL)
    assert "gardez-la de nouveau" in _texte(aline, ICI)
    refus = aline.post(f"{ICI}nouveau/dossiers/?etat=disparu", VUE)
    assert refus.status_code == 422
    assert "disparu" in refus.content.decode()


def test_renommer_partager_retirer_supprimer(aline: Client) -> None:
    _garder(aline)
    vue = VueEnregistree.objects.get()
    bruno = h.personne("Bruno", "Marchetti")
    h.rattacher(bruno, SIREN, droits=[h.sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    collegue = navigateur_de(bruno)
    assert "Partagé par Aline Ferrand" in _texte(collegue, ACCUEIL)
    assert collegue.get(reverse("vue_modifier", args=[vue.pk])).status_code == 403
    aline.post(reverse("vue_modifier", args=[vue.pk]), POUR_MOI | {"nom": "Autre nom"})
    assert "Autre nom" in _texte(aline, ICI)
    assert "Autre nom" not in _texte(collegue, ACCUEIL)
    assert "Supprimer cet accès rapide" in _texte(aline, reverse("vue_supprimer", args=[vue.pk]))
    aline.post(reverse("vue_supprimer", args=[vue.pk]))
    assert not VueEnregistree.objects.exists()
    collegue.post(f"{ICI}nouveau/dossiers/", VUE)
    retirer = reverse("vue_partage_retirer", args=[VueEnregistree.objects.get().pk])
    assert retirer in aline.get(ICI).content.decode()
    assert aline.post(retirer).status_code == 302
    assert VueEnregistree.objects.filter(partagee=False).count() == 1


def test_tous_mes_espaces_et_l_opco_ont_les_leurs(aline: Client) -> None:
    assert "/mes/acces-rapides/nouveau/dossiers/" in aline.get("/mes/dossiers/").content.decode()
    aline.post("/mes/acces-rapides/nouveau/dossiers/?etat=transmis", POUR_MOI | {"nom": "Partout"})
    assert VueEnregistree.objects.get().siren == ""
    assert "Partout" in _texte(aline, "/mes/acces-rapides/")
    transmis()
    emma = navigateur_de(h.agent(Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Roy"))
    assert "/opco/acces-rapides/nouveau/dossiers/" in emma.get("/opco/dossiers/").content.decode()
    emma.post("/opco/acces-rapides/nouveau/dossiers/?dispositif=action_formation", VUE | {"nom": "Plan"})
    page = emma.get("/opco/").content.decode()
    assert "/opco/dossiers/?dispositif=action_formation" in page
    assert re.search(r'qa__n num">1</span><span class="qa__t">Plan<', page)
    assert re.search(r'qa__n num">1</span><span class="qa__t">Dossiers à prendre<', page)


def test_l_accueil_coute_la_meme_chose_avec_dix_cartes(aline: Client, django_assert_max_num_queries: Any) -> None:
    en_instruction()
    for rang in range(10):
        _garder(aline, nom=f"Vue {rang}")
    aline.get(ACCUEIL)
    with django_assert_max_num_queries(60):
        page = aline.get(ACCUEIL).content.decode()
    assert page.count('class="qa__n num"') == 10
    _garder(aline, nom="De trop", place="page")
    pleine = aline.post(ICI, {"cle": str(VueEnregistree.objects.get(nom="De trop").pk), "acte": "montrer"})
    assert pleine.status_code == 422
    assert "10 accès rapides au plus" in pleine.content.decode()


def test_les_taches_se_filtrent_par_genre_et_leur_nombre_est_dans_l_en_tete(aline: Client) -> None:
    brouillon()
    en_tete = aline.get(f"/e/{SIREN}/dossiers/").content.decode()
    assert f'hx-get="/e/{SIREN}/taches/nombre/"' in en_tete
    assert "2" in _texte(aline, f"/e/{SIREN}/taches/nombre/")
    assert (
        "hx-get"
        not in re.findall(r'<a class="btn btn--3 btn--s taches-h".*?</a>', aline.get(ACCUEIL).content.decode(), re.DOTALL)[0]
    )
    toutes = _texte(aline, f"/e/{SIREN}/taches/")
    assert "Brouillons à terminer 1" in toutes
    assert "Nommer un second administrateur" in toutes
    filtrees = _texte(aline, f"/e/{SIREN}/taches/?genre=brouillon")
    assert "Terminer et transmettre" in filtrees
    assert "Nommer un second administrateur" not in filtrees
    assert "Aucune tâche ne correspond" in _texte(aline, f"/e/{SIREN}/taches/?genre=rib")


def test_le_recapitulatif_se_choisit_et_s_arrete_sans_compte(aline: Client) -> None:
    qui = h.Personne.objects.get(prenom="Aline")
    assert "Chaque lundi" in _texte(aline, "/compte/courriels/")
    aline.post("/compte/courriels/", {"rythme": "hebdomadaire"})
    assert rythme_de(qui.pk) == Rythme.HEBDOMADAIRE
    lien = f"/courriels/taches/{jeton_d_arret(qui.pk)}/"
    visiteur = Client()
    assert "Ne plus recevoir le récapitulatif ?" in _texte(visiteur, lien)
    assert rythme_de(qui.pk) == Rythme.HEBDOMADAIRE
    assert "C’est fait" in visiteur.post(lien).content.decode()
    assert rythme_de(qui.pk) == Rythme.JAMAIS
    assert visiteur.get("/courriels/taches/faux/").status_code == 404
