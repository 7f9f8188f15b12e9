"""The payments of each year, and the participation of the employer taken off them (Code du travail, R6332-25, R6332-25-1)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import UN_JOUR
from jalon.dispositifs.apprentissage.financement.donnees import AnneeFinancee, DonneesFinancement
from jalon.dispositifs.base import Echeance
from jalon.socle.baremes_alternance import EcheancierCfa, JeuAlternance, PartEcheancier, ParticipationEmployeur
from jalon.socle.dates import mois_apres
from jalon.socle.montants import ZERO, euros

CENT_POUR_CENT = Decimal(100)
PREMIER_MOIS = 1


def parts_du_contrat(jeu: JeuAlternance, echeancier: EcheancierCfa, *, court: bool) -> Sequence[PartEcheancier]:
    """The parts of each year: those of the schedule, or one advance and the balance for a contract under one year."""
    if not court:
        return jeu.parts_de(echeancier)
    avance, reste = echeancier.avance_courte, CENT_POUR_CENT - echeancier.avance_courte
    return (
        PartEcheancier(echeancier=echeancier.code, rang=1, mois=PREMIER_MOIS, taux=avance),
        PartEcheancier(echeancier=echeancier.code, rang=2, mois=None, taux=reste),
    )


def echeances_des_annees(
    annees: Sequence[AnneeFinancee], parts: Sequence[PartEcheancier], mois_du_solde: int | None
) -> tuple[Echeance, ...]:
    """Every payment of the contract before participation, numbered in order of date."""
    toutes = [echeance for annee in annees for echeance in _de_l_annee(annee, parts)]
    if mois_du_solde is not None:
        toutes[-1] = replace(toutes[-1], perdu_apres=mois_apres(annees[-1].fin, mois_du_solde))
    toutes.sort(key=lambda e: (e.date_ouverture, e.annee))
    return tuple(replace(echeance, numero=rang) for rang, echeance in enumerate(toutes, start=1))


def _de_l_annee(annee: AnneeFinancee, parts: Sequence[PartEcheancier]) -> Iterator[Echeance]:
    """The parts of a year; those that would open after its end join the balance, which takes the remainder."""
    *avances, solde = parts
    reste, taux_restant = annee.montant, CENT_POUR_CENT
    for part in avances:
        ouverture = _ouverture(annee, part)
        if ouverture <= annee.fin:
            montant = min(euros(annee.montant * part.taux / 100), reste)
            yield _echeance(annee, ouverture, part.taux, montant, solde=False)
            reste, taux_restant = reste - montant, taux_restant - part.taux
    yield _echeance(annee, min(_ouverture(annee, solde), annee.fin + UN_JOUR), taux_restant, reste, solde=True)


def _ouverture(annee: AnneeFinancee, part: PartEcheancier) -> date:
    """First day of the month of the part; the day after the year where the part has no month."""
    return annee.fin + UN_JOUR if part.mois is None else mois_apres(annee.debut, part.mois - 1)


def _echeance(annee: AnneeFinancee, ouverture: date, part: Decimal, montant: Decimal, *, solde: bool) -> Echeance:
    return Echeance(
        numero=0, annee=annee.numero, date_ouverture=ouverture, part=part, brut=montant, montant=montant, solde=solde
    )  # fmt: skip


def participation_due(donnees: DonneesFinancement, regle: ParticipationEmployeur | None, du_contrat: Decimal) -> Decimal:
    """What the employer owes the CFA; `du_contrat`: amount of the days done under the contract."""
    if regle is None:
        return ZERO
    forfait = regle.apres_rupture if donnees.employeur_apres_rupture else regle.montant
    if donnees.rupture is not None and donnees.rupture.periode_essai:
        return euros(min(forfait, du_contrat * regle.taux_essai / 100))
    return euros(forfait)


def deduire(echeances: Iterable[Echeance], participation: Decimal) -> tuple[Echeance, ...]:
    """The participation taken off the first payment; what exceeds it off the next ones, in order."""
    nettes, reste = [], participation
    for echeance in echeances:
        retenue = min(reste, echeance.montant)
        nettes.append(replace(echeance, montant=euros(echeance.montant - retenue)))
        reste -= retenue
    return tuple(nettes)
