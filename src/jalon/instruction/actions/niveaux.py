"""A level published after the grant: found when the file is imported, applied by an adviser (Code du travail, D6332-80)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import CaseAbsente
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.engagements.models import Engagement
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.instruction.models import Regularisation
from jalon.instruction.requetes.niveaux import accords_en_attente_de_niveau, niveau_publie
from jalon.journal.actions import noter
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.socle.montants import formater_montant
from jalon.socle.travaux import differer

TACHE_NIVEAUX = "instruction.chercher_les_niveaux"
PAR_TRANCHE = 200


def chercher_apres_import(referentiel: ReferentielOfficiel, maintenant: datetime) -> None:
    """New levels have come: queue the search (registered in `referentiels`)."""
    del maintenant
    if referentiel == ReferentielOfficiel.NPEC:
        differer(TACHE_NIVEAUX, apres_id="")


def chercher_les_niveaux(*, apres: UUID | None, maintenant: datetime) -> int:
    """Keep, of a slice of the contracts granted for want of a level, those whose level is now known, and queue the next slice; gives
    how many are new or changed. Repeated, it writes nothing more."""
    with transaction.atomic():
        accords = accords_en_attente_de_niveau(apres, PAR_TRANCHE)
        trouvees = sum(_retenir(accord, maintenant) for accord in accords)
        if len(accords) == PAR_TRANCHE:
            differer(TACHE_NIVEAUX, apres_id=str(accords[-1].pk))
    return trouvees


def _retenir(accord: Engagement, maintenant: datetime) -> bool:
    """Nothing is to be done where the level is the very amount already granted."""
    dossier = accord.dossier
    try:
        niveau = niveau_publie(dossier, maintenant)
    except CaseAbsente:
        return False
    vie = dispositif_de(dossier.dispositif).vie
    paye = {Decimal(x["montant"]) for x in accord.explications if vie is not None and x["source"] == vie.attente_du_niveau}
    if niveau is None or niveau.montant in paye:
        return False
    regularisations = Regularisation.objects.tous("niveau d’un contrat, tenu à jour par le travail").select_for_update()
    connue = regularisations.filter(dossier=dossier).first()
    if connue is not None and (connue.montant, connue.source) == (niveau.montant, niveau.source):
        return False
    neuve = connue or Regularisation(dossier=dossier).porter(dossier.portee)
    neuve.montant, neuve.source, neuve.trouvee_le = niveau.montant, niveau.source, maintenant
    neuve.save()
    details = {"montant": formater_montant(niveau.montant), "source": niveau.source}
    systeme = ActeurSysteme("niveaux de prise en charge")
    noter("dossier.niveau_publie", par=systeme, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details)
    return True
