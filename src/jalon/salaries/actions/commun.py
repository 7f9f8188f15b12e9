"""What every write of the directory shares: one at a time in a company, rights judged where the record is."""

from datetime import datetime

from django.db import connection

from jalon.salaries import coffre
from jalon.salaries.enums import Source
from jalon.salaries.models import Salarie
from jalon.salaries.regles.fiches import Fiche
from jalon.socle.acteurs import Domaine, Droit, Niveau
from jalon.socle.dates import jour_de_paris

SAISIE = Droit(Domaine.SALARIES, Niveau.SAISIE)
GESTION = Droit(Domaine.SALARIES, Niveau.GESTION)
ESPACE_DES_VERROUS = 41
"""First half of the lock of a directory: no other lock of the product has two numbers."""


def verrouiller_annuaire(siren: str) -> None:
    """One writer at a time in the directory of a company, until the end of the transaction: two files that bring the same
    person make one record.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ESPACE_DES_VERROUS, int(siren)])


def nouveau_salarie(siren: str, fiche: Fiche, source: Source, maintenant: datetime) -> Salarie:
    """A record that is not written yet."""
    salarie = Salarie(
        siren=siren,
        domaine=Domaine.SALARIES.value,
        source=source.value,
        cree_le=maintenant,
        modifie_le=maintenant,
        dernier_usage=jour_de_paris(maintenant),
    ).ecrire(fiche)
    coffre.poser_nir(salarie, fiche.nir)
    return salarie


def toucher(salarie: Salarie, maintenant: datetime) -> Salarie:
    """One more version of a record, used that day; returns it."""
    salarie.version += 1
    salarie.modifie_le, salarie.dernier_usage = maintenant, jour_de_paris(maintenant)
    return salarie
