"""The last day to send a draft: what the law or the OPCO sets, moved by the dated exceptions of the OPCO."""

from collections.abc import Iterable
from datetime import date

from jalon.dispositifs.base import Dispositif, Section
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.contexte import delai_de_depot
from jalon.referentiels.requetes import exceptions_de_depot

CASE_SIRET, CASE_CODE_POSTAL = "siret", "code_postal"


def section_de_l_entreprise(declaration: Dispositif) -> Section:
    """The first one that asks a SIRET."""
    return next(s for s in declaration.sections if any(c.nom == CASE_SIRET for c in s.cases))


def limite_de_depot(dossier: Dossier, declaration: Dispositif, jour: date) -> date | None:
    """The usual last day, by the settings in force that day and the postcode typed; None while the first day is not known.

    Dated exceptions come and go after the draft was saved: they are added when it is read (`reporter_les_limites`).
    """
    if dossier.date_debut is None:
        return None
    section = dossier.reponses.get(section_de_l_entreprise(declaration).code, {})
    code_postal = str(section.get("valeurs", {}).get(CASE_CODE_POSTAL) or "").replace(" ", "")
    return declaration.limite_de_depot(dossier.date_debut, delai_de_depot(dossier.dispositif, jour), code_postal)


def reporter_les_limites(dossiers: Iterable[Dossier]) -> None:
    """Give drafts, as they are read, the time that a dated exception leaves them. One query, none without a dated draft."""
    dates = [d for d in dossiers if d.est_brouillon and d.date_debut is not None and d.attend_avant is not None]
    if not dates:
        return
    regles = exceptions_de_depot({d.dispositif for d in dates})
    for dossier in dates:
        report = regles[dossier.dispositif].limite_exceptionnelle(dossier.date_debut) if dossier.date_debut else None
        if report is not None and dossier.attend_avant is not None:
            dossier.attend_avant = max(dossier.attend_avant, report)
