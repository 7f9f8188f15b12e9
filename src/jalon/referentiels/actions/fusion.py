"""Bringing a table up to what a file says, in the caller's transaction: COPY beside, then one statement per kind of change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from psycopg import sql


@dataclass(frozen=True, slots=True)
class Cible:
    """A table. `retire`: rows that the file no longer has go away; `edition`: a row changes only for one as recent."""

    table: str
    cle: tuple[str, ...]
    valeurs: tuple[str, ...]
    retire: bool = False
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Effet:
    """What a merge did; `avant`: rows that were there."""

    avant: int = 0
    inseres: int = 0
    mis_a_jour: int = 0
    inchanges: int = 0
    retires: int = 0

    def __add__(self, autre: "Effet") -> "Effet":
        return Effet(
            self.avant + autre.avant,
            self.inseres + autre.inseres,
            self.mis_a_jour + autre.mis_a_jour,
            self.inchanges + autre.inchanges,
            self.retires + autre.retires,
        )


def fusionner(cible: Cible, lignes: Iterable[Sequence[object]]) -> Effet:
    """Merge rows (columns of the key, then values) into the table. Of two rows of one key, the last wins."""
    noms = _noms(cible)
    with connection.cursor() as curseur:

        def executer(requete: str) -> int:
            curseur.execute(sql.SQL(requete).format(**noms))
            return int(curseur.rowcount)

        curseur.execute(sql.SQL("SELECT count(*) FROM {table}").format(**noms))
        avant = int(curseur.fetchone()[0])
        executer("CREATE TEMPORARY TABLE lot ON COMMIT DROP AS SELECT {colonnes} FROM {table} WITH NO DATA")
        ordre = sql.SQL("COPY lot ({colonnes}) FROM STDIN").format(**noms)
        with connection.wrap_database_errors, curseur.cursor.copy(ordre) as copie:
            for ligne in lignes:
                copie.write_row(ligne)
        executer("ANALYZE lot")
        executer("DELETE FROM lot a USING lot b WHERE a.ctid < b.ctid AND {memes_cles}")
        curseur.execute("SELECT count(*) FROM lot")
        bons = int(curseur.fetchone()[0])
        mis_a_jour = executer(_MISE_A_JOUR) if avant and cible.valeurs else 0
        inseres = executer("INSERT INTO {table} ({colonnes}) SELECT {colonnes} FROM lot ON CONFLICT ({cle}) DO NOTHING")
        retires = executer(_RETRAIT) if avant and cible.retire else 0
        executer("DROP TABLE lot")
    return Effet(avant, inseres, mis_a_jour, bons - inseres - mis_a_jour, retires)


_MISE_A_JOUR = (
    "UPDATE {table} AS a SET ({valeurs}) = ROW({nouvelles}) FROM lot AS b"
    " WHERE {memes_cles} AND ({actuelles}) IS DISTINCT FROM ({nouvelles}) AND {aussi_recent}"
)
_RETRAIT = "DELETE FROM {table} AS a WHERE NOT EXISTS (SELECT FROM lot AS b WHERE {memes_cles})"


def _noms(cible: Cible) -> dict[str, sql.Composable]:
    def liste(colonnes: Sequence[str], alias: str = "") -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(*filter(None, (alias, c))) for c in colonnes)

    egalites = [sql.SQL("a.{0} = b.{0}").format(sql.Identifier(c)) for c in cible.cle]
    recent = sql.SQL("b.{0} >= a.{0}").format(sql.Identifier(cible.edition)) if cible.edition else sql.SQL("true")
    return {
        "table": sql.Identifier(cible.table),
        "cle": liste(cible.cle),
        "valeurs": liste(cible.valeurs),
        "colonnes": liste((*cible.cle, *cible.valeurs)),
        "nouvelles": liste(cible.valeurs, "b"),
        "actuelles": liste(cible.valeurs, "a"),
        "memes_cles": sql.SQL(" AND ").join(egalites),
        "aussi_recent": recent,
    }
