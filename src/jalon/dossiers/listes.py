"""The lists of requests and of drafts, as pages, quick accesses and exports know them."""

from jalon.dossiers.colonnes import COLONNES_DES_BROUILLONS, COLONNES_DES_DOSSIERS
from jalon.dossiers.requetes.filtre import lire_brouillons, lire_dossiers
from jalon.dossiers.requetes.flot import compter_dossiers, lignes_des_dossiers
from jalon.socle.acteurs import FAMILLES
from jalon.socle.listes import Liste

DOSSIERS = Liste(
    code="dossiers",
    libelle="Dossiers",
    nom_url="espace_dossiers",
    domaines=FAMILLES,
    colonnes=COLONNES_DES_DOSSIERS,
    lire=lire_dossiers,
    compter=compter_dossiers,
    lignes=lignes_des_dossiers,
)
BROUILLONS = Liste(
    code="brouillons",
    libelle="Brouillons",
    nom_url="espace_brouillons",
    domaines=FAMILLES,
    colonnes=COLONNES_DES_BROUILLONS,
    lire=lire_brouillons,
    compter=compter_dossiers,
    lignes=lignes_des_dossiers,
)
