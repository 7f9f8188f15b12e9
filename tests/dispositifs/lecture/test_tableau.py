"""Rows from a table: columns known by their headings, each row judged apart."""

import pytest

from jalon.dispositifs.action_formation import ACTION_FORMATION as AF
from jalon.dispositifs.lecture import LectureTableau, lire_section, lire_tableau
from jalon.socle.erreurs import SaisieRefusee
from tests.dispositifs.exemples import reponses

TITRES = [
    "Matricule",
    "Nom",
    "Prénom",
    "Né(e) le",
    "Civilité",
    "N° sécurité sociale",
    "CSP",
    "Diplôme",
    "Contrat",
    "RQTH",
    "Nb heures",
]
ZOE = ["0012", "exemple", "Zoé", "15/07/1995", "Mme", "2 95 07 12 345 678 10", "Employée", "Bac", "CDI", "non", "14 h"]


def lire(*lignes: list[str], titres: list[str] | None = TITRES, **changements: str) -> LectureTableau:
    grille = [titres, *lignes] if titres else list(lignes)
    return lire_tableau(AF, "stagiaires", [list(enumerate(grille, start=1))], reponses(**changements))


def test_les_titres_et_les_mots_courants_se_reconnaissent() -> None:
    lecture = lire(ZOE)
    assert lecture.refusees == []
    (ligne,) = lecture.lignes
    assert (ligne["nom_naissance"], ligne["sexe"], ligne["categorie"], ligne["niveau"]) == ("exemple", "F", "employe", "4")
    assert (ligne["type_contrat"], ligne["rqth"], ligne["heures"], ligne["nir"]) == ("cdi", "non", "14", "295071234567810")
    assert lecture.ignorees == ["Matricule"]
    assert lecture.absentes == []
    assert lire_section(AF, "stagiaires", {"lignes": lecture.lignes}, reponses()).complete


def test_une_ligne_fautive_dit_sa_colonne_et_ne_retient_pas_les_autres() -> None:
    autre = [*ZOE[:1], "lefort", "Yanis", "31/02/1988", "H", "1880302", "Chef", "Bac", "CDI", "", "14"]
    lecture = lire(ZOE, autre)
    assert len(lecture.lignes) == 1
    (refusee,) = lecture.refusees
    assert (refusee.numero, refusee.nom) == (3, "Yanis lefort")
    assert [(r.colonne, r.tape) for r in refusee.refus] == [
        ("Date de naissance", "31/02/1988"),
        ("NIR (numéro de sécurité sociale)", ""),
        ("Catégorie socio-professionnelle", "Chef"),
        ("Travailleur handicapé (RQTH)", ""),
    ]
    assert refusee.refus[0].phrase == "Cette date n’existe pas au calendrier"
    assert refusee.refus[3].phrase == "Indiquez si le salarié est reconnu travailleur handicapé"
    assert refusee.tapees["nir"] == "1880302"


def test_une_personne_deux_fois_est_refusee_la_seconde() -> None:
    lecture = lire(ZOE, [*ZOE[:1], "EXEMPLE", "zoe", *ZOE[3:]])
    assert [r.refus[0].phrase for r in lecture.refusees] == [
        "Ce salarié figure déjà dans le tableau. Retirez l’une des deux lignes"
    ]


def test_sans_titres_les_colonnes_suivent_le_formulaire() -> None:
    lecture = lire(["Exemple", "", "Zoé", "15/07/1995", "F"], titres=None)
    assert lecture.refusees == []
    assert lecture.lignes[0]["prenom"] == "Zoé"
    assert [case.nom for case in lecture.absentes] == ["categorie", "niveau", "type_contrat", "rqth", "heures"]


def test_une_case_qui_n_est_pas_demandee_n_a_pas_de_colonne() -> None:
    titres = [*TITRES, "Salaire horaire"]
    assert lire([*ZOE, "18"], titres=titres).ignorees == ["Matricule", "Salaire horaire"]
    avec = lire([*ZOE, "18"], titres=titres, couts__salaires_demandes="oui")
    assert avec.lignes[0]["salaire_horaire"] == "18,00"


@pytest.mark.parametrize(
    ("titres", "ligne", "phrase"),
    [
        (["Nom", "Prénom"], ["Exemple", "Zoé"], "Il manque une colonne.*Date de naissance"),
        (None, ["x"] * 13, "13 colonnes"),
        (TITRES, None, "Collez au moins une ligne"),
    ],
)
def test_un_tableau_sans_ce_qu_il_faut_se_refuse(titres: list[str] | None, ligne: list[str] | None, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase):
        lire(*([ligne] if ligne else []), titres=titres)
