"""Acts asked on many requests: one of A, one of B, one of the OPCO; their files hold one document."""

from jalon.comptes.models import Personne
from jalon.dossiers.enums import EtatOperation, GenreOperation
from jalon.dossiers.models import OperationEnNombre
from jalon.dossiers.requetes.operations import COFFRE
from jalon.socle import coffre
from tests.dossiers.fabrique import AUTRE_SIREN, LE, SIREN


def operations(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    """Finished, each seen by who asked for it alone."""
    for nom, siren, role, dossier in (
        ("operation", SIREN, "a_admin", "brouillon"),
        ("autre_operation", AUTRE_SIREN, "double_admin", "autre_brouillon"),
        ("operation_opco", "", "conseiller", "transmis"),
    ):
        operation = OperationEnNombre(
            genre=GenreOperation.PIECES, etat=EtatOperation.TERMINEE, siren=siren, personne=personnes[role].pk,
            dossiers=[objets[dossier]], servis=[objets[dossier]], faits=1, demandee_le=LE, finie_le=LE,
        )  # fmt: skip
        operation.save(force_insert=True)
        coffre.ranger(COFFRE, str(operation.pk), b"PK")
        objets[nom] = str(operation.pk)
