"""Rows of a repeated section, posted again and again by a page that is not drawn again."""

from typing import Any

import pytest
from django.http import QueryDict

from jalon.dispositifs.base import Section
from jalon.dispositifs.lecture import lire_section
from jalon.dispositifs.registre import dispositif
from jalon.web.espace.saisie.formulaires import lignes_postees, page_de_lignes, page_postee, par_page
from jalon.web.espace.saisie.listes import liste_de_lignes


@pytest.fixture
def stagiaires() -> Section:
    return dispositif("action_formation").section("stagiaires")


def envoi(prenoms: dict[int, str], *, rangs: str = "", depart: int = 0, apres: int = 0, **autres: str) -> QueryDict:
    """What the page posts: the first name of each row, under the name that the page gave to the row."""
    donnees = QueryDict(mutable=True)
    donnees.update({"_cases": "prenom", "_rangs": rangs, "_depart": str(depart), "_apres": str(apres), **autres})
    donnees.update({f"stagiaires-{rang}-prenom": prenom for rang, prenom in prenoms.items()})
    return donnees


def lignes(*prenoms: str) -> list[dict[str, Any]]:
    """Rows that hold a box that the page does not show."""
    return [{"prenom": prenom, "salaire_horaire": f"salaire de {prenom}"} for prenom in prenoms]


def prenoms(section: Section, donnees: QueryDict, anciennes: list[dict[str, Any]]) -> list[str]:
    return [ligne["prenom"] for ligne in lignes_postees(section, donnees, anciennes)]


def test_la_premiere_ligne_ne_se_repete_pas_d_un_enregistrement_a_l_autre(stagiaires: Section) -> None:
    apres_un = lignes_postees(stagiaires, envoi({0: "Z"}), [])
    rangs = page_postee(stagiaires, envoi({0: "Z"}), 1).rangs_gardes
    assert prenoms(stagiaires, envoi({0: "Zoé"}, rangs=rangs), list(map(dict, apres_un))) == ["Zoé"]


def test_un_envoi_dont_la_reponse_s_est_perdue_se_repete_sans_effet(stagiaires: Section) -> None:
    donnees = envoi({0: "Zoé", 1: "Yanis"})
    une_fois = lignes_postees(stagiaires, donnees, [])
    assert lignes_postees(stagiaires, donnees, list(map(dict, une_fois))) == une_fois


def test_une_ligne_retiree_n_en_decale_aucune(stagiaires: Section) -> None:
    base = lignes("Zoé", "Yanis", "Tom")
    restantes = lignes_postees(stagiaires, envoi({0: "Zoé", 2: "Tom"}, rangs="0,1,2"), base)
    assert restantes == [base[0], base[2]]
    page = page_postee(stagiaires, envoi({0: "Zoé", 2: "Tom"}), 2)
    assert page.rangs_gardes == "0,2"
    encore = lignes_postees(stagiaires, envoi({0: "Zoé", 2: "Thomas"}, rangs=page.rangs_gardes), list(map(dict, restantes)))
    assert encore == [base[0], {**base[2], "prenom": "Thomas"}]


def test_le_bouton_retirer_ote_la_ligne_de_ce_nom(stagiaires: Section) -> None:
    base = lignes("Zoé", "Yanis", "Tom")
    assert prenoms(stagiaires, envoi({0: "Zoé", 1: "Yanis", 2: "Tom"}, rangs="0,1,2", retirer="1"), base) == ["Zoé", "Tom"]


def test_une_page_du_milieu_laisse_les_autres_comme_elles_sont(stagiaires: Section) -> None:
    base = lignes(*(f"P{rang}" for rang in range(50)))
    page = page_de_lignes(50, 2)
    assert (page.depart, page.apres, page.rangs_gardes.split(",")[0]) == (20, 10, "20")
    gardees = {rang: f"P{rang}" for rang in range(20, 40) if rang != 25} | {40: "Nouveau"}
    apres = prenoms(stagiaires, envoi(gardees, rangs=page.rangs_gardes, depart=20, apres=10), base)
    assert apres == [*(f"P{r}" for r in range(50) if r < 40 and r != 25), "Nouveau", *(f"P{r}" for r in range(40, 50))]


def test_une_liste_vide_montre_une_ligne_blanche_qui_n_est_pas_encore_gardee() -> None:
    page = page_de_lignes(0, 1)
    assert page.rangs == (0,)
    assert page.rangs_gardes == ""


@pytest.mark.parametrize("mal", ["", "x", "-1", "9" * 30, "0,x,,1"])
def test_des_reperes_abimes_ne_perdent_rien_de_ce_qui_est_affiche(stagiaires: Section, mal: str) -> None:
    donnees = envoi({0: "Zoé"}, rangs=mal)
    donnees["_depart"] = donnees["_apres"] = mal
    assert prenoms(stagiaires, donnees, []) == ["Zoé"]


def test_une_longue_liste_ouvre_une_ligne_a_la_fois_et_celle_qui_s_ajoute_est_seule(stagiaires: Section) -> None:
    assert [par_page(stagiaires, total) for total in (0, 5, 6, 2000)] == [20, 20, 1, 1]
    page = page_de_lignes(2000, 1_500, taille=1)
    assert (page.depart, page.fin, page.apres, page.rangs, page.numero, page.derniere) == (
        1_499,
        1_500,
        500,
        (1_499,),
        1_500,
        2000,
    )
    neuve = page_de_lignes(2000, 10**6, 1, taille=1)
    assert (neuve.depart, neuve.apres, neuve.rangs, neuve.rangs_gardes) == (2000, 0, (2000,), "")
    base = lignes("Zoé", "Yanis")
    assert prenoms(stagiaires, envoi({2: "Tom"}, depart=2), base) == ["Zoé", "Yanis", "Tom"]


def test_la_table_montre_vingt_noms_autour_de_la_ligne_ouverte_ou_ceux_qu_on_cherche(stagiaires: Section) -> None:
    tapees = [{"prenom": f"P{n}", "nom_naissance": "Été" if n == 30 else "Exemple", "nir": "295071234567810"} for n in range(50)]
    lecture = lire_section(dispositif("action_formation"), "stagiaires", {"lignes": tapees})
    table = liste_de_lignes(stagiaires, lecture, 25, "")
    assert [ligne.place for ligne in table.lignes] == list(range(21, 41))
    assert (table.avant, table.apres) == (1, 41)
    assert table.lignes[0].manques == 7
    assert "295071234567810" not in str(table)
    cherchee = liste_de_lignes(stagiaires, lecture, 1, "  ete ")
    assert [(ligne.place, ligne.nom) for ligne in cherchee.lignes] == [(31, "P30 Été")]
    assert liste_de_lignes(stagiaires, lecture, 1, "exemple").trouvees == 49
    assert liste_de_lignes(stagiaires, lecture, 51, "").lignes[0].place == 41
