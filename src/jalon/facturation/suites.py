"""What the cancellation of a request asks of its invoices."""

from datetime import datetime

from jalon.dossiers.models import Dossier
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import TransitionImpossible


def refuser_si_facture(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """A request that was invoiced is not cancelled. Raises TransitionImpossible."""
    del par, maintenant
    factures = Facture.objects.tous("annulation d’un dossier déjà facturé").filter(engagement__dossier_id=dossier.pk)
    if factures.exclude(etat=EtatFacture.REJETEE).exists():
        raise TransitionImpossible("Une facture a été transmise pour ce dossier\u00a0: il ne s’annule plus.")
