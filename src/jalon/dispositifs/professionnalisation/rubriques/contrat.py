"""The nature of the contract, its dates and its pay, and what the OPCO needs."""

from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import Rubrique, case, quand
from jalon.dispositifs.professionnalisation import listes
from jalon.dispositifs.types import Montant

EMPLOI, DATES, TEMPS = "Emploi", "Dates", "Temps de travail et salaire"


class Nature(Rubrique, code="nature", titre="La nature du contrat"):
    """The tick boxes at the top of the form."""

    nature: str = case("Nature du contrat", "la nature du contrat", choix=listes.NATURES)


class Contrat(Rubrique, code="contrat", titre="Le contrat"):
    """Job, dates, hours and pay."""

    type_contrat: str = case("Type de contrat", "le type de contrat", choix=listes.TYPES_CONTRAT)
    numero_precedent: str | None = case(
        "Numéro du contrat précédent, ou de celui que l’avenant modifie",
        "le numéro du contrat précédent",
        si=quand("type_contrat", *listes.NOUVEAUX_CONTRATS, listes.AVENANT),
    )
    emploi: str = case("Emploi occupé", "l’emploi occupé", aide="Intitulé précis", groupe=EMPLOI)
    classification: str = case(
        "Classification de l’emploi", "la classification de l’emploi", aide="Dans la convention collective", groupe=EMPLOI
    )
    niveau: str | None = case("Niveau", "le niveau", obligatoire=False, groupe=EMPLOI)
    coefficient: str | None = case("Coefficient hiérarchique", "le coefficient", obligatoire=False, groupe=EMPLOI)
    essai: int | None = case(
        "Période d’essai", "la durée de la période d’essai", obligatoire=False, unite="jours", maxi=365, groupe=EMPLOI
    )
    date_conclusion: date = case("Date de conclusion", "la date de conclusion", aide="Le jour de la signature.", groupe=DATES)
    date_debut: date = case(
        "Date de début d’exécution",
        "la date de début d’exécution",
        aide="Le contrat est à transmettre dans les 5 jours qui suivent.",
        groupe=DATES,
    )
    date_effet: date | None = case(
        "Date d’effet de l’avenant",
        "la date d’effet de l’avenant",
        si=quand("type_contrat", listes.AVENANT),
        groupe=DATES,
    )
    date_fin: date = case(
        "Date de fin du contrat, ou de l’action de professionnalisation d’un CDI", "la date de fin du contrat", groupe=DATES
    )
    heures: int = case(
        "Durée hebdomadaire\u00a0: heures",
        "la durée hebdomadaire du travail",
        aide="Temps de formation compris, par exemple 35.",
        unite="h",
        mini=1,
        maxi=168,
        groupe=TEMPS,
    )
    minutes: int | None = case(
        "Minutes", "les minutes de la durée hebdomadaire", obligatoire=False, unite="min", maxi=59, groupe=TEMPS
    )
    salaire: Montant = case("Salaire brut mensuel à l’embauche", "le salaire brut mensuel", unite="€", groupe=TEMPS)
    salaire_conventionnel: Montant | None = case(
        "Salaire minimum de la convention collective pour cet emploi",
        "le salaire minimum conventionnel",
        aide="Brut mensuel. À partir de 26 ans, le salaire est d’au moins 85 % de ce minimum.",
        obligatoire=False,
        unite="€",
        mini=Decimal("0.01"),
        groupe=TEMPS,
    )


class Opco(Rubrique, code="opco", titre="L’envoi à l’OPCO"):
    """What is attested and signed."""

    numero_adherent: str | None = case("Numéro d’adhérent", "le numéro d’adhérent", obligatoire=False)
    attestation_pieces: bool = case(
        "L’employeur atteste disposer de l’ensemble des pièces justificatives",
        "l’attestation de l’employeur sur les pièces justificatives",
    )
    fait_a: str = case("Fait à", "la commune de signature")
