"""What the company changed since the adviser last read the request."""

from dataclasses import dataclass
from datetime import datetime

from jalon.dispositifs.lecture import Difference, differences
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import complements_de, contenu_en_clair, libelle_de_piece, pieces_de, versions_de
from jalon.socle.acteurs import Acteur


@dataclass(frozen=True, slots=True)
class PieceChangee:
    """A document attached since the demand."""

    code: str
    libelle: str
    deposee_le: datetime
    deposee_par: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Answers (sensitive ones masked) and documents that changed; empty before the first complement."""

    reponses: list[Difference]
    pieces: list[PieceChangee]


def differences_depuis(dossier: Dossier, acteur: Acteur) -> Differences:
    """What changed between the last two versions of the content, and since the last demand."""
    demandes = complements_de(dossier, acteur)
    if not demandes:
        return Differences([], [])
    declaration = dispositif_de(dossier.dispositif)
    depuis = demandes[0].le
    pieces = [
        PieceChangee(p.code, libelle_de_piece(declaration, p.code), p.deposee_le, p.deposee_par_nom)
        for p in pieces_de(dossier, acteur)
        if p.deposee_le > depuis
    ]
    versions = versions_de(dossier, acteur)[-2:]
    if len(versions) < 2:
        return Differences([], pieces)
    ancien, nouveau = (contenu_en_clair(dossier, version.contenu) for version in versions)
    return Differences(differences(declaration, ancien, nouveau), pieces)
