"""A granted contrat de professionnalisation, made with the real actions: 01/09/2026 to 31/08/2027, 400 hours, 3 660 €."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from jalon.dispositifs.base import Rupture
from jalon.dossiers.actions import creer_brouillon, enregistrer_section, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from tests.dispositifs.professionnalisation.contrats import reponses
from tests.dossiers.fabrique import SIRET, aline, emma, joindre, relire

DEPOT = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
ACCORD = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)


def accorde(montant: str = "3660.00", *, le: datetime = ACCORD, **changements: str) -> Dossier:
    """A granted contract; the provider is paid when it is granted before October 2026, the company from then on."""
    dossier = creer_brouillon(dispositif="professionnalisation", siren=SIRET[:9], siret=SIRET, par=aline(), maintenant=DEPOT)
    for section, lue in reponses(**{"employeur__siret": SIRET, **changements}).items():
        version = relire(dossier).reponses.get(section, {}).get("version", 0)
        enregistrer_section(
            dossier_id=dossier.id, section=section, version=version, valeurs=lue["valeurs"], par=aline(), maintenant=DEPOT
        )
    for code in ("cerfa_signe", "document_annexe", "convention_signee"):
        joindre(relire(dossier), code, le=DEPOT)
    transmettre_dossier(dossier_id=dossier.id, par=aline(), maintenant=DEPOT)
    prendre_en_charge(dossier_id=dossier.id, par=emma(), maintenant=DEPOT)
    accorder_dossier(dossier_id=dossier.id, montants_par_ligne={"formation": Decimal(montant)}, par=emma(), maintenant=le)
    return relire(dossier)


def accord_signe(heures: str = "150", **plus: Any) -> Rupture:
    """Broken by agreement on 10/03/2027."""
    dates = {"signature": date(2027, 3, 5)}
    return Rupture(**{"le": date(2027, 3, 10), "motif": "accord", "dates": dates, "heures_faites": Decimal(heures), **plus})


def montant(dossier: Dossier) -> Decimal:
    """What is granted now."""
    engagement: Engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    return engagement.montant_ht


__all__ = ["aline", "emma", "relire"]
