"""What the contact form accepts."""

from typing import Any

import pytest

from jalon.aide.enums import LIBELLES_ETATS, LIBELLES_OBJETS, EtatTicket, ObjetTicket
from jalon.aide.regles import MESSAGE_MAX, REPONSE_MAX, lire_demande, lire_reponse
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees

BON: dict[str, Any] = {
    "nom": " Jeanne  Ferrand ",
    "email": "Jeanne@Essai.example ",
    "siren": "123 456 782",
    "objet": "code_refuse",
    "message": " Mon code est refusé. ",
}


def test_le_formulaire_est_lu_et_remis_en_forme() -> None:
    lue = lire_demande(**BON)
    assert (lue.nom, lue.email, lue.siren) == ("Jeanne Ferrand", "jeanne@essai.example", "123456782")
    assert lue.objet == ObjetTicket.CODE_REFUSE
    assert lue.message == "Mon code est refusé."
    assert lire_demande(**{**BON, "siren": "  "}).siren == ""


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("nom", " ", "Indiquez votre nom"),
        ("nom", "x" * 121, "120 signes au plus"),
        ("email", "", "Indiquez votre adresse"),
        ("email", "jeanne", "en entier"),
        ("email", "jeanne@essai", "en entier"),
        ("email", "jeanne@@essai.example", "en entier"),
        ("email", "a b@essai.example", "en entier"),
        ("email", f"{'x' * 250}@a.fr", "en entier"),
        ("siren", "12345678", "il en manque 1"),
        ("siren", "123456789", "n’existe pas"),
        ("objet", "", "Choisissez le sujet"),
        ("objet", "autre_chose", "Choisissez le sujet"),
        ("message", "  ", "Écrivez votre message"),
        ("message", "x" * (MESSAGE_MAX + 1), f"compte {MESSAGE_MAX + 1} signes"),
    ],
)
def test_chaque_case_refusee_dit_comment_la_corriger(champ: str, valeur: str, phrase: str) -> None:
    with pytest.raises(SaisiesRefusees, match=phrase) as refus:
        lire_demande(**{**BON, champ: valeur})
    assert set(refus.value.champs) == {champ}


def test_toutes_les_cases_a_corriger_sont_dites_ensemble() -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        lire_demande(nom="", email="", siren="1", objet="", message="")
    assert set(refus.value.champs) == {"nom", "email", "siren", "objet", "message"}


@pytest.mark.parametrize(("corps", "phrase"), [(" \n ", "Écrivez votre réponse"), ("x" * (REPONSE_MAX + 1), "la limite")])
def test_les_reponses_refusees(corps: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        lire_reponse(corps)
    assert refus.value.champ == "corps"


def test_chaque_valeur_a_son_libelle() -> None:
    assert set(LIBELLES_OBJETS) == set(ObjetTicket)
    assert set(LIBELLES_ETATS) == set(EtatTicket)
