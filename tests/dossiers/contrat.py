"""A contrat d'apprentissage typed in the portal, section by section, with the real actions."""

from typing import Any

from jalon.dispositifs.apprentissage.norme import lire_norme
from jalon.dossiers.actions import creer_brouillon, enregistrer_section
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Acteur
from tests.dispositifs.apprentissage.contrats import contrat
from tests.dossiers.fabrique import LE, SIRET, aline, relire

CONVENTION = {"prix": "16000", "repas": "100"}


def reponses_du_contrat(**changements: Any) -> dict[str, dict[str, Any]]:
    """Answers of a complete contract, by section."""
    lues = lire_norme(contrat(**changements)).reponses
    return {section: contenu["valeurs"] for section, contenu in lues.items()} | {"convention": CONVENTION}


def commence(par: Acteur | None = None, *, siret: str = SIRET) -> Dossier:
    """An empty draft of the company."""
    return creer_brouillon(dispositif="apprentissage", siren=(siret or SIRET)[:9], siret=siret, par=par or aline(), maintenant=LE)


def taper(dossier: Dossier, section: str, valeurs: dict[str, Any], par: Acteur | None = None) -> dict[str, Any]:
    """Keep these answers of a section; what is kept of it."""
    gardee = relire(dossier).reponses.get(section, {"version": 0, "valeurs": {}})
    enregistrer_section(
        dossier_id=dossier.pk, section=section, version=gardee["version"], valeurs=gardee["valeurs"] | valeurs,
        par=par or aline(), maintenant=LE,
    )  # fmt: skip
    return relire(dossier).reponses[section]


def contrat_saisi(par: Acteur | None = None, *, siret: str = SIRET, **changements: Any) -> Dossier:
    """Every section typed."""
    dossier = commence(par, siret=siret)
    for section, valeurs in reponses_du_contrat(**changements).items():
        taper(dossier, section, valeurs if section != "employeur" else valeurs | {"siret": siret}, par)
    return relire(dossier)
