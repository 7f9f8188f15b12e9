"""What a rupture or an avenant changes in what the OPCO pays of a contrat de professionnalisation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import mois_entames
from jalon.dispositifs.alternance.heures import Realise, effet
from jalon.dispositifs.base import Accordes, Contexte, EffetSurArgent, LigneEstimation, Rupture, si_repondu
from jalon.dispositifs.professionnalisation.demande import DemandeProfessionnalisation, financement_conclu
from jalon.socle.montants import ZERO

Versions = Sequence[DemandeProfessionnalisation]
EXERCICE = "exercice_accompagnant"


def rompre(versions: Versions, contexte: Contexte, rupture: Rupture, deja_verse: Decimal, accordes: Accordes) -> EffetSurArgent:
    """The hours followed until the rupture, and the months of tutoring begun. Raises CaseAbsente."""
    return _effet(versions, contexte, deja_verse, accordes, rupture.heures_faites or ZERO, rupture.le)


def reprendre(versions: Versions, contexte: Contexte, deja_verse: Decimal, accordes: Accordes) -> EffetSurArgent:
    """The hours of the training as its last avenant leaves it. Raises CaseAbsente."""
    derniere = versions[-1]
    return _effet(versions, contexte, deja_verse, accordes, derniere.formation.duree, derniere.contrat.date_fin)


def _effet(
    versions: Versions, contexte: Contexte, deja_verse: Decimal, accordes: Accordes, heures: Decimal, fin: date
) -> EffetSurArgent:
    """Rules and rate of the first grant, whatever the day of the avenants."""
    premiere, derniere = versions[0], versions[-1]
    estimation = financement_conclu(derniere, contexte, premiere.contrat.date_conclusion)
    debut = derniere.contrat.date_debut
    realise = Realise(
        heures=heures,
        prevues=premiere.formation.duree,
        autres={x.poste: _part_du_tuteur(x, mois_entames(debut, fin)) for x in estimation.lignes if x.poste == EXERCICE},
        prix=si_repondu(lambda: derniere.formation.cout, defaut=None),
    )
    return effet(estimation, accordes, realise, deja_verse, debut, fin)


def _part_du_tuteur(ligne: LigneEstimation, mois_faits: int) -> Decimal:
    """Months of the function that were begun, on those that the grant pays (D6332-93)."""
    payes = round(ligne.montant_ht / ligne.prix_unitaire) if ligne.prix_unitaire else 0
    return min(Decimal(1), Decimal(mois_faits) / payes) if payes else Decimal(1)
