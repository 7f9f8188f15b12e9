"""What is kept in a porte-documents, and for which requests."""

from enum import StrEnum

from jalon.socle.acteurs import LIBELLES_DOMAINES, Domaine


class Genre(StrEnum):
    """Kind of document; where a declaration asks for it, its piece is of that kind (`regles.GENRE_DE_PIECE`)."""

    PROGRAMME = "programme"
    QUALIOPI = "qualiopi"
    CONVENTION = "convention"
    ANNEXE = "annexe"
    ATTESTATION = "attestation"
    AUTRE = "autre"


GENRES = {
    Genre.PROGRAMME: "Programme de formation",
    Genre.QUALIOPI: "Certificat Qualiopi",
    Genre.CONVENTION: "Convention ou devis",
    Genre.ANNEXE: "Annexe pédagogique",
    Genre.ATTESTATION: "Attestation",
    Genre.AUTRE: "Autre document",
}

TOUS_LES_DOSSIERS = ""
"""Value of `domaine` of a document that serves every request, whatever its family."""
USAGES = {
    TOUS_LES_DOSSIERS: "Tous les dossiers",
    Domaine.ALTERNANCE.value: LIBELLES_DOMAINES[Domaine.ALTERNANCE],
    Domaine.PLAN.value: LIBELLES_DOMAINES[Domaine.PLAN],
}
