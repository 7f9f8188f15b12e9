"""Requests that wait are looked at again when what they lacked arrives: a referential, or the setting that lets the portal decide."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import Partie
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import DECIDENT
from jalon.instruction.actions.automatiques import TACHE_DECISION
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.requetes import reglages_de
from jalon.socle.dates import debut_du_jour, jour_de_paris
from jalon.socle.reglages import DecisionAutomatique
from jalon.socle.travaux import differer

TACHE_REEXAMEN = "instruction.reexaminer"
PAR_TRANCHE = 200
LE_TEMPS_DE_LE_SAVOIR = timedelta(minutes=2)
"""Every process reads within a minute that a referential is loaded."""


def reexaminer_apres_import(referentiel: ReferentielOfficiel, maintenant: datetime) -> None:
    """A referential has come: what could not be checked may now be (registered in `referentiels`)."""
    del referentiel
    if _decides_par_le_portail(jour_de_paris(maintenant)):
        differer(TACHE_REEXAMEN, le=maintenant + LE_TEMPS_DE_LE_SAVOIR, apres_id="")


def reexaminer_apres_reglage(dispositif: str, du: date, maintenant: datetime) -> None:
    """The OPCO lets the portal decide from a day on: look at what already waits, that day (registered in `referentiels`)."""
    if reglages_de(dispositif).decision_automatique(du) == DecisionAutomatique.PRISE:
        plus_tard = du > jour_de_paris(maintenant)
        differer(TACHE_REEXAMEN, le=debut_du_jour(du) if plus_tard else None, apres_id="")


def reexaminer(*, apres: UUID | None, maintenant: datetime) -> int:
    """Queue the examination of a slice of the requests that wait for the OPCO where the portal decides, then the next slice; gives
    how many. An examination that changes nothing writes nothing: repeated, it does no harm."""
    codes = _decides_par_le_portail(jour_de_paris(maintenant))
    if not codes:
        return 0
    dossiers = Dossier.objects.tous("dossiers en attente que le portail peut décider").filter(
        etat__in=sorted(DECIDENT), dispositif__in=codes, attend_qui=Partie.OPCO
    )
    suite = dossiers.filter(pk__gt=apres) if apres is not None else dossiers
    ids = list(suite.order_by("pk").values_list("pk", flat=True)[:PAR_TRANCHE])
    with transaction.atomic():
        for dossier_id in ids:
            differer(TACHE_DECISION, dossier_id=str(dossier_id))
        if len(ids) == PAR_TRANCHE:
            differer(TACHE_REEXAMEN, apres_id=str(ids[-1]))
    return len(ids)


def _decides_par_le_portail(jour: date) -> list[str]:
    return [c for c in DISPOSITIFS if reglages_de(c).decision_automatique(jour) == DecisionAutomatique.PRISE]
