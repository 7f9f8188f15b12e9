"""Showing one NIR: an act, with a reason, written in the register (exigences, T3, P2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.journal.actions import noter, noter_revelation
from jalon.journal.enums import Sensible
from jalon.salaries import coffre
from jalon.salaries.models import Salarie
from jalon.salaries.requetes.fiches import salarie_au_nir_lisible
from jalon.socle.acteurs import Acteur
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import Introuvable, SaisieRefusee


@second_facteur_exige
def reveler_nir(*, salarie_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> str:
    """The NIR of one employee in clear, once, against a reason.

    Raises: Introuvable (record, or it has none), DroitManquant (below Saisie, or in probation: T1c), SaisieRefusee (no reason).
    """
    raison = " ".join(motif.split())[:200]
    with transaction.atomic():
        salarie = salarie_au_nir_lisible(salarie_id, par)
        if not salarie.nir_chiffre:
            raise Introuvable
        if not raison:
            raise SaisieRefusee("Indiquez pourquoi vous affichez ce NIR", champ="motif")
        details = {"motif": raison}
        noter("salaries.nir_affiche", par=par, portee=salarie.portee, objet=salarie, le=maintenant, details=details)
        noter_la_revelation(salarie, raison, par, maintenant)
        return coffre.nir_en_clair(salarie)


def noter_la_revelation(salarie: Salarie, motif: str, par: Acteur, maintenant: datetime) -> None:
    """One line of the register: the record by its id, no name, no value."""
    noter_revelation(
        sensible=Sensible.NIR, par=par, portee=salarie.portee, objet=salarie, libelle=f"NIR d’un salarié du SIREN {salarie.siren}",
        motif=motif, le=maintenant,
    )  # fmt: skip
