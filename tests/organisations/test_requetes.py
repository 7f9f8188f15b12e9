"""Reading the register: search, addresses, portefeuilles."""

import pytest
from pytest_django import DjangoAssertNumQueries

from jalon.bancs.sirene_fictif import siren_fictif, siret_fictif
from jalon.organisations import requetes
from jalon.organisations.models import Etablissement, Organisation, Portefeuille
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT, AdressePostale
from jalon.socle.texte import normaliser
from tests.organisations.fichiers import SIREN, SIRET

pytestmark = pytest.mark.django_db


def _organisation(rang: int = 1, denomination: str = "Boulangerie du Port", **valeurs: object) -> Organisation:
    siren = siren_fictif(rang)
    defauts = {"recherche": normaliser(denomination), "nic_siege": siret_fictif(siren, 1)[9:]}
    return Organisation.objects.create(siren=siren, denomination=denomination, **{**defauts, **valeurs})


def _lieu(siret: str = SIRET, **valeurs: object) -> Etablissement:
    defauts = {"siege": True, "adresse_voie": "12 RUE DES TILLEULS", "code_postal": "44000", "commune": "NANTES"}
    return Etablissement.objects.create(siret=siret, **{**defauts, **valeurs})


def _trouves(texte: str, limite: int = 20) -> list[str]:
    return [o.siren for o in requetes.chercher(texte, limite)]


def test_une_organisation_ou_rien() -> None:
    _organisation()
    _lieu()
    assert requetes.organisation(SIREN) is not None
    assert requetes.etablissement(SIRET) is not None
    assert requetes.organisation("000000000") is None
    assert requetes.etablissement("0" * 14) is None


def test_le_nombre_d_etablissements_se_lit_une_fois(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    _lieu()
    _lieu(siret_fictif(SIREN, 2), siege=False)
    for requetes_sql in (1, 0):
        with django_assert_num_queries(requetes_sql):
            assert requetes.nombre_d_etablissements(SIREN) == 2


def test_les_etablissements_le_siege_d_abord_puis_les_ouverts() -> None:
    ferme, ouvert, siege = (siret_fictif(SIREN, n) for n in (1, 2, 3))
    _lieu(ferme, siege=False, etat="F")
    _lieu(ouvert, siege=False)
    _lieu(siege)
    _lieu(siret_fictif(siren_fictif(2), 1))
    assert [e.siret for e in requetes.etablissements_de(SIREN)] == [siege, ouvert, ferme]


def test_les_noms_de_plusieurs_organisations() -> None:
    _organisation()
    assert requetes.noms_des_organisations({SIREN, "000000000"}) == {SIREN: "Boulangerie du Port"}
    assert requetes.noms_des_organisations(set()) == {}


@pytest.mark.parametrize("texte", [SIREN, f"{SIREN[:3]} {SIREN[3:6]} {SIREN[6:]}", SIREN[:8], SIRET, SIRET[:12]])
def test_chercher_par_numero(texte: str) -> None:
    _organisation()
    _lieu()
    _organisation(900_000, "Autre")
    assert _trouves(texte) == [SIREN]


def test_un_siret_que_le_registre_ignore_ne_donne_rien() -> None:
    _organisation()
    assert _trouves(SIRET) == []


@pytest.mark.parametrize("texte", ["boul", "BOULANGERIE  DU", "Boulangerie du port", "  boulangérie "])
def test_chercher_par_le_debut_du_nom(texte: str) -> None:
    _organisation()
    _organisation(2, "Garage du Port")
    assert _trouves(texte) == [SIREN]


@pytest.mark.parametrize("texte", ["", "b", "é", "%", "__", "port", "12"])
def test_chercher_trop_court_ou_ailleurs_qu_au_debut(texte: str) -> None:
    _organisation()
    assert _trouves(texte) == []


@pytest.mark.parametrize("texte", ["martin cam", "Camille Martin", "camille martin"])
def test_un_entrepreneur_individuel_se_trouve_dans_les_deux_sens(texte: str) -> None:
    _organisation(1, "Camille Martin", nom="Martin", prenoms="Camille", recherche="martin camille")
    assert _trouves(texte) == [SIREN]


def test_un_nom_en_chiffres_se_trouve_aussi() -> None:
    _organisation(1, "1001 Listes")
    assert _trouves("1001") == [SIREN]


def test_les_organisations_actives_d_abord() -> None:
    _organisation(1, "Garage A", etat="C")
    _organisation(2, "Garage B")
    assert _trouves("garage") == [siren_fictif(2), siren_fictif(1)]


def test_la_limite_est_respectee_meme_avec_deux_ordres_de_mots() -> None:
    for rang in range(1, 5):
        _organisation(rang, "Petit Camille")
        _organisation(rang + 10, "Camille Petit")
    assert len(_trouves("camille petit", 3)) == 3


def test_la_recherche_se_sert_de_son_index(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    from django.db import connection

    _organisation()
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")
    plan = Organisation.objects.filter(etat="A", recherche__startswith="boul").order_by("recherche").explain()
    assert "organisation_recherche" in plan
    assert "recherche >= 'boul'" in plan.replace('"', "").replace("::text", "")
    with django_assert_max_num_queries(4):
        requetes.chercher("boulangerie du")


def test_l_adresse_du_siege_d_une_societe() -> None:
    _organisation()
    _lieu(complement="BATIMENT B", distribution="BP 12", cedex="44912 NANTES CEDEX 9")
    assert requetes.adresses_des_sieges([SIREN]).get(SIREN) == AdressePostale(
        "À l’attention du représentant légal de Boulangerie du Port",
        ("BATIMENT B", "12 RUE DES TILLEULS", "BP 12", "44912 NANTES CEDEX 9"),
    )


def test_l_adresse_d_un_entrepreneur_individuel_est_a_son_nom() -> None:
    _organisation(1, "LOU PETIT", nom="PETIT", prenoms="LOU")
    _lieu()
    assert requetes.adresses_des_sieges([SIREN]).get(SIREN) == AdressePostale(
        "LOU PETIT", ("12 RUE DES TILLEULS", "44000 NANTES")
    )


@pytest.mark.parametrize(
    "valeurs",
    [
        {"pays": "BELGIQUE", "commune": "BRUXELLES", "code_postal": ""},
        {"adresse_voie": "", "code_postal": "", "commune": ""},
        {"adresse_voie": ""},
        {"code_postal": ""},
        {"commune": ""},
    ],
)
def test_une_adresse_masquee_etrangere_ou_vide_n_en_est_pas_une(valeurs: dict[str, str]) -> None:
    _organisation()
    _lieu(**valeurs)
    assert requetes.adresses_des_sieges([SIREN]).get(SIREN) is None


def test_pas_d_adresse_sans_siege_connu() -> None:
    assert requetes.adresses_des_sieges([SIREN]).get(SIREN) is None
    _organisation()
    assert requetes.adresses_des_sieges([SIREN]).get(SIREN) is None
    _lieu(siret_fictif(SIREN, 2), siege=False)
    assert requetes.adresses_des_sieges([SIREN]).get(SIREN) is None
    _organisation(2, nic_siege="")
    assert requetes.adresses_des_sieges([siren_fictif(2)]).get(siren_fictif(2)) is None


def test_les_adresses_de_plusieurs_sieges_en_deux_requetes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for rang in (1, 2, 3):
        _organisation(rang)
        _lieu(siret_fictif(siren_fictif(rang), 1), pays="SUISSE" if rang == 2 else "")
    with django_assert_num_queries(2):
        adresses = requetes.adresses_des_sieges([siren_fictif(n) for n in (1, 2, 3, 4)])
    assert set(adresses) == {siren_fictif(1), siren_fictif(3)}


def test_le_portefeuille_d_un_siren() -> None:
    portefeuille = Portefeuille.objects.create(nom="Nord")
    _organisation(portefeuille=portefeuille)
    assert requetes.portefeuille_de(SIREN) == portefeuille.id
    assert requetes.portefeuille_de("000000000") == PORTEFEUILLE_PAR_DEFAUT
    assert [p.nom for p in requetes.portefeuilles()] == ["Nord", "Sans affectation"]
