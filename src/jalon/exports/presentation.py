"""The first sheet of a workbook: what it is, who asked for it, when, with which filters, how many rows. Pure."""

from datetime import datetime
from urllib.parse import parse_qsl

from jalon.exports.cellules import texte
from jalon.exports.models import Export
from jalon.exports.regles import LIGNES_PAR_FEUILLE, milliers
from jalon.exports.requetes import COLONNES, Demande
from jalon.socle.dates import PARIS
from jalon.socle.identifiants import grouper

HORS_FILTRES = frozenset({COLONNES, "tri", "sens"})
SANS_FILTRE = "Aucun, toute la liste"


def presenter(export: Export, demande: Demande, lignes: int, lues_le: datetime) -> list[tuple[str, str]]:
    """(what, value) of each line."""
    rubriques = [
        ("Contenu", export.libelle),
        ("Liste", demande.liste.libelle),
        ("Organisation", f"SIREN {grouper(export.siren)}" if export.siren else "OPCO"),
        ("Demandé par", export.demandeur.nom_complet),
        ("Demandé le", _instant(export.demande_le)),
        ("Raison", export.raison),
        ("Données lues le", _instant(lues_le)),
        ("Filtres", export.filtres or _filtres(demande)),
        ("Colonnes", ", ".join(colonne.libelle for colonne in demande.colonnes)),
        ("Nombre de lignes", milliers(lignes)),
        ("Données sensibles", "Ce fichier ne contient ni NIR ni IBAN."),
        ("Données personnelles", "Ne le transmettez qu’aux personnes qui en ont besoin, puis effacez-le."),
    ]
    if lignes > LIGNES_PAR_FEUILLE:
        rubriques.append(
            ("Feuilles", f"Une feuille d’Excel tient {milliers(LIGNES_PAR_FEUILLE)} lignes\u00a0: la suite est dans la suivante.")
        )
    return [(quoi, texte(valeur) or "") for quoi, valeur in rubriques]


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%d/%m/%Y à %H:%M} (heure de Paris)"


def _filtres(demande: Demande) -> str:
    poses = [f"{nom}\u00a0: {valeur}" for nom, valeur in parse_qsl(demande.requete) if nom not in HORS_FILTRES]
    return " / ".join(poses) or SANS_FILTRE
