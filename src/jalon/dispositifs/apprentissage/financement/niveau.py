"""The annual level of a contract: of the branch or for want of one, less for remote teaching, more for a disabled apprentice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.dispositifs.apprentissage.financement.donnees import DonneesFinancement, Tranche
from jalon.dispositifs.base import Explication
from jalon.socle.baremes_alternance import JeuAlternance, MinorationDistance
from jalon.socle.dates import formater_date
from jalon.socle.montants import ZERO, euros, formater_montant

DES_LE_DEBUT = date.min
SOURCE_DE_L_AMORCAGE = "Code du travail, D6332-80"


@dataclass(frozen=True, slots=True)
class TrancheNette:
    """From a day on, the annual level in euros once reduced for remote teaching."""

    du: date
    brut: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class NiveauAnnuel:
    """Levels in force through the contract, in order of date; the first one from its first day."""

    tranches: tuple[TrancheNette, ...]
    rqth: tuple[Decimal, ...]
    explications: tuple[Explication, ...]
    references: tuple[str, ...]

    @property
    def initial(self) -> TrancheNette:
        """What the contract was concluded with."""
        return self.tranches[0]

    def majoration(self, annee: int) -> Decimal:
        """Annual amount added in that year of contract, in euros."""
        return self.rqth[annee - 1] if annee <= len(self.rqth) else ZERO


def niveau_annuel(donnees: DonneesFinancement, jeu: JeuAlternance) -> NiveauAnnuel:
    """The levels of a contract. Raises RegleAbsente when no level is known and none is published for want of it."""
    initiale, explication, references = _initiale(donnees, jeu)
    minoration = jeu.minoration(donnees.conclusion) if donnees.heures_formation > 0 else None
    brutes = (initiale, *sorted(donnees.tranches, key=lambda t: t.du))
    tranches = tuple(TrancheNette(t.du, euros(t.npec), _net(euros(t.npec), donnees, minoration)) for t in brutes)
    explications = [explication, *_des_avenants(brutes[1:])]
    if minoration is not None and _a_distance(donnees, minoration):
        explications.append(_de_la_minoration(donnees, minoration, tranches[0]))
        references.append(minoration.reference)
    majoration = jeu.majoration_rqth(donnees.conclusion)
    plafond = majoration.plafond if majoration else ZERO
    rqth = tuple(euros(min(montant, plafond)) for montant in donnees.rqth_par_annee)
    if majoration is not None and any(rqth):
        references.append(majoration.reference)
    return NiveauAnnuel(tranches, rqth, (*explications, *_de_la_majoration(donnees, rqth, plafond)), tuple(references))


def _initiale(donnees: DonneesFinancement, jeu: JeuAlternance) -> tuple[Tranche, Explication, list[str]]:
    """The level of the branch when it is given, else the amount paid while it is not fixed."""
    if donnees.npec is not None:
        origine = f" ({donnees.npec_source})" if donnees.npec_source else ""
        explication = Explication(
            libelle=f"Niveau de prise en charge annuel du contrat{origine}",
            montant=euros(donnees.npec),
            source="Code du travail, D6332-78",
        )
        return Tranche(du=DES_LE_DEBUT, npec=donnees.npec), explication, []
    amorcage = jeu.amorcage(donnees.niveau, donnees.conclusion, donnees.idcc)
    explication = Explication(
        libelle=f"Montant annuel d’amorçage du niveau {donnees.niveau}, en attendant le niveau de prise en charge de la branche\u00a0: "
        "la différence sera régularisée au premier versement qui suivra sa fixation",
        montant=euros(amorcage.montant),
        source=SOURCE_DE_L_AMORCAGE,
    )
    return Tranche(du=DES_LE_DEBUT, npec=amorcage.montant), explication, [amorcage.reference]


def _a_distance(donnees: DonneesFinancement, regle: MinorationDistance) -> bool:
    """Whether the share of remote hours reaches the threshold."""
    return donnees.heures_distance * 100 >= regle.seuil * donnees.heures_formation


def _net(brut: Decimal, donnees: DonneesFinancement, regle: MinorationDistance | None) -> Decimal:
    """The level after the reduction for remote teaching: not under the floor, never above itself."""
    if regle is None or donnees.certification_exemptee or not _a_distance(donnees, regle):
        return brut
    return max(euros(brut * (100 - regle.taux) / 100), min(regle.plancher, brut))


def _des_avenants(tranches: tuple[Tranche, ...]) -> Iterator[Explication]:
    for tranche in tranches:
        origine = f" ({tranche.source})" if tranche.source else ""
        yield Explication(
            libelle=f"Niveau de prise en charge annuel à partir du {formater_date(tranche.du)}{origine}",
            montant=euros(tranche.npec),
            source="Code du travail, D6224-5, D6332-78",
        )


def _de_la_minoration(donnees: DonneesFinancement, regle: MinorationDistance, tranche: TrancheNette) -> Explication:
    """Why the level is reduced, or why it is not although the teaching is remote."""
    part = f"Au moins {regle.seuil:f}\u00a0% des heures à distance"
    if donnees.certification_exemptee:
        libelle = f"{part}, mais la certification est dispensée de la minoration"
    elif tranche.brut - tranche.net < euros(tranche.brut * regle.taux / 100):
        libelle = f"{part}\u00a0: minoration limitée, le niveau ne descend pas sous {formater_montant(regle.plancher)}"
    else:
        libelle = f"{part}\u00a0: minoration de {regle.taux:f}\u00a0%"
    return Explication(libelle=libelle, montant=tranche.net - tranche.brut, source="Code du travail, D6332-82-1")


def _de_la_majoration(donnees: DonneesFinancement, rqth: tuple[Decimal, ...], plafond: Decimal) -> Iterator[Explication]:
    for rang, (demande, retenu) in enumerate(zip(donnees.rqth_par_annee, rqth, strict=True), start=1):
        if demande > 0:
            limite = f", limitée à {formater_montant(plafond)}" if demande > retenu else ""
            yield Explication(
                libelle=f"Majoration annuelle pour un apprenti travailleur handicapé, année {rang}{limite}",
                montant=retenu,
                source="Code du travail, D6332-82",
            )
