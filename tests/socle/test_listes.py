"""A list, declared once."""

from datetime import date

import pytest

from jalon.socle.acteurs import Domaine
from jalon.socle.listes import Colonne, Compte, Lecture, Liste, declarer, liste, listes

JOUR = date(2026, 11, 28)


def _liste(code: str) -> Liste:
    return Liste(
        code=code,
        libelle="Essai",
        nom_url="espace_dossiers",
        domaines=(Domaine.PLAN,),
        colonnes=(
            Colonne(code="numero", libelle="Numéro", valeur=lambda rangee, _: rangee),
            Colonne(code="titre", libelle="Intitulé", valeur=lambda rangee, _: rangee),
            Colonne(code="fin", libelle="Fin", valeur=lambda rangee, _: rangee, d_office=False),
        ),
        lire=lambda parametres, _: Lecture(dict(parametres)),
        compter=lambda *_: Compte(0),
        lignes=lambda *_: iter(()),
    )


@pytest.mark.parametrize(
    ("demandees", "choisies"),
    [
        ("", ["numero", "titre"]),
        ("fin,numero", ["fin", "numero"]),
        ("fin,inconnue,fin", ["fin"]),
        ("inconnue", ["numero", "titre"]),
    ],
)
def test_les_colonnes_choisies_gardent_leur_ordre(demandees: str, choisies: list[str]) -> None:
    assert [c.code for c in _liste("essai-1").choisies(demandees)] == choisies


def test_une_liste_ne_se_declare_pas_deux_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.socle.listes._LISTES", {})
    declarer(_liste("essai-2"))
    assert liste("essai-2") is not None
    assert liste("essai-3") is None
    assert [lue.code for lue in listes()] == ["essai-2"]
    with pytest.raises(LookupError):
        declarer(_liste("essai-2"))


@pytest.mark.parametrize(
    ("compte", "texte"), [(Compte(0), "0"), (Compte(1248), "1\u00a0248"), (Compte(10_000, plafonne=True), "plus de 10\u00a0000")]
)
def test_un_compte_se_dit(compte: Compte, texte: str) -> None:
    assert compte.texte == texte
