"""Counting the rights that one person gives: one atomic statement, over the hour that slides (exigences, T12)."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from jalon.habilitations.regles import FENETRE_OCTROIS

_COMPTER = """
    INSERT INTO habilitations_rythmeoctrois AS r (personne_id, instants) VALUES (%(qui)s, ARRAY[%(le)s::timestamptz])
    ON CONFLICT (personne_id) DO UPDATE SET instants =
        ARRAY(SELECT i FROM unnest(r.instants) AS i WHERE i > %(depuis)s) || %(le)s::timestamptz
    RETURNING cardinality(instants)
"""


def compter(personne_id: UUID, maintenant: datetime) -> int:
    """Note one grant of that person, and give its rank among those of the last hour, the present one included.

    In the transaction of the grant: what is refused is not counted, and two grants of one person never get one rank.
    """
    with connection.cursor() as curseur:
        curseur.execute(_COMPTER, {"qui": personne_id, "le": maintenant, "depuis": maintenant - FENETRE_OCTROIS})
        ligne: tuple[int] = curseur.fetchone()
    return ligne[0]
