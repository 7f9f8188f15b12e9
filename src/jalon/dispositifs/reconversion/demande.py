"""The money of a period of reconversion as the portal shows it, grants it and engages it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from jalon.dispositifs.alternance.paiement import payeur
from jalon.dispositifs.base import Contexte, Estimation, Explication, LigneEstimation, charge, si_repondu
from jalon.dispositifs.reconversion.financement import estimer
from jalon.dispositifs.reconversion.rubriques import PeriodeDeReconversion
from jalon.socle.baremes_alternance import RegleAbsente
from jalon.socle.montants import ZERO

BAREME = "le barème de l’alternance"


def financement(contenu: PeriodeDeReconversion, contexte: Contexte) -> Estimation:
    """Hours by the forfait within the price less the CPF; the pay gap and annex costs are decided (D6332-91). Raises CaseAbsente."""
    mode, motif = payeur(contexte, interne=False)
    couts = contenu.couts
    cpf = si_repondu(lambda: couts.cpf, defaut=None) or ZERO
    try:
        calcul = estimer(
            contenu.formation.heures,
            contenu.periode.date_accord,
            charge(contexte.alternance, BAREME),
            prix=couts.prix,
            cpf=cpf,
            idcc=si_repondu(lambda: contenu.entreprise.idcc, defaut=""),
        )
    except RegleAbsente as absente:
        return Estimation(mode_paiement=mode, motif_paiement=motif, avertissements=(absente.message,))
    formation = LigneEstimation(
        poste="formation",
        libelle="Formation",
        quantite=contenu.formation.heures,
        unite="heures",
        prix_unitaire=calcul.forfait_horaire,
        montant_demande=max(ZERO, couts.prix - cpf),
        montant_ht=calcul.total,
        motif=calcul.motif,
        soumise_a_tva=True,
    )
    return Estimation(
        lignes=(formation, *_par_accord(contenu)),
        mode_paiement=mode,
        motif_paiement=motif,
        bareme_reference=calcul.reference,
        annee=contenu.periode.date_debut.year,
        explications=(Explication(libelle=calcul.motif, montant=calcul.total, source=calcul.source),),
    )


def accord(contenu: PeriodeDeReconversion, contexte: Contexte, montants: Mapping[str, Decimal]) -> Estimation:
    """The lines with the amounts granted, by poste."""
    estimation = financement(contenu, contexte)
    return replace(estimation, lignes=tuple(replace(x, montant_ht=montants[x.poste]) for x in estimation.lignes))


def _par_accord(contenu: PeriodeDeReconversion) -> Iterator[LigneEstimation]:
    """What an agreement lets the OPCO pay: nothing is promised, the board of the OPCO sets the level (D6332-91)."""
    demandes = (
        ("ecart_salaire", "Écart de salaire", lambda: contenu.couts.ecart_salaire),
        ("frais", "Hébergement, repas et transport", lambda: contenu.couts.frais),
    )
    for poste, libelle, lire in demandes:
        demande = si_repondu(lire, defaut=None)
        if demande:
            yield LigneEstimation(
                poste=poste,
                libelle=libelle,
                quantite=Decimal(1),
                unite="forfait",
                prix_unitaire=demande,
                montant_demande=demande,
                montant_ht=ZERO,
                motif="Votre conseiller décide du montant, selon l’accord (Code du travail, D6332-91)",
            )
