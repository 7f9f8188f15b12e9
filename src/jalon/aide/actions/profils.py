"""What somebody says of her work, to be shown what concerns her."""

from datetime import datetime

from django.db import transaction

from jalon.aide.models import ProfilAide
from jalon.aide.profils import Profil, lire_profil
from jalon.comptes.requetes import titulaire
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Portee


def choisir_profil(*, branche: str, region: str, par: Acteur, maintenant: datetime) -> Profil:
    """Keep the branche and the région of somebody signed in. Raises SaisiesRefusees, Introuvable (a key, the system)."""
    choisi = lire_profil(branche=branche, region=region)
    with transaction.atomic():
        personne = titulaire(par)
        profil, _ = ProfilAide.objects.update_or_create(
            personne=personne, defaults={"branche": choisi.branche, "region": choisi.region, "modifie_le": maintenant}
        )
        noter("aide.profil_choisi", par=par, portee=Portee(), objet=profil, le=maintenant)
    return choisi
