"""Business errors carry what web and api show."""

import pytest

from jalon.socle import erreurs


@pytest.mark.parametrize(
    ("erreur", "code"),
    [
        (erreurs.Introuvable(), "introuvable"),
        (erreurs.DroitManquant("non"), "droit-manquant"),
        (erreurs.SecondFacteurRequis(), "second-facteur-requis"),
        (erreurs.SaisieRefusee("non"), "saisie-refusee"),
        (erreurs.TransitionImpossible("non"), "transition-impossible"),
        (erreurs.TropDEssais("non"), "trop-d-essais"),
        (erreurs.Empechements("non", ["a", "b"]), "empechements"),
        (erreurs.ErreurMetier("non", code="propre"), "propre"),
    ],
)
def test_chaque_refus_a_un_code_stable_et_une_phrase(erreur: erreurs.ErreurMetier, code: str) -> None:
    assert erreur.code == code
    assert str(erreur) == erreur.message != ""


def test_plusieurs_cases_refusees_gardent_chacune_sa_phrase() -> None:
    refus = erreurs.SaisiesRefusees({"siren": "Indiquez le SIREN", "nom": "Indiquez le nom"})
    assert refus.champs == {"siren": "Indiquez le SIREN", "nom": "Indiquez le nom"}
    assert refus.message == "Indiquez le SIREN"
    assert erreurs.SaisiesRefusees({}).message == "Des réponses sont à corriger."


def test_un_conflit_garde_les_deux_valeurs() -> None:
    conflit = erreurs.ConflitDeVersion("modifié", en_base={"a": 1}, saisi={"a": 2}, par="Aline")
    assert (conflit.en_base, conflit.saisi, conflit.par) == ({"a": 1}, {"a": 2}, "Aline")
