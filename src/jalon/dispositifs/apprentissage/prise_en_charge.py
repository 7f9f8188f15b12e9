"""The money of a contract as the portal shows, grants and engages it: the lines, the payments and the reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from jalon.dispositifs.alternance.accompagnement import Accompagnement, lignes_d_accompagnement
from jalon.dispositifs.apprentissage.convention import Convention, DemandeApprentissage
from jalon.dispositifs.apprentissage.financement import DonneesFinancement, EstimationContrat, estimer
from jalon.dispositifs.apprentissage.norme.estimation import EstimationImpossible, donnees_de_financement
from jalon.dispositifs.base import Contexte, Estimation, LigneEstimation, ModePaiement, charge, si_repondu
from jalon.socle.baremes_alternance import Fonction, JeuAlternance, NatureFrais, RegleAbsente
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.fiches_referentiels import FicheNpec
from jalon.socle.montants import ZERO, euros, somme

BAREME = "le barème de l’apprentissage"
SUBROGATION = "L’OPCO paie le CFA directement (Code du travail, R6332-25)."
LIBELLES_FRAIS = {
    NatureFrais.RESTAURATION: ("Restauration", "repas"),
    NatureFrais.HEBERGEMENT: ("Hébergement", "nuits"),
    NatureFrais.PREMIER_EQUIPEMENT: ("Premier équipement", "équipement"),
    NatureFrais.MOBILITE: ("Mobilité internationale", "séjour"),
}
T = TypeVar("T")


def financement(contenu: DemandeApprentissage, contexte: Contexte) -> Estimation:
    """What the OPCO would pay the CFA. Raises CaseAbsente on a partial one; a date or a code that cannot be is told, not raised."""
    jeu = charge(contexte.alternance, BAREME)
    try:
        return estimation_du_portail(contenu, estimer(donnees(contenu, contexte), jeu), jeu)
    except EstimationImpossible:
        return _impossible("Vérifiez le diplôme visé\u00a0: l’estimation en a besoin.")
    except (RegleAbsente, SaisieRefusee) as refus:
        return _impossible(refus.message)


def estimation_du_portail(contenu: DemandeApprentissage, estimation: EstimationContrat, jeu: JeuAlternance) -> Estimation:
    """What was counted, as every dispositif says it, with the help for the maître d'apprentissage. Raises RegleAbsente."""
    accompagnement = si_repondu(lambda: contenu.accompagnement, defaut=Accompagnement.partiel({}))
    aide = tuple(lignes_d_accompagnement(accompagnement, jeu, Fonction.MAITRE_APPRENTISSAGE, contenu.contrat.date_conclusion))
    return Estimation(
        lignes=(*_lignes(estimation), *aide),
        mode_paiement=ModePaiement.SUBROGATION,
        motif_paiement=SUBROGATION,
        bareme_reference=" + ".join(estimation.references),
        annee=contenu.contrat.date_debut.year,
        echeances=estimation.echeances,
        explications=estimation.explications,
        avertissements=_avertissements(contenu, estimation),
        reste_connu=estimation.reste_a_charge is not None,
    )


def accord(contenu: DemandeApprentissage, contexte: Contexte, montants: Mapping[str, Decimal]) -> Estimation:
    """The law sets the amounts (Code du travail, L6332-14): granted as they are estimated."""
    del montants
    return financement(contenu, contexte)


def donnees(contenu: DemandeApprentissage, contexte: Contexte) -> DonneesFinancement:
    """The contract and its convention as the funding sees them, with the level of the branch when it is published.

    Raises CaseAbsente, EstimationImpossible.
    """
    jeu = charge(contexte.alternance, BAREME)
    niveau = niveau_publie(contenu, contexte)
    du_contrat = donnees_de_financement(contenu, jeu, niveau.montant if niveau else None)
    convention = si_repondu(lambda: contenu.convention, defaut=Convention.partiel({}))
    majoration = _ou(convention, "majoration_rqth", None)
    return replace(
        du_contrat,
        npec_source=niveau.source if niveau else "",
        rqth_par_annee=() if majoration is None else tuple(min(majoration, ligne) for ligne in du_contrat.rqth_par_annee),
        repas=_ou(convention, "repas", 0),
        nuitees=_ou(convention, "nuitees", 0),
        premier_equipement=_ou(convention, "premier_equipement", ZERO),
        mobilite=_ou(convention, "mobilite", False),
        prix=_ou(convention, "prix", None),
    )


def niveau_publie(contenu: DemandeApprentissage, contexte: Contexte) -> FicheNpec | None:
    """The level of its branch on the day of conclusion; None as long as none is published. Raises CaseAbsente (no day)."""
    idcc, rncp = (si_repondu(lire, defaut="") for lire in (lambda: contenu.employeur.idcc, lambda: contenu.formation.rncp))
    conclusion = contenu.contrat.date_conclusion
    return contexte.npec(rncp, idcc, conclusion) if contexte.npec and rncp and idcc else None


def _ou(convention: Convention, champ: str, defaut: T) -> T:
    """An optional box of the convention, or what stands for it."""
    valeur = si_repondu(lambda: getattr(convention, champ), defaut=None)
    return defaut if valeur is None else valeur


def _lignes(estimation: EstimationContrat) -> Iterator[LigneEstimation]:
    """A line for each year, net of the employer's participation; then annex costs; then what no rule pays."""
    for annee in estimation.annees:
        net = somme(e.montant for e in estimation.echeances if e.annee == annee.numero)
        participation = euros(annee.montant - net)
        yield LigneEstimation(
            poste=f"annee_{annee.numero}",
            libelle=f"Année {annee.numero}, du {formater_date(annee.debut)} au {formater_date(annee.fin)}",
            quantite=Decimal(annee.jours),
            unite="jours",
            prix_unitaire=ZERO,
            montant_demande=annee.montant,
            montant_ht=net,
            motif="Participation de l’employeur déduite" if participation else "Niveau de prise en charge, au prorata des jours",
            soumise_a_tva=True,
        )
    for frais in estimation.frais_annexes:
        libelle, unite = LIBELLES_FRAIS[frais.nature]
        yield LigneEstimation(
            poste=frais.nature.name.lower(),
            libelle=libelle,
            quantite=Decimal(frais.quantite),
            unite=unite,
            prix_unitaire=frais.prix_unitaire,
            montant_demande=frais.montant,
            montant_ht=frais.montant,
            motif="Forfait de l’OPCO, sur justificatifs",
            soumise_a_tva=True,
            annexe=True,
        )
    if estimation.reste_a_charge:
        yield LigneEstimation(
            poste="depassement",
            libelle="Prix du CFA au-delà de la prise en charge",
            quantite=Decimal(1),
            unite="contrat",
            prix_unitaire=estimation.reste_a_charge,
            montant_demande=estimation.reste_a_charge,
            montant_ht=ZERO,
            motif="À la charge de l’employeur",
            soumise_a_tva=True,
        )


def _avertissements(contenu: DemandeApprentissage, estimation: EstimationContrat) -> tuple[str, ...]:
    phrases = []
    if not si_repondu(lambda: contenu.formation.rncp, defaut=""):
        phrases.append("Indiquez le code RNCP\u00a0: le niveau de prise en charge de votre branche en dépend.")
    if estimation.reste_a_charge is None:
        phrases.append("Indiquez le prix du CFA, dans la convention, pour savoir ce qui resterait à votre charge.")
    return tuple(phrases)


def _impossible(phrase: str) -> Estimation:
    return Estimation(mode_paiement=ModePaiement.SUBROGATION, motif_paiement=SUBROGATION, avertissements=(phrase,))
