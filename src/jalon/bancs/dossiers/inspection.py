"""What a page asks of PostgreSQL: how many queries, and the plans of those that walk the lists. In the product's own process."""

from collections.abc import Sequence
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jalon.bancs.dossiers.scene import JETON

MARQUES = ("LATERAL", "recherche @@")
"""What tells the queries of lists from the others."""


def inspecter(chemin: str, seance: str, *, envoi: bool = False) -> tuple[int, list[str]]:
    """Number of queries of a page once its session is warm, and the text of those that walk lists.

    A POST when `envoi`. Raises AssertionError when the page does not answer.
    """
    client = Client(SERVER_NAME="localhost")
    client.cookies["jalon_seance"] = seance
    client.cookies["jalon_jeton"] = JETON
    if not envoi:
        client.get(chemin)
    with CaptureQueriesContext(connection) as vues:
        reponse = client.post(chemin, {"csrfmiddlewaretoken": JETON}) if envoi else client.get(chemin)
    if reponse.status_code not in {200, 302}:
        raise AssertionError(f"{chemin} répond {reponse.status_code}")
    textes = [v["sql"] for v in vues.captured_queries if v["sql"] not in {"BEGIN", "COMMIT"}]
    return len(textes), [t for t in textes if any(m in t for m in MARQUES) and t.lstrip().upper().startswith(("SELECT", "WITH"))]


def plans(requetes: Sequence[str]) -> str:
    """EXPLAIN (ANALYZE, BUFFERS) of each query, run again once it is warm."""
    morceaux = []
    with connection.cursor() as curseur:
        for requete in requetes:
            curseur.execute(f"EXPLAIN (ANALYZE, BUFFERS) {requete}")
            morceaux.append(f"{requete.strip()}\n\n" + "\n".join(ligne for (ligne,) in curseur.fetchall()))
    return "\n\n----\n\n".join(morceaux) + "\n"


def ecrire_plans(dossier: Path, nom: str, texte: str) -> Path:
    """Keep the plans of a case in a file of its own."""
    dossier.mkdir(parents=True, exist_ok=True)
    chemin = dossier / f"{''.join(c if c.isalnum() else '-' for c in nom)}.txt"
    chemin.write_text(texte, encoding="utf-8")
    return chemin
