"""The ways in which a contrat de professionnalisation ends before its term: those of every contract of work (L6325-6), to be
signalled within thirty days (D6325-5). The list is ours."""

from datetime import date
from enum import StrEnum

from jalon.dispositifs.alternance import heures
from jalon.dispositifs.base import DateDemandee, MotifDeRupture, Rupture
from jalon.dispositifs.professionnalisation.demande import DemandeProfessionnalisation

JOURS_POUR_SIGNALER = 30
"""Code du travail, D6325-5."""

SOURCE = "Code du travail, L6325-6, D6325-5"
CDI = "cdi"


class Motif(StrEnum):
    """Ours: no official list is published."""

    ESSAI = "essai"
    ACCORD = "accord"
    SALARIE = "salarie"
    ACTION = "action"
    LIQUIDATION = "liquidation"
    LICENCIEMENT = "licenciement"
    INAPTITUDE = "inaptitude"
    FORCE_MAJEURE = "force_majeure"


_SIGNATURE = DateDemandee(code="signature", libelle="Accord signé le", objet="le jour de la signature de l’accord")
_NOTIFICATION = DateDemandee(code="notification", libelle="Notifiée le", objet="le jour où la rupture a été notifiée")
_LETTRE = "la lettre qui notifie la rupture, sans donnée de santé"

MOTIFS = (
    MotifDeRupture(
        code=Motif.ESSAI,
        libelle="Pendant la période d’essai, par l’un ou l’autre",
        source=SOURCE,
        aide="La durée de l’essai est celle du contrat.",
        preuve="l’écrit qui met fin à l’essai",
        dates=(_NOTIFICATION,),
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.ACCORD,
        libelle="D’un commun accord",
        source=SOURCE,
        aide="Un écrit signé par les deux pour un CDD, une rupture conventionnelle pour un CDI.",
        preuve="l’accord signé par les deux parties",
        dates=(_SIGNATURE,),
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.SALARIE,
        libelle="À l’initiative du salarié",
        source=SOURCE,
        aide="Démission d’un CDI, ou départ d’un CDD pour un CDI dans une autre entreprise.",
        preuve="la lettre du salarié",
        dates=(_NOTIFICATION,),
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.ACTION,
        libelle="L’action de professionnalisation s’arrête, le CDI continue",
        source="Code du travail, D6325-5",
        aide="Le salarié reste dans l’entreprise, sans finir sa formation.",
        preuve="l’écrit signé par les deux parties",
        dates=(_SIGNATURE,),
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.LIQUIDATION,
        libelle="Liquidation judiciaire de l’entreprise",
        source=SOURCE,
        preuve="la notification du liquidateur",
        dates=(_NOTIFICATION,),
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.LICENCIEMENT,
        libelle="Licenciement, ou faute grave",
        source=SOURCE,
        preuve=_LETTRE,
        dates=(_NOTIFICATION,),
        dit_au_prestataire=False,
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.INAPTITUDE,
        libelle="Inaptitude constatée par le médecin du travail",
        source=SOURCE,
        preuve=_LETTRE,
        dates=(_NOTIFICATION,),
        dit_au_prestataire=False,
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.FORCE_MAJEURE,
        libelle="Force majeure",
        source=SOURCE,
        preuve=_LETTRE,
        dates=(_NOTIFICATION,),
        dit_au_prestataire=False,
        maintien=False,
    ),
)


def refus_de_rupture(
    contenu: DemandeProfessionnalisation, rupture: Rupture, aujourd_hui: date, prestataire: bool = False
) -> dict[str, str]:
    """Box -> sentence; empty when the rupture may be declared. The action alone stops in a CDI only (D6325-5)."""
    contrat = contenu.contrat
    refus = heures.refus_de_rupture(
        MOTIFS,
        rupture,
        aujourd_hui,
        debut=contrat.date_debut,
        fin=contrat.date_fin,
        heures=contenu.formation.duree,
        prestataire=prestataire,
    )
    if rupture.motif == Motif.ACTION and contenu.nature.nature != CDI:
        refus["motif"] = "Ce contrat n’est pas un CDI\u00a0: l’arrêt de sa formation le rompt, choisissez le motif de la rupture"
    return refus
