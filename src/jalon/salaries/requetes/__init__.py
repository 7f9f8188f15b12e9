"""Reads of the directory."""

from jalon.salaries.requetes.absents import absentes
from jalon.salaries.requetes.annuaire import annuaire_de
from jalon.salaries.requetes.fiches import (
    Filtre,
    Page,
    Presence,
    chercher,
    choisis,
    compter,
    dossiers_de,
    doublons_de,
    liste_salaries,
    nommes_par,
    salarie_accessible,
    salarie_au_nir_lisible,
    toutes_les_lignes,
    trouver,
)
from jalon.salaries.requetes.imports import (
    Apercu,
    apercu_de,
    import_accessible,
    imports_a_relancer,
)

__all__ = [
    "Apercu",
    "Filtre",
    "Page",
    "Presence",
    "absentes",
    "annuaire_de",
    "apercu_de",
    "chercher",
    "choisis",
    "compter",
    "dossiers_de",
    "doublons_de",
    "import_accessible",
    "imports_a_relancer",
    "liste_salaries",
    "nommes_par",
    "salarie_accessible",
    "salarie_au_nir_lisible",
    "toutes_les_lignes",
    "trouver",
]
