"""What an adviser reads."""

from jalon.instruction.requetes.complements import ComplementAffiche, complements_affiches
from jalon.instruction.requetes.controles import ControleVu, Resultat, controles_de, proposition_de
from jalon.instruction.requetes.differences import Differences, PieceChangee, differences_depuis
from jalon.instruction.requetes.examen import Examen, examen_de, examiner
from jalon.instruction.requetes.file import a_faire, decision_de, lire_file
from jalon.instruction.requetes.niveaux import page_de_regularisations, regularisations_a_faire
from jalon.instruction.requetes.sollicitations import sollicitations

__all__ = [
    "ComplementAffiche",
    "ControleVu",
    "Differences",
    "Examen",
    "PieceChangee",
    "Resultat",
    "a_faire",
    "complements_affiches",
    "controles_de",
    "decision_de",
    "differences_depuis",
    "examen_de",
    "examiner",
    "lire_file",
    "page_de_regularisations",
    "proposition_de",
    "regularisations_a_faire",
    "sollicitations",
]
