"""What the OPCO asked again in the life of a request, as both sides read it."""

from dataclasses import dataclass
from datetime import date

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatComplement
from jalon.dossiers.models import DemandeComplement, Dossier
from jalon.dossiers.regles import cle_de_piece
from jalon.dossiers.requetes import complements_de, libelle_de_piece
from jalon.instruction.regles import libelles_demandes
from jalon.socle.acteurs import Acteur


@dataclass(frozen=True, slots=True)
class ComplementAffiche:
    """A demand, its state that day, and each thing asked with its reason (empty: the message speaks for it)."""

    demande: DemandeComplement
    etat: EtatComplement
    libelle: str
    elements: list[tuple[str, str]]


def complements_affiches(dossier: Dossier, acteur: Acteur, jour: date) -> list[ComplementAffiche]:
    """Every demand made on a request, newest first; none for the provider."""
    return [_afficher(dossier, demande, jour) for demande in complements_de(dossier, acteur)]


def _afficher(dossier: Dossier, demande: DemandeComplement, jour: date) -> ComplementAffiche:
    declaration = dispositif_de(dossier.dispositif)
    pieces = [(libelle_de_piece(declaration, code), demande.motifs.get(cle_de_piece(code), "")) for code in demande.pieces]
    libelles = libelles_demandes(declaration, demande.cases)
    cases = [(libelle, demande.motifs.get(chemin, "")) for chemin, libelle in zip(demande.cases, libelles, strict=True)]
    return ComplementAffiche(demande, demande.etat(jour), demande.libelle_etat(jour), [*pieces, *cases])
