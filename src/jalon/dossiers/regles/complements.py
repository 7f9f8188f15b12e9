"""A demand for a complement: where it stands, and the boxes that open with those asked."""

from collections.abc import Collection, Mapping
from datetime import date

from jalon.dispositifs.base import LIGNES, Dispositif, Section
from jalon.dossiers.enums import EtatComplement

PIECES = "pieces"
LONGUEUR_MOTIF = 500


def etat_du_complement(issue: str, *, commence: bool, echeance: date, jour: date) -> EtatComplement:
    """How it ended, or where it stands that day. Its last day runs until 24:00 in Paris; an answer is still received after it."""
    if issue:
        return EtatComplement(issue)
    if echeance < jour:
        return EtatComplement.EXPIRE
    return EtatComplement.EN_COURS if commence else EtatComplement.DEMANDE


def cle_de_piece(code: str) -> str:
    """« pieces.programme »: how a document asked is named among the reasons."""
    return f"{PIECES}.{code}"


def motif_de_la_case(motifs: Mapping[str, str], section: str, champ: str, rang: int | None = None) -> str:
    """Why a box is asked again: its own reason, else that of its row, of its column, of its section; empty when none is written."""
    chemins = [f"{section}.{champ}", f"{section}.{LIGNES}", section]
    if rang is not None:
        chemins.insert(0, f"{section}.{rang}.{champ}")
    return next((motifs[chemin] for chemin in chemins if motifs.get(chemin)), "")


def cases_liees(dispositif: Dispositif, cases: Collection[str]) -> list[str]:
    """Boxes that are asked or not according to those opened, and so on: without them, an answer could not be given.

    A row that is opened alone opens its own; a box that another section looks at opens there in every row.
    """
    ouvertes, liees = set(cases), []
    ajout = True
    while ajout:
        ajout = False
        for section in dispositif.sections:
            for chemin in _dependances(section, ouvertes):
                ouvertes.add(chemin)
                liees.append(chemin)
                ajout = True
    return liees


def _dependances(section: Section, ouvertes: Collection[str]) -> list[str]:
    trouvees: dict[str, None] = {}
    for case in section.cases:
        if section.code in ouvertes or f"{section.code}.{case.nom}" in ouvertes:
            continue
        for condition in case.conditions:
            code, _, nom = condition.chemin.rpartition(".")
            for suffixe in _rangs_ouverts(ouvertes, code or section.code, nom):
                rang = suffixe if not code else ""
                chemin = f"{section.code}.{rang}{case.nom}"
                if chemin not in ouvertes:
                    trouvees[chemin] = None
    return list(trouvees)


def _rangs_ouverts(ouvertes: Collection[str], section: str, champ: str) -> list[str]:
    """« » when the box is open everywhere; « 1. » for each row where it is."""
    if section in ouvertes or f"{section}.{champ}" in ouvertes:
        return [""]
    morceaux = [chemin.split(".") for chemin in sorted(ouvertes)]
    return [f"{m[1]}." for m in morceaux if len(m) == 3 and (m[0], m[2]) == (section, champ)]
