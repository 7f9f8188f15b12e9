"""A cut organisation, an alert, and who may be cut."""

from jalon.comptes.models import Personne
from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.veille.actions import couper_organisation
from jalon.veille.actions.alertes import lever_alerte
from jalon.veille.enums import GenreAlerte
from tests.habilitations import fabrique as acces
from tests.matrice.gens import JOUR
from tests.matrice.lieux import MAINTENANT, SIREN_E


def veille(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    """Company E is cut: nobody acts for it."""
    hier = MAINTENANT - JOUR
    coupure = couper_organisation(siren=SIREN_E, motif="Essai", par=acces.acteur(personnes["aef"], MAINTENANT), maintenant=hier)
    alerte = lever_alerte(
        genre=GenreAlerte.BUDGET_COMPTE, sujet="essai", detail="Essai", par=ActeurSysteme("essai"), maintenant=hier
    )
    objets |= {
        "coupure": str(coupure.pk),
        "alerte": str(alerte.pk),
        "compte_a": str(personnes["a_lecteur"].pk),
        "compte_b": str(personnes["b_admin"].pk),
        "numero_b": Dossier.objects.tous("essai").get(pk=objets["autre_accorde"]).numero or "",
    }
