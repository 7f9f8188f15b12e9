"""The life of a granted contrat de professionnalisation: avenants (D6325-13), rupture (D6325-5), renewal (L6325-7)."""

from jalon.dispositifs.base import Mots, VieDuContrat
from jalon.dispositifs.professionnalisation.vie.argent import reprendre, rompre
from jalon.dispositifs.professionnalisation.vie.avenants import AVENANTS, ouvertes, refus_d_avenant
from jalon.dispositifs.professionnalisation.vie.ruptures import JOURS_POUR_SIGNALER, MOTIFS, refus_de_rupture
from jalon.dispositifs.professionnalisation.vie.suites import SUITES, reponses_de_la_suite

VIE = VieDuContrat(
    motifs=MOTIFS,
    refus_de_rupture=refus_de_rupture,
    limite_du_maintien=lambda _contenu, _rupture: (
        None
    ),  # L6325-14-1 leaves to an agreement of the branch whether, how and by whom the teaching that goes on is paid.
    rompre=rompre,
    reprendre=reprendre,
    avenants=AVENANTS,
    ouvertes=ouvertes,
    refus_d_avenant=refus_d_avenant,
    suites=SUITES,
    reponses_de_la_suite=reponses_de_la_suite,
    mots=Mots(
        prestataire="l’organisme de formation",
        au_prestataire="à l’organisme de formation",
        du_prestataire="de l’organisme de formation",
        beneficiaire="le salarié",
        source="Code du travail, D6325-5, D6325-13",
    ),
    par_heure=True,
    jours_pour_signaler=JOURS_POUR_SIGNALER,
)
