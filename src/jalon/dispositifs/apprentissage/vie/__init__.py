"""The life of a granted contrat d'apprentissage: avenants, rupture (Code du travail, L6222-18 to L6222-19, D6224-5, D6224-6)."""

from jalon.dispositifs.apprentissage.financement.niveau import SOURCE_DE_L_AMORCAGE
from jalon.dispositifs.apprentissage.prise_en_charge import niveau_publie
from jalon.dispositifs.apprentissage.vie.avenants import AVENANTS, ouvertes, refus_d_avenant
from jalon.dispositifs.apprentissage.vie.effets import reprendre, rompre
from jalon.dispositifs.apprentissage.vie.motifs import MOTIFS, Jour, Motif
from jalon.dispositifs.apprentissage.vie.ruptures import au_plus_tot, limite_du_maintien, refus_de_rupture
from jalon.dispositifs.apprentissage.vie.suites import SUITES, reponses_de_la_suite
from jalon.dispositifs.base import VieDuContrat

VIE = VieDuContrat(
    motifs=MOTIFS,
    refus_de_rupture=refus_de_rupture,
    limite_du_maintien=limite_du_maintien,
    rompre=rompre,
    reprendre=reprendre,
    avenants=AVENANTS,
    ouvertes=ouvertes,
    refus_d_avenant=refus_d_avenant,
    suites=SUITES,
    reponses_de_la_suite=reponses_de_la_suite,
    niveau_publie=niveau_publie,
    attente_du_niveau=SOURCE_DE_L_AMORCAGE,
)

__all__ = ["VIE", "Jour", "Motif", "au_plus_tot"]
