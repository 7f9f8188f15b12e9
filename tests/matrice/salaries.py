"""Employees of A and of B, their probable duplicates, and a file being looked at."""

from jalon.comptes.models import Personne
from tests.acteurs import acteur_entreprise
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN
from tests.matrice.lieux import MAINTENANT, MOI
from tests.salaries.outils import LEO, ZOE, ajouter, csv, deposer

OBJETS = {SIREN: ("salarie", "salarie_double", "import_salaries"), AUTRE_SIREN: ("autre_salarie", "autre_double", "autre_import")}
"""What each company has, by name in the world."""


def salaries(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    """The same people in each of the two companies; the files are those of their administrators: who administers both sent that of B."""
    for siren, role in ((SIREN, "a_admin"), (AUTRE_SIREN, "double_admin")):
        par = acteur_entreprise(siren, id=personnes[role].pk)
        zoe = ajouter(ZOE, par, siren=siren, maintenant=MAINTENANT)
        double = ajouter({**ZOE, "nom": "Mariée", "nir": ""}, par, siren=siren, maintenant=MAINTENANT, autre=True)
        fichier = deposer(csv(LEO), par, MAINTENANT, siren)
        deposer(csv(LEO), acteur_entreprise(siren, id=MOI), MAINTENANT, siren)
        objets |= {nom: str(ligne.pk) for nom, ligne in zip(OBJETS[siren], (zoe, double, fichier), strict=True)}
