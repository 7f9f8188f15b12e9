"""The list of invoices, as pages, quick accesses and exports know it."""

from jalon.facturation.colonnes import COLONNES_DES_FACTURES
from jalon.facturation.requetes.listes import compter_factures, lignes_des_factures, lire_factures
from jalon.socle.acteurs import Domaine
from jalon.socle.listes import Liste

FACTURES = Liste(
    code="factures",
    libelle="Factures",
    nom_url="espace_factures",
    domaines=(Domaine.FACTURES,),
    colonnes=COLONNES_DES_FACTURES,
    lire=lire_factures,
    compter=compter_factures,
    lignes=lignes_des_factures,
)
