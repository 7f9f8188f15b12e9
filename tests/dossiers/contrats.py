"""Contracts of apprenticeship, from the draft to the grant, made with the real actions; other folders add their own examples."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from jalon.dispositifs.apprentissage.norme import lire_norme
from jalon.dossiers.actions import creer_brouillon, enregistrer_section, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.socle.acteurs import Acteur
from jalon.socle.identifiants import completer_nir
from tests.dispositifs.apprentissage.contrats import contrat
from tests.dispositifs.apprentissage.test_prise_en_charge import reponses
from tests.dossiers.fabrique import LE as EN_NOVEMBRE
from tests.dossiers.fabrique import SIRET, aline, emma, joindre, relire

LE = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
"""The second day of the contract of the examples."""
CONVENTION = {"prix": "16000", "repas": "100"}
NIR = "2070774010001"
NIR_ENTIER = completer_nir(NIR)


def contrat_brouillon(par: Acteur | None = None, *, siret: str = SIRET, le: datetime = LE) -> Dossier:
    """A draft just begun."""
    siren = (siret or SIRET)[:9]
    return creer_brouillon(dispositif="apprentissage", siren=siren, siret=siret, par=par or aline(), maintenant=le)


def garder(
    dossier: Dossier, section: str, valeurs: Mapping[str, Any], par: Acteur | None = None, *, le: datetime = EN_NOVEMBRE
) -> dict[str, Any]:
    """Type these answers over those that a section keeps; what is kept of it."""
    gardee = relire(dossier).reponses.get(section, {"version": 0, "valeurs": {}})
    enregistrer_section(
        dossier_id=dossier.pk, section=section, version=gardee["version"], valeurs={**gardee["valeurs"], **valeurs},
        par=par or aline(), maintenant=le,
    )  # fmt: skip
    return relire(dossier).reponses[section]


def saisir(
    dossier: Dossier, sections: Mapping[str, Mapping[str, Any]], par: Acteur | None = None, *, le: datetime = LE
) -> Dossier:
    """Every section typed, in that order."""
    for section, valeurs in sections.items():
        garder(dossier, section, valeurs, par, le=le)
    return relire(dossier)


def avec_ses_pieces(dossier: Dossier, *, le: datetime = LE) -> Dossier:
    """Both mandatory documents attached."""
    for code in ("cerfa_signe", "convention_tripartite"):
        joindre(dossier, code, le=le)
    return relire(dossier)


def reponses_du_contrat(**changements: Any) -> dict[str, dict[str, Any]]:
    """Answers of the complete contract of the norm, by section."""
    lues = lire_norme(contrat(**changements)).reponses
    return {section: contenu["valeurs"] for section, contenu in lues.items()} | {"convention": CONVENTION}


def commence(par: Acteur | None = None, *, siret: str = SIRET) -> Dossier:
    """A draft just begun, in November."""
    return contrat_brouillon(par, siret=siret, le=EN_NOVEMBRE)


def contrat_saisi(par: Acteur | None = None, *, siret: str = SIRET, **changements: Any) -> Dossier:
    """The contract of the norm, every section typed in November."""
    sections = reponses_du_contrat(**changements)
    sections["employeur"] |= {"siret": siret}
    return saisir(commence(par, siret=siret), sections, par, le=EN_NOVEMBRE)


def contrat_complet(
    par: Acteur | None = None, *, le: datetime = LE, convention: dict[str, str] | None = None, **changements: Any
) -> Dossier:
    """Every section typed, and both documents attached."""
    sections = {section: contenu["valeurs"] for section, contenu in reponses(convention, **changements).items()}
    return avec_ses_pieces(saisir(contrat_brouillon(par, le=le), sections, par, le=le), le=le)


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
