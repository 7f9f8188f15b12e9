"""The guided tours that somebody has seen."""

from datetime import datetime

from django.db import transaction

from jalon.aide.visites import VISITES
from jalon.comptes.requetes import titulaire
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.erreurs import Introuvable


def retenir_visite(*, code: str, par: Acteur, maintenant: datetime) -> None:
    """Offer that tour no more; repeated, it changes nothing. Raises Introuvable (no such tour; a key, the system)."""
    visite = VISITES.get(code)
    if visite is None:
        raise Introuvable("Cette visite n’existe pas.")
    with transaction.atomic():
        personne = titulaire(par)
        if code in personne.visites_vues:
            return
        personne.visites_vues = [*personne.visites_vues, code]
        personne.save(update_fields=["visites_vues"])
        noter("aide.visite_vue", par=par, portee=Portee(), objet=personne, le=maintenant, details={"titre": visite.titre})
