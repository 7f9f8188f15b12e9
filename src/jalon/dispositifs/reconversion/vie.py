"""A period of reconversion that stops before its term is signalled within thirty days (Code du travail, R6324-5).

No article speaks of its avenants: what was agreed in writing is changed by another request, with the adviser.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.dispositifs.alternance.heures import Realise, effet
from jalon.dispositifs.alternance.heures import refus_de_rupture as refus_d_une_rupture
from jalon.dispositifs.base import Accordes, Contexte, DateDemandee, EffetSurArgent, MotifDeRupture, Mots, Rupture, VieDuContrat
from jalon.dispositifs.reconversion.demande import financement
from jalon.dispositifs.reconversion.rubriques import PeriodeDeReconversion
from jalon.socle.montants import ZERO

JOURS_POUR_SIGNALER = 30
"""Code du travail, R6324-5."""

SOURCE = "Code du travail, R6324-5"
SOURCE_DE_L_ARGENT = "Code du travail, R6332-25, D6332-89, D6332-90"
PAR_ACCORD = ("ecart_salaire", "frais")
EXTERNE = "externe"
ESSAI = "essai"
_DECISION = DateDemandee(code="decision", libelle="Décidé le", objet="le jour où l’arrêt a été décidé")

MOTIFS = (
    MotifDeRupture(
        code="accord",
        libelle="D’un commun accord",
        source=SOURCE,
        preuve="l’écrit signé par l’employeur et le salarié",
        dates=(_DECISION,),
        maintien=False,
    ),
    MotifDeRupture(
        code=ESSAI,
        libelle="Fin de la période d’essai dans l’entreprise d’accueil",
        source="Code du travail, L6324-3, R6324-5",
        aide="Pour une reconversion externe\u00a0: l’accord écrit dit comment le salarié revient.",
        preuve="l’écrit qui met fin à l’essai",
        dates=(_DECISION,),
        maintien=False,
    ),
    MotifDeRupture(
        code="formation",
        libelle="Abandon ou arrêt de la formation",
        source=SOURCE,
        preuve="l’écrit de l’organisme ou du salarié",
        dates=(_DECISION,),
        maintien=False,
    ),
    MotifDeRupture(
        code="depart",
        libelle="Fin du contrat de travail",
        source=SOURCE,
        preuve="l’écrit qui met fin au contrat de travail, sans donnée de santé",
        dates=(_DECISION,),
        dit_au_prestataire=False,
        maintien=False,
    ),
)


def refus_de_rupture(
    contenu: PeriodeDeReconversion, rupture: Rupture, aujourd_hui: date, prestataire: bool = False
) -> dict[str, str]:
    """Box -> sentence; empty when the interruption may be declared."""
    periode = contenu.periode
    refus = refus_d_une_rupture(
        MOTIFS,
        rupture,
        aujourd_hui,
        debut=periode.date_debut,
        fin=periode.date_fin,
        heures=contenu.formation.heures,
        prestataire=prestataire,
    )
    if rupture.motif == ESSAI and periode.mode != EXTERNE:
        refus["motif"] = "Cette reconversion est interne\u00a0: elle n’a pas d’entreprise d’accueil, choisissez un autre motif"
    return refus


def rompre(
    versions: Sequence[PeriodeDeReconversion], contexte: Contexte, rupture: Rupture, deja_verse: Decimal, accordes: Accordes
) -> EffetSurArgent:
    """The hours followed; what an agreement lets the OPCO pay, for the days done. Raises CaseAbsente."""
    contenu = versions[-1]
    debut, fin = contenu.periode.date_debut, contenu.periode.date_fin
    part = Decimal((rupture.le - debut).days + 1) / Decimal((fin - debut).days + 1)
    realise = Realise(
        heures=rupture.heures_faites or ZERO,
        prevues=contenu.formation.heures,
        autres=dict.fromkeys(PAR_ACCORD, min(Decimal(1), part)),
    )
    return effet(financement(contenu, contexte), accordes, realise, deja_verse, debut, rupture.le, SOURCE_DE_L_ARGENT)


def reprendre(
    versions: Sequence[PeriodeDeReconversion], contexte: Contexte, deja_verse: Decimal, accordes: Accordes
) -> EffetSurArgent:
    """The period as it was granted: it has no avenant. Raises CaseAbsente."""
    contenu = versions[-1]
    realise = Realise(heures=contenu.formation.heures, prevues=contenu.formation.heures, autres={})
    debut, fin = contenu.periode.date_debut, contenu.periode.date_fin
    return effet(financement(contenu, contexte), accordes, realise, deja_verse, debut, fin, SOURCE_DE_L_ARGENT)


def _aucune(code: str) -> frozenset[str]:
    del code
    return frozenset()


def _refus(code: str, avant: PeriodeDeReconversion, apres: PeriodeDeReconversion) -> dict[str, str]:
    del code, avant, apres
    return {"motif": "Une période de reconversion ne change pas par un avenant"}


def _sans_suite(code: str, reponses: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    del code, reponses
    return {}


VIE = VieDuContrat(
    motifs=MOTIFS,
    refus_de_rupture=refus_de_rupture,
    limite_du_maintien=lambda _contenu, _rupture: None,  # no article funds what follows the interruption.
    rompre=rompre,
    reprendre=reprendre,
    avenants=(),
    ouvertes=_aucune,
    refus_d_avenant=_refus,
    suites=(),
    reponses_de_la_suite=_sans_suite,
    mots=Mots(
        prestataire="l’organisme de formation",
        au_prestataire="à l’organisme de formation",
        du_prestataire="de l’organisme de formation",
        beneficiaire="le salarié",
        du_contrat="de la période",
        source=SOURCE,
    ),
    par_heure=True,
    jours_pour_signaler=JOURS_POUR_SIGNALER,
)
