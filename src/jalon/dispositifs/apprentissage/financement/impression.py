"""An estimate as the JSON of `jalon contrat estimer`: amounts are strings with two decimals, dates AAAA-MM-JJ."""

from decimal import Decimal
from typing import Any

from jalon.dispositifs.apprentissage.financement.donnees import AnneeFinancee, EstimationContrat, FraisAnnexe
from jalon.dispositifs.base import Echeance, Explication
from jalon.socle.montants import ZERO, euros

SANS_PRIX = Explication(
    libelle="Prix du CFA inconnu\u00a0: il est dans la convention. Le reste à charge n’est pas calculé",
    montant=ZERO,
    source="Code du travail, D6353-1",
)


def en_json(estimation: EstimationContrat) -> dict[str, Any]:
    """The object printed; `part` is a percentage. While the price of the CFA is not known, nothing is left to pay, and it is said."""
    explications = [*estimation.explications, *([SANS_PRIX] if estimation.reste_a_charge is None else [])]
    return {
        "npec": _montant(estimation.npec),
        "minoration": _montant(estimation.minoration),
        "majoration": _montant(estimation.majoration),
        "participationEmployeur": _montant(estimation.participation_employeur),
        "annees": [_annee(annee) for annee in estimation.annees],
        "echeances": [_echeance(echeance) for echeance in estimation.echeances],
        "fraisAnnexes": [_frais(frais) for frais in estimation.frais_annexes],
        "total": _montant(estimation.total),
        "resteACharge": _montant(estimation.reste_a_charge or ZERO),
        "explications": [
            {"libelle": ligne.libelle, "montant": _montant(ligne.montant), "source": ligne.source} for ligne in explications
        ],
    }


def _annee(annee: AnneeFinancee) -> dict[str, Any]:
    return {
        "numero": annee.numero,
        "debut": annee.debut.isoformat(),
        "fin": annee.fin.isoformat(),
        "jours": annee.jours,
        "montant": _montant(annee.montant),
    }


def _echeance(echeance: Echeance) -> dict[str, Any]:
    return {
        "numero": echeance.numero,
        "codification": echeance.codification,
        "annee": echeance.annee,
        "dateOuverture": echeance.date_ouverture.isoformat(),
        "part": _part(echeance.part),
        "montant": _montant(echeance.montant),
    }


def _frais(frais: FraisAnnexe) -> dict[str, Any]:
    return {
        "nature": frais.nature.value,
        "quantite": frais.quantite,
        "prixUnitaire": _montant(frais.prix_unitaire),
        "montant": _montant(frais.montant),
    }


def _montant(valeur: Decimal) -> str:
    return f"{euros(valeur):f}"


def _part(taux: Decimal) -> int | float:
    """40, or 12.5 where a schedule has such a part."""
    return int(taux) if taux == int(taux) else float(taux)
