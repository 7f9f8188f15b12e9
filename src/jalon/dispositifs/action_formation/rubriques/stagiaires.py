"""The employees to train."""

from decimal import Decimal

from jalon.dispositifs.action_formation import listes
from jalon.dispositifs.action_formation.rubriques.conditions import SALAIRES
from jalon.dispositifs.base import Rubrique, case
from jalon.dispositifs.types import DateNaissance, Heures, Montant, Nir, NomPropre

MAXIMUM_TECHNIQUE = 2000


class Stagiaire(
    Rubrique,
    code="stagiaires",
    titre="Les salariés",
    aide="Ajoutez chaque salarié à former.",
    repetee=True,
    element="Salarié",
    objet="au moins un salarié",
    maximum=MAXIMUM_TECHNIQUE,
    cle=("nom_naissance", "prenom", "date_naissance"),
    nom=("prenom", "nom_naissance"),
):
    """One trainee."""

    nom_naissance: NomPropre = case(
        "Nom de naissance",
        "le nom de naissance",
        api="nom",
        synonymes=("Nom", "Nom de famille", "Nom naissance", "Nom patronymique"),
    )
    nom_usage: NomPropre | None = case(
        "Nom d’usage", "le nom d’usage", obligatoire=False, synonymes=("Nom usage", "Nom marital", "Nom d’époux")
    )
    prenom: NomPropre = case("Prénom", "le prénom", synonymes=("Prénoms", "Premier prénom"))
    date_naissance: DateNaissance = case(
        "Date de naissance",
        "la date de naissance",
        synonymes=("Naissance", "Né le", "Née le", "Né(e) le", "Date naissance", "DDN"),
    )
    sexe: str = case("Sexe", "le sexe", choix=listes.SEXES, synonymes=("Civilité", "Genre"))
    nir: Nir | None = case(
        "NIR (numéro de sécurité sociale)",
        "le NIR",
        aide="15 caractères, clé comprise",
        obligatoire=False,
        sensible=True,
        synonymes=("Numéro de sécurité sociale", "N° de sécurité sociale", "N° sécurité sociale", "N° SS", "NIR", "NSS"),
    )
    categorie: str = case(
        "Catégorie socio-professionnelle",
        "la catégorie socio-professionnelle",
        choix=listes.CATEGORIES,
        synonymes=("Catégorie", "CSP", "PCS", "Statut", "Catégorie professionnelle"),
    )
    niveau: str = case(
        "Niveau de diplôme", "le niveau de diplôme", choix=listes.NIVEAUX, synonymes=("Niveau", "Diplôme", "Niveau de formation")
    )
    type_contrat: str = case(
        "Type de contrat", "le type de contrat", choix=listes.TYPES_CONTRAT, synonymes=("Contrat", "Nature du contrat")
    )
    rqth: bool = case(
        "Travailleur handicapé (RQTH)",
        "si le salarié est reconnu travailleur handicapé",
        synonymes=("RQTH", "TH", "Handicap", "BOETH"),
    )
    heures: Heures = case(
        "Heures de formation",
        "les heures de formation du salarié",
        unite="heures",
        mini=Decimal("0.25"),
        synonymes=("Heures", "Nombre d’heures", "Nb heures", "Durée", "Durée (h)"),
    )
    salaire_horaire: Montant | None = case(
        "Salaire horaire chargé",
        "le salaire horaire chargé",
        aide="Salaire brut et cotisations de l’employeur, pour une heure",
        unite="€",
        mini=Decimal("0.01"),
        si=SALAIRES,
        synonymes=("Salaire horaire", "Taux horaire", "Taux horaire chargé", "Salaire chargé"),
    )
