"""The register of revelations, as `jalon verifier` sees it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from jalon.cli.constats import Constat, juger, lire
from jalon.journal import chaine
from jalon.journal.models import BlocScelle, Revelation

ATTENTE_D_UN_SCEAU = timedelta(minutes=5)


def registre() -> Iterator[Constat]:
    """The register of revelations: inserted only, sealed by another role, and its whole chain holds."""
    lignes, blocs = (connection.ops.quote_name(m._meta.db_table) for m in (Revelation, BlocScelle))
    (modifiable,) = lire(
        f"SELECT has_table_privilege('{lignes}', 'UPDATE, DELETE, TRUNCATE')"
        f" OR has_table_privilege('{blocs}', 'INSERT, UPDATE, DELETE, TRUNCATE')"
    )
    yield juger(
        "Registre des consultations",
        not modifiable,
        "L’application y ajoute, et ne touche pas aux sceaux.",
        "L’application peut le modifier ou le sceller elle-même\u00a0: relancez «\u00a0jalon preparer-base\u00a0» avec des rôles distincts.",
    )
    with connection.cursor() as curseur:
        etat = chaine.verifier(curseur)
    rupture = etat.rupture
    ou = f"Bloc {rupture.rang}" if rupture and rupture.rang else "Hors de la chaîne"
    yield juger(
        "Sceaux",
        rupture is None,
        f"Blocs\u00a0: {etat.blocs}, lignes\u00a0: {etat.lignes}, dernière empreinte {etat.tete[:16]}.",
        f"{ou}\u00a0: {rupture.raison if rupture else ''}.",
    )
    (maintenant,) = lire("SELECT clock_timestamp()")
    attend_depuis = etat.attente_depuis
    retard = attend_depuis is not None and isinstance(maintenant, datetime) and maintenant - attend_depuis > ATTENTE_D_UN_SCEAU
    yield juger(
        "Scellement",
        not retard,
        "À jour.",
        f"{etat.en_attente} lignes attendent un sceau depuis plus de 5 min\u00a0: lancez «\u00a0jalon sceller\u00a0» (DATABASE_URL_SCEAU).",
    )
