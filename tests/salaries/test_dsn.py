"""Reading a DSN (complements.md §6): the sample, its odd relatives, what is refused."""

import pytest

from jalon.salaries.dsn import est_une_dsn, lire_dsn, textes_de
from jalon.socle.erreurs import SaisieRefusee
from tests.salaries.outils import SIREN, dsn

ETABLISSEMENT = ["S21.G00.11.001,'00013'", "S21.G00.11.022,'3043'"]
ZOE = [
    "S21.G00.30.001,'2950799999999'", "S21.G00.30.002,'EXEMPLE'", "S21.G00.30.004,'Zoé'", "S21.G00.30.005,'02'",
    "S21.G00.30.006,'15071995'", "S21.G00.30.009,'75001'", "S21.G00.30.010,'PARIS'",
]  # fmt: skip
CONTRAT = [
    "S21.G00.40.001,'01032024'", "S21.G00.40.004,'684a'", "S21.G00.40.006,'AGENT DE SERVICE'", "S21.G00.40.007,'01'",
    "S21.G00.40.009,'00042'", "S21.G00.40.013,'151.67'", "S21.G00.40.017,'3043'",
]  # fmt: skip
LEO = ["S21.G00.30.001,'1880669333444'", "S21.G00.30.002,'O'BRIEN'", "S21.G00.30.004,'Léo,Marc'", "S21.G00.30.006,'02061988'"]


def lus(*rubriques: str, **autres: str) -> list[dict[str, str]]:
    declaration = lire_dsn(dsn(*rubriques, **autres).splitlines())  # type: ignore[arg-type]
    return [{nom: texte for nom, texte in textes_de(i).items() if texte} for i in declaration.individus]


ATTENDU = {
    "nom": "EXEMPLE", "prenom": "Zoé", "date_naissance": "15071995", "sexe": "02", "nir": "2950799999999",
    "emploi": "AGENT DE SERVICE", "pcs": "684a", "nature": "cdi", "idcc": "3043", "siret": f"{SIREN}00013", "quotite": "151,67",
    "quotite_unite": "mois", "entree": "01032024",
}  # fmt: skip


def test_l_exemple_publie_est_lu_et_rien_d_autre_que_l_utile() -> None:
    assert lus(*ETABLISSEMENT, *ZOE, *CONTRAT) == [ATTENDU]


@pytest.mark.parametrize("ecart", [0, 2])
def test_les_deux_facons_de_compter_les_rubriques_sont_admises(ecart: int) -> None:
    nombre = 4 + len(ETABLISSEMENT) + len(ZOE) + len(CONTRAT)
    assert lus(*ETABLISSEMENT, *ZOE, *CONTRAT, total=str(nombre + ecart)) == [ATTENDU]


@pytest.mark.parametrize("fin", [b"\r\n", b"\n\n", b"  \r\n\r\n"])
def test_fins_de_ligne_et_lignes_vides(fin: bytes) -> None:
    octets = dsn(*ETABLISSEMENT, *ZOE, *CONTRAT, fin=fin)
    assert [textes_de(i)["prenom"] for i in lire_dsn(octets.splitlines()).individus] == ["Zoé"]
    assert est_une_dsn(octets)
    assert not est_une_dsn(b"nom;prenom")


def test_une_apostrophe_dans_une_valeur_et_plusieurs_prenoms() -> None:
    (leo,) = lus(*LEO)
    assert (leo["nom"], leo["prenom"]) == ("O'BRIEN", "Léo")
    assert "siret" not in leo


def test_la_hierarchie_vient_de_l_ordre_et_l_etablissement_est_le_dernier_ouvert() -> None:
    zoe, leo = lus(*ETABLISSEMENT, *ZOE, *CONTRAT, "S21.G00.11.001,'00021'", *LEO, "S21.G00.40.001,'05052020'")
    assert (zoe["siret"][-5:], leo["siret"][-5:]) == ("00013", "00021")
    assert (zoe["entree"], leo["entree"]) == ("01032024", "05052020")
    assert "idcc" not in leo


@pytest.mark.parametrize(
    ("contrats", "entree", "sortie"),
    [
        (["40.001,'01012020'", "62.001,'31122021'", "40.001,'01022022'"], "01022022", None),
        (["40.001,'01022022'", "40.001,'01012020'", "62.001,'31122021'"], "01022022", None),
        (["40.001,'01012020'", "62.001,'31122021'", "40.001,'01022022'", "62.001,'30062022'"], "01022022", "30062022"),
        (["40.001,'01012023'", "40.001,'01122022'"], "01012023", None),
    ],
)
def test_de_plusieurs_contrats_celui_qui_court_puis_le_dernier(contrats: list[str], entree: str, sortie: str | None) -> None:
    (lu,) = lus(*LEO, *(f"S21.G00.{c}" for c in contrats))
    assert (lu["entree"], lu.get("sortie")) == (entree, sortie)


def test_la_meme_personne_dans_deux_etablissements_n_est_lue_qu_une_fois() -> None:
    fini = [*ZOE, "S21.G00.40.001,'01012020'", "S21.G00.62.001,'31122021'"]
    (zoe,) = lus(*ETABLISSEMENT, *fini, "S21.G00.11.001,'00021'", *ZOE, *CONTRAT)
    assert (zoe["siret"], zoe["entree"]) == (f"{SIREN}00021", "01032024")


def test_une_personne_sans_nir_s_ouvre_par_son_nom() -> None:
    sans = ["S21.G00.30.002,'NOUVEAU'", "S21.G00.30.004,'Ana'", "S21.G00.30.006,'01011999'", "S21.G00.30.020,'12345'"]
    assert [p["nom"] for p in lus(*ZOE, *CONTRAT, *sans, "S21.G00.30.002,'AUTRE'", "S21.G00.30.004,'Ana'")] == [
        "EXEMPLE", "NOUVEAU", "AUTRE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rubriques", "champ", "valeur"),
    [
        (["40.007,'02'"], "nature", "cdd"),
        (["40.007,'03'"], "nature", "interim"),
        (["40.007,'01'", "40.008,'64'"], "nature", "alternance"),
        (["40.007,'02'", "40.008,'61'"], "nature", "alternance"),
        (["40.007,'80'"], "nature", "autre"),
        (["40.008,'99'"], "nature", None),
        (["40.011,'12'", "40.013,'218.00'"], "quotite", None),
        (["40.011,'10'", "40.013,'70.50'"], "quotite", "70,5"),
        (["40.013,'douze'"], "quotite", None),
        (["40.013,'9999'"], "quotite", None),
        (["40.013,'0'"], "quotite_unite", None),
    ],
)
def test_nature_et_temps_de_travail(rubriques: list[str], champ: str, valeur: str | None) -> None:
    (lu,) = lus(*LEO, "S21.G00.40.001,'01032024'", *(f"S21.G00.{r}" for r in rubriques))
    assert lu.get(champ) == valeur


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (dsn(*ZOE, total="99"), "il annonce 99 rubriques, il en compte 11"),
        (dsn(*ZOE, declarations="2"), "il annonce 2 déclarations, il en compte 1"),
        (dsn(*ZOE).rpartition(b"S90.G00.90.001")[0], "son total (S90.G00.90.001) manque"),
        (dsn("S21.G00.30.002,'EXEMPLE"), "Ligne 5"),
        (dsn("n'importe quoi"), "Ligne 5"),
        (b"S10.G00.00.001,'Logiciel'\nS90.G00.90.001,'1'\n", "S21.G00.06.001"),
    ],
)
def test_ce_qui_est_refuse_dit_pourquoi(octets: bytes, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_dsn(octets.splitlines())
    assert phrase in refus.value.message
    assert refus.value.champ == "fichier"
