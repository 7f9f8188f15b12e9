"""How a page of a list is found, whatever the size of the perimeter and its order.

One lateral walk for each value of the perimeter: PostgreSQL reads the first entries of an index that is already in the order of
the list (value, key of the order, id), then merges them. No plan depends on statistics. With many values the walks are short at first;
only those whose last entry is on the page are walked further, so that 5,000 SIREN cost three entries each.

Words: what PostgreSQL expects of the words chooses where to begin, never what is found. Common words: the newest rows of the
perimeter are tried first, and fill the page at once. Rare ones, or not enough found: the index of words is asked for the words
*and* the marks of the perimeter, so that a word that is common elsewhere costs nothing here.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.regles import marque
from jalon.dossiers.requetes.demande import LUES_DES_MOTS, Cle, Demande, Requete, cle_de_tri, conditions, ordre_de
from jalon.dossiers.requetes.perimetre import HORS_BROUILLON, Branche, Colonne

RECENTS = 2_000
"""Newest rows of the perimeter tried at most before the index of words is asked."""
MARGES_DES_MOTS = (1.5, 4.0)
"""How many times more rows are tried than what should fill a page of these words."""
MARGE = 4
"""How many times its share of the page is read of each value at first."""
PROFONDEUR = 3
"""Entries read at least of each value at first, when there are many."""
MARQUES_AU_PLUS = 64
"""Beyond, the perimeter is filtered after the words instead of with them."""


def cles_de_page(demande: Demande) -> list[Cle]:
    """Keys (key of the order, id) of the rows of a page, in the order of the walk."""
    if not demande.branches:
        return []
    if not demande.tsquery or demande.en_marchant:
        return _marcher(demande)
    for essais in _essais(demande):
        trouvees, complet = _parmi_les_recents(demande, essais)
        if complet:
            return trouvees
    return _par_les_mots(demande)


def _valeurs(demande: Demande) -> int:
    return sum(len(branche.valeurs) for branche in demande.branches)


def _essais(demande: Demande) -> list[int]:
    """How many of the newest rows may hold a page of these words: a likely number, then a safe one; none when the index of
    words is cheaper. One company or provider has few enough rows to try them all.
    """
    if _valeurs(demande) == 1 and demande.branches[0].colonne is not Colonne.PORTEFEUILLE:
        return [RECENTS]
    attendues, total = _attendues(demande.tsquery)
    besoins = [math.ceil(demande.limite * marge * total / max(attendues, 1)) for marge in MARGES_DES_MOTS]
    return [besoin for besoin in besoins if besoin <= RECENTS and besoin * len(HORS_BROUILLON) < attendues]


def _attendues(tsquery: str) -> tuple[int, int]:
    """Rows that PostgreSQL expects to hold these words, and rows that it expects in all, from its statistics: nothing is read."""
    requete = Requete()
    mots = requete.param(tsquery, "tsquery")
    sql = f"SELECT 1 FROM dossiers_dossier WHERE recherche @@ {mots} UNION ALL SELECT 1 FROM dossiers_dossier"  # noqa: S608
    ((plan,),) = _executer(requete, f"EXPLAIN (FORMAT JSON) {sql}")
    avec, toutes = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plans"]
    return int(avec["Plan Rows"]), int(toutes["Plan Rows"])


def mots_courants(demande: Demande, limite: int) -> bool:
    """Whether walking finds that many rows with these words sooner than their index gives them all.

    Walking reads `limite` × (all the rows) / (those with the words); the index reads those with the words.
    """
    attendues, total = _attendues(demande.tsquery)
    return attendues**2 > limite * total


def compter_les_cles(demande: Demande) -> int:
    """How many rows are found, `limite` at most: no order is asked, so that nothing is read beyond it."""
    if not demande.branches:
        return 0
    if demande.tsquery and not demande.en_marchant:
        return len(_par_les_mots(demande))
    requete = Requete()
    union = " UNION ALL ".join(
        f"({_de_branche(requete, demande, branche, limite=demande.limite, colonnes='1', rang=rang, ordonnee=False)})"
        for rang, branche in enumerate(demande.branches)
    )
    ((nombre,),) = _executer(requete, f"SELECT count(*) FROM (SELECT 1 FROM ({union}) u LIMIT {requete.param(demande.limite)}) x")  # noqa: S608
    return int(nombre)


def _executer(requete: Requete, sql: str) -> list[Any]:
    with connection.cursor() as curseur:
        curseur.execute(sql, requete.parametres)
        return list(curseur.fetchall())


def _marcher(demande: Demande) -> list[Cle]:
    """Merge the first entries of every value; walk further those whose last entry is on the page."""
    profondeur = min(demande.limite, max(PROFONDEUR, math.ceil(MARGE * demande.limite / _valeurs(demande))))
    vues = _fusionner(demande, demande.branches, profondeur)
    page = {(le, cle) for _, _, le, cle, _ in vues}
    courtes = {(rang, valeur) for rang, valeur, _, _, position in vues if position == profondeur < demande.limite}
    if courtes:
        suites = [
            replace(branche, valeurs=tuple(v for r, v in sorted(courtes) if r == rang))
            for rang, branche in enumerate(demande.branches)
        ]
        page |= {(le, cle) for _, _, le, cle, _ in _fusionner(demande, [b for b in suites if b.valeurs], demande.limite)}
    return sorted(page, reverse=not demande.croissant)[: demande.limite]


def _fusionner(
    demande: Demande, branches: Sequence[Branche], profondeur: int
) -> list[tuple[int, str, datetime | date, UUID, int]]:
    """(branch, value, key of the order, id, position in its value) of the first rows, `profondeur` of each value at most."""
    requete = Requete()
    colonnes = f"d.id, {cle_de_tri(demande)} AS cle_de_tri, row_number() OVER (ORDER BY {ordre_de(demande)}) AS position"
    union = " UNION ALL ".join(
        f"({_de_branche(requete, demande, branche, rang=rang, limite=profondeur, colonnes=colonnes)})"
        for rang, branche in enumerate(branches)
    )
    limite = requete.param(demande.limite * len(branches))
    sens = "ASC" if demande.croissant else "DESC"
    return _executer(
        requete,
        f"SELECT rang, valeur, cle_de_tri, id, position FROM ({union}) u ORDER BY cle_de_tri {sens}, id {sens} LIMIT {limite}",  # noqa: S608
    )


def _de_branche(
    requete: Requete, demande: Demande, branche: Branche, *, limite: int, colonnes: str, rang: int = 0, ordonnee: bool = True
) -> str:
    """The first rows of each value, by index; `rang` numbers the branch."""
    type_sql = "uuid" if branche.colonne is Colonne.PORTEFEUILLE else "text"
    valeurs = requete.param(list(branche.valeurs), f"{type_sql}[]")
    if demande.une_marche_par_portefeuille:
        source = f"unnest({valeurs}) AS v(cle)"
        ou = ["d.portefeuille_id = v.cle", f"d.etat = ANY({requete.param(demande.etats_stockes, 'text[]')})"]
    elif branche.colonne is Colonne.PORTEFEUILLE:
        montres = [e for e in demande.etats_stockes if e != EtatDossier.BROUILLON]
        source = f"unnest({valeurs}) AS v(cle) CROSS JOIN unnest({requete.param(montres, 'text[]')}) AS e(etat)"
        ou = ["d.portefeuille_id = v.cle", "d.etat = e.etat", "d.etat <> 'brouillon'"]
    else:
        source = f"unnest({valeurs}) AS v(cle)"
        etats = (
            "d.etat = 'brouillon'" if demande.brouillons else f"d.etat = ANY({requete.param(demande.etats_stockes, 'text[]')})"
        )
        ou = [f"d.{branche.colonne.value} = v.cle", etats]
        if branche.colonne is Colonne.PRESTATAIRE:
            ou.append("d.accorde_le IS NOT NULL")
    ou += conditions(requete, demande, branche)
    ordre = f"ORDER BY {ordre_de(demande)}" if ordonnee else ""
    return (
        f"SELECT {rang} AS rang, v.cle::text AS valeur, x.* FROM {source} CROSS JOIN LATERAL (SELECT {colonnes} FROM dossiers_dossier d "  # noqa: S608
        f"WHERE {' AND '.join(ou)} {ordre} LIMIT {requete.param(limite)}) x"
    )


def _parmi_les_recents(demande: Demande, essais: int) -> tuple[list[Cle], bool]:
    """Rows with the words among the newest of the perimeter; True when there is nothing more to look for."""
    recents = _marcher(replace(demande, tsquery="", limite=essais))
    requete = Requete()
    ids, mots = requete.param([cle for _, cle in recents], "uuid[]"), requete.param(demande.tsquery, "tsquery")
    sql = f"""
        WITH lus AS MATERIALIZED (SELECT id, recherche FROM dossiers_dossier WHERE id = ANY({ids}))
        SELECT id FROM lus WHERE recherche @@ {mots}
    """  # noqa: S608
    retenus = {cle for (cle,) in _executer(requete, sql)}
    trouvees = [(le, cle) for le, cle in recents if cle in retenus][: demande.limite]
    return trouvees, len(recents) < essais or len(trouvees) == demande.limite


def _par_les_mots(demande: Demande) -> list[Cle]:
    """Rows with the words, from the index of words; the perimeter is part of the search when it is not too wide."""
    requete = Requete()
    marques = [f"'{marque(b.colonne.value, v)}'" for b in demande.branches for v in b.valeurs]
    tsquery = demande.tsquery
    if len(marques) <= MARQUES_AU_PLUS:
        tsquery = f"({tsquery}) & ({' | '.join(marques)})"
    mots = requete.param(tsquery, "tsquery")
    perimetres = []
    for branche in demande.branches:
        type_sql = "uuid" if branche.colonne is Colonne.PORTEFEUILLE else "text"
        ou = [f"d.{branche.colonne.value} = ANY({requete.param(list(branche.valeurs), f'{type_sql}[]')})"]
        if branche.colonne is Colonne.PRESTATAIRE:
            ou.append("d.accorde_le IS NOT NULL")
        if branche.colonne is Colonne.PORTEFEUILLE:
            ou.append("d.etat <> 'brouillon'")
        ou += conditions(requete, demande, branche)
        perimetres.append(f"({' AND '.join(ou)})")
    etats, limite = requete.param(demande.etats_stockes, "text[]"), requete.param(demande.limite)
    return _executer(
        requete,
        f"""
        WITH d AS MATERIALIZED (SELECT {LUES_DES_MOTS} FROM dossiers_dossier WHERE recherche @@ {mots})
        SELECT {cle_de_tri(demande)}, d.id FROM d WHERE ({" OR ".join(perimetres)}) AND d.etat = ANY({etats})
        ORDER BY {ordre_de(demande)} LIMIT {limite}
        """,  # noqa: S608
    )
