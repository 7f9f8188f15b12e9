"""Documents to attach: which are asked, which are missing."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from jalon.dispositifs.base import Anomalie, Formulaire, PieceExigee
from jalon.dispositifs.base.controles import PIECE_MANQUANTE
from jalon.dispositifs.lecture.cases import Demandes, Reponses


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A required document and the codes under which it may be attached; `fournie`: the one that is, or empty."""

    piece: PieceExigee
    codes: tuple[str, ...]
    fournie: str = ""


def pieces_demandees(dispositif: Formulaire, reponses: Reponses, deposees: Collection[str] = ()) -> list[PieceDemandee]:
    """The documents asked by these answers; alternatives that the answers rule out are left out."""
    demandes = Demandes(dispositif, reponses)
    demandees = []
    for piece in dispositif.pieces:
        if not all(demandes.tenue(condition) for condition in piece.si):
            continue
        admises = tuple(une for une in piece.une_de if all(demandes.tenue(condition) for condition in une.si))
        codes = tuple(une.code for une in admises) or (piece.code,)
        fournie = next((code for code in codes if code in deposees), "")
        demandees.append(PieceDemandee(replace(piece, une_de=admises), codes, fournie))
    return demandees


def anomalies_des_pieces(dispositif: Formulaire, reponses: Reponses, deposees: Collection[str]) -> list[Anomalie]:
    """One blocking reason for each document that is missing."""
    return [
        Anomalie(
            PIECE_MANQUANTE, f"Joignez {_objet(demandee.piece)}", (f"pieces.{demandee.piece.code}",), source=demandee.piece.source
        )
        for demandee in pieces_demandees(dispositif, reponses, deposees)
        if not demandee.fournie
    ]


def _objet(piece: PieceExigee) -> str:
    return ", ou ".join(une.objet for une in piece.une_de) or piece.objet
