"""The estimate of an action of the plan: line by line, from the dated barème, never above what is asked."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from jalon.dispositifs.action_formation.bareme import criteres, lignes_applicables, parts
from jalon.dispositifs.action_formation.lignes import annexes, pedagogie, salaires
from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import Contexte, Estimation, LigneEstimation, ModePaiement, si_repondu
from jalon.socle.baremes import SEUIL_FONDS_LEGAUX, Fonds, LigneBareme, PlafondAnnuel
from jalon.socle.montants import ZERO, euros, formater_montant, somme

POSTES_ANNEXES = frozenset({"repas", "nuits", "transport"})


def financement(contenu: ActionFormation, contexte: Contexte) -> Estimation:
    """What the OPCO would pay on the rules in force on the first day of the action. Raises CaseAbsente on a partial one."""
    applicables = lignes_applicables(contenu, contexte)
    principale = next((ligne for ligne, _ in applicables if ligne is not None), None)
    lignes = pedagogie(contenu, applicables)
    if si_repondu(lambda: contenu.couts.salaires_demandes, defaut=False):
        lignes.append(salaires(contenu, principale))
    if si_repondu(lambda: contenu.couts.frais_demandes, defaut=False):
        lignes += annexes(contenu, principale)
    lignes, avertissement = _dans_le_plafond(contenu, contexte, principale, lignes)
    estimation = _conclure(contenu, contexte, lignes)
    return replace(estimation, avertissements=(*_avertissements(contenu, contexte, principale), *avertissement))


def accord(contenu: ActionFormation, contexte: Contexte, montants: Mapping[str, Decimal]) -> Estimation:
    """The lines of the estimate with the amounts granted, by poste; mode of payment and totals follow from them."""
    estimation = financement(contenu, contexte)
    lignes = [replace(ligne, montant_ht=montants[ligne.poste]) for ligne in estimation.lignes]
    return replace(_conclure(contenu, contexte, lignes), avertissements=estimation.avertissements)


def _conclure(contenu: ActionFormation, contexte: Contexte, lignes: list[LigneEstimation]) -> Estimation:
    """Everything that follows from the amounts of the lines."""
    baremes = [ligne for ligne, _ in lignes_applicables(contenu, contexte) if ligne is not None]
    principale = baremes[0] if baremes else None
    mode, motif = _mode_paiement(contenu, contexte, principale, lignes)
    enveloppe = principale.enveloppe if principale else ""
    plafond = _plafond(contenu, contexte, principale)
    return Estimation(
        lignes=tuple(lignes),
        mode_paiement=mode,
        motif_paiement=motif,
        taux_tva=Decimal(si_repondu(lambda: contenu.couts.taux_tva, defaut=None) or 0),
        bareme_reference=" + ".join(dict.fromkeys(ligne.reference_complete for ligne in baremes)),
        enveloppe=enveloppe,
        annee=contenu.action.date_debut.year,
        impute=somme(ligne.montant_ht for ligne in lignes if principale and _compte(ligne, principale)),
        plafond=plafond[0].montant if plafond else None,
    )


def _compte(ligne: LigneEstimation, bareme: LigneBareme) -> bool:
    """Whether a line draws on the yearly enveloppe."""
    return bool(bareme.enveloppe) and not (bareme.annexes_hors_plafond and ligne.poste in POSTES_ANNEXES)


def _plafond(contenu: ActionFormation, contexte: Contexte, bareme: LigneBareme | None) -> tuple[PlafondAnnuel, Decimal] | None:
    """The yearly ceiling of the company, and what is left of it."""
    if bareme is None:
        return None
    action = contenu.action
    modalite, _ = parts(contenu)[0]
    plafond = contexte.regles.plafond(bareme, criteres(contenu, modalite), action.date_debut)
    if plafond is None:
        return None
    consomme = contexte.consommation(contenu.entreprise.siret[:9], action.date_debut.year, bareme.enveloppe)
    return plafond, max(ZERO, euros(plafond.montant - consomme))


def _dans_le_plafond(
    contenu: ActionFormation, contexte: Contexte, bareme: LigneBareme | None, lignes: list[LigneEstimation]
) -> tuple[list[LigneEstimation], list[str]]:
    """Lines reduced in their order once the yearly ceiling is reached."""
    trouve = _plafond(contenu, contexte, bareme)
    if trouve is None or bareme is None:
        return lignes, []
    plafond, restant = trouve
    if somme(ligne.montant_ht for ligne in lignes if _compte(ligne, bareme)) <= restant:
        return lignes, []
    reduites, disponible = [], restant
    for ligne in lignes:
        if not _compte(ligne, bareme) or ligne.montant_ht <= disponible:
            reduites.append(ligne)
        else:
            reduites.append(replace(ligne, montant_ht=disponible, motif=f"{ligne.motif}, limité par le budget annuel"))
        if _compte(ligne, bareme):
            disponible = euros(disponible - reduites[-1].montant_ht)
    annee = contenu.action.date_debut.year
    reste = (
        f"Il reste {formater_montant(restant)} sur le budget {annee} de votre entreprise ({formater_montant(plafond.montant)})."
    )
    return reduites, [reste]


def _mode_paiement(
    contenu: ActionFormation, contexte: Contexte, bareme: LigneBareme | None, lignes: list[LigneEstimation]
) -> tuple[ModePaiement, str]:
    """Who is paid, by the rule in force today: that is the day of the first agreement when the OPCO decides."""
    if contenu.organisme.interne:
        return ModePaiement.REMBOURSEMENT, "Formation interne\u00a0: l’entreprise est remboursée."
    if not si_repondu(lambda: contenu.couts.subrogation, defaut=None):
        return ModePaiement.REMBOURSEMENT, "L’entreprise paie l’organisme, puis elle est remboursée."
    de_l_action = [ligne for ligne in lignes if ligne.soumise_a_tva]
    integral = all(ligne.montant_ht == ligne.montant_demande for ligne in de_l_action)
    regle = contexte.regles.mode(bareme.fonds if bareme else Fonds.LEGAL, integral, contexte.aujourdhui)
    if regle is None:
        return ModePaiement.REMBOURSEMENT, "Aucune règle de subrogation n’est en vigueur\u00a0: l’entreprise est remboursée."
    return (ModePaiement.SUBROGATION if regle.subrogation_possible else ModePaiement.REMBOURSEMENT), regle.motif


def _avertissements(contenu: ActionFormation, contexte: Contexte, bareme: LigneBareme | None) -> list[str]:
    phrases = []
    annee = contenu.action.date_debut.year
    if bareme is None and contenu.entreprise.effectif >= SEUIL_FONDS_LEGAUX:
        phrases.append("À partir de 50 salariés, les fonds légaux du plan ne financent plus l’action.")
    elif bareme is None:
        phrases.append("Aucune règle de prise en charge n’est publiée pour cette action\u00a0: votre conseiller l’examine.")
    elif annee > contexte.aujourdhui.year:
        phrases.append(f"L’action commence en {annee}\u00a0: l’OPCO peut publier d’autres montants d’ici là.")
    if bareme is not None and bareme.note:
        phrases.append(bareme.note)
    return phrases
