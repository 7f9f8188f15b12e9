"""The end of the retention time."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.actions import noter
from jalon.salaries.models import Salarie
from jalon.salaries.requetes.annuaire import portee_de
from jalon.socle.dates import jour_de_paris, mois_avant

PAQUET = 500
EFFACES_AU_PLUS = 20_000
"""Records deleted in one run: the next night goes on."""


def purger_salaries(*, maintenant: datetime) -> int:
    """Delete who left, and was not used, more than the retention time ago (`JALON_CONSERVATION_SALARIES`, in months).

    By packets, each its own transaction: cut short, it is run again and goes on. Gives how many.
    """
    limite = mois_avant(jour_de_paris(maintenant), settings.JALON_CONSERVATION_SALARIES)
    systeme, efface = ActeurSysteme("conservation des salariés"), 0
    while efface < EFFACES_AU_PLUS:
        with transaction.atomic():
            lignes = Salarie.objects.tous("conservation des salariés").filter(sortie__lt=limite, dernier_usage__lt=limite)
            cles = list(lignes.select_for_update(skip_locked=True).order_by("sortie", "id").values_list("id", flat=True)[:PAQUET])
            if not cles:
                return efface
            a_effacer = Salarie.objects.tous("conservation des salariés").filter(pk__dans=cles)
            for siren, nombre in a_effacer.order_by("siren").values_list("siren").annotate(Count("id")):
                details = {"nombre": nombre}
                noter("salaries.purge", par=systeme, portee=portee_de(siren, ""), objet=None, le=maintenant, details=details)
            a_effacer.delete()
        efface += len(cles)
    return efface
