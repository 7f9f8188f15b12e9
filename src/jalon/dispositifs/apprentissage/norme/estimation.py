"""A contract of the norm -> what would be paid."""

from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import annees_de_contrat
from jalon.dispositifs.apprentissage.financement import DonneesFinancement, EstimationContrat, estimer
from jalon.dispositifs.apprentissage.niveaux import niveau_du_diplome
from jalon.dispositifs.apprentissage.norme.lecture import lire_norme
from jalon.dispositifs.apprentissage.publics import droits_rqth
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import CaseAbsente, Contexte, charge, si_repondu
from jalon.socle.baremes_alternance import JeuAlternance, RegleAbsente
from jalon.socle.erreurs import SaisieRefusee

APRES_RUPTURE = "23"


class EstimationImpossible(ValueError):
    """An answer that the estimate needs is missing or absurd; the message is one line for a person."""


def estimer_norme(document: object, contexte: Contexte, npec: Decimal | None = None) -> EstimationContrat:
    """The estimate, without any control. `npec`: annual level in euros. Raises NormeIllisible, EstimationImpossible."""
    lecture = lire_norme(document)
    jeu = charge(contexte.alternance, "le barème de l’apprentissage")
    try:
        return estimer(donnees_de_financement(lecture.contenu, jeu, npec), jeu)
    except CaseAbsente as absente:
        chemin = lecture.chemin(f"{absente.section}.{absente.champ}")
        raise EstimationImpossible(f"Indiquez {chemin}\u00a0: l’estimation en a besoin.") from absente
    except (RegleAbsente, SaisieRefusee) as refus:
        raise EstimationImpossible(refus.message) from refus


def donnees_de_financement(contenu: ContratApprentissage, jeu: JeuAlternance, npec: Decimal | None) -> DonneesFinancement:
    """The contract as its funding sees it. Raises CaseAbsente, EstimationImpossible."""
    contrat = contenu.contrat
    niveau = niveau_du_diplome(contenu.formation.diplome)
    if niveau is None:
        raise EstimationImpossible("Corrigez formation.typeDiplome\u00a0: ce code n’est pas celui d’une qualification.")
    return DonneesFinancement(
        debut=contrat.date_debut,
        fin=contrat.date_fin,
        conclusion=contrat.date_conclusion,
        niveau=niveau,
        idcc=si_repondu(lambda: contenu.employeur.idcc, defaut=""),
        npec=npec,
        npec_source="" if npec is None else "montant donné",
        heures_formation=Decimal(si_repondu(lambda: contenu.formation.duree, defaut=0)),
        heures_distance=Decimal(si_repondu(lambda: contenu.formation.duree_distance, defaut=0)),
        rqth_par_annee=_rqth(contenu, jeu),
        employeur_apres_rupture=si_repondu(lambda: contrat.type_contrat, defaut="") == APRES_RUPTURE,
    )


def _rqth(contenu: ContratApprentissage, jeu: JeuAlternance) -> tuple[Decimal, ...]:
    """The most that the law allows each year: what is asked is in the convention, not in the contract."""
    regle = jeu.majoration_rqth(contenu.contrat.date_conclusion)
    if regle is None or not si_repondu(lambda: droits_rqth(contenu), defaut=False):
        return ()
    return (regle.plafond,) * len(list(annees_de_contrat(contenu.contrat.date_debut, contenu.contrat.date_fin)))
