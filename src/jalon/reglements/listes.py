"""The list of payments, as pages, quick accesses and exports know it."""

from jalon.reglements.colonnes import COLONNES_DES_REGLEMENTS
from jalon.reglements.requetes.listes import compter_reglements, lignes_des_reglements, lire_reglements
from jalon.socle.acteurs import Domaine
from jalon.socle.listes import Liste

REGLEMENTS = Liste(
    code="reglements",
    libelle="Règlements",
    nom_url="espace_reglements",
    domaines=(Domaine.REGLEMENTS,),
    colonnes=COLONNES_DES_REGLEMENTS,
    lire=lire_reglements,
    compter=compter_reglements,
    lignes=lignes_des_reglements,
)
