"""Sensitive boxes: ciphertext in the row, a mask on screens, clear only for who may.

The owner inside each ciphertext is the request: a value moved to another row cannot be read there.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from jalon.dispositifs.base import LIGNES, Dispositif, Section
from jalon.dispositifs.lecture import (
    Reponses,
    sensibles,
    transformer_document,
    transformer_reponses,
    transformer_valeurs,
)
from jalon.socle.chiffre import chiffrer, dechiffrer, empreinte
from jalon.socle.identifiants import masquer_nir
from jalon.socle.texte import normaliser

MASQUE = "••••"
SIGNES_DE_MASQUE = frozenset("•*")


def masquer(texte: str) -> str:
    """What stands for a sensitive text: « 1 85 ** ** *** *** ** » for a NIR, dots for anything else."""
    return masquer_nir(texte) if len(texte) == 15 and texte[:5].isdigit() else MASQUE


def chiffrer_valeurs(dispositif: Dispositif, dossier_id: UUID, section: str, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of one section as they are stored."""
    return transformer_valeurs(dispositif, section, valeurs, partial(chiffrer, proprietaire=dossier_id))


def dechiffrer_valeurs(dispositif: Dispositif, dossier_id: UUID, section: str, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of one section in clear."""
    return transformer_valeurs(dispositif, section, valeurs, partial(dechiffrer, proprietaire=dossier_id))


def dechiffrer_reponses(dispositif: Dispositif, dossier_id: UUID, reponses: Reponses) -> dict[str, dict[str, Any]]:
    """Every answer in clear."""
    return transformer_reponses(dispositif, reponses, partial(dechiffrer, proprietaire=dossier_id))


def masquer_reponses(dispositif: Dispositif, dossier_id: UUID, reponses: Reponses) -> dict[str, dict[str, Any]]:
    """Every answer, sensitive ones masked."""
    return transformer_reponses(dispositif, reponses, lambda jeton: masquer(dechiffrer(jeton, dossier_id)))


def empreinte_reprise(valeur: str, dossier_id: UUID) -> str:
    """Tells, in one request, that a sensitive text came from the directory of employees: nobody typed it, nobody reads it there."""
    return empreinte(valeur, f"dossiers.repris.{dossier_id}")


def masquer_les_reprises(dispositif: Dispositif, dossier_id: UUID, section: str, lue: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of one section in clear, where what came from the directory is masked, wherever it was moved since."""
    reprises, valeurs = frozenset(lue.get("reprises") or ()), lue.get("valeurs", {})
    if not reprises:
        return dict(valeurs)
    return transformer_valeurs(
        dispositif, section, valeurs, lambda texte: masquer(texte) if empreinte_reprise(texte, dossier_id) in reprises else texte
    )


def chiffrer_document(dispositif: Dispositif, dossier_id: UUID, document: Mapping[str, Any]) -> dict[str, Any]:
    """A document as it is stored."""
    return transformer_document(dispositif, document, partial(chiffrer, proprietaire=dossier_id))


def dechiffrer_document(dispositif: Dispositif, dossier_id: UUID, document: Mapping[str, Any]) -> dict[str, Any]:
    """A document in clear: for rules, comparisons and masks, never handed to a page as it is."""
    return transformer_document(dispositif, document, partial(dechiffrer, proprietaire=dossier_id))


def reprendre_masques(
    dispositif: Dispositif, section: str, nouvelles: Mapping[str, Any], anciennes: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers just typed, where a mask that was posted back stands for the value it hides (`anciennes` in clear).

    A row is found again by its key (a row may have been added above it), else at its rank.
    """
    noms = {nom for code, nom in sensibles(dispositif) if code == section}
    if not noms:
        return dict(nouvelles)
    if LIGNES not in nouvelles:
        return _reprendre(noms, nouvelles, [anciennes])
    cible = dispositif.section(section)
    precedentes = list(anciennes.get(LIGNES) or [])
    par_cle = {_cle(cible, ligne): ligne for ligne in precedentes}
    lignes = []
    for rang, ligne in enumerate(nouvelles[LIGNES] or []):
        candidates = [par_cle.get(_cle(cible, ligne), {}), *precedentes[rang : rang + 1]]
        lignes.append(_reprendre(noms, ligne, candidates))
    return {**nouvelles, LIGNES: lignes}


def _reprendre(noms: set[str], ligne: Mapping[str, Any], candidates: list[Mapping[str, Any]]) -> dict[str, Any]:
    reprise = dict(ligne)
    for nom in noms:
        tape = ligne.get(nom)
        if not isinstance(tape, str) or not SIGNES_DE_MASQUE.intersection(tape):
            continue
        clairs = [str(candidate[nom]) for candidate in candidates if candidate.get(nom)]
        reprise[nom] = next((clair for clair in clairs if masquer(clair) == tape.strip()), tape)
    return reprise


def _cle(section: Section, ligne: Mapping[str, Any]) -> str:
    return normaliser(" ".join(str(ligne.get(nom, "")) for nom in section.fiche.cle))
