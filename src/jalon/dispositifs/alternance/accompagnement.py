"""The help for the maître d'apprentissage or the tutor: training (D6332-92), then exercise of the function (D6332-93)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import LigneEstimation, Rubrique, case, si_repondu
from jalon.dispositifs.types import Heures, Montant
from jalon.socle.baremes_alternance import Fonction, JeuAlternance
from jalon.socle.montants import euros

TITRES = {Fonction.MAITRE_APPRENTISSAGE: "maître d’apprentissage", Fonction.TUTEUR: "tuteur"}


class Accompagnement(
    Rubrique,
    code="accompagnement",
    titre="L’aide à l’accompagnement",
    aide="Pour la formation de celui qui accompagne, et pour le temps qu’il y passe. Laissez vide si vous ne la demandez pas.",
):
    """What the company asks for whoever accompanies."""

    heures: Heures | None = case(
        "Formation à cette fonction",
        "les heures de formation à cette fonction",
        aide="40 heures au plus.",
        obligatoire=False,
        unite="heures",
    )
    cout_horaire: Montant | None = case(
        "Coût de cette formation par heure",
        "le coût horaire de cette formation",
        aide="Pris en charge jusqu’à 15 € par heure.",
        obligatoire=False,
        unite="€ par heure",
    )
    mois: int | None = case(
        "Mois d’exercice de la fonction", "les mois d’exercice de la fonction", obligatoire=False, unite="mois", maxi=36
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AideAuCompagnon:
    """Most that may be paid, in euros, and the rule used."""

    formation: Decimal
    exercice: Decimal
    reference: str


def aide_a_l_accompagnement(
    jeu: JeuAlternance,
    fonction: Fonction,
    jour: date,
    *,
    mois: int,
    heures: Decimal = Decimal(0),
    cout_horaire: Decimal = Decimal(0),
    majoree: bool = False,
) -> AideAuCompagnon:
    """Ceilings on the months of the function, and on the hours of training at their cost. Raises RegleAbsente.

    `majoree`: tutor of 45 or more, or of a person of L6325-1-1; it changes nothing for a maître d'apprentissage.
    """
    aide = jeu.aide(fonction, jour)
    par_mois = aide.exercice_mensuel * (100 + (aide.majoration if majoree else 0)) / 100
    return AideAuCompagnon(
        formation=euros(min(heures, Decimal(aide.formation_heures)) * min(cout_horaire, aide.formation_horaire)),
        exercice=euros(min(mois, aide.exercice_mois) * par_mois),
        reference=aide.reference,
    )


def lignes_d_accompagnement(
    demande: Accompagnement, jeu: JeuAlternance, fonction: Fonction, jour: date, *, majoree: bool = False
) -> Iterator[LigneEstimation]:
    """What is asked, within the ceilings: the company's own expenses. Nothing asked, no line. Raises RegleAbsente."""
    heures = si_repondu(lambda: demande.heures, defaut=None) or Decimal(0)
    cout = si_repondu(lambda: demande.cout_horaire, defaut=None) or Decimal(0)
    mois = si_repondu(lambda: demande.mois, defaut=None) or 0
    if not (heures and cout) and not mois:
        return
    aide = aide_a_l_accompagnement(jeu, fonction, jour, mois=mois, heures=heures, cout_horaire=cout, majoree=majoree)
    if heures and cout:
        yield LigneEstimation(
            poste="formation_accompagnant",
            libelle=f"Formation du {TITRES[fonction]}",
            quantite=heures,
            unite="heures",
            prix_unitaire=cout,
            montant_demande=euros(heures * cout),
            montant_ht=aide.formation,
            motif="Dans la limite de 40 heures à 15 € (Code du travail, D6332-92)",
            annexe=True,
        )
    if mois:
        yield LigneEstimation(
            poste="exercice_accompagnant",
            libelle=f"Exercice de la fonction de {TITRES[fonction]}",
            quantite=Decimal(mois),
            unite="mois",
            prix_unitaire=euros(aide.exercice / min(mois, jeu.aide(fonction, jour).exercice_mois)),
            montant_demande=aide.exercice,
            montant_ht=aide.exercice,
            motif="Plafond par mois et nombre de mois limités (Code du travail, D6332-93)",
            annexe=True,
        )
