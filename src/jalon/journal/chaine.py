"""The chain over the register of revelations: sealed by a role of its own, verified by anybody who reads (exigences, P2).

A block names its rows one by one, so that a transaction that commits late, after the minute it began in, only goes to the next
block: no watermark to guess. A row may be late by LATENCE at most; older than that when it is sealed, it was slipped in.
Written for a bare psycopg connection: the process that seals knows neither Django nor the secrets of the application.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

LATENCE = timedelta(minutes=15)
"""Longest transaction that may write a line; the settings of the database end those that sleep."""
ORIGINE = "0" * 64
VERROU = 0x5CEA0
COLONNES = (
    "id, inscrit_le, le, sensible, acteur_id, acteur_libelle, objet_type, objet_id, objet_libelle, motif, "
    "siren, siret, prestataire_siren, portefeuille_id, domaine"
)
_A_SCELLER = f"""
    SELECT {COLONNES} FROM journal_revelation
    WHERE inscrit_le > %(depuis)s AND id <> ALL (
        ARRAY(SELECT unnest(lignes) FROM journal_blocscelle WHERE scelle_le > %(depuis)s)
    )
    ORDER BY id
"""  # noqa: S608 - our own columns
_LIGNES = f"SELECT {COLONNES} FROM journal_revelation WHERE id = ANY(%s) ORDER BY id"  # noqa: S608

_BLOCS = """
    SELECT rang, scelle_le, premiere, derniere, nombre, lignes, precedente, empreinte FROM journal_blocscelle ORDER BY rang
"""
_HORS_CHAINE = """
    SELECT count(*), min(inscrit_le) FROM journal_revelation r
    WHERE NOT EXISTS (SELECT FROM (SELECT unnest(lignes) AS id FROM journal_blocscelle) s WHERE s.id = r.id)
"""


@dataclass(frozen=True, slots=True)
class Rupture:
    """The first thing that does not hold. `rang`: the block; 0 for rows that no block names."""

    rang: int
    raison: str


@dataclass(frozen=True, slots=True)
class EtatDeLaChaine:
    """What a verification found. `tete`: digest of the last block, to be noted elsewhere. `en_attente`: rows not sealed yet."""

    blocs: int
    lignes: int
    tete: str
    dernier_le: datetime | None
    en_attente: int
    attente_depuis: datetime | None
    rupture: Rupture | None


def empreinte(rang: int, scelle_le: datetime, precedente: str, lignes: Iterable[Sequence[Any]]) -> str:
    """SHA-256 over the head of a block and its rows, each one line of JSON, in the order of their ids."""
    condense = hashlib.sha256(f"{rang}|{_texte(scelle_le)}|{precedente}".encode())
    for ligne in lignes:
        condense.update(b"\n" + json.dumps([_texte(v) for v in ligne], ensure_ascii=False).encode())
    return condense.hexdigest()


def _texte(valeur: Any) -> str | None:
    if isinstance(valeur, datetime):
        return valeur.astimezone(UTC).isoformat()
    return None if valeur is None else str(valeur)


def sceller(curseur: Any) -> int:
    """Add one block over the rows that none names yet; gives how many (0: no block). In the caller's transaction."""
    curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
    curseur.execute("SELECT rang, scelle_le, empreinte FROM journal_blocscelle ORDER BY rang DESC LIMIT 1")
    rang, dernier, precedente = curseur.fetchone() or (0, datetime(2000, 1, 1, tzinfo=UTC), ORIGINE)
    curseur.execute(_A_SCELLER, {"depuis": dernier - LATENCE})
    lignes = curseur.fetchall()
    if not lignes:
        return 0
    curseur.execute("SELECT clock_timestamp()")
    (le,) = curseur.fetchone()
    ids = [ligne[0] for ligne in lignes]
    curseur.execute(
        "INSERT INTO journal_blocscelle (rang, scelle_le, premiere, derniere, nombre, lignes, precedente, empreinte)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [rang + 1, le, ids[0], ids[-1], len(ids), ids, precedente, empreinte(rang + 1, le, precedente, lignes)],
    )
    return len(ids)


def verifier(curseur: Any) -> EtatDeLaChaine:
    """Read the whole chain again, block by block, and stop at the first that does not hold."""
    curseur.execute(_BLOCS)
    blocs = curseur.fetchall()
    total, tete, dernier, rupture = 0, ORIGINE, None, None
    vues: set[UUID] = set()
    for attendu, bloc in enumerate(blocs, start=1):
        raison = _juger(curseur, attendu, bloc, tete, dernier, vues)
        if raison:
            rupture = Rupture(attendu, raison)
            break
        total, tete, dernier = total + bloc[4], bloc[7], bloc[1]
    curseur.execute(_HORS_CHAINE)
    en_attente, depuis = curseur.fetchone()
    if rupture is None and depuis is not None and dernier is not None and depuis < dernier - LATENCE:
        rupture = Rupture(0, f"{en_attente} ligne(s) inscrite(s) le {depuis:%d/%m/%Y à %H:%M} ne sont dans aucun bloc")
    return EtatDeLaChaine(len(blocs), total, tete, dernier, en_attente, depuis, rupture)


def _juger(curseur: Any, attendu: int, bloc: Sequence[Any], tete: str, dernier: datetime | None, vues: set[UUID]) -> str:
    """Why a block does not hold; empty when it does. `vues` gathers the rows named so far."""
    rang, scelle_le, premiere, derniere, nombre, ids, precedente, inscrite = bloc
    curseur.execute(_LIGNES, [ids])
    lignes = curseur.fetchall()
    entieres = [ligne[0] for ligne in lignes] == list(ids) and (len(ids), ids[0], ids[-1]) == (nombre, premiere, derniere)
    glissee = dernier is not None and any(ligne[1] < dernier - LATENCE for ligne in lignes)
    double = bool(vues.intersection(ids))
    vues.update(ids)
    fautes = (
        (rang != attendu, f"le bloc {attendu} a disparu"),
        (precedente != tete, "il ne suit pas le bloc précédent"),
        (not entieres, f"{nombre} lignes scellées, {len(lignes)} retrouvées"),
        (
            empreinte(rang, scelle_le, precedente, lignes) != inscrite,
            "une ligne, ou le bloc lui-même, a changé depuis le scellement",
        ),
        (double, "une ligne est scellée deux fois"),
        (glissee, "une ligne y est plus ancienne que le bloc précédent\u00a0: elle a été glissée après coup"),
    )
    return next((raison for faute, raison in fautes if faute), "")
