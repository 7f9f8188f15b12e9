"""The queue of the OPCO, as its page, quick accesses and exports know it."""

from jalon.dossiers.requetes.flot import compter_dossiers, lignes_des_dossiers
from jalon.instruction.colonnes import COLONNES_DE_LA_FILE
from jalon.instruction.requetes.file import lire_file
from jalon.socle.acteurs import FAMILLES, Pouvoir
from jalon.socle.listes import Liste

FILE = Liste(
    code="file",
    libelle="File d’attente",
    nom_url="opco_file",
    domaines=FAMILLES,
    colonnes=COLONNES_DE_LA_FILE,
    lire=lire_file,
    compter=compter_dossiers,
    lignes=lignes_des_dossiers,
    pouvoir=Pouvoir.INSTRUIRE,
)
