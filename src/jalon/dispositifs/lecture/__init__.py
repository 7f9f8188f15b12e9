"""Deriving from a declaration: reading, checking, estimating, showing."""

from jalon.dispositifs.base import LIGNES, cases_de
from jalon.dispositifs.lecture.affichage import (
    Difference,
    LigneAffichee,
    RubriqueAffichee,
    afficher,
    differences,
    recapituler,
)
from jalon.dispositifs.lecture.aides import indications_de, proposition_de
from jalon.dispositifs.lecture.cases import Demandes, LectureCase, Reponses, lire_case, valeurs_de
from jalon.dispositifs.lecture.completude import EtatSection, StatutSection, completude
from jalon.dispositifs.lecture.contenu import (
    LectureContenu,
    Verification,
    accorder,
    controler,
    ecrire_contenu,
    estimer,
    lire_contenu,
    lire_reponses,
    relire_contenu,
    reponses_du_contenu,
    verifier,
)
from jalon.dispositifs.lecture.copie import copier, rubriques_a_copier
from jalon.dispositifs.lecture.modifications import apres_envoi, cases_libres
from jalon.dispositifs.lecture.papier import (
    CaseImprimee,
    EtatCase,
    FormulaireRempli,
    RubriqueImprimee,
    SignataireImprime,
    avec_son_code,
    remplir,
)
from jalon.dispositifs.lecture.personnes import section_de_la_personne, textes_des_personnes, valeurs_de_la_personne
from jalon.dispositifs.lecture.pieces import PieceDemandee, pieces_demandees
from jalon.dispositifs.lecture.projection import projeter, projeter_contenu, schema_json
from jalon.dispositifs.lecture.remplissage import Remplissage, dits_des_registres, remplir_depuis_les_registres
from jalon.dispositifs.lecture.scission import lignes_a_scinder, scinder, tailles_des_parts
from jalon.dispositifs.lecture.sections import LectureSection, controler_case, lire_section
from jalon.dispositifs.lecture.sensibles import sensibles, transformer_document, transformer_reponses, transformer_valeurs
from jalon.dispositifs.lecture.tableau import LectureTableau, LigneRefusee, cle_de_ligne, lire_tableau

__all__ = [
    "LIGNES",
    "CaseImprimee",
    "Demandes",
    "Difference",
    "EtatCase",
    "EtatSection",
    "FormulaireRempli",
    "LectureCase",
    "LectureContenu",
    "LectureSection",
    "LectureTableau",
    "LigneAffichee",
    "LigneRefusee",
    "PieceDemandee",
    "Remplissage",
    "Reponses",
    "RubriqueAffichee",
    "RubriqueImprimee",
    "SignataireImprime",
    "StatutSection",
    "Verification",
    "accorder",
    "afficher",
    "apres_envoi",
    "avec_son_code",
    "cases_de",
    "cases_libres",
    "cle_de_ligne",
    "completude",
    "controler",
    "controler_case",
    "copier",
    "differences",
    "dits_des_registres",
    "ecrire_contenu",
    "estimer",
    "indications_de",
    "lignes_a_scinder",
    "lire_case",
    "lire_contenu",
    "lire_reponses",
    "lire_section",
    "lire_tableau",
    "pieces_demandees",
    "projeter",
    "projeter_contenu",
    "proposition_de",
    "recapituler",
    "relire_contenu",
    "remplir",
    "remplir_depuis_les_registres",
    "reponses_du_contenu",
    "rubriques_a_copier",
    "schema_json",
    "scinder",
    "section_de_la_personne",
    "sensibles",
    "tailles_des_parts",
    "textes_des_personnes",
    "transformer_document",
    "transformer_reponses",
    "transformer_valeurs",
    "valeurs_de",
    "valeurs_de_la_personne",
    "verifier",
]
