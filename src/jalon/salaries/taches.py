"""Jobs: each calls one action."""

from uuid import UUID

from jalon.salaries import actions
from jalon.salaries.actions.imports import TACHE
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache(TACHE)
def appliquer_import(*, import_id: str) -> None:
    """The lines of one file that remain."""
    actions.appliquer_import(import_id=UUID(import_id), maintenant=maintenant())


@tache_periodique("salaries.oublier_imports", "*/10 * * * *")
def oublier_imports() -> None:
    """Files looked at for an hour, and jobs lost."""
    actions.oublier_imports(maintenant=maintenant())
    actions.relancer_imports(maintenant=maintenant())


@tache_periodique("salaries.purger", "43 3 * * *")
def purger() -> None:
    """Every night: records whose time is over."""
    actions.purger_salaries(maintenant=maintenant())
