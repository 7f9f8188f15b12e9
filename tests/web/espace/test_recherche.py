"""Search of everything at once, each kind within the rights of who searches."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.dossiers.models import Dossier
from jalon.organisations.models import Organisation
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN, SIREN_OF
from tests.matrice.lieux import CANARI_A, CANARI_B
from tests.matrice.monde import Monde
from tests.salaries.outils import ZOE_NIR

LIEN = re.compile(r'<li><a href="([^"]+)">.*?<div>(.*?)(?:<span>(.*?)</span>)?</div>', re.DOTALL)
SECTION = re.compile(r'<section><h2 class="trouves__t">(.*?)</h2>(.*?)</section>', re.DOTALL)


def chercher(monde: Monde, role: str, texte: str, adresse: str = f"/e/{SIREN}/recherche/") -> dict[str, list[tuple[str, str]]]:
    """Kind -> (title, address) of each answer, as htmx receives them."""
    reponse = monde.client(role).get(adresse, {"q": texte}, headers={"HX-Request": "true"})
    assert reponse.status_code == 200
    page = reponse.content.decode()
    assert "<html" not in page
    return {titre: [(unescape(t), url) for url, t, _ in LIEN.findall(corps)] for titre, corps in SECTION.findall(page)}


def accorde(monde: Monde) -> Dossier:
    return Dossier.objects.tous("essai").get(pk=monde.objets["accorde"])


def test_un_numero_mene_au_dossier_et_a_ses_factures(monde: Monde) -> None:
    dossier = accorde(monde)
    trouve = chercher(monde, "a_admin", f" {(dossier.numero or '').lower()} ")
    assert trouve["Dossiers"] == [(dossier.titre, f"/e/{SIREN}/dossiers/{dossier.pk}/")]
    assert {url.rsplit("/", 2)[0] for titre, url in trouve["Factures"] if titre.startswith("Facture ")} == {
        f"/e/{SIREN}/factures"
    }


def test_un_mot_sans_casse_trouve_les_dossiers_et_dit_ou_voir_tout(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.web.composants.recherche.PAR_RUBRIQUE", 3)
    trouve = chercher(monde, "a_admin", CANARI_A.upper())
    assert len(trouve["Dossiers"]) == 4
    assert trouve["Dossiers"][-1] == ("Tout voir dans la liste", f"/e/{SIREN}/dossiers/?q={CANARI_A.upper()}")


@pytest.mark.parametrize("adresse", [f"/e/{SIREN}/recherche/", "/recherche/"])
def test_rien_d_autrui_ne_repond(monde: Monde, adresse: str) -> None:
    assert chercher(monde, "a_admin", CANARI_B, adresse) == {}


def test_une_personne_se_trouve_par_un_morceau_de_son_nom_par_qui_voit_les_acces(monde: Monde) -> None:
    nom = monde.personnes["a_lecteur"].nom_complet
    attendue = (nom, f"/e/{SIREN}/habilitations/?q={nom.replace(' ', '+')}")
    assert attendue in chercher(monde, "a_admin", nom[1:].upper())["Personnes"]
    assert "Personnes" not in chercher(monde, "a_envoi", nom[1:])


def test_un_salarie_se_trouve_sans_accent_ni_casse_par_qui_lit_les_salaries(monde: Monde) -> None:
    salarie = f"/e/{SIREN}/salaries/{monde.objets['salarie']}/"
    for role in ("a_admin", "a_lecteur"):
        for texte in ("zoe EXEM", "Exemple"):
            assert ("Zoé Exemple", salarie) in chercher(monde, role, texte)["Salariés"]
    assert ("Zoé Exemple", salarie) in chercher(monde, "a_admin", "zoé exemple", "/recherche/")["Salariés"]
    for role, adresse in (
        ("a_saisie", f"/e/{SIREN}/recherche/"),
        ("p_admin", f"/e/{SIREN_OF}/recherche/"),
        ("sans_droit", "/recherche/"),
    ):
        assert "Salariés" not in chercher(monde, role, "zoe", adresse)
    for nir in (ZOE_NIR, ZOE_NIR[:13]):
        assert "Salariés" not in chercher(monde, "a_admin", nir)


def test_un_salarie_d_une_autre_entreprise_ne_repond_que_la_ou_l_on_en_est(monde: Monde) -> None:
    autre = f"/e/{AUTRE_SIREN}/salaries/{monde.objets['autre_salarie']}/"
    assert autre not in [url for _, url in chercher(monde, "a_admin", "zoe", "/recherche/")["Salariés"]]
    assert autre in [url for _, url in chercher(monde, "double_admin", "zoe", "/recherche/")["Salariés"]]
    assert autre not in [url for _, url in chercher(monde, "double_admin", "zoe")["Salariés"]]


def test_les_salaries_de_trop_de_clients_se_cherchent_chez_chacun(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.web.composants.recherche.LIEUX_FOUILLES", 1)
    page = monde.client("double_admin").get("/recherche/", {"q": "zoe"}).content.decode()
    assert "Les salariés se cherchent dans l’espace de chaque client." in page
    assert "Zoé Exemple" not in page
    assert "Zoé Exemple" in monde.client("a_admin").get("/recherche/", {"q": "zoe"}).content.decode()


def test_ou_voir_tous_les_salaries_qui_repondent(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.web.composants.recherche.PAR_RUBRIQUE", 1)
    trouve = chercher(monde, "a_admin", "zoe")["Salariés"]
    assert trouve == [trouve[0], ("Tout voir dans la liste", f"/e/{SIREN}/salaries/?q=zoe")]


def test_mes_autres_entreprises_repondent_par_un_mot_de_leur_nom_ou_leur_siren(monde: Monde) -> None:
    Organisation.objects.filter(siren__in=[SIREN, AUTRE_SIREN]).update(recherche="etablissements bellerive du lac")
    for texte in ("lac BELLE", AUTRE_SIREN[:5]):
        assert f"/e/{AUTRE_SIREN}/" in [u for _, u in chercher(monde, "double_admin", texte)["Entreprises et organismes"]]
        siennes = chercher(monde, "a_admin", texte).get("Entreprises et organismes", [])
        assert f"/e/{AUTRE_SIREN}/" not in [u for _, u in siennes]


@pytest.mark.parametrize(
    ("role", "texte", "adresse"),
    [
        ("a_admin", "nouv dem", f"/e/{SIREN}/dossiers/nouveau/"),
        ("a_admin", "habilit", f"/e/{SIREN}/habilitations/"),
        ("a_admin", "ajouter compte", f"/e/{SIREN}/coordonnees-bancaires/ajouter/"),
        ("a_admin", "inviter", f"/e/{SIREN}/habilitations/inviter/"),
    ],
)
def test_une_action_se_trouve_par_le_debut_de_ses_mots(monde: Monde, role: str, texte: str, adresse: str) -> None:
    assert adresse in [url for _, url in chercher(monde, role, texte)["Actions"]]


@pytest.mark.parametrize("texte", ["nouvelle demande", "inviter", "ajouter un compte"])
def test_une_action_qui_n_est_pas_permise_n_est_pas_proposee(monde: Monde, texte: str) -> None:
    assert "Actions" not in chercher(monde, "a_lecteur", texte)


def test_avant_deux_lettres_rien_n_est_cherche_et_l_on_propose_de_commencer(monde: Monde) -> None:
    for texte in ("", " ", "z"):
        assert [titre for titre, _ in chercher(monde, "a_admin", texte)["Actions"]] == [
            "Nouvelle demande", "Inviter une personne", "Ajouter un compte bancaire",
        ]  # fmt: skip


def test_la_page_entiere_garde_ce_qui_est_tape_et_dit_ce_qu_elle_trouve(monde: Monde) -> None:
    page = monde.client("a_admin").get(f"/e/{SIREN}/recherche/", {"q": f"{CANARI_A}<b>"}).content.decode()
    assert f'value="{CANARI_A}&lt;b&gt;"' in page
    assert 'role="status"' in page
    rien = monde.client("a_admin").get("/recherche/", {"q": "introuvable"}).content.decode()
    assert "Rien ne correspond à" in rien


def test_chaque_page_ouvre_la_recherche_de_son_lieu(monde: Monde) -> None:
    for role, page, lieu in (
        ("a_admin", f"/e/{SIREN}/", f"/e/{SIREN}/recherche/"),
        ("a_admin", "/mes/dossiers/", "/recherche/"),
        ("conseiller", "/opco/", "/opco/recherche/"),
    ):
        dessinee = monde.client(role).get(page).content.decode()
        assert f'<a class="searchbtn" id="recherche-generale" href="{lieu}" data-palette>' in dessinee
        assert f'action="{lieu}" hx-get="{lieu}"' in dessinee
    assert "searchbtn" not in monde.client("anonyme").get("/contact/").content.decode()


def test_a_l_opco_on_trouve_ses_dossiers_ses_factures_et_les_organisations_suivies(monde: Monde) -> None:
    dossier = accorde(monde)
    trouve = chercher(monde, "gestionnaire", dossier.numero or "", "/opco/recherche/")
    assert trouve["Dossiers"] == [(dossier.titre, f"/opco/dossiers/{dossier.pk}/")]
    assert all(url.startswith("/opco/factures/") for _, url in trouve["Factures"])
    assert "Factures" not in chercher(monde, "conseiller", dossier.numero or "", "/opco/recherche/")
    assert f"/opco/organisations/{SIREN}/" in [
        u for _, u in chercher(monde, "conseiller", SIREN, "/opco/recherche/")["Organisations"]
    ]
    assert chercher(monde, "opco_ailleurs", SIREN, "/opco/recherche/") == {}


def test_le_nombre_de_requetes_ne_depend_pas_de_ce_qui_repond(monde: Monde) -> None:
    nombres = []
    for texte in ("zzzz", CANARI_A):
        client = monde.client("a_admin")
        client.get(f"/e/{SIREN}/recherche/", {"q": "zz"})
        with CaptureQueriesContext(connection) as requetes:
            client.get(f"/e/{SIREN}/recherche/", {"q": texte}, headers={"HX-Request": "true"})
        nombres.append(len(requetes))
    assert max(nombres) <= min(nombres) + 4, nombres
