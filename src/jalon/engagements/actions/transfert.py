"""The agreement follows its contract: to another establishment, or to another company."""

from jalon.dossiers.models import Dossier
from jalon.engagements.actions.commun import TACHE_ACCORD
from jalon.engagements.models import Engagement
from jalon.socle.travaux import differer


def suivre_le_dossier(*, engagement: Engagement, dossier: Dossier) -> Engagement:
    """Copy the portée of a request that the caller has locked and moved; the agreement is typeset again with its new parties.

    Amounts, lines and payments do not change; nor do the invoices, which stay with whom sent them.
    """
    if engagement.portee == dossier.portee:
        return engagement
    accords = Engagement.objects.tous("accord d’un dossier déjà verrouillé, qui change de mains").select_for_update(of=("self",))
    actuel: Engagement = accords.get(pk=engagement.pk)
    actuel.porter(dossier.portee)
    actuel.version += 1
    actuel.edition = None
    actuel.save(update_fields=["siren", "siret", "prestataire_siren", "portefeuille_id", "domaine", "version", "edition"])
    differer(TACHE_ACCORD, engagement_id=str(actuel.pk))
    return actuel
