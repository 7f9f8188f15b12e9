"""The parts of a request that was split."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jalon.dossiers.models import Dossier
from jalon.referentiels.requetes import reglages_de
from jalon.socle.acteurs import Acteur


@dataclass(frozen=True, slots=True)
class Lot:
    """« 2 sur 4 ». `autres`: place and request of the other parts that the actor sees."""

    place: int
    total: int
    autres: Sequence[tuple[int, Dossier]]


def lot_de(dossier: Dossier, acteur: Acteur) -> Lot | None:
    """The parts that still exist, of a request already obtained by its door. None: it was never split. Two queries at most."""
    if dossier.lot is None:
        return None
    parts = Dossier.objects.tous("place d’un dossier parmi les parts de sa scission").filter(lot=dossier.lot)
    places = {pk: place for place, pk in enumerate(parts.order_by("lot_rang", "id").values_list("pk", flat=True), start=1)}
    vues = Dossier.objects.visibles_par(acteur).filter(lot=dossier.lot).exclude(pk=dossier.pk)
    autres = [(places[autre.pk], autre) for autre in vues.defer("reponses", "contenu", "recherche") if autre.pk in places]
    return Lot(places.get(dossier.pk, 0), len(places), sorted(autres, key=lambda place: place[0]))


def limite_par_dossier(dispositif: str, jour: date) -> int | None:
    """The most people that the OPCO takes in one request sent that day; None: no limit."""
    en_vigueur = reglages_de(dispositif).reglage(jour)
    return en_vigueur.limite_stagiaires if en_vigueur else None
