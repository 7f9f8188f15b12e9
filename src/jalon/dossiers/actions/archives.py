"""The documents of many requests as one ZIP, gathered one request at a time."""

import io
import zipfile
from datetime import datetime
from uuid import UUID

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.pieces import ouvrir_piece
from jalon.dossiers.actions.telechargements import designation
from jalon.dossiers.models import Dossier, OperationEnNombre
from jalon.dossiers.requetes.operations import COFFRE, OCTETS_AU_PLUS
from jalon.dossiers.requetes.pieces import libelle_de_piece, pieces_de
from jalon.pieces.regles import extension_de
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.texte import normaliser


def reunir_les_pieces(operation: OperationEnNombre, dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """The documents that may be served, each one noted as opened. Those that the antivirus holds are told in the report.

    Raises TransitionImpossible: none may be, or the file is full.
    """
    declaration = dispositif_de(dossier.dispositif)
    sortie, sous_dossier = io.BytesIO(), _nom_de_dossier(dossier)
    presentes = 0
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for piece in pieces_de(dossier, par):
            try:
                _, octets = ouvrir_piece(dossier_id=dossier.pk, piece_id=piece.pk, par=par, maintenant=maintenant)
            except TransitionImpossible as refus:
                libelle = f"{dossier.titre or designation(dossier)}, {libelle_de_piece(declaration, piece.code)}"
                operation.refuser(libelle, refus.message, entier=False)
                continue
            archive.writestr(f"{sous_dossier}/{piece.code}.{extension_de(piece.document.nom)}", octets)
            presentes += 1
    if not presentes:
        raise TransitionImpossible("Aucune pièce à télécharger.")
    if operation.octets + sortie.tell() > OCTETS_AU_PLUS:
        raise TransitionImpossible("Le fichier atteint 60\u00a0Mo\u00a0: téléchargez les pièces de ce dossier à part.")
    coffre.ranger(COFFRE, _part(operation, dossier.pk), sortie.getvalue())
    operation.servis.append(dossier.pk)
    operation.octets += sortie.tell()


def _nom_de_dossier(dossier: Dossier) -> str:
    titre = normaliser(dossier.titre).replace(" ", "-")[:60]
    return f"{dossier.numero or str(dossier.pk)[-12:]}{f'-{titre}' if titre else ''}"


def _part(operation: OperationEnNombre, dossier_id: UUID) -> str:
    return f"{operation.pk}-{dossier_id}"


def assembler(operation: OperationEnNombre) -> bytes:
    """The parts put together."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for dossier_id in operation.servis:
            with zipfile.ZipFile(io.BytesIO(coffre.lire(COFFRE, _part(operation, dossier_id)))) as part:
                for nom in part.namelist():
                    archive.writestr(nom, part.read(nom))
    return sortie.getvalue()


def retirer_les_parts(operation: OperationEnNombre) -> None:
    """What was gathered request by request."""
    for dossier_id in operation.servis:
        coffre.retirer(COFFRE, _part(operation, dossier_id))
