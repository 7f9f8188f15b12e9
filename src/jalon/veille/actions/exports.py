"""Telling the OPCO of exports that are too large (exigences, T9)."""

from datetime import datetime

from jalon.exports.surveillance import Constat
from jalon.socle.acteurs import Acteur
from jalon.veille.actions.alertes import lever_alerte
from jalon.veille.enums import GenreAlerte
from jalon.veille.models import Alerte

GENRES = {Constat.GROS_EXPORT: GenreAlerte.EXPORT_EN_MASSE, Constat.BUDGET_DEPASSE: GenreAlerte.BUDGET_D_EXPORT}


def alerter_sur_un_export(constat: Constat, detail: str, siren: str, par: Acteur, maintenant: datetime) -> Alerte:
    """One alert for a person, a place and a day."""
    return lever_alerte(
        genre=GENRES[constat],
        sujet=f"{par.identite} {siren}".strip(),
        detail=detail,
        siren=siren,
        par=par,
        maintenant=maintenant,
    )
