"""What the company changed when it answered a demand, and what that sets off."""

from dataclasses import dataclass
from datetime import datetime

from jalon.dispositifs.base import Contenu
from jalon.dispositifs.lecture import Difference, differences
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatComplement
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.dossiers.requetes import (
    complements_de,
    contenu_en_clair,
    contexte_de,
    libelle_de_piece,
    pieces_de,
    versions_de,
)
from jalon.instruction.requetes.controles import ControleVu, Resultat, controles_du_contenu
from jalon.socle.acteurs import Acteur


@dataclass(frozen=True, slots=True)
class PieceChangee:
    """A document attached for the demand."""

    code: str
    libelle: str
    deposee_le: datetime
    deposee_par: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Answers (sensitive ones masked) and documents that changed; `alertes`: controls that fire now and did not before."""

    reponses: list[Difference]
    pieces: list[PieceChangee]
    alertes: list[ControleVu]


RIEN = Differences([], [], [])


def differences_depuis(dossier: Dossier, acteur: Acteur, maintenant: datetime) -> Differences:
    """What the last answer changed; nothing before the first one, and for the provider."""
    repondues = [d for d in complements_de(dossier, acteur) if d.issue == EtatComplement.REPONDU]
    return _du_complement(dossier, repondues[0], acteur, maintenant) if repondues else RIEN


def _du_complement(dossier: Dossier, demande: DemandeComplement, acteur: Acteur, maintenant: datetime) -> Differences:
    """What one answer changed, between the version it was asked on and the one it made."""
    declaration = dispositif_de(dossier.dispositif)
    pieces = [
        PieceChangee(p.code, libelle_de_piece(declaration, p.code), p.deposee_le, p.deposee_par_nom)
        for p in pieces_de(dossier, acteur)
        if _jointe_pour(p, demande)
    ]
    versions = {v.numero: v.contenu for v in versions_de(dossier, acteur)}
    documents = [versions.get(numero) for numero in (demande.version, demande.version_rendue or 0)]
    lus = [contenu_en_clair(dossier, document) for document in documents if document is not None]
    if len(lus) < len(documents):
        return Differences([], pieces, [])
    ancien, nouveau = lus
    return Differences(differences(declaration, ancien, nouveau), pieces, _alertes(dossier, ancien, nouveau, maintenant))


def _jointe_pour(piece: PieceDeposee, demande: DemandeComplement) -> bool:
    return piece.deposee_le > demande.le and (demande.satisfaite_le is None or piece.deposee_le <= demande.satisfaite_le)


def _alertes(dossier: Dossier, ancien: Contenu, nouveau: Contenu, maintenant: datetime) -> list[ControleVu]:
    """Controls that say of the new content something that they did not say of the old one."""
    declaration, contexte = dispositif_de(dossier.dispositif), contexte_de(dossier, maintenant)
    avant = {c.identifiant: set(c.messages) for c in controles_du_contenu(declaration, ancien, contexte)}
    apres = controles_du_contenu(declaration, nouveau, contexte)
    return [c for c in apres if c.resultat != Resultat.CONFORME and not set(c.messages) <= avant.get(c.identifiant, set())]
