"""The whole: a document when nothing is missing, else every reason at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from jalon.dispositifs.action_formation import ACTION_FORMATION as AF
from jalon.dispositifs.base import LIGNES, CaseAbsente
from jalon.dispositifs.lecture import (
    StatutSection,
    completude,
    ecrire_contenu,
    estimer,
    lire_contenu,
    lire_reponses,
    relire_contenu,
    reponses_du_contenu,
    verifier,
)
from tests.dispositifs.exemples import YANIS, ZOE, contenu, contexte, reponses


def test_le_contenu_est_type_immuable_et_se_relit() -> None:
    document = contenu()
    assert document.action.date_debut == date(2027, 1, 11)
    assert document.couts.cout_pedagogique == Decimal("700.00")
    assert document.stagiaires[1].prenom == "Yanis"
    with pytest.raises(ValidationError, match="frozen"):
        document.action.intitule = "Autre"
    assert relire_contenu(AF, ecrire_contenu(document)) == document


def test_un_contenu_stocke_est_verifie_a_la_relecture() -> None:
    document = ecrire_contenu(contenu())
    document["entreprise"]["siret"] = "12345678901234"
    with pytest.raises(ValidationError, match="Ce SIRET n’existe pas"):
        relire_contenu(AF, document)


@pytest.mark.parametrize(("champ", "valeur"), [("type_action", "stage"), ("duree_heures", "0"), ("inconnue", "x")])
def test_la_relecture_refuse_ce_que_la_declaration_refuse(champ: str, valeur: str) -> None:
    document = ecrire_contenu(contenu())
    document["action"][champ] = valeur
    with pytest.raises(ValidationError):
        relire_contenu(AF, document)


def test_les_noms_de_l_api_sont_acceptes() -> None:
    document = contenu().model_dump(mode="json", by_alias=True)
    assert document["stagiaires"][0]["nom"] == "Exemple"
    assert document["action"]["dateDebut"] == "2027-01-11"
    assert relire_contenu(AF, document) == contenu()


def test_un_contenu_redonne_ses_reponses() -> None:
    document = contenu(action__modalite="mixte", action__heures_distance="4", action__mentions_devis=["prix"])
    relu, anomalies = lire_contenu(AF, reponses_du_contenu(AF, document))
    assert anomalies == []
    assert relu == document


def test_chaque_case_a_corriger_a_son_anomalie_dans_l_ordre_du_formulaire() -> None:
    donnees = reponses(
        entreprise__siret="12", action__date_debut="", stagiaires=[ZOE, {**YANIS, "sexe": "", "nom_naissance": "Lefort2"}]
    )
    document, anomalies = lire_contenu(AF, donnees)
    assert document is None
    assert [(a.controle, a.cases) for a in anomalies] == [
        ("case-illisible", ("entreprise.siret",)),
        ("case-manquante", ("action.date_debut",)),
        ("case-illisible", ("stagiaires.1.nom_naissance",)),
        ("case-manquante", ("stagiaires.1.sexe",)),
    ]
    assert [a.section for a in anomalies] == ["entreprise", "action", "stagiaires", "stagiaires"]


def test_un_brouillon_vide_donne_toutes_ses_raisons_sans_erreur() -> None:
    verification = verifier(AF, {}, contexte(pieces=frozenset()))
    assert verification.contenu is None
    assert {a.section for a in verification.bloquantes} == {"entreprise", "organisme", "action", "stagiaires", "couts"}
    assert verification.avertissements == []


def test_les_pieces_manquantes_sont_des_raisons() -> None:
    messages = [a.message for a in verifier(AF, reponses(), contexte(pieces=frozenset())).bloquantes]
    assert messages == [
        "Joignez la convention signée, ou le devis approuvé qui porte ses mentions",
        "Joignez le programme",
    ]
    assert verifier(AF, reponses(), contexte(pieces=frozenset({"convention_signee", "programme"}))).anomalies == []


def test_un_controle_dont_une_case_manque_n_est_pas_juge_les_autres_le_sont() -> None:
    donnees = reponses(action__date_debut="", couts__frais_demandes="oui")
    controles = [a.controle for a in verifier(AF, donnees, contexte()).anomalies]
    assert controles == ["case-manquante", "frais-annexes-detail"]


def test_une_case_absente_ne_passe_pas_pour_une_reponse() -> None:
    """An optional box that cannot be read is absent, not None."""
    partiel: Any = lire_reponses(AF, reponses(entreprise__contact_telephone="12")).partiel
    with pytest.raises(CaseAbsente, match=r"entreprise\.contact_telephone"):
        _ = partiel.entreprise.contact_telephone
    assert partiel.organisme.contact_nom is None
    with pytest.raises(AttributeError):
        _ = partiel.entreprise.inconnue


def test_l_estimation_dit_ce_qu_elle_attend() -> None:
    assert estimer(AF, {}, contexte()).attend == "la date de début de l’action"
    assert estimer(AF, reponses(couts__cout_pedagogique=""), contexte()).attend == "le coût pédagogique"
    assert estimer(AF, reponses(stagiaires=[]), contexte()).attend == "au moins un salarié"
    assert estimer(AF, reponses(), contexte()).attend == ""


def test_l_estimation_n_attend_ni_la_tva_ni_la_subrogation() -> None:
    estimation = estimer(AF, reponses(couts__taux_tva="", couts__subrogation="", couts__salaires_demandes=""), contexte())
    assert estimation.total_ht == Decimal("700.00")


def test_la_completude_compte_par_section() -> None:
    donnees = reponses(
        entreprise__siret="12", entreprise__idcc="x", organisme__nda="", organisme__qualiopi="", action__intitule=""
    )
    donnees["couts"] = {"version": 0, "valeurs": {}}
    etats = completude(AF, donnees)
    assert {code: etat.texte for code, etat in etats.items()} == {
        "entreprise": "2\u00a0réponses à corriger",
        "organisme": "2\u00a0champs restants",
        "action": "1\u00a0champ restant",
        "stagiaires": "Complet",
        "couts": "À commencer",
    }
    assert etats["couts"].statut == StatutSection.A_COMMENCER


def test_un_controle_bloquant_compte_dans_sa_section_une_seule_fois() -> None:
    donnees = reponses(action__date_fin="10/01/2027", action__intitule="", stagiaires=[ZOE, {**ZOE, "heures": "15"}])
    verification = verifier(AF, donnees, contexte())
    assert [a.controle for a in verification.de_la_section("action")] == ["case-manquante", "dates-ordre"]
    etats = completude(AF, donnees, verification.anomalies)
    assert etats["action"].texte == "1\u00a0réponse à corriger"
    assert etats["action"].restants == 1
    assert etats["stagiaires"].texte == "2\u00a0réponses à corriger"
    assert completude(AF, {"stagiaires": {"valeurs": {LIGNES: []}}})["stagiaires"].texte == "À commencer"
