"""What the controls find is said beside the box as soon as it is left, with its source, and goes away once mended."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from jalon.dispositifs.apprentissage import APPRENTISSAGE
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import LIGNES, controle
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.web.espace.saisie.constats import constats_de, de_la_ligne, des_lignes, empreinte
from tests.dispositifs.apprentissage.contrats import contexte
from tests.dossiers.contrats import contrat_saisi, garder
from tests.habilitations.fabrique import LE, SIRET
from tests.web.espace.test_assistance import adresse, corps, enregistrer, lire

pytestmark = pytest.mark.django_db
NIR = "2070774010001"
SEXE = "Le sexe et le premier chiffre du NIR ne correspondent pas"


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    caches["processus"].clear()
    with time_machine.travel(LE, tick=False):
        yield


def place(fragment: str, nom: str) -> str:
    """What is told at one place of the page."""
    return fragment.partition(f'id="constat-{nom}"')[2].partition("</div>")[0]


def test_une_case_quittee_dit_ce_que_la_loi_en_pense(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    fragment = enregistrer(navigateur, dossier, "apprenti", sexe="M", nir=NIR)
    assert SEXE in place(fragment, "id_nir")
    assert "Insee, structure du numéro" in place(fragment, "id_nir")
    assert 'class="err"' in place(fragment, "id_nir")
    assert SEXE not in place(fragment, "id_nom")
    assert f"1 point à vérifier. {SEXE}" in fragment
    assert f"{SEXE}" in place(lire(navigateur, adresse(dossier, "apprenti")), "id_nir")
    mende = enregistrer(navigateur, dossier, "apprenti", sexe="F", nir=NIR)
    assert 'id="constat-id_nir"' in mende
    assert SEXE not in mende
    assert "Rien à vérifier dans cette rubrique." in mende


def test_ce_qui_est_deja_montre_ne_se_redit_pas(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    fragment = enregistrer(navigateur, dossier, "apprenti", sexe="M", nir=NIR)
    vue = fragment.partition('id="constats-vus" value="')[2].partition('"')[0]
    assert vue
    envoi = corps(dossier, "apprenti", telephone="0611223344", nir=NIR) | {"_constats": vue}
    reponse = navigateur.post(adresse(dossier, "apprenti", "saisie_enregistrer"), envoi, headers={"HX-Request": "true"})
    assert "constat-id_nir" not in reponse.content.decode()
    assert "annonce-constats" not in reponse.content.decode()


def test_un_controle_de_deux_rubriques_se_dit_dans_chacune(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    garder(dossier, "formation", {"date_fin": "01/01/2030"}, aline)
    trouves = [
        place(lire(navigateur, adresse(dossier, section)), nom)
        for section, nom in (("formation", "id_date_fin"), ("contrat", "id_date_fin"))
    ]
    assert all("Code du travail" in dit for dit in trouves)


def test_un_avertissement_n_a_pas_l_air_d_une_erreur(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    dit = place(enregistrer(navigateur, dossier, "apprenti", nationalite="3"), "id_nationalite")
    assert "avis small" in dit
    assert 'class="err"' not in dit


def test_une_case_vide_arrete_les_controles_qui_la_lisent(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    fragment = enregistrer(navigateur, dossier, "apprenti", sexe="M", nir="")
    assert SEXE not in fragment


def test_une_ligne_dit_ce_qui_ne_va_pas_dans_sa_case(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    lignes = [{"ordre": "1.1", "date_debut": "01/09/2026", "date_fin": "31/08/2027", "taux": "43", "base": "SMIC"}]
    garder(dossier, "remunerations", {LIGNES: lignes}, aline)
    page = lire(navigateur, adresse(dossier, "remunerations"))
    dit = place(page, "id_remunerations-0-date_fin")
    assert "La dernière période doit finir avec le contrat" in dit
    assert "Code du travail, R6222-4" in dit
    assert place(page, "id_remunerations-0-taux").strip(">") == ""


def test_ce_qui_porte_sur_toutes_les_lignes_se_dit_au_dessus_d_elles() -> None:
    section, source = APPRENTISSAGE.section("remunerations"), "Convention de l’OPCO"
    deux = controle("deux", verifie="", cases=["remunerations.lignes"], source=source)(lambda _contenu, _contexte: "Trop peu")
    ailleurs = controle("ailleurs", verifie="", cases=["contrat.heures"], source=source)(lambda _contenu, _contexte: "Jamais")
    ligne = controle("ligne", verifie="", cases=["remunerations.1.taux"], source=source)(lambda _contenu, _contexte: "Trop bas")
    trouves = constats_de(
        replace(APPRENTISSAGE, controles=(deux, ailleurs, ligne)), section, ContratApprentissage.partiel({}), contexte()
    )
    assert [a.message for a in des_lignes(trouves)] == ["Trop peu"]
    assert {nom: [a.message for a in dits] for nom, dits in de_la_ligne(trouves, 1).items()} == {"taux": ["Trop bas"]}
    assert de_la_ligne(trouves, 0) == {}
    assert empreinte(trouves)
    assert empreinte({}) == ""


def test_ce_qui_n_a_pas_pu_etre_verifie_attend_la_verification(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    pages = [unescape(lire(navigateur, adresse(dossier, section))) for section in ("cfa", "formation")]
    assert not any("Ceci n’a pas été vérifié" in page for page in pages)


def test_sans_script_la_case_est_decrite_par_ce_qu_on_y_trouve(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    garder(dossier, "apprenti", {"sexe": "M"}, aline)
    page = lire(navigateur, adresse(dossier, "apprenti"))
    entree = page.partition('id="id_nir"')[0].rpartition("<input")[2] + page.partition('id="id_nir"')[2].partition(">")[0]
    assert "constat-id_nir" in entree
