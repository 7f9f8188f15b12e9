"""What the porte-documents offers to a request."""

from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.porte_documents.enums import TOUS_LES_DOSSIERS
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.requetes import documents_a_prendre, peut
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Portee


def sert_au_dossier(garde: DocumentGarde, dossier: Dossier) -> bool:
    """Whether it is of the company or of the provider of the request, and for its family."""
    chez_l_entreprise = garde.siren != "" and garde.siren == dossier.siren
    chez_le_prestataire = garde.prestataire_siren != "" and garde.prestataire_siren == dossier.prestataire_siren
    return (chez_l_entreprise or chez_le_prestataire) and garde.domaine in {TOUS_LES_DOSSIERS, dossier.domaine}


def documents_a_joindre(dossier: Dossier, acteur: Acteur) -> list[DocumentGarde]:
    """Those that the actor may take for a request that she reached by its door. One query."""
    return documents_a_prendre(acteur, dossier.siren, dossier.prestataire_siren, dossier.domaine)


def endroits_ou_garder(dossier: Dossier, acteur: Acteur) -> list[str]:
    """« » for the whole company, then the SIRET of the request: where the actor may keep its pieces."""
    famille = Domaine(dossier.domaine)
    if peut(acteur, Niveau.SAISIE, Portee(siren=dossier.siren, domaine=famille)):
        return ["", dossier.siret] if dossier.siret else [""]
    return [dossier.siret] if peut(acteur, Niveau.SAISIE, Portee(siret=dossier.siret, domaine=famille)) else []


def peut_garder(dossier: Dossier, acteur: Acteur) -> bool:
    """Whether the pieces of a request may be kept by the actor."""
    return bool(endroits_ou_garder(dossier, acteur))


def origine_affichee(piece: PieceDeposee) -> str:
    """« Prise dans le porte-documents : Programme 2026 », « »."""
    return f"Prise dans le porte-documents\u00a0: {piece.origine}" if piece.origine else ""
