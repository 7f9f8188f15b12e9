"""Costs beside the teaching, within the forfaits of the OPCO (Code du travail, D6332-83)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jalon.dispositifs.apprentissage.financement.donnees import DonneesFinancement, FraisAnnexe
from jalon.dispositifs.base import Explication
from jalon.socle.baremes_alternance import ForfaitFrais, JeuAlternance, NatureFrais
from jalon.socle.montants import ZERO, euros

LIBELLES = {
    NatureFrais.RESTAURATION: "Restauration",
    NatureFrais.HEBERGEMENT: "Hébergement",
    NatureFrais.PREMIER_EQUIPEMENT: "Premier équipement",
    NatureFrais.MOBILITE: "Mobilité internationale",
}
SOURCE = "Code du travail, D6332-83"


@dataclass(frozen=True, slots=True)
class Annexes:
    """What is paid, why, and the rules used."""

    frais: tuple[FraisAnnexe, ...]
    explications: tuple[Explication, ...]
    references: tuple[str, ...]


def frais_annexes(donnees: DonneesFinancement, jeu: JeuAlternance) -> Annexes:
    """Every cost asked for, within its forfait; one without a forfait is explained and not paid."""
    frais: list[FraisAnnexe] = []
    explications: list[Explication] = []
    references: list[str] = []
    for nature, quantite, demande in _demandes(donnees):
        forfait = jeu.forfait_frais(nature, donnees.niveau, donnees.conclusion, donnees.idcc)
        if forfait is None:
            absent = f"{LIBELLES[nature]}\u00a0: aucun forfait de l’OPCO n’est publié pour ce contrat"
            explications.append(Explication(libelle=absent, montant=ZERO, source=SOURCE))
            continue
        unitaire = euros(forfait.montant if demande is None else min(demande, forfait.montant))
        ligne = FraisAnnexe(nature=nature, quantite=quantite, prix_unitaire=unitaire, montant=euros(unitaire * quantite))
        frais.append(ligne)
        explications.append(_expliquer(ligne, forfait, demande))
        references.append(forfait.reference)
    return Annexes(tuple(frais), tuple(explications), tuple(references))


def _demandes(donnees: DonneesFinancement) -> Iterator[tuple[NatureFrais, int, Decimal | None]]:
    """Nature, quantity, and cost of one where it is not the forfait itself."""
    if donnees.repas > 0:
        yield NatureFrais.RESTAURATION, donnees.repas, None
    if donnees.nuitees > 0:
        yield NatureFrais.HEBERGEMENT, donnees.nuitees, None
    if donnees.premier_equipement > 0:
        yield NatureFrais.PREMIER_EQUIPEMENT, 1, donnees.premier_equipement
    if donnees.mobilite:
        yield NatureFrais.MOBILITE, 1, None


def _expliquer(ligne: FraisAnnexe, forfait: ForfaitFrais, demande: Decimal | None) -> Explication:
    detail = f"{ligne.quantite} au forfait de l’OPCO" if demande is None else "dans la limite du forfait de l’OPCO"
    if demande is not None and demande <= forfait.montant:
        detail = "en entier"
    return Explication(libelle=f"{LIBELLES[ligne.nature]}\u00a0: {detail}", montant=ligne.montant, source=SOURCE)
