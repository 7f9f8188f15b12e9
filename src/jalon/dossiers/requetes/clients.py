"""What waits, counted together for all the companies that somebody follows."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count

from jalon.dossiers.enums import EtatDossier, Partie
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Acteur, Niveau


def attentes_par_siren(acteur: Acteur) -> Mapping[str, Mapping[str, int]]:
    """SIREN -> state -> number of the requests that the actor may finish (drafts) or complete. One query for all."""
    comptes: dict[str, dict[str, int]] = defaultdict(dict)
    attendus = Dossier.objects.visibles_par(acteur, Niveau.SAISIE).filter(
        attend_qui=Partie.ENTREPRISE, etat__in=[EtatDossier.A_COMPLETER, EtatDossier.BROUILLON]
    )
    for siren, etat, nombre in attendus.order_by().values_list("siren", "etat").annotate(nombre=Count("pk")):
        comptes[siren][etat] = nombre
    return comptes
