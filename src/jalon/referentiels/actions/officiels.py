"""Imports of the official files. Each is one transaction: after an interruption the tables are as before, and it is run again."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from jalon.journal.actions import noter
from jalon.referentiels.actions.fusion import Effet
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.models import ImportReferentiel, RejetReferentiel
from jalon.referentiels.officiels.refus import refus
from jalon.referentiels.officiels.rejets import Rejet
from jalon.referentiels.suites import suivre_l_import
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import TransitionImpossible

VERROU = 7_031_959
BLOC = 1 << 20
RETRAITS_AU_PLUS = 0.5

Suivi = Callable[[int, int], None]
"""Told how much was read, of how much: bytes, or rows of a workbook."""


def ne_rien_suivre(lus: int, taille: int) -> None:
    """Nobody looks at how far the import is."""
    del lus, taille


@contextmanager
def import_unique() -> Iterator[None]:
    """A transaction, one import of a referential at a time. Raises TransitionImpossible when another is running."""
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_try_advisory_xact_lock(%s)", [VERROU])
            if not curseur.fetchone()[0]:
                raise TransitionImpossible("Un import de référentiel est déjà en cours\u00a0: attendez qu’il se termine.")
        yield


def date_de_l_edition(donnee: date | None, trouvee: date | None, maintenant: datetime) -> date:
    """The day given, else the one that the file bears, else today."""
    return donnee or trouvee or jour_de_paris(maintenant)


def refuser_les_retraits_massifs(chemin: Path, effet: Effet, *, accepter: bool) -> None:
    """A truncated or filtered file would empty the table. Raises SaisieRefusee when more than half of it would go."""
    if effet.retires > effet.avant * RETRAITS_AU_PLUS and not accepter:
        raison = f"il ferait disparaître {effet.retires} lignes sur {effet.avant}. S’il est complet, ajoutez --accepter-retraits"
        raise refus(chemin, raison)


@dataclass(frozen=True, slots=True)
class Depot:
    """A file handed over: of which referential, where, by whom, when."""

    referentiel: ReferentielOfficiel
    chemin: Path
    par: Acteur
    maintenant: datetime


def terminer(depot: Depot, edition: date, effet: Effet, lus: int, rejets: Sequence[Rejet]) -> ImportReferentiel:
    """Keep what was done, and the refused lines, in the caller's transaction. Raises SaisieRefusee: no line could be read."""
    referentiel, chemin, par, maintenant = depot.referentiel, depot.chemin, depot.par, depot.maintenant
    if not effet.inseres + effet.mis_a_jour + effet.inchanges:
        premiere = f" (ligne {rejets[0].ligne}\u00a0: {rejets[0].raison})" if rejets else ""
        raise refus(chemin, f"aucune ligne ne peut être lue{premiere}")
    RejetReferentiel.objects.filter(referentiel=referentiel).delete()
    RejetReferentiel.objects.bulk_create(
        [RejetReferentiel(referentiel=referentiel, fichier=r.fichier, ligne=r.ligne, raison=r.raison) for r in rejets],
        batch_size=5000,
    )
    fait, _ = ImportReferentiel.objects.update_or_create(
        referentiel=referentiel.value,
        empreinte=_empreinte(chemin),
        defaults={
            "nom": chemin.name,
            "edition": edition,
            "lus": lus,
            "inseres": effet.inseres,
            "mis_a_jour": effet.mis_a_jour,
            "inchanges": effet.inchanges,
            "retires": effet.retires,
            "rejetes": len(rejets),
            "importe_le": maintenant,
        },
    )
    details = {"referentiel": referentiel.libelle, "fichier": chemin.name, "lus": lus, "inseres": effet.inseres,
               "mis_a_jour": effet.mis_a_jour, "retires": effet.retires, "rejetes": len(rejets)}  # fmt: skip
    noter("referentiel.importe", par=par, portee=Portee(), objet=None, le=maintenant, details=details)
    suivre_l_import(referentiel, maintenant)
    return fait


def _empreinte(chemin: Path) -> str:
    somme = hashlib.sha256()
    with chemin.open("rb") as fichier:
        while bloc := fichier.read(BLOC):
            somme.update(bloc)
    return somme.hexdigest()
