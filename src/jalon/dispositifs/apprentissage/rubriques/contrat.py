"""The contract and its pay."""

from datetime import date
from decimal import Decimal

from jalon.dispositifs.apprentissage import listes
from jalon.dispositifs.base import Rubrique, case, quand
from jalon.dispositifs.types import Montant, NumeroDeca, Taux

DATES, TEMPS, PAIE, NATURE = "Dates", "Temps de travail", "Rémunération", "Avantages en nature"


class Contrat(Rubrique, code="contrat", titre="Le contrat"):
    """Dates, hours and pay."""

    type_contrat: str = case(
        "Type de contrat ou d’avenant", "le type de contrat ou d’avenant", choix=listes.TYPES_CONTRAT, api="typeContratApp"
    )
    derogation: str | None = case(
        "Type de dérogation",
        "le type de dérogation",
        aide="Seulement si le contrat déroge à l’âge, à la durée…",
        obligatoire=False,
        choix=listes.DEROGATIONS,
        api="typeDerogation",
    )
    numero_precedent: NumeroDeca | None = case(
        "Numéro du contrat précédent, ou de celui que l’avenant modifie",
        "le numéro du contrat précédent",
        aide="15 caractères, sur la notification de dépôt du contrat précédent, par exemple 02B202212000000.",
        si=quand("type_contrat", *listes.NOUVEAUX_CONTRATS, *listes.AVENANTS),
        api="numeroContratPrecedent",
    )
    date_conclusion: date = case(
        "Date de conclusion", "la date de conclusion", aide="Le jour où le contrat est signé par les deux parties.", groupe=DATES
    )
    date_debut: date = case(
        "Date de début d’exécution",
        "la date de début d’exécution",
        aide="Premier jour, en entreprise ou au CFA. Le contrat est à transmettre dans les 5 jours ouvrables.",
        api="dateDebutContrat",
        groupe=DATES,
    )
    date_pratique: date = case(
        "Date de début de formation pratique chez l’employeur",
        "la date de début de formation pratique",
        api="dateFormationPratiqueEmployeur",
        groupe=DATES,
    )
    date_effet: date | None = case(
        "Date d’effet de l’avenant",
        "la date d’effet de l’avenant",
        si=quand("type_contrat", *listes.AVENANTS),
        api="dateEffetAvenant",
        groupe=DATES,
    )
    date_fin: date = case(
        "Date de fin du contrat, ou de la période d’apprentissage",
        "la date de fin du contrat",
        api="dateFinContrat",
        groupe=DATES,
    )
    heures: int = case(
        "Durée hebdomadaire\u00a0: heures",
        "la durée hebdomadaire du travail",
        aide="Temps de formation compris, par exemple 35.",
        unite="h",
        mini=1,
        maxi=168,
        api="dureeTravailHebdoHeures",
        groupe=TEMPS,
    )
    minutes: int | None = case(
        "Minutes",
        "les minutes de la durée hebdomadaire",
        obligatoire=False,
        unite="min",
        maxi=59,
        api="dureeTravailHebdoMinutes",
        groupe=TEMPS,
    )
    travail_risque: bool = case(
        "Travail sur machines dangereuses, ou exposition à des risques particuliers",
        "si l’apprenti travaille sur des machines dangereuses",
        api="travailRisque",
        groupe=TEMPS,
    )
    salaire: Montant = case(
        "Salaire brut mensuel à l’embauche",
        "le salaire brut mensuel à l’embauche",
        unite="€",
        api="salaireEmbauche",
        groupe=PAIE,
    )
    nourriture: Montant | None = case(
        "Nourriture",
        "la déduction pour la nourriture",
        obligatoire=False,
        unite="€ par repas",
        api="avantageNourriture",
        groupe=NATURE,
    )
    logement: Montant | None = case(
        "Logement", "la déduction pour le logement", obligatoire=False, unite="€ par mois", api="avantageLogement", groupe=NATURE
    )
    autre_avantage: bool | None = case(
        "Autre avantage en nature", "s’il y a un autre avantage", obligatoire=False, api="autreAvantageEnNature", groupe=NATURE
    )


class Remuneration(
    Rubrique,
    code="remunerations",
    titre="La rémunération",
    aide="Les périodes couvrent tout le contrat, sans jour manquant.",
    repetee=True,
    element="Période",
    objet="au moins une période",
    maximum=8,
    cle=("date_debut",),
    nom=("ordre",),
):
    """One period at one rate."""

    ordre: str = case("Année et période", "l’année et la période", choix=listes.PERIODES)
    date_debut: date = case("Du", "le premier jour de la période")
    date_fin: date = case("Au", "le dernier jour de la période")
    taux: Taux = case("Taux", "le taux de rémunération", unite="%", mini=Decimal(1), maxi=Decimal(300))
    base: str = case("Base", "la base du taux", choix=listes.BASES, api="typeSalaire")
