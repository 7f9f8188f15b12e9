"""A section keeps what was typed, repairs it, and says one sentence per box."""

from typing import Any

import pytest

from jalon.dispositifs.action_formation import ACTION_FORMATION as AF
from jalon.dispositifs.base import LIGNES, cases_de
from jalon.dispositifs.lecture import controler_case, lire_section, pieces_demandees, valeurs_de
from tests.dispositifs.exemples import REPONSES, YANIS, ZOE, reponses


def lire(section: str, **changements: Any) -> Any:
    donnees = reponses(**{f"{section}__{champ}": valeur for champ, valeur in changements.items()})
    return lire_section(AF, section, valeurs_de(donnees, section), donnees)


def test_une_section_complete_se_lit() -> None:
    lecture = lire("entreprise", siret="130 025 265 00013", effectif="1 250")
    assert lecture.complete
    assert lecture.valeurs_normalisees["siret"] == "13002526500013"
    assert lecture.valeurs_normalisees["effectif"] == "1250"
    assert lecture.lues[0]["effectif"] == 1250


def test_ce_qui_est_mal_ecrit_est_garde_avec_une_phrase() -> None:
    lecture = lire("entreprise", siret="1300252650001", idcc="HCR")
    assert lecture.valeurs_normalisees["siret"] == "1300252650001"
    assert lecture.erreurs == {
        "siret": "Le SIRET comporte 14 chiffres, il en manque 1",
        "idcc": "L’IDCC comporte 4 chiffres, par exemple 1979",
    }
    assert lecture.manques == {}


def test_une_case_vide_est_un_manque_pas_une_erreur() -> None:
    lecture = lire("action", intitule="  ", type_action="")
    assert lecture.erreurs == {}
    assert lecture.manques["intitule"] == "Indiquez l’intitulé de l’action"
    assert lecture.manques["type_action"] == "Choisissez le type d’action"
    assert lecture.phrases == lecture.manques


def test_une_case_inconnue_est_ecartee() -> None:
    lecture = lire_section(AF, "entreprise", {"siret": "13002526500013", "csrfmiddlewaretoken": "x"})
    assert "csrfmiddlewaretoken" not in lecture.valeurs_normalisees
    assert set(lecture.valeurs_normalisees) == {case.nom for case in AF.section("entreprise").cases}


@pytest.mark.parametrize(
    ("section", "changements", "absentes", "demandees"),
    [
        ("organisme", {"interne": "oui"}, {"siret", "nda", "denomination", "qualiopi"}, set()),
        ("action", {"modalite": "distance"}, {"lieu", "heures_distance"}, set()),
        ("action", {"modalite": "mixte"}, set(), {"heures_distance"}),
        ("action", {"type_action": "bilan"}, {"theme", "modalite", "nombre_jours", "organisation", "lieu"}, set()),
        ("action", {"certification": "rncp"}, set(), {"code_certification"}),
        ("couts", {"frais_demandes": "oui"}, set(), set()),
    ],
)
def test_une_case_conditionnelle_n_est_demandee_que_si_ses_reponses_la_demandent(
    section: str, changements: dict[str, str], absentes: set[str], demandees: set[str]
) -> None:
    vides = dict.fromkeys(absentes | demandees, "")
    lecture = lire(section, **{**vides, **changements})
    assert not absentes & set(lecture.phrases)
    assert demandees <= set(lecture.manques)


def test_une_case_qui_n_est_plus_demandee_garde_sa_reponse_sans_etre_jugee() -> None:
    lecture = lire("organisme", interne="oui", siret="123")
    assert lecture.complete
    assert lecture.valeurs_normalisees["siret"] == "123"
    assert lecture.lues[0]["siret"] is None


def test_une_condition_regarde_une_autre_section() -> None:
    donnees = reponses(couts__salaires_demandes="oui", organisme__interne="oui")
    stagiaires = lire_section(AF, "stagiaires", valeurs_de(donnees, "stagiaires"), donnees)
    assert stagiaires.manques == {
        "0.salaire_horaire": "Indiquez le salaire horaire chargé",
        "1.salaire_horaire": "Indiquez le salaire horaire chargé",
    }
    couts = lire_section(AF, "couts", {**REPONSES["couts"], "taux_tva": "", "subrogation": ""}, donnees)
    assert couts.complete


def test_une_condition_sur_une_case_non_demandee_n_est_pas_tenue() -> None:
    """`modalite` is hidden in a bilan: what it held no longer asks for the place."""
    assert not lire("action", type_action="bilan", modalite="mixte", heures_distance="").manques


def test_les_bornes_d_un_nombre_se_disent_avec_leur_unite() -> None:
    assert lire("action", duree_heures="0,1").erreurs == {
        "duree_heures": "La durée de l’action doit être d’au moins 0,25\u00a0heures"
    }
    assert lire("entreprise", effectif="1000000").erreurs == {
        "effectif": "L’effectif de l’entreprise doit être de 999\u00a0999\u00a0salariés au plus"
    }


def test_une_reponse_trop_longue_dit_de_combien() -> None:
    assert lire("action", intitule="x" * 214).erreurs == {
        "intitule": "Cette réponse comporte 200 caractères au plus, il y en a 14 de trop"
    }


def test_les_choix_multiples_se_lisent_en_liste() -> None:
    lecture = lire("action", mentions_devis=["prix", "objet", "prix"])
    assert lecture.valeurs_normalisees["mentions_devis"] == ["prix", "objet"]
    assert lecture.lues[0]["mentions_devis"] == ("prix", "objet")
    assert lire("action", mentions_devis="prix").lues[0]["mentions_devis"] == ("prix",)
    assert lire("action", mentions_devis=["autre"]).erreurs == {"mentions_devis": "Choisissez une réponse de la liste"}


def test_les_lignes_vides_sont_retirees() -> None:
    lecture = lire_section(AF, "stagiaires", {LIGNES: [dict.fromkeys(ZOE, ""), ZOE, {}, {**YANIS, "sexe": ""}]})
    assert [ligne["prenom"] for ligne in lecture.valeurs_normalisees[LIGNES]] == ["Zoé", "Yanis"]
    assert lecture.manques == {"1.sexe": "Choisissez le sexe"}


@pytest.mark.parametrize("valeurs", [{}, {LIGNES: []}, {LIGNES: [{"prenom": " "}]}])
def test_il_faut_au_moins_une_ligne(valeurs: dict[str, Any]) -> None:
    assert lire_section(AF, "stagiaires", valeurs).manques == {LIGNES: "Ajoutez au moins un salarié"}


def test_au_dela_de_la_borne_technique_rien_n_est_perdu() -> None:
    lecture = lire_section(AF, "stagiaires", {LIGNES: [ZOE] * 2001})
    assert len(lecture.valeurs_normalisees[LIGNES]) == 2001
    assert lecture.erreurs[LIGNES].startswith("Un dossier accueille 2\u00a0000 lignes")
    assert not lire_section(AF, "stagiaires", {LIGNES: [ZOE] * 2000}).erreurs


def test_une_case_quittee_est_verifiee_seule() -> None:
    assert controler_case(AF, "entreprise", "siret", "130 025 265 00013").texte == "13002526500013"
    assert controler_case(AF, "entreprise", "siret", "12").erreur == "Le SIRET comporte 14 chiffres, il en manque 12"
    assert controler_case(AF, "entreprise", "siret", "").erreur == ""
    assert controler_case(AF, "stagiaires", "0.date_naissance", "31/02/1990").erreur == "Cette date n’existe pas au calendrier"


def test_une_case_quittee_qui_n_est_pas_demandee_n_est_pas_jugee() -> None:
    valeurs = {"interne": "oui"}
    assert controler_case(AF, "organisme", "siret", "12", valeurs).erreur == ""
    assert controler_case(AF, "organisme", "siret", "12", {"interne": "non"}).erreur


def test_une_case_ou_une_section_inconnue_est_refusee() -> None:
    with pytest.raises(KeyError):
        controler_case(AF, "entreprise", "iban", "x")
    with pytest.raises(KeyError):
        lire_section(AF, "rib", {})


def test_les_cases_ont_tout_ce_qu_un_formulaire_demande() -> None:
    for section in AF.sections:
        assert section.cases == cases_de(section.rubrique)
        assert section.fiche.titre
        for case in section.cases:
            assert case.libelle
            assert case.manque.split(" ")[0] in {"Indiquez", "Choisissez"}
            assert case.objet[0].islower(), case.nom
            assert case.genre
            assert (case.genre in {"choix", "multi"}) == (case.choix is not None)


def test_les_pieces_demandees_suivent_les_reponses() -> None:
    def codes(**changements: Any) -> list[tuple[str, ...]]:
        return [p.codes for p in pieces_demandees(AF, reponses(**changements))]

    assert codes() == [("convention_signee", "devis_approuve"), ("programme",)]
    assert codes(action__type_action="vae") == [("convention_signee",)]
    assert codes(organisme__interne="oui") == [("programme",)]
    fournies = [p.fournie for p in pieces_demandees(AF, reponses(), {"devis_approuve"})]
    assert fournies == ["devis_approuve", ""]
