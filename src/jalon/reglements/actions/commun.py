"""What the acts on a batch share."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from jalon.facturation.models import Facture
from jalon.journal.actions import noter
from jalon.reglements.models import LotVirements, Virement
from jalon.socle.acteurs import Acteur, Domaine, Portee


def verrouiller_factures(virements: list[Virement]) -> dict[UUID, Facture]:
    """Invoices of these lines, locked in the order of their ids."""
    factures = Facture.objects.tous("factures d’un lot déjà obtenu par sa porte").filter(pk__in=[v.facture_id for v in virements])
    verrouillees = factures.select_for_update(of=("self",)).select_related("engagement").order_by("pk")
    return {f.pk: f for f in verrouillees}


def noter_lot(
    code: str, lot: LotVirements, par: Acteur, maintenant: datetime, details: Mapping[str, object] | None = None
) -> None:
    """One line of the journal about a batch: the OPCO's matter, it carries no company."""
    portee = Portee(portefeuille_id=lot.portefeuille_id, domaine=Domaine.REGLEMENTS)
    noter(code, par=par, portee=portee, objet=lot, le=maintenant, details={"lot": lot.numero, **(details or {})})
