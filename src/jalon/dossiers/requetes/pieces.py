"""Documents of a request. A provider reads none: they belong to the company and the OPCO."""

from collections.abc import Collection
from uuid import UUID

from jalon.dispositifs.base import Dispositif
from jalon.dispositifs.lecture import PieceDemandee, Reponses, pieces_demandees
from jalon.dossiers.enums import EtatPiece
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.pieces.requetes import est_lisible
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable

PIECE_COMPLEMENTAIRE = "complementaire"
"""Code of a document that no declaration names, asked by the OPCO."""
LIBELLE_COMPLEMENTAIRE = "Pièce complémentaire"
AVENANT_SIGNE, PREUVE_DE_RUPTURE, PREUVE_DU_PRESTATAIRE = "avenant_signe", "preuve_rupture", "preuve_prestataire"
LIBELLES_SANS_DECLARATION = {
    PIECE_COMPLEMENTAIRE: LIBELLE_COMPLEMENTAIRE,
    AVENANT_SIGNE: "Avenant signé",
    PREUVE_DE_RUPTURE: "Preuve de la rupture",
    PREUVE_DU_PRESTATAIRE: "Preuve de la rupture, jointe par l’organisme de formation",
}
"""Documents that no form asks for: what the OPCO asks apart, what the life of a contract brings."""


def pieces_de(dossier: Dossier, acteur: Acteur) -> list[PieceDeposee]:
    """The documents in force, in the order of their codes, with their `document`."""
    visibles = PieceDeposee.objects.visibles_par(acteur).filter(dossier=dossier).exclude(etat=EtatPiece.REMPLACEE)
    return list(visibles.select_related("document").order_by("code"))


def versions_de_piece(dossier: Dossier, acteur: Acteur, code: str) -> list[PieceDeposee]:
    """Every version attached under a code, newest first."""
    visibles = PieceDeposee.objects.visibles_par(acteur).filter(dossier=dossier, code=code)
    return list(visibles.select_related("document").order_by("-deposee_le", "-id"))


def piece_accessible(dossier: Dossier, piece_id: UUID, acteur: Acteur) -> PieceDeposee:
    """One document, past versions included. Raises Introuvable."""
    piece: PieceDeposee | None = (
        PieceDeposee.objects.visibles_par(acteur).filter(dossier=dossier, pk=piece_id).select_related("document").first()
    )
    if piece is None:
        raise Introuvable("Nous ne trouvons pas cette pièce.")
    return piece


def pieces_utilisables(dossier: Dossier) -> frozenset[str]:
    """Codes whose document in force passed its checks and was not asked again: what rules count."""
    pieces = PieceDeposee.objects.tous("règles d’un dossier déjà obtenu par sa porte").filter(
        dossier=dossier, etat=EtatPiece.DEPOSEE
    )
    return frozenset(piece.code for piece in pieces.select_related("document") if est_lisible(piece.document))


def pieces_en_analyse(dossier: Dossier) -> frozenset[str]:
    """Codes whose document in force still waits for the antivirus, or was refused by it since."""
    pieces = PieceDeposee.objects.tous("règles d’un dossier déjà obtenu par sa porte").filter(
        dossier=dossier, etat=EtatPiece.DEPOSEE
    )
    return frozenset(piece.code for piece in pieces.select_related("document") if not est_lisible(piece.document))


def complement_en_cours(dossier: Dossier) -> DemandeComplement | None:
    """What the OPCO waits for, on a request reached by its door."""
    demandes = DemandeComplement.objects.tous("demande en cours d’un dossier déjà obtenu par sa porte")
    return demandes.filter(dossier=dossier, satisfaite_le__isnull=True).first()


def complements_de(dossier: Dossier, acteur: Acteur) -> list[DemandeComplement]:
    """Every demand made on a request, newest first; none for the provider."""
    return list(DemandeComplement.objects.visibles_par(acteur).filter(dossier=dossier).order_by("-le"))


def libelle_de_piece(dispositif: Dispositif, code: str) -> str:
    """« Convention signée »; its code when the declaration does not know it any more."""
    if code in LIBELLES_SANS_DECLARATION:
        return LIBELLES_SANS_DECLARATION[code]
    try:
        return dispositif.piece(code).libelle
    except KeyError:
        return code


def codes_admis(dispositif: Dispositif, demandees: Collection[str]) -> set[str]:
    """Codes under which the documents asked may be attached: their own, and those of their alternatives."""
    exigees = (p for p in dispositif.pieces if p.code in demandees)
    return {*demandees, *(une.code for exigee in exigees for une in exigee.une_de)}


def pieces_attendues(dossier: Dossier, dispositif: Dispositif, reponses: Reponses) -> list[PieceDemandee]:
    """The documents that these answers ask, with the code under which each is provided (empty: missing or asked again)."""
    return pieces_demandees(dispositif, reponses, pieces_utilisables(dossier))
