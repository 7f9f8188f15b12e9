"""Refusals proper to requests."""

from collections.abc import Sequence

from jalon.dispositifs.base import Anomalie
from jalon.socle.erreurs import Empechements


class DossierIncomplet(Empechements):
    """Every blocking reason at once, each linked to its box (422). `raisons`: list of Anomalie."""

    code = "dossier-incomplet"

    def __init__(self, anomalies: Sequence[Anomalie]) -> None:
        nombre = len(anomalies)
        pluriel = "s" if nombre > 1 else ""
        self.anomalies = list(anomalies)
        super().__init__(f"{nombre}\u00a0point{pluriel} à régler avant de transmettre.", list(anomalies))
