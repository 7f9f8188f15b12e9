"""The lists as pages: columns chosen and ordered, orders, chips, what an address says wrong, and what each page costs."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.dossiers.fabrique import SIREN, brouillon
from tests.matrice.monde import Monde
from tests.matrice.requetes import essai

PAGES = {
    "espace_dossiers": ("a_admin", 12),
    "espace_brouillons": ("a_admin", 12),
    "espace_factures": ("a_admin", 18),
    "espace_reglements": ("a_admin", 9),
    "mes_dossiers": ("a_admin", 11),
    "opco_dossiers": ("conseiller", 12),
    "opco_factures": ("gestionnaire", 10),
    "opco_file": ("conseiller", 14),
    "espace_accueil": ("a_admin", 57),
    "opco_accueil": ("conseiller", 36),
}
"""Who opens each page, and how many queries it takes at most."""
LISTES = [nom for nom in PAGES if nom not in {"espace_accueil", "opco_accueil"}]


def demander(monde: Monde, nom: str, **parametres: str) -> HttpResponse:
    """The answer, to who may open that page."""
    lieu = [SIREN] if nom.startswith("espace_") else []
    reponse: HttpResponse = monde.client(PAGES[nom][0]).get(reverse(nom, args=lieu), parametres)
    assert reponse.status_code == 200
    return reponse


def lire(monde: Monde, nom: str, **parametres: str) -> str:
    """The page as it is read."""
    return unescape(demander(monde, nom, **parametres).content.decode())


def entetes(page: str) -> list[str]:
    """Headers of the table, the one that leads the row included."""
    tete = page[page.index("<thead") : page.index("</thead>")]
    return [re.sub(r"<[^>]+>", "", th).strip() for th in re.findall(r"<th[^>]*>(.*?)</th>", tete)]


def bouton(page: str, texte: str) -> str:
    """The list of columns that a button asks."""
    for valeur, dedans in re.findall(r'<button[^>]* name="colonnes" value="([^"]*)">(.*?)</button>', page):
        if re.sub(r"<[^>]+>", "", dedans).strip() == texte:
            return str(valeur)
    raise LookupError(texte)


@pytest.mark.parametrize("nom", LISTES)
def test_une_adresse_fausse_se_dit_et_ne_filtre_rien(monde: Monde, nom: str) -> None:
    page = lire(monde, nom, q="", depot_du="hier", colonnes="numero,nir", tri="couleur", montant_min="cher", siret="12")
    assert "L’adresse de cette liste n’est suivie qu’en partie" in page
    assert "La colonne «\u00a0nir\u00a0» n’existe pas" in page
    assert "Cette liste ne se range pas par «\u00a0couleur\u00a0»" in page
    assert ("Filtres actifs" in page) == (nom == "opco_factures")


def test_les_colonnes_se_choisissent_sans_script(monde: Monde) -> None:
    """Each button is a whole address: it asks the columns as they will be, and keeps what is filtered and ordered."""
    page = lire(monde, "espace_dossiers", q="26", tri="date_debut")
    assert entetes(page) == ["Choisir", "Dossier", "Établissement", "État", "Prochaine étape", "Accordé", "Payé", "Modifié"]
    assert entetes(lire(monde, "mes_dossiers"))[1] == "Entreprise"
    (lien,) = re.findall(r'href="([^"]*reglage=colonnes)"', page)
    demande = dict(parse_qsl(urlsplit(lien).query))
    assert demande == {"q": "26", "tri": "date_debut", "reglage": "colonnes"}
    panneau = lire(monde, "espace_dossiers", **demande)
    for champ in ('name="q" value="26"', 'name="tri" value="date_debut"', 'name="reglage" value="colonnes"'):
        assert champ in panneau
    plus = bouton(panneau, "Début")
    assert (
        plus
        == "titre,numero,reference_interne,etablissement_nom,etat,prochaine_etape,montant_accorde,montant_paye,modifie_le,date_debut"
    )
    panneau = lire(monde, "espace_dossiers", **demande, colonnes=plus)
    haut = bouton(panneau, "Monter Début")
    assert haut.endswith("montant_paye,date_debut,modifie_le")
    assert bouton(panneau, "Descendre Payé").endswith("modifie_le,montant_paye,date_debut")
    assert bouton(panneau, "Retirer Établissement") == plus.replace("etablissement_nom,", "")
    with pytest.raises(LookupError):
        bouton(panneau, "Descendre Début")
    page = lire(monde, "espace_dossiers", colonnes="date_debut,etat")
    assert entetes(page) == ["Choisir", "Dossier", "Début", "État"]
    with pytest.raises(LookupError):
        bouton(lire(monde, "espace_dossiers", colonnes="etat", reglage="colonnes"), "Retirer État")


def test_un_en_tete_range_puis_retourne_la_liste(monde: Monde) -> None:
    page = lire(monde, "espace_dossiers", colonnes="date_debut,modifie_le", q="26")
    assert re.findall(r'aria-sort="(\w+)"', page) == ["none", "descending"]
    assert re.findall(r'name="tri" value="([^"]+)"', page) == ["-date_debut", "modifie_le"]
    cache = page[page.index('<form id="f-tri"') :].partition("</form>")[0]
    assert 'name="q" value="26"' in cache
    assert 'name="colonnes" value="date_debut,modifie_le"' in cache
    page = lire(monde, "espace_dossiers", colonnes="date_debut,modifie_le", tri="-date_debut")
    assert re.findall(r'aria-sort="(\w+)"', page) == ["descending", "none"]
    assert 'name="tri" form="f-liste" value="-date_debut"' in page
    assert "Dossiers, dans l’ordre de «\u00a0Début\u00a0», du plus récent au plus ancien" in page


def test_chaque_filtre_a_sa_puce_et_l_adresse_sans_lui(monde: Monde) -> None:
    page = lire(monde, "espace_dossiers", etat="accorde,refuse", depot_du="2026-01-01", q="Œno", page="illisible")
    puces = dict(re.findall(r'<li class="chip">(.*?)<a href="([^"]*)"', page))
    assert {libelle: dict(parse_qsl(urlsplit(url).query)) for libelle, url in puces.items()} == {
        "Recherche\u00a0: Œno": {"etat": "accorde,refuse", "depot_du": "2026-01-01"},
        "État\u00a0: accordé": {"etat": "refuse", "depot_du": "2026-01-01", "q": "Œno"},
        "État\u00a0: refusé": {"etat": "accorde", "depot_du": "2026-01-01", "q": "Œno"},
        "Déposé à partir du\u00a0: 01/01/2026": {"etat": "accorde,refuse", "q": "Œno"},
    }
    facture = lire(monde, "opco_factures")
    assert re.findall(r'<li class="chip">(.*?)<a href="([^"]*)"', facture) == [
        ("État\u00a0: transmise", f"{reverse('opco_factures')}?etat=tous")
    ]


def test_chaque_vide_a_sa_phrase(monde: Monde) -> None:
    assert "Aucun dossier ne correspond" in lire(monde, "espace_dossiers", q="introuvable")
    assert "Aucun règlement ne correspond" in lire(monde, "espace_reglements", q="introuvable")
    assert "Aucune facture ne correspond" in lire(monde, "espace_factures", q="introuvable")
    assert "Aucun brouillon ne correspond" in lire(monde, "espace_brouillons", q="introuvable")


def test_les_brouillons_ont_des_pages(monde: Monde) -> None:
    with essai():
        for _ in range(30):
            brouillon()
        page = lire(monde, "espace_brouillons")
        assert page.count('rowheader"') == 25
        (suite,) = re.findall(r'href="([^"]*)" rel="next"', page)
        suivante = unescape(monde.client("a_admin").get(suite).content.decode())
        assert suivante.count('rowheader"') >= 5
        assert 'rel="prev"' in suivante


def test_htmx_ne_recoit_que_les_resultats(monde: Monde) -> None:
    """And the address to show: the boxes left empty are not in it."""
    for nom in LISTES:
        lieu = [SIREN] if nom.startswith("espace_") else []
        chemin = reverse(nom, args=lieu)
        reponse = monde.client(PAGES[nom][0]).get(chemin, {"q": "", "tri": "", "page": ""}, headers={"HX-Request": "true"})
        assert reponse.content.decode().lstrip().startswith('<div id="resultats"')
        assert reponse["HX-Push-Url"] == chemin


@pytest.mark.parametrize("nom", PAGES)
def test_chaque_page_tient_en_peu_de_requetes(monde: Monde, nom: str) -> None:
    """Whatever the number of rows: the second opening costs the same with ten drafts more."""
    demander(monde, nom)
    couts = []
    with essai():
        for _ in range(2):
            with CaptureQueriesContext(connection) as requetes:
                demander(monde, nom)
            couts.append(len(requetes))
            for _ in range(10):
                brouillon()
    assert couts[0] <= PAGES[nom][1], couts
    assert couts[1] <= couts[0] + 1, "une ligne de plus ne coûte rien, sinon d’en noter la lecture"
