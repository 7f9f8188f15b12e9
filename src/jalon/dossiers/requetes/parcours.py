"""How a page of a list is found, whatever the size of the perimeter.

One lateral walk for each value of the perimeter: PostgreSQL reads the first entries of an index that is already in the order of
the list (value, modifie_le, id), then merges them. No plan depends on statistics. With many values the walks are short at first;
only those whose last entry is on the page are walked further, so that 5,000 SIREN cost three entries each.

Words: what PostgreSQL expects of the words chooses where to begin, never what is found. Common words: the newest rows of the
perimeter are tried first, and fill the page at once. Rare ones, or not enough found: the index of words is asked for the words
*and* the marks of the perimeter, so that a word that is common elsewhere costs nothing here.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jalon.dossiers.enums import EN_EXECUTION, EtatDossier
from jalon.dossiers.regles import marque
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

Cle = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Demande:
    """What is asked of a walk. `etats` may hold « en_execution »; `apres`: key of the last row seen, in the order of the walk."""

    branches: Sequence[Branche]
    jour: date
    etats: frozenset[str] = frozenset()
    dispositif: str = ""
    siret: str = ""
    tsquery: str = ""
    apres: Cle | None = None
    croissant: bool = False
    limite: int = 26

    @property
    def etats_stockes(self) -> list[str]:
        """States looked for in the table."""
        if not self.etats:
            return list(HORS_BROUILLON)
        return sorted({EtatDossier.ACCORDE.value if e == EN_EXECUTION else e for e in self.etats})


@dataclass(slots=True)
class _Requete:
    """SQL under construction."""

    parametres: list[Any] = field(default_factory=list)

    def param(self, valeur: Any, type_sql: str = "") -> str:
        """A placeholder for a value."""
        self.parametres.append(valeur)
        return f"%s::{type_sql}" if type_sql else "%s"


def cles_de_page(demande: Demande) -> list[Cle]:
    """Keys (modifie_le, id) of the rows of a page, in the order of the walk."""
    if not demande.branches:
        return []
    if not demande.tsquery:
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
    requete = _Requete()
    mots = requete.param(tsquery, "tsquery")
    sql = f"SELECT 1 FROM dossiers_dossier WHERE recherche @@ {mots} UNION ALL SELECT 1 FROM dossiers_dossier"  # noqa: S608
    ((plan,),) = _executer(requete, f"EXPLAIN (FORMAT JSON) {sql}")
    avec, toutes = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plans"]
    return int(avec["Plan Rows"]), int(toutes["Plan Rows"])


def _executer(requete: _Requete, sql: str) -> list[Any]:
    with connection.cursor() as curseur:
        curseur.execute(sql, requete.parametres)
        return list(curseur.fetchall())


def _ordre(demande: Demande, prefixe: str = "") -> str:
    sens = "ASC" if demande.croissant else "DESC"
    return f"{prefixe}modifie_le {sens}, {prefixe}id {sens}"


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


def _fusionner(demande: Demande, branches: Sequence[Branche], profondeur: int) -> list[tuple[int, str, datetime, UUID, int]]:
    """(branch, value, modifie_le, id, position in its value) of the first rows, `profondeur` of each value at most."""
    requete = _Requete()
    colonnes = f"id, modifie_le, row_number() OVER (ORDER BY {_ordre(demande, 'd.')}) AS position"
    union = " UNION ALL ".join(
        f"({_de_branche(requete, demande, branche, rang=rang, limite=profondeur, colonnes=colonnes)})"
        for rang, branche in enumerate(branches)
    )
    limite = requete.param(demande.limite * len(branches))
    ordre = _ordre(demande)
    return _executer(
        requete,
        f"SELECT rang, valeur, modifie_le, id, position FROM ({union}) u ORDER BY {ordre} LIMIT {limite}",  # noqa: S608
    )


def _de_branche(requete: _Requete, demande: Demande, branche: Branche, *, limite: int, colonnes: str, rang: int = 0) -> str:
    """The first rows of each value, by index; `rang` numbers the branch."""
    type_sql = "uuid" if branche.colonne is Colonne.PORTEFEUILLE else "text"
    valeurs = requete.param(list(branche.valeurs), f"{type_sql}[]")
    if branche.colonne is Colonne.PORTEFEUILLE:
        etats = [e for e in demande.etats_stockes if e != EtatDossier.BROUILLON]
        source = f"unnest({valeurs}) AS v(cle) CROSS JOIN unnest({requete.param(etats, 'text[]')}) AS e(etat)"
        ou = ["d.portefeuille_id = v.cle", "d.etat = e.etat", "d.etat <> 'brouillon'"]
    else:
        source = f"unnest({valeurs}) AS v(cle)"
        ou = [f"d.{branche.colonne.value} = v.cle", f"d.etat = ANY({requete.param(demande.etats_stockes, 'text[]')})"]
        if branche.colonne is Colonne.PRESTATAIRE:
            ou.append("d.accorde_le IS NOT NULL")
    ou += _conditions(requete, demande, branche)
    return (
        f"SELECT {rang} AS rang, v.cle::text AS valeur, x.* FROM {source} CROSS JOIN LATERAL (SELECT {colonnes} FROM dossiers_dossier d "  # noqa: S608
        f"WHERE {' AND '.join(ou)} ORDER BY {_ordre(demande, 'd.')} LIMIT {requete.param(limite)}) x"
    )


def _conditions(requete: _Requete, demande: Demande, branche: Branche) -> list[str]:
    """What every branch asks of a row, besides its value and its state."""
    ou = [f"d.domaine = ANY({requete.param(list(branche.domaines), 'text[]')})"]
    for condition, valeur in branche.filtres():
        requete.param(valeur)
        ou.append(condition)
    if EtatDossier.ACCORDE in demande.etats and EN_EXECUTION not in demande.etats:
        ou.append(f"(d.etat <> 'accorde' OR d.date_debut IS NULL OR d.date_debut > {requete.param(demande.jour, 'date')})")
    elif EN_EXECUTION in demande.etats and EtatDossier.ACCORDE not in demande.etats:
        ou.append(f"(d.etat <> 'accorde' OR d.date_debut <= {requete.param(demande.jour, 'date')})")
    if demande.dispositif:
        ou.append(f"d.dispositif = {requete.param(demande.dispositif)}")
    if demande.siret:
        ou.append(f"d.siret = {requete.param(demande.siret)}")
    if demande.apres:
        signe = ">" if demande.croissant else "<"
        le, cle = requete.param(demande.apres[0], "timestamptz"), requete.param(demande.apres[1], "uuid")
        ou.append(f"(d.modifie_le, d.id) {signe} ({le}, {cle})")
    return ou


def _parmi_les_recents(demande: Demande, essais: int) -> tuple[list[Cle], bool]:
    """Rows with the words among the newest of the perimeter; True when there is nothing more to look for."""
    recents = _marcher(replace(demande, tsquery="", limite=essais))
    requete = _Requete()
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
    requete = _Requete()
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
        ou += _conditions(requete, demande, branche)
        perimetres.append(f"({' AND '.join(ou)})")
    etats, limite = requete.param(demande.etats_stockes, "text[]"), requete.param(demande.limite)
    return _executer(
        requete,
        f"""
        WITH d AS MATERIALIZED (
            SELECT modifie_le, id, siren, siret, prestataire_siren, portefeuille_id, domaine, etat, dispositif, date_debut, accorde_le
            FROM dossiers_dossier WHERE recherche @@ {mots}
        )
        SELECT d.modifie_le, d.id FROM d WHERE ({" OR ".join(perimetres)}) AND d.etat = ANY({etats})
        ORDER BY {_ordre(demande, "d.")} LIMIT {limite}
        """,  # noqa: S608
    )
