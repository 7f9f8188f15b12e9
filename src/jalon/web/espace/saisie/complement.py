"""What the OPCO asked again, as documents to attach."""

from jalon.dispositifs.base import Dispositif, PieceExigee
from jalon.dispositifs.lecture import PieceDemandee
from jalon.dossiers.models import DemandeComplement, Dossier
from jalon.dossiers.requetes import libelle_de_piece, pieces_utilisables


def pieces_du_complement(dossier: Dossier, dispositif: Dispositif, demande: DemandeComplement) -> list[PieceDemandee]:
    """One line for each document asked; an alternative of the declaration answers as well."""
    presentes = pieces_utilisables(dossier)
    lignes = []
    for code in demande.pieces:
        piece = _piece(dispositif, code)
        codes = tuple(une.code for une in piece.une_de) or (piece.code,)
        lignes.append(PieceDemandee(piece, codes, next((c for c in codes if c in presentes), "")))
    return lignes


def _piece(dispositif: Dispositif, code: str) -> PieceExigee:
    try:
        return dispositif.piece(code)
    except KeyError:
        libelle = libelle_de_piece(dispositif, code)
        return PieceExigee(code=code, libelle=libelle, objet=f"la pièce «\u00a0{libelle}\u00a0»")
