"""The contract as the rules of pay see it."""

from jalon.dispositifs.alternance.calendrier import UN_JOUR, mois_revolus
from jalon.dispositifs.apprentissage.listes import PROLONGATIONS
from jalon.dispositifs.apprentissage.remuneration import DonneesRemuneration, Prolongation
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import si_repondu
from jalon.socle.baremes_alternance import territoire_du_code_postal

LICENCE_PROFESSIONNELLE = "62"
ECHEC = "33"


def donnees_de_paie(contenu: ContratApprentissage) -> DonneesRemuneration:
    """What the least pay is computed from. What the form does not ask (SMC, previous pay) is left unknown.

    Lessons begun before the contract count as months done (Code du travail, D6222-28-1). Raises CaseAbsente.
    """
    contrat, apprenti, debut = contenu.contrat, contenu.apprenti, contenu.contrat.date_debut
    prolonge = contrat.type_contrat in PROLONGATIONS and contrat.date_effet is not None
    return DonneesRemuneration(
        naissance=apprenti.date_naissance,
        debut=debut,
        fin=contrat.date_fin,
        conclusion=contrat.date_conclusion,
        idcc=contenu.employeur.idcc,
        territoire=territoire_du_code_postal(contenu.employeur.code_postal),
        licence_professionnelle=contenu.formation.diplome == LICENCE_PROFESSIONNELLE,
        mois_acquis=mois_revolus(contenu.formation.date_debut, debut - UN_JOUR),
        prolongation=_prolongation(contrat.type_contrat) if prolonge else None,
        fin_initiale=contrat.date_effet - UN_JOUR if prolonge and contrat.date_effet else None,
        rqth=apprenti.rqth,
        sportif=apprenti.sportif,
    )


def donnees_provisoires(contenu: ContratApprentissage) -> DonneesRemuneration:
    """The same while the rest of the form is still empty: what is not answered is the general case.

    Raises CaseAbsente for what no case stands for: the birth, and the dates of the contract.
    """
    contrat, debut = contenu.contrat, contenu.contrat.date_debut
    type_contrat = si_repondu(lambda: contrat.type_contrat, defaut="")
    effet = si_repondu(lambda: contrat.date_effet, defaut=None) if type_contrat in PROLONGATIONS else None
    cours = si_repondu(lambda: contenu.formation.date_debut, defaut=debut)
    return DonneesRemuneration(
        naissance=contenu.apprenti.date_naissance,
        debut=debut,
        fin=contrat.date_fin,
        conclusion=si_repondu(lambda: contrat.date_conclusion, defaut=debut),
        idcc=si_repondu(lambda: contenu.employeur.idcc, defaut=""),
        territoire=territoire_du_code_postal(si_repondu(lambda: contenu.employeur.code_postal, defaut="")),
        licence_professionnelle=si_repondu(lambda: contenu.formation.diplome, defaut="") == LICENCE_PROFESSIONNELLE,
        mois_acquis=mois_revolus(cours, debut - UN_JOUR),
        prolongation=_prolongation(type_contrat) if effet else None,
        fin_initiale=effet - UN_JOUR if effet else None,
        rqth=si_repondu(lambda: contenu.apprenti.rqth, defaut=False),
        sportif=si_repondu(lambda: contenu.apprenti.sportif, defaut=False),
    )


def _prolongation(type_contrat: str) -> Prolongation:
    return Prolongation.ECHEC if type_contrat == ECHEC else Prolongation.HANDICAP
