"""Summary, differences, sensitive boxes, columns, schema."""

from datetime import date
from decimal import Decimal
from typing import Any

from jalon.dispositifs.action_formation import ACTION_FORMATION as AF
from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.lecture import (
    afficher,
    differences,
    ecrire_contenu,
    lire_reponses,
    projeter,
    projeter_contenu,
    recapituler,
    relire_contenu,
    schema_json,
    sensibles,
    transformer_document,
    transformer_reponses,
)
from tests.dispositifs.exemples import SIRET_ENTREPRISE, SIRET_ORGANISME, YANIS, ZOE, contenu, reponses

NIR_ZOE = "295079999999" + "9"


def cle(nir: str) -> str:
    return nir + f"{97 - int(nir) % 97:02d}"


ZOE_NIR = {**ZOE, "nir": cle(NIR_ZOE)}


def test_le_recapitulatif_suit_l_ordre_du_formulaire_et_masque_le_nir() -> None:
    rubriques = recapituler(AF, contenu(stagiaires=[ZOE_NIR, YANIS]))
    assert [r.titre for r in rubriques] == [
        *("L’entreprise", "L’organisme de formation", "L’action", "Salarié 1", "Salarié 2", "Les coûts")
    ]
    textes = {ligne.case.nom: ligne.texte for ligne in rubriques[3].lignes}
    assert textes["nir"] == "2 95 ** ** *** *** **"
    assert textes["date_naissance"] == "15/07/1995"
    assert textes["categorie"] == "Employé"
    assert "nom_usage" not in textes
    action = {ligne.case.nom: ligne.texte for ligne in rubriques[2].lignes}
    assert action["duree_heures"] == "14\u00a0heures"
    couts = {ligne.case.nom: ligne.texte for ligne in rubriques[5].lignes}
    assert couts["cout_pedagogique"] == "700,00\u00a0€"
    assert couts["subrogation"] == "Oui"


def test_le_recapitulatif_en_clair_est_demande_expressement() -> None:
    rubriques = recapituler(AF, contenu(stagiaires=[ZOE_NIR]), masquer=False)
    assert any(ligne.texte == ZOE_NIR["nir"] for ligne in rubriques[3].lignes)


def test_un_brouillon_partiel_se_recapitule() -> None:
    rubriques = recapituler(AF, lire_reponses(AF, {"action": {"valeurs": {"intitule": "SST"}}}).partiel)
    assert [(r.titre, [ligne.texte for ligne in r.lignes]) for r in rubriques if r.lignes] == [("L’action", ["SST"])]


def test_les_choix_multiples_s_affichent_en_mots() -> None:
    case = AF.section("action").case("mentions_devis")
    assert afficher(case, ("moyens", "prix")) == "Moyens prévus, Prix et modalités de règlement"
    assert afficher(case, ()) == ""


def test_les_differences_nomment_les_cases_et_masquent_les_sensibles() -> None:
    avant = contenu(stagiaires=[ZOE, YANIS])
    apres = contenu(stagiaires=[ZOE_NIR, YANIS], action__intitule="Sécurité", couts__cout_pedagogique="650")
    trouvees = [(d.titre, d.libelle, d.avant, d.apres) for d in differences(AF, avant, apres)]
    assert trouvees == [
        ("L’action", "Intitulé", "Hygiène alimentaire", "Sécurité"),
        ("Salarié Zoé Exemple", "NIR (numéro de sécurité sociale)", "", "2 95 ** ** *** *** **"),
        ("Les coûts", "Coût pédagogique HT", "700,00\u00a0€", "650,00\u00a0€"),
    ]
    assert differences(AF, avant, avant) == []


def test_les_lignes_se_comparent_par_personne_puis_par_place() -> None:
    def trouver(avant: list[dict[str, str]], apres: list[dict[str, str]]) -> list[tuple[str, str, str]]:
        return [(d.libelle, d.avant, d.apres) for d in differences(AF, contenu(stagiaires=avant), contenu(stagiaires=apres))]

    lea = {**YANIS, "prenom": "Léa", "sexe": "F"}
    assert trouver([ZOE, YANIS], [YANIS, ZOE]) == []
    assert trouver([ZOE], [ZOE, YANIS]) == [("Salarié", "", "Yanis Lefort")]
    assert trouver([ZOE, YANIS], [ZOE]) == [("Salarié", "Yanis Lefort", "")]
    assert trouver([ZOE, YANIS], [ZOE, lea]) == [("Prénom", "Yanis", "Léa"), ("Sexe", "Homme", "Femme")]


def test_les_cases_sensibles_se_transforment_partout() -> None:
    assert sensibles(AF) == {("stagiaires", "nir")}

    def chiffrer(texte: str) -> str:
        return f"chiffré:{texte[::-1]}"

    donnees = reponses(stagiaires=[ZOE_NIR, YANIS])
    chiffrees = transformer_reponses(AF, donnees, chiffrer)
    assert chiffrees["stagiaires"]["valeurs"][LIGNES][0]["nir"] == chiffrer(ZOE_NIR["nir"])
    assert chiffrees["stagiaires"]["valeurs"][LIGNES][1]["nir"] == ""
    assert chiffrees["entreprise"] == donnees["entreprise"]
    assert ZOE_NIR["nir"] not in str(chiffrees)
    assert transformer_reponses(AF, chiffrees, lambda t: t.removeprefix("chiffré:")[::-1]) == donnees


def test_un_document_chiffre_se_relit_sans_ses_cases_sensibles() -> None:
    document = transformer_document(AF, ecrire_contenu(contenu(stagiaires=[ZOE_NIR])), lambda texte: f"x{texte}")
    assert document["stagiaires"][0]["nir"] == "x" + ZOE_NIR["nir"]
    relu: Any = relire_contenu(AF, transformer_document(AF, document, lambda _: None))
    assert relu.stagiaires[0].nir is None


def test_les_colonnes_se_tirent_d_un_brouillon_meme_incomplet() -> None:
    projection = projeter(AF, reponses(action__date_fin="32/01/2027", stagiaires=[ZOE, {**YANIS, "sexe": ""}]))
    assert projection.titre == "Hygiène alimentaire"
    assert (projection.siret, projection.prestataire_siret) == (SIRET_ENTREPRISE, SIRET_ORGANISME)
    assert (projection.date_debut, projection.date_fin) == (date(2027, 1, 11), None)
    assert projection.nombre_stagiaires == 2
    assert projection.montant_demande == Decimal("700.00")
    assert projection.recherche == "hygiene alimentaire hotel du lac savoir faire zoe exemple yanis lefort"
    assert projeter(AF, {}).nombre_stagiaires == 0


def test_les_colonnes_ne_portent_jamais_le_nir() -> None:
    assert ZOE_NIR["nir"] not in repr(projeter_contenu(AF, contenu(stagiaires=[ZOE_NIR])))


def test_le_montant_demande_additionne_salaires_et_frais() -> None:
    document = contenu(
        couts__salaires_demandes="oui",
        couts__frais_demandes="oui",
        couts__montant_repas="30",
        couts__repas="2",
        couts__montant_transport="12,50",
        stagiaires=[{**ZOE, "heures": "3,33", "salaire_horaire": "18,35"}],
    )
    assert document.cout_salaires == Decimal("61.11")
    assert document.montant_demande == Decimal("803.61")


def test_le_schema_porte_les_noms_de_l_api_les_codes_et_ce_qui_est_sensible() -> None:
    schema = schema_json(AF)
    stagiaire = schema["$defs"]["Stagiaire"]["properties"]
    assert stagiaire["nir"]["x-sensible"] is True
    assert stagiaire["nom"]["title"] == "Nom de naissance"
    assert stagiaire["sexe"]["enum"] == ["F", "M"]
    assert "dateDebut" in schema["$defs"]["Action"]["required"]
    assert "lieu" not in schema["$defs"]["Action"]["required"]
    assert schema["$id"] == "urn:jalon:dispositif:action_formation:1"
