"""What the portal computes while a contract is typed: the least pay at hiring."""

from decimal import Decimal

from jalon.dispositifs.alternance.verifications import HEURES_LEGALES, semaine_legale
from jalon.dispositifs.base import CaseAbsente, Contexte, ReferentielAbsent, charge, si_repondu
from jalon.dispositifs.professionnalisation.listes import AU_MOINS_BAC_PROFESSIONNEL
from jalon.dispositifs.professionnalisation.paie import minimum_mensuel, periodes_minimales
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation
from jalon.dispositifs.types.formats import nombre
from jalon.socle.baremes_alternance import RegleAbsente, territoire_du_code_postal
from jalon.socle.montants import euros, formater_montant


def salaire_minimum(contenu: ContratProfessionnalisation, contexte: Contexte) -> str:
    """The least pay of the first month, beside its box. Raises CaseAbsente, ReferentielAbsent."""
    jeu, contrat, salarie = charge(contexte.alternance, "le barème de l’alternance"), contenu.contrat, contenu.salarie
    if contrat.date_fin < contrat.date_debut:
        return ""
    qualifie = salarie.diplome in AU_MOINS_BAC_PROFESSIONNEL
    premiere = next(periodes_minimales(salarie.date_naissance, contrat.date_debut, contrat.date_fin, qualifie=qualifie))
    conventionnel = si_repondu(lambda: contrat.salaire_conventionnel, defaut=None)
    try:
        minimum = minimum_mensuel(
            premiere,
            jeu,
            heures=_heures(contenu),
            conventionnel=conventionnel,
            territoire=territoire_du_code_postal(si_repondu(lambda: contenu.employeur.code_postal, defaut="")),
        )
    except RegleAbsente as absente:
        raise ReferentielAbsent("le SMIC de cette date") from absente
    plancher = f"Au moins {formater_montant(euros(minimum))} par mois\u00a0: {nombre(premiere.taux)}\u00a0% du SMIC"
    if premiere.conventionnel is not None:
        plancher += f", et {nombre(premiere.conventionnel)}\u00a0% du minimum de la convention collective"
    return f"{plancher} (Code du travail, D6325-15, D6325-16, D6325-18)."


def _heures(contenu: ContratProfessionnalisation) -> Decimal:
    """The week typed, else the legal one."""
    try:
        return semaine_legale(contenu.contrat.heures, si_repondu(lambda: contenu.contrat.minutes, defaut=None))
    except CaseAbsente:
        return HEURES_LEGALES
