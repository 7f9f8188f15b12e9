"""The contract as it is filed, and its money as the portal shows it, grants it and engages it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.accompagnement import Accompagnement, lignes_d_accompagnement
from jalon.dispositifs.alternance.calendrier import age
from jalon.dispositifs.alternance.paiement import payeur
from jalon.dispositifs.base import Contexte, Estimation, Explication, LigneEstimation, charge, si_repondu
from jalon.dispositifs.professionnalisation.financement import PriseEnChargePro, estimer
from jalon.dispositifs.professionnalisation.publics import public
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation
from jalon.socle.baremes_alternance import Fonction, JeuAlternance, PublicAlternance, RegleAbsente
from jalon.socle.montants import ZERO, euros

AGE_DU_TUTEUR_MAJORE = 45
BAREME = "le barème de l’alternance"


class DemandeProfessionnalisation(ContratProfessionnalisation):
    """The boxes of the paper form, then what is asked for the tutor."""

    accompagnement: Accompagnement


def financement(contenu: DemandeProfessionnalisation, contexte: Contexte) -> Estimation:
    """Hours by the forfait, never above the price when it is known, and the help for the tutor. Raises CaseAbsente."""
    return financement_conclu(contenu, contexte, contenu.contrat.date_conclusion)


def financement_conclu(contenu: DemandeProfessionnalisation, contexte: Contexte, conclusion: date) -> Estimation:
    """The same under the rules of that day: an avenant is signed later than its contract. Raises CaseAbsente."""
    jeu = charge(contexte.alternance, BAREME)
    formation = contenu.formation
    interne = si_repondu(lambda: formation.interne, defaut=False)
    mode, motif = payeur(contexte, interne=interne)
    try:
        calcul = estimer(
            formation.duree,
            conclusion,
            public(contenu),
            jeu,
            idcc=si_repondu(lambda: contenu.employeur.idcc, defaut=""),
            prix_horaire=si_repondu(lambda: formation.cout, defaut=None),
        )
        aide = tuple(_aide(contenu, jeu, conclusion))
    except RegleAbsente as absente:
        return Estimation(mode_paiement=mode, motif_paiement=motif, avertissements=(absente.message,))
    return Estimation(
        lignes=(_formation(contenu, calcul, interne=interne), *aide),
        mode_paiement=mode,
        motif_paiement=motif,
        bareme_reference=calcul.reference,
        annee=contenu.contrat.date_debut.year,
        explications=(Explication(libelle=calcul.motif, montant=calcul.total, source=calcul.source),),
        avertissements=_avertissements(calcul),
    )


def accord(contenu: DemandeProfessionnalisation, contexte: Contexte, montants: Mapping[str, Decimal]) -> Estimation:
    """The lines with the amounts granted, by poste: a branch or the adviser may pay the excess (Code du travail, D6332-88)."""
    estimation = financement(contenu, contexte)
    return replace(estimation, lignes=tuple(replace(x, montant_ht=montants[x.poste]) for x in estimation.lignes))


def _formation(contenu: DemandeProfessionnalisation, calcul: PriseEnChargePro, *, interne: bool) -> LigneEstimation:
    prix = si_repondu(lambda: contenu.formation.cout, defaut=None)
    demande = calcul.total if prix is None else euros(calcul.heures * prix)
    return LigneEstimation(
        poste="formation",
        libelle="Actions d’évaluation, d’accompagnement et enseignements",
        quantite=calcul.heures,
        unite="heures",
        prix_unitaire=calcul.forfait_horaire,
        montant_demande=demande,
        montant_ht=min(calcul.total, demande),
        motif=calcul.motif,
        soumise_a_tva=not interne,
    )


def _aide(contenu: DemandeProfessionnalisation, jeu: JeuAlternance, conclusion: date) -> tuple[LigneEstimation, ...]:
    contrat = contenu.contrat
    naissance = si_repondu(lambda: contenu.tuteur.date_naissance, defaut=None)
    age_du_tuteur = age(naissance, contrat.date_debut) if naissance else 0
    majoree = age_du_tuteur >= AGE_DU_TUTEUR_MAJORE or public(contenu) == PublicAlternance.PRIORITAIRE
    demande = si_repondu(lambda: contenu.accompagnement, defaut=Accompagnement.partiel({}))
    return tuple(lignes_d_accompagnement(demande, jeu, Fonction.TUTEUR, conclusion, majoree=majoree))


def _avertissements(calcul: PriseEnChargePro) -> tuple[str, ...]:
    if calcul.reste_a_charge is None:
        return ("Indiquez le prix horaire de l’organisme pour savoir ce qui resterait à votre charge.",)
    if calcul.reste_a_charge > ZERO:
        return (
            "Le dépassement peut être payé sur le plan, pour une entreprise de moins de 50 salariés\u00a0: votre conseiller l’examine.",
        )
    return ()
