"""Contracts of apprenticeship, from the draft to the grant, made with the real actions."""

from datetime import UTC, datetime, timedelta
from typing import Any

from jalon.dossiers.actions import creer_brouillon, enregistrer_section, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.socle.acteurs import Acteur
from jalon.socle.identifiants import completer_nir
from tests.dispositifs.apprentissage.test_prise_en_charge import reponses
from tests.dossiers.fabrique import SIREN, SIRET, aline, emma, joindre, relire

LE = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
"""The second day of the contract of the examples."""
NIR = "2070774010001"
NIR_ENTIER = completer_nir(NIR)


def contrat_brouillon(par: Acteur | None = None, *, le: datetime = LE) -> Dossier:
    """A draft just begun."""
    return creer_brouillon(dispositif="apprentissage", siren=SIREN, siret=SIRET, par=par or aline(), maintenant=le)


def contrat_complet(
    par: Acteur | None = None, *, le: datetime = LE, convention: dict[str, str] | None = None, **changements: Any
) -> Dossier:
    """Every section typed, and both documents attached."""
    dossier = contrat_brouillon(par, le=le)
    for section, contenu in reponses(convention, **changements).items():
        version = relire(dossier).reponses.get(section, {}).get("version", 0)
        enregistrer_section(
            dossier_id=dossier.id,
            section=section,
            version=version,
            valeurs=contenu["valeurs"],
            par=par or aline(),
            maintenant=le,
        )
    for code in ("cerfa_signe", "convention_tripartite"):
        joindre(relire(dossier), code, le=le)
    return relire(dossier)


def taper(dossier: Dossier, section: str, par: Acteur | None = None, *, le: datetime = LE, **champs: str) -> None:
    """Type some boxes of a section over what the example answers there."""
    contenu = relire(dossier).reponses.get(section, {})
    valeurs = reponses().get(section, {}).get("valeurs", {})
    enregistrer_section(
        dossier_id=dossier.id,
        section=section,
        version=contenu.get("version", 0),
        valeurs={**valeurs, **champs},
        par=par or aline(),
        maintenant=le,
    )


def contrat_transmis(par: Acteur | None = None, *, le: datetime = LE, **changements: Any) -> Dossier:
    """A sent contract."""
    dossier = contrat_complet(par, le=le, **changements)
    return transmettre_dossier(dossier_id=dossier.id, par=par or aline(), maintenant=le)


def contrat_accorde(**changements: Any) -> Dossier:
    """A granted contract: the law sets the amounts, nothing is typed."""
    dossier = contrat_transmis(**changements)
    prendre_en_charge(dossier_id=dossier.id, par=emma(), maintenant=LE + timedelta(hours=1))
    accorder_dossier(dossier_id=dossier.id, montants_par_ligne={}, par=emma(), maintenant=LE + timedelta(days=2))
    return relire(dossier)
