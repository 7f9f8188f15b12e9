"""The paper form, filled: each box in its place, with the state that the answers give it, and who signs."""

from dataclasses import replace
from typing import Any

import pytest

from jalon.dispositifs.apprentissage.declaration import CONTRAT_APPRENTISSAGE
from jalon.dispositifs.apprentissage.norme import lire_norme
from jalon.dispositifs.base import Formulaire
from jalon.dispositifs.lecture import EtatCase, FormulaireRempli, remplir
from jalon.dispositifs.professionnalisation.declaration import CONTRAT_PROFESSIONNALISATION
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.socle.identifiants import completer_nir, grouper_nir
from tests.dispositifs.apprentissage.cas import REPRESENTANT, ne_le
from tests.dispositifs.apprentissage.contrats import contexte, contrat
from tests.dispositifs.test_sources import CITES, articles

IMPRIMES = [d.imprime for d in DISPOSITIFS.values() if d.imprime is not None]
MINEUR = {**ne_le("2009-08-25"), "apprenti__responsableLegal": REPRESENTANT}


def reponses(**changements: Any) -> dict[str, dict[str, Any]]:
    return lire_norme(contrat(**changements)).reponses


def rempli(donnees: dict[str, dict[str, Any]] | None = None, **options: Any) -> FormulaireRempli:
    return remplir(CONTRAT_APPRENTISSAGE, reponses() if donnees is None else donnees, **options)


def case(papier: FormulaireRempli, chemin: str) -> tuple[EtatCase, str]:
    section, _, nom = chemin.partition(".")
    rubrique = next(r for r in papier.rubriques if r.section.code == section)
    trouvee = next(c for c in rubrique.lignes[0] if c.case.nom == nom)
    return trouvee.etat, trouvee.texte


@pytest.mark.parametrize("declare", IMPRIMES, ids=lambda f: f.code)
@pytest.mark.parametrize("donnees", [{}, reponses()], ids=["vide", "rempli"])
def test_chaque_case_est_imprimee_dans_l_ordre_du_papier(declare: Formulaire, donnees: dict[str, dict[str, Any]]) -> None:
    connues = {code: valeurs for code, valeurs in donnees.items() if declare is CONTRAT_APPRENTISSAGE}
    papier = remplir(declare, connues)
    assert [r.section.code for r in papier.rubriques] == [s.code for s in declare.sections]
    for rubrique in papier.rubriques:
        for ligne in rubrique.lignes:
            assert [c.case.nom for c in ligne] == [c.nom for c in rubrique.section.cases]
        assert rubrique.lignes or rubrique.section.fiche.repetee


def test_les_deux_contrats_de_l_alternance_s_impriment() -> None:
    assert {CONTRAT_APPRENTISSAGE, CONTRAT_PROFESSIONNALISATION} <= set(IMPRIMES)


def test_un_contrat_complet_se_signe_tel_quel() -> None:
    papier = rempli(contexte=contexte())
    assert (papier.restantes, papier.a_corriger, papier.complet) == (0, 0, True)


@pytest.mark.parametrize(
    ("chemin", "attendu"),
    [
        ("contrat.type_contrat", "11 · Premier contrat d’apprentissage de l’apprenti"),
        ("apprenti.sexe", "F · Féminin"),
        ("apprenti.derniere_classe", "01 · Dernière année du cycle suivie, et diplôme obtenu"),
        ("employeur.secteur", "Employeur privé"),
        ("employeur.siret", "130\u00a0025\u00a0265\u00a000013"),
        ("contrat.salaire", "802,82\u00a0€"),
        ("contrat.heures", "35\u00a0h"),
        ("contrat.date_debut", "01/09/2026"),
        ("apprenti.sportif", "Non"),
    ],
)
def test_une_reponse_s_ecrit_en_mots_un_choix_avec_son_code(chemin: str, attendu: str) -> None:
    assert case(rempli(), chemin) == (EtatCase.REMPLIE, attendu)


def test_les_periodes_de_salaire_ont_une_ligne_chacune() -> None:
    (paie,) = (r for r in rempli().rubriques if r.section.code == "remunerations")
    assert [c.texte for c in paie.lignes[0]] == ["1.1 · 1re année, période 1", "01/09/2026", "31/08/2027", "43\u00a0%", "du SMIC"]
    assert len(paie.lignes) == 3


def test_le_nir_est_masque_ou_entier_selon_l_exemplaire() -> None:
    nir = completer_nir(reponses()["apprenti"]["valeurs"]["nir"])
    masque, entier = rempli(), rempli(masquer=False)
    assert case(entier, "apprenti.nir") == (EtatCase.REMPLIE, grouper_nir(nir))
    assert grouper_nir(nir).replace("\u00a0", "") == nir
    assert case(masque, "apprenti.nir")[1] == f"{nir[0]} {nir[1:3]} ** ** *** *** **"
    assert nir[5:13] not in str(masque).replace("\u00a0", "")
    assert [c.nom for c in masque.sensibles] == [c.nom for c in entier.sensibles] == ["nir"]
    donnees = reponses()
    donnees["apprenti"]["valeurs"]["nir"] = "20707740"
    assert case(rempli(donnees), "apprenti.nir") == (EtatCase.A_CORRIGER, "••••")
    assert case(rempli(donnees, masquer=False), "apprenti.nir") == (EtatCase.A_CORRIGER, "20707740")
    donnees["apprenti"]["valeurs"]["nir"] = ""
    assert rempli(donnees, masquer=False).sensibles == ()


def test_une_case_vide_se_remplit_a_la_main_ou_reste_vide() -> None:
    donnees = reponses()
    donnees["apprenti"]["valeurs"] |= {"commune": "", "telephone": "12"}
    papier = rempli(donnees)
    assert case(papier, "apprenti.commune") == (EtatCase.A_REMPLIR, "")
    assert case(papier, "apprenti.nom_usage") == (EtatCase.FACULTATIVE, "")
    assert case(papier, "apprenti.telephone") == (EtatCase.A_CORRIGER, "12")
    assert (papier.restantes, papier.a_corriger, papier.complet) == (1, 1, False)
    donnees["apprenti"]["valeurs"]["telephone"] = "0612345678"
    assert not rempli(donnees).complet


def test_une_case_que_les_reponses_ecartent_est_sans_objet_meme_si_elle_fut_tapee() -> None:
    donnees = reponses()
    donnees["representant"] = {"valeurs": {"nom": "Exemple", "prenom": "Paul"}}
    assert case(rempli(donnees), "representant.nom") == (EtatCase.SANS_OBJET, "")
    donnees["apprenti"]["valeurs"]["mineur"] = ""
    assert case(rempli(donnees), "representant.prenom") == (EtatCase.FACULTATIVE, ""), "personne n’a encore répondu"
    donnees["apprenti"]["valeurs"]["mineur"] = "oui"
    assert case(rempli(donnees), "representant.nom") == (EtatCase.REMPLIE, "Exemple")
    assert case(rempli(donnees), "representant.voie") == (EtatCase.A_REMPLIR, "")


def test_une_case_qui_depend_d_une_case_ecartee_l_est_aussi() -> None:
    vide = remplir(CONTRAT_PROFESSIONNALISATION, {})
    assert case(vide, "salarie.numero_inscription") == (EtatCase.FACULTATIVE, "")
    non = remplir(CONTRAT_PROFESSIONNALISATION, {"salarie": {"valeurs": {"inscrit": "non"}}})
    assert case(non, "salarie.numero_inscription") == (EtatCase.SANS_OBJET, "")


def test_un_controle_qui_bloque_se_compte_avec_le_contexte_seul() -> None:
    donnees = reponses(contrat__salaireEmbauche=100)
    assert rempli(donnees).a_corriger == 0
    assert rempli(donnees, contexte=contexte()).a_corriger == 1
    donnees["contrat"]["valeurs"]["salaire"] = ""
    assert (rempli(donnees, contexte=contexte()).restantes, rempli(donnees, contexte=contexte()).a_corriger) == (1, 0)


@pytest.mark.parametrize(
    ("mineur", "attendus"),
    [
        ("oui", ["L’employeur", "L’apprenti(e)", "Le représentant légal", "Le directeur du CFA"]),
        ("non", ["L’employeur", "L’apprenti(e)", "Le directeur du CFA"]),
        ("", ["L’employeur", "L’apprenti(e)", "Le représentant légal", "Le directeur du CFA"]),
    ],
)
def test_le_representant_legal_signe_pour_un_mineur(mineur: str, attendus: list[str]) -> None:
    donnees = reponses(**MINEUR)
    donnees["apprenti"]["valeurs"]["mineur"] = mineur
    papier = rempli(donnees)
    assert [s.signataire.qui for s in papier.signataires] == attendus
    noms = {s.signataire.qui: s.nom for s in papier.signataires}
    assert noms["L’employeur"] == "Hôtel du Lac"
    assert noms["L’apprenti(e)"] == "Zoé Exemple"
    assert noms.get("Le représentant légal") == {"oui": "Paul Exemple", "": ""}.get(mineur)


@pytest.mark.parametrize("declare", IMPRIMES, ids=lambda f: f.code)
def test_les_signataires_nomment_des_cases_et_des_conditions_qui_existent(declare: Formulaire) -> None:
    assert declare.formulaire
    assert declare.signataires
    for signataire in declare.signataires:
        assert signataire.source.startswith("CERFA ") or set(articles(signataire.source)) <= CITES, signataire.qui
        for chemin in (*signataire.nom, *(c.chemin for c in signataire.si)):
            section, _, nom = chemin.partition(".")
            assert declare.section(section).case(nom)


def test_un_formulaire_sans_signataire_n_en_invente_pas() -> None:
    assert remplir(replace(CONTRAT_APPRENTISSAGE, signataires=()), {}).signataires == ()
