"""Which portefeuille each organisation is in, computed for all of them at once."""

from collections.abc import Sequence

from django.db import connection, transaction

from jalon.organisations.portefeuilles import suivis
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT

LOT = 10_000
DEPLACER = """
WITH place AS (
    SELECT o.siren, o.idcc,
           left(e.code_commune, CASE WHEN left(e.code_commune, 2) IN ('97', '98') THEN 3 ELSE 2 END) AS departement
    FROM organisations_organisation o
    LEFT JOIN organisations_etablissement e ON e.siret = o.siren || o.nic_siege
    WHERE %(sirens)s::text[] IS NULL OR o.siren = ANY(%(sirens)s::text[])
), cible AS (
    SELECT p.siren, coalesce(
        nomme.portefeuille_id, idcc_dep.portefeuille_id, idcc.portefeuille_id, dep.portefeuille_id, tous.portefeuille_id,
        %(defaut)s
    ) AS portefeuille_id
    FROM place p
    LEFT JOIN organisations_sirenportefeuille nomme ON nomme.siren = p.siren
    LEFT JOIN organisations_regleportefeuille idcc_dep
        ON idcc_dep.idcc = nullif(p.idcc, '') AND idcc_dep.departement = nullif(p.departement, '')
    LEFT JOIN organisations_regleportefeuille idcc ON idcc.idcc = nullif(p.idcc, '') AND idcc.departement = ''
    LEFT JOIN organisations_regleportefeuille dep ON dep.idcc = '' AND dep.departement = nullif(p.departement, '')
    LEFT JOIN organisations_regleportefeuille tous ON tous.idcc = '' AND tous.departement = ''
), deplacement AS (
    UPDATE organisations_organisation o SET portefeuille_id = cible.portefeuille_id
    FROM cible WHERE o.siren = cible.siren AND o.portefeuille_id <> cible.portefeuille_id
    RETURNING o.siren
)
INSERT INTO deplacee SELECT siren FROM deplacement
"""


def attribuer_portefeuilles(*, sirens: Sequence[str] | None = None) -> int:
    """Place organisations (all of them by default) and return how many moved.

    By name, else by IDCC and département of the head office, else by IDCC, else by département, else « Sans affectation ».
    Whoever registered with `portefeuilles.declarer_suivi` is told the SIREN that moved, in the same transaction.
    """
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("CREATE TEMPORARY TABLE deplacee (siren text NOT NULL)")
        curseur.execute(DEPLACER, {"sirens": None if sirens is None else list(sirens), "defaut": PORTEFEUILLE_PAR_DEFAUT})
        nombre: int = curseur.rowcount
        if nombre:
            _prevenir()
        curseur.execute("DROP TABLE deplacee")
    return nombre


def _prevenir() -> None:
    with connection.chunked_cursor() as curseur:
        curseur.execute("SELECT siren FROM deplacee")
        while lot := [siren for (siren,) in curseur.fetchmany(LOT)]:
            for suivi in suivis():
                suivi(lot)
