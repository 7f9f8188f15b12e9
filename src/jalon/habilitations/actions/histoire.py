"""The journal of accesses as a file."""

from datetime import datetime

from django.db import transaction

from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import DROITS_D_EXPORT
from jalon.habilitations.requetes.histoire import LIGNES_A_L_EXPORT, FiltreHistoire, histoire_des_acces
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import PARIS
from jalon.socle.tableur import ecrire_csv


@second_facteur_exige
def exporter_histoire(*, siren: str, profil: Profil, filtre: FiltreHistoire, par: Acteur, maintenant: datetime) -> str:
    """The events of the filter as CSV, newest first, with what changed box by box. Raises DroitManquant (exports included: closed in probation)."""
    portee = portee_des_acces(siren, profil, portefeuille_de(siren))
    for droit in DROITS_D_EXPORT:
        par.exiger(droit, portee)
    with transaction.atomic():
        lignes = histoire_des_acces(par, siren, filtre, LIGNES_A_L_EXPORT)
        noter("acces.export_journal", par=par, portee=portee, objet=None, le=maintenant, details={"lignes": len(lignes)})
    return ecrire_csv(
        ("date", "qui", "quoi", "changements"),
        (
            (f"{li.le.astimezone(PARIS):%d/%m/%Y %H:%M:%S}", li.acteur, li.phrase, " / ".join(changements(li.details)))
            for li in lignes
        ),
    )


def changements(details: dict[str, object]) -> list[str]:
    """The boxes changed by an event, when it says them."""
    dits = details.get("changements")
    return [str(phrase) for phrase in dits] if isinstance(dits, list) else []
