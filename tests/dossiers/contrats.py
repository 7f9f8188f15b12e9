"""Requests of apprenticeship, made with the real actions."""

from datetime import UTC, datetime
from typing import Any

from jalon.dispositifs.apprentissage.norme import lire_norme
from jalon.dossiers.actions import creer_brouillon, enregistrer_section, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Acteur
from jalon.socle.identifiants import completer_nir
from tests.dispositifs.apprentissage.contrats import contrat
from tests.dossiers.fabrique import SIRET, aline, joindre, relire

LE = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
"""The second day of the contract."""
PIECES = ("cerfa_signe", "convention_tripartite")


def reponses(**changements: Any) -> dict[str, dict[str, Any]]:
    """What is typed, by section."""
    return {code: contenu["valeurs"] for code, contenu in lire_norme(contrat(**changements)).reponses.items()}


NIR = completer_nir(reponses()["apprenti"]["nir"])
"""Of the apprentice of the example, key included."""


def taper(dossier: Dossier, section: str, valeurs: dict[str, Any], par: Acteur | None = None, *, le: datetime = LE) -> None:
    """Type a section, over what it held."""
    version = relire(dossier).reponses.get(section, {}).get("version", 0)
    enregistrer_section(
        dossier_id=dossier.pk, section=section, version=version, valeurs=valeurs, par=par or aline(), maintenant=le
    )


def brouillon(par: Acteur | None = None, *, siret: str = SIRET, le: datetime = LE, **changements: Any) -> Dossier:
    """A complete draft, both documents attached; `changements`: paths of the norm (« apprenti__nir »)."""
    dossier = creer_brouillon(dispositif="apprentissage", siren=siret[:9], siret=siret, par=par or aline(), maintenant=le)
    for section, valeurs in reponses(**{"employeur__siret": siret, **changements}).items():
        taper(dossier, section, valeurs, par, le=le)
    for code in PIECES:
        joindre(dossier, code, le=le)
    return relire(dossier)


def transmis(par: Acteur | None = None, *, siret: str = SIRET, le: datetime = LE, **changements: Any) -> Dossier:
    """A sent contract."""
    return transmettre_dossier(dossier_id=brouillon(par, siret=siret, le=le, **changements).pk, par=par or aline(), maintenant=le)
