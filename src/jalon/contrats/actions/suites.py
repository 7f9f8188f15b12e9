"""What follows the end of a contract: its avenants in preparation end with it, and the CFA is told."""

from datetime import datetime

from jalon.contrats.courriels import AnnulationAuCfa, ecrire_au_cfa
from jalon.contrats.enums import EN_COURS, EtatAvenant
from jalon.contrats.models import Avenant
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur


def abandonner_les_avenants(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """End the avenant that waits, on a contract that the caller locked: what it would change is over."""
    en_cours = Avenant.objects.tous("fin d’un contrat déjà verrouillé").filter(dossier=dossier, etat__in=EN_COURS)
    for avenant in en_cours:
        avenant.etat, avenant.decide_le = EtatAvenant.ABANDONNE, maintenant
        avenant.save(update_fields=["etat", "decide_le"])
        details = {"code": avenant.code}
        noter("avenant.abandonne", par=par, portee=dossier.portee_des_suites, objet=dossier, le=maintenant, details=details)


def apres_une_annulation(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """A contract that will not begin: nothing changes in it any more; the CFA that knew of it is told."""
    if dispositif_de(dossier.dispositif).vie is None:
        return
    abandonner_les_avenants(dossier, par, maintenant)
    if dossier.accorde_le is not None:
        ecrire_au_cfa(AnnulationAuCfa, dossier, maintenant)
