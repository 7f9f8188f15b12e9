"""The amount of each year of contract: its level, for the days or months done (Code du travail, R6332-25, III and IV)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import UN_JOUR, AnneeDeContrat, annees_de_contrat, moins_d_un_an, mois_entames
from jalon.dispositifs.apprentissage.financement.donnees import AnneeFinancee, DonneesFinancement
from jalon.dispositifs.apprentissage.financement.niveau import NiveauAnnuel
from jalon.dispositifs.base import Explication
from jalon.socle.baremes_alternance import BaseProrata, EcheancierCfa
from jalon.socle.dates import formater_date, mois_apres
from jalon.socle.montants import ZERO, euros, somme

MOIS_DE_MAINTIEN = 6
"""Months of teaching after a rupture (Code du travail, L6222-18-2)."""

MOIS_PAR_AN = 12
UNE_FOIS = Decimal(1)


@dataclass(frozen=True, slots=True)
class Prorata:
    """How the part of a year that is done becomes money; `coefficient` is above 1 for a contract under one year, if granted."""

    base: BaseProrata
    coefficient: Decimal

    def fraction(self, annee: AnneeDeContrat, jusqu_au: date) -> Decimal:
        """Share of the year done from its first day to that one: 0 the day before it begins, 1 when it is whole."""
        if self.base == BaseProrata.JOUR:
            return Decimal((jusqu_au - annee.debut).days + 1) / annee.jours_pleins
        return Decimal(mois_entames(annee.debut, jusqu_au)) / MOIS_PAR_AN

    def valeur(self, niveau: Decimal, fraction: Decimal) -> Decimal:
        """That share of an annual level in euros, never above the level."""
        return euros(min(niveau * fraction * self.coefficient, niveau))


def prorata(donnees: DonneesFinancement, echeancier: EcheancierCfa) -> Prorata:
    """The rule of the schedule; the majoration of R6332-25, IV, 2° where it may be given and is asked for."""
    majore = donnees.duree_reduite and not donnees.titre_court_reglementaire and moins_d_un_an(donnees.debut, donnees.fin)
    return Prorata(echeancier.base_prorata, UNE_FOIS + (echeancier.majoration_courte / 100 if majore else ZERO))


def fin_financee(donnees: DonneesFinancement) -> date:
    """Last day that is funded: the term, the rupture, or the end of the teaching within six months of it and the term."""
    rupture = donnees.rupture
    if rupture is None:
        return donnees.fin
    if rupture.formation_jusqu_au is None or rupture.formation_jusqu_au < rupture.le:
        return min(donnees.fin, rupture.le)
    return min(donnees.fin, rupture.formation_jusqu_au, mois_apres(rupture.le, MOIS_DE_MAINTIEN))


def annees_financees(donnees: DonneesFinancement, niveau: NiveauAnnuel, regle: Prorata, fin: date) -> tuple[AnneeFinancee, ...]:
    """The years of contract until that day, without a gap, each with its amount."""
    return tuple(
        AnneeFinancee(
            numero=annee.numero,
            debut=annee.debut,
            fin=annee.fin,
            jours=annee.jours,
            montant=_montant(annee, niveau, regle),
        )
        for annee in annees_de_contrat(donnees.debut, fin)
    )


def _montant(annee: AnneeDeContrat, niveau: NiveauAnnuel, regle: Prorata) -> Decimal:
    """Each level on its days. A difference of two amounts counted from the first day of the year: cutting adds no cent."""
    majoration = niveau.majoration(annee.numero)

    def cumul(net: Decimal, jusqu_au: date) -> Decimal:
        return regle.valeur(net + majoration, regle.fraction(annee, jusqu_au))

    return somme(cumul(net, au) - cumul(net, du - UN_JOUR) for net, du, au in _morceaux(annee, niveau))


def _morceaux(annee: AnneeDeContrat, niveau: NiveauAnnuel) -> Iterator[tuple[Decimal, date, date]]:
    """The days of a year by level: level, first day, last day."""
    for rang, tranche in enumerate(niveau.tranches):
        suivante = niveau.tranches[rang + 1].du if rang + 1 < len(niveau.tranches) else date.max
        du, au = max(tranche.du, annee.debut), min(suivante - UN_JOUR, annee.fin)
        if du <= au:
            yield tranche.net, du, au


def expliquer_les_annees(donnees: DonneesFinancement, regle: Prorata, annees: tuple[AnneeFinancee, ...]) -> Iterator[Explication]:
    """How each year was counted."""
    for annee, pleine in zip(annees, annees_de_contrat(donnees.debut, donnees.fin), strict=False):
        if regle.base == BaseProrata.JOUR:
            compte = f"{annee.jours} jours sur {pleine.jours_pleins}"
        else:
            compte = f"{mois_entames(annee.debut, annee.fin)} mois commencés sur {MOIS_PAR_AN}"
        taux = f"{(regle.coefficient - UNE_FOIS) * 100:.0f}\u00a0%"
        majore = f", majorés de {taux} pour la durée réduite, dans la limite du niveau annuel" if regle.coefficient > 1 else ""
        dates = f"du {formater_date(annee.debut)} au {formater_date(annee.fin)}"
        yield Explication(
            libelle=f"Année {annee.numero}, {dates}\u00a0: {compte}{majore}",
            montant=annee.montant,
            source="Code du travail, R6332-25",
        )
