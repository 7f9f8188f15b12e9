"""How a page of a list is found, whatever the size of the perimeter.

One lateral walk for each value of the perimeter: PostgreSQL reads the first entries of an index that is already in the order of
the list (value, modifie_le, id), then merges them. No plan depends on statistics, and 1 SIREN or 5,000 cost in proportion.

Words: the newest rows of the perimeter are tried first (a common word fills the page at once); if they are not enough, the index
of words is asked for the words *and* the marks of the perimeter, so that a word that is common elsewhere costs nothing here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jalon.dossiers.enums import EN_EXECUTION, EtatDossier
from jalon.dossiers.regles import marque
from jalon.dossiers.requetes.perimetre import HORS_BROUILLON, Branche, Colonne

RECENTS = 2_000
"""Rows tried before the index of words is asked."""
ENTREES_LUES = 200_000
"""Entries of index read at most by the first try, all values together."""
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
    trouvees, complet = _parmi_les_recents(demande)
    return trouvees if complet else _par_les_mots(demande)


def _executer(requete: _Requete, sql: str) -> list[Any]:
    with connection.cursor() as curseur:
        curseur.execute(sql, requete.parametres)
        return list(curseur.fetchall())


def _ordre(demande: Demande, prefixe: str = "") -> str:
    sens = "ASC" if demande.croissant else "DESC"
    return f"{prefixe}modifie_le {sens}, {prefixe}id {sens}"


def _marcher(demande: Demande) -> list[Cle]:
    requete = _Requete()
    morceaux = [
        _de_branche(requete, demande, branche, limite=demande.limite, colonnes="id, modifie_le") for branche in demande.branches
    ]
    union = " UNION ".join(f"({m})" for m in morceaux)
    limite = requete.param(demande.limite)
    return _executer(requete, f"SELECT modifie_le, id FROM ({union}) u ORDER BY {_ordre(demande)} LIMIT {limite}")  # noqa: S608


def _de_branche(requete: _Requete, demande: Demande, branche: Branche, *, limite: int, colonnes: str) -> str:
    """The first rows of each value, by index."""
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
    ou += _conditions(requete, demande, branche.domaines)
    return (
        f"SELECT x.* FROM {source} CROSS JOIN LATERAL (SELECT {colonnes} FROM dossiers_dossier d "  # noqa: S608
        f"WHERE {' AND '.join(ou)} ORDER BY {_ordre(demande, 'd.')} LIMIT {requete.param(limite)}) x"
    )


def _conditions(requete: _Requete, demande: Demande, domaines: Sequence[str]) -> list[str]:
    """What every branch asks of a row, besides its value and its state."""
    ou = [f"d.domaine = ANY({requete.param(list(domaines), 'text[]')})"]
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


def _parmi_les_recents(demande: Demande) -> tuple[list[Cle], bool]:
    """Rows with the words among the newest of the perimeter; True when there is nothing more to look for.

    A value whose walk was cut hides what is older than its last entry: beyond that horizon the merge is not trusted.
    """
    valeurs = sum(len(b.valeurs) for b in demande.branches)
    profondeur = max(demande.limite, min(RECENTS, ENTREES_LUES // valeurs))
    requete = _Requete()
    rang = f"row_number() OVER (ORDER BY {_ordre(demande, 'd.')}) AS rang"
    union = " UNION ".join(
        f"({_de_branche(requete, demande, b, limite=profondeur, colonnes=f'id, modifie_le, {rang}')})" for b in demande.branches
    )
    borne, signe = ("min", "<") if demande.croissant else ("max", ">")
    coupe = requete.param(profondeur)
    recents, mots, limite = requete.param(RECENTS), requete.param(demande.tsquery, "tsquery"), requete.param(demande.limite)
    lignes = _executer(
        requete,
        f"""
        WITH lues AS MATERIALIZED ({union}),
        horizon AS MATERIALIZED (SELECT {borne}(modifie_le) AS le FROM lues WHERE rang = {coupe}),
        recents AS MATERIALIZED (
            SELECT DISTINCT l.modifie_le, l.id FROM lues l, horizon h
            WHERE h.le IS NULL OR l.modifie_le {signe} h.le ORDER BY {_ordre(demande, "l.")} LIMIT {recents}
        ),
        trouves AS (
            SELECT r.modifie_le, r.id FROM recents r JOIN dossiers_dossier d ON d.id = r.id
            WHERE d.recherche @@ {mots} ORDER BY {_ordre(demande, "r.")} LIMIT {limite}
        )
        SELECT t.modifie_le, t.id, e.complet
        FROM (SELECT (SELECT le FROM horizon) IS NULL AND (SELECT count(*) FROM recents) < {RECENTS} AS complet) e
        LEFT JOIN trouves t ON true ORDER BY {_ordre(demande, "t.")}
        """,  # noqa: S608
    )
    trouvees = [(le, cle) for le, cle, _ in lignes if cle is not None]
    return trouvees, bool(lignes[0][2]) or len(trouvees) == demande.limite


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
        ou += _conditions(requete, demande, branche.domaines)
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
