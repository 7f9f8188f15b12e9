"""Who is told about a batch."""

from datetime import datetime

from jalon.courriers.messages import Destinataire
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.reglements.models import LotVirements, Virement
from jalon.socle.acteurs import Pouvoir


def signataires(lot: LotVirements, maintenant: datetime) -> list[Destinataire]:
    """Those who may sign every line, but the one who prepared."""
    lignes = Virement.objects.tous("portefeuilles d’un lot que l’on annonce").filter(lot=lot)
    portefeuilles = set(lignes.values_list("portefeuille_id", flat=True))
    groupes = [{p.id: p for p in personnes_du_pouvoir(Pouvoir.SIGNER_LOTS, cle, maintenant)} for cle in portefeuilles]
    communs = set.intersection(*(set(g) for g in groupes)) if groupes else set()
    return [Destinataire(p.email, p.id) for cle, p in groupes[0].items() if cle in communs - {lot.prepare_par}] if groupes else []
