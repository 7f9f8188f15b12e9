"""The search of employees at a size that shows its plan: 200,000 of them, a company of 20,000, a cabinet of 200 SIREN
(of more, the search of everything leaves employees to the space of each client)."""

import json
import time

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.salaries.requetes import trouver
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.web.composants.recherche import LIEUX_FOUILLES
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.habilitations.fabrique import sirens
from tests.salaries.outils import JOUR, MAINTENANT

NOMBRE, GRANDE, CLIENTS = 200_000, 20_000, 5_000
CHARGER = """
INSERT INTO salaries_salarie (
    id, siren, siret, prestataire_siren, domaine, nom, nom_usage, prenom, date_naissance, sexe, nir_chiffre, nir_empreinte, matricule,
    courriel, emploi, pcs, nature, idcc, quotite_unite, source, version, recherche, tri, cree_le, modifie_le, dernier_usage
)
SELECT gen_random_uuid(), s.siren, '', '', 'salaries', m.nom, '', 'Ana', '1990-01-01', '', '', '', '', '', '', '', '', '', '', 'saisie', 1,
    lower(m.nom || ' ana'), lower(m.nom || ' ana'), %(le)s, %(le)s, %(jour)s
FROM generate_series(1, %(nombre)s) n
JOIN LATERAL (
    SELECT CASE WHEN n <= %(grande)s THEN (%(sirens)s::text[])[1] ELSE (%(sirens)s::text[])[2 + n %% (%(clients)s - 1)] END AS siren
) s ON true
JOIN LATERAL (SELECT CASE WHEN n %% 10000 = 7 THEN 'Rarissime' ELSE 'Martin' || md5(n::text) END AS nom) m ON true
"""
BLOCS = {"entreprise ordinaire": 60, "entreprise de 20 000": 2_500, "cabinet de 200": 9_000}
"""Of 8 kB at most, by one search; the table and its indexes hold some ten thousand."""


@pytest.fixture
def lieux(base_reelle: str) -> list[str]:
    choisis = sirens(CLIENTS)
    parametres = {"le": MAINTENANT, "jour": JOUR, "nombre": NOMBRE, "grande": GRANDE, "clients": CLIENTS, "sirens": choisis}
    with connection.cursor() as curseur:
        curseur.execute(CHARGER, parametres)
    with psycopg.connect(base_reelle.replace("jalon_app@", "jalon_proprietaire@"), autocommit=True) as proprietaire:
        proprietaire.execute("VACUUM ANALYZE salaries_salarie")
    return choisis


@pytest.mark.nuit
def test_la_recherche_de_salaries_suit_un_index(lieux: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """One query each; never a whole table read line by line."""
    cabinet = FauxActeur({Domaine.SALARIES: (Niveau.LECTURE, Perimetre(sirens=frozenset(lieux[1 : LIEUX_FOUILLES + 1])))})
    acteurs = {
        "entreprise ordinaire": (acteur_entreprise(lieux[5]), lieux[5]),
        "entreprise de 20 000": (acteur_entreprise(lieux[0]), lieux[0]),
        "cabinet de 200": (cabinet, None),
    }
    for nom, (acteur, siren) in acteurs.items():
        for texte in ("martin", "rarissime", "introuvable", "martin ana"):
            depart = time.perf_counter()
            with CaptureQueriesContext(connection) as requetes:
                trouver(acteur, siren, texte, JOUR, 6)
            duree = (time.perf_counter() - depart) * 1000
            assert len(requetes) == 1
            plan = _plan(requetes[0]["sql"])
            blocs = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
            with capsys.disabled():
                print(f"{nom:22} {texte:12} {duree:7.1f} ms {blocs:7} blocs")  # noqa: T201
            assert blocs <= BLOCS[nom], (nom, texte, blocs)
            assert "Seq Scan" not in json.dumps(plan), (nom, texte)


def _plan(sql: str) -> dict[str, int]:
    with connection.cursor() as curseur:
        curseur.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        (plan,) = curseur.fetchone()
    racine: dict[str, int] = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return racine
