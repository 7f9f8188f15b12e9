"""What the portal computes while a contract is typed: the periods of pay, and the least pay at hiring."""

from collections.abc import Iterator
from decimal import Decimal

from jalon.dispositifs.alternance.verifications import HEURES_LEGALES, semaine_legale
from jalon.dispositifs.apprentissage.listes import PERIODES
from jalon.dispositifs.apprentissage.paie import donnees_provisoires
from jalon.dispositifs.apprentissage.remuneration import (
    DonneesRemuneration,
    PeriodeMinimale,
    minimum_mensuel,
    minimums_de_la_periode,
    periodes_minimales,
)
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import CaseAbsente, Contexte, LigneProposee, Proposition, ReferentielAbsent, charge, si_repondu
from jalon.dispositifs.types.formats import nombre
from jalon.socle.baremes_alternance import JeuAlternance, RegleAbsente
from jalon.socle.dates import formater_date
from jalon.socle.montants import formater_montant

BAREME = "le barème de l’apprentissage"


def periodes_de_remuneration(contenu: ContratApprentissage, contexte: Contexte) -> Proposition:
    """The periods of the law, at their least rate. Raises CaseAbsente, ReferentielAbsent."""
    jeu, donnees = charge(contexte.alternance, BAREME), donnees_provisoires(contenu)
    heures = _heures(contenu)
    try:
        periodes = periodes_minimales(donnees, jeu)
        lignes = tuple(_ligne(periode, donnees, jeu, heures) for periode in periodes)
    except RegleAbsente as absente:
        raise ReferentielAbsent("la grille de salaire ou le SMIC de ces dates") from absente
    if not lignes:
        return Proposition(attend="une date de fin qui suit le début du contrat")
    return Proposition(lignes=lignes, reserves=tuple(_reserves(contenu, periodes)))


def _ligne(periode: PeriodeMinimale, donnees: DonneesRemuneration, jeu: JeuAlternance, heures: Decimal) -> LigneProposee:
    minimums = minimums_de_la_periode(periode, jeu, territoire=donnees.territoire, heures=heures)
    return LigneProposee(
        valeurs={
            "ordre": periode.ordre if periode.ordre in PERIODES.codes() else "",
            "date_debut": formater_date(periode.du),
            "date_fin": formater_date(periode.au),
            "taux": nombre(periode.taux),
            "base": periode.base.value,
        },
        resume=(
            f"Du {formater_date(periode.du)} au {formater_date(periode.au)}\u00a0: "
            f"{nombre(periode.taux)}\u00a0% du {periode.base.value}"
        ),
        raison=periode.raison,
        source=periode.source,
        details=tuple(
            f"Au moins {formater_montant(minimum.arrondi)} brut par mois à partir du {formater_date(du)}"
            f" (SMIC de {formater_montant(minimum.smic.mensuel)})"
            for du, _, minimum in minimums
        ),
    )


def _reserves(contenu: ContratApprentissage, periodes: tuple[PeriodeMinimale, ...]) -> Iterator[str]:
    """What the form does not tell, or not yet."""
    if si_repondu(lambda: contenu.formation.date_debut, defaut=None) is None:
        yield (
            "La formation n’est pas encore décrite\u00a0: le calcul suppose qu’elle commence avec le contrat, et qu’elle ne mène "
            "pas à une licence professionnelle."
        )
    if any(periode.smc_possible for periode in periodes):
        yield (
            "À partir de 21 ans, le taux s’applique au salaire minimum de la convention collective pour cet emploi, s’il est plus "
            "élevé que le SMIC (Code du travail, D6222-26)."
        )


def salaire_minimum(contenu: ContratApprentissage, contexte: Contexte) -> str:
    """The least pay of the first month, beside its box. Raises CaseAbsente, ReferentielAbsent."""
    jeu, donnees = charge(contexte.alternance, BAREME), donnees_provisoires(contenu)
    try:
        premiere = next(iter(periodes_minimales(donnees, jeu)), None)
        if premiere is None:
            return ""
        minimum = minimum_mensuel(premiere, donnees.debut, jeu, territoire=donnees.territoire, heures=_heures(contenu))
    except RegleAbsente as absente:
        raise ReferentielAbsent("le SMIC de cette date") from absente
    return (
        f"Au moins {formater_montant(minimum.arrondi)} par mois. {premiere.raison} "
        f"SMIC\u00a0: {formater_montant(minimum.smic.mensuel)} ({premiere.source})."
    )


def _heures(contenu: ContratApprentissage) -> Decimal:
    """The week typed, else the legal one."""
    try:
        return semaine_legale(contenu.contrat.heures, si_repondu(lambda: contenu.contrat.minutes, defaut=None))
    except CaseAbsente:
        return HEURES_LEGALES
