"""What is taught, when and how."""

from datetime import date
from decimal import Decimal

from jalon.dispositifs.action_formation import listes
from jalon.dispositifs.action_formation.rubriques.conditions import EXTERNE
from jalon.dispositifs.base import Rubrique, case, quand
from jalon.dispositifs.types import Certification, Heures, Jours, TexteLong


class Action(Rubrique, code="action", titre="L’action", aide="Reportez les termes de la convention ou du devis."):
    """What is taught, when and how."""

    intitule: str = case("Intitulé", "l’intitulé de l’action", groupe="Objet")
    objectifs: TexteLong = case("Objectifs", "les objectifs de l’action", groupe="Objet")
    type_action: str = case("Type d’action", "le type d’action", choix=listes.TYPES_ACTION, groupe="Objet")
    theme: str | None = case(
        "Thème", "le thème de la formation", choix=listes.THEMES, si=quand("type_action", "formation"), groupe="Objet"
    )
    certification: str = case("Certification visée", "la certification visée", choix=listes.CERTIFICATIONS, groupe="Objet")
    code_certification: Certification | None = case(
        "Code de la certification",
        "le code de la certification",
        aide="Par exemple RNCP37239 ou RS5080",
        si=quand("certification", "rncp", "rs"),
        groupe="Objet",
    )
    date_debut: date = case("Date de début", "la date de début de l’action", groupe="Dates et durée")
    date_fin: date = case("Date de fin", "la date de fin de l’action", groupe="Dates et durée")
    duree_heures: Heures = case(
        "Durée par salarié",
        "la durée de l’action",
        aide="Par exemple 14, ou 3 h 30",
        unite="heures",
        mini=Decimal("0.25"),
        groupe="Dates et durée",
    )
    nombre_jours: Jours | None = case(
        "Nombre de jours",
        "le nombre de jours",
        aide="Par demi-journées, par exemple 2,5",
        unite="jours",
        mini=Decimal("0.5"),
        si=quand("type_action", "formation"),
        groupe="Dates et durée",
    )
    modalite: str | None = case(
        "Modalité",
        "la modalité de la formation",
        choix=listes.MODALITES,
        si=quand("type_action", "formation"),
        groupe="Organisation",
    )
    heures_distance: Heures | None = case(
        "Dont à distance", "le nombre d’heures à distance", unite="heures", si=quand("modalite", "mixte"), groupe="Organisation"
    )
    organisation: str | None = case(
        "Inter ou intra",
        "l’organisation de la formation",
        choix=listes.ORGANISATIONS,
        si=(quand("type_action", "formation"), EXTERNE),
        groupe="Organisation",
    )
    lieu: str | None = case(
        "Lieu",
        "le lieu de la formation",
        aide="Adresse ou commune",
        si=quand("modalite", "presentiel", "mixte", "afest"),
        groupe="Organisation",
    )
    mentions_devis: tuple[str, ...] = case(
        "Le devis approuvé, ou son annexe, indique",
        "les mentions que porte le devis",
        aide="À cocher seulement si un devis ou un bon de commande approuvé remplace la convention signée.",
        obligatoire=False,
        choix=listes.MENTIONS,
        multiple=True,
        si=(quand("type_action", "formation"), EXTERNE),
        groupe="Devis tenant lieu de convention",
    )

    @property
    def a_distance(self) -> Decimal:
        """Hours taught at a distance."""
        if self.modalite == "distance":
            return self.duree_heures
        return self.heures_distance or Decimal(0) if self.modalite == "mixte" else Decimal(0)
