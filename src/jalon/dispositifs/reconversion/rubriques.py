"""The boxes, in the order of the articles: who, for what, with whom, for how much."""

from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import Contenu, Rubrique, case, quand
from jalon.dispositifs.reconversion import listes
from jalon.dispositifs.types import (
    CodePostal,
    Courriel,
    DateNaissance,
    Heures,
    Idcc,
    Montant,
    Nda,
    NirSansCle,
    NomPropre,
    Rncp,
    Siret,
    Telephone,
)

EXTERNE = quand("periode.mode", "externe")
ANNEXES = quand("couts.annexes_par_accord", "oui")


class Entreprise(Rubrique, code="entreprise", titre="L’entreprise"):
    """The company that employs the person."""

    siret: Siret = case("SIRET de l’établissement", "le SIRET de l’établissement", aide="14 chiffres")
    denomination: str = case("Dénomination", "la dénomination de l’entreprise", registre="denomination")
    code_postal: CodePostal = case("Code postal", "le code postal de l’établissement", registre="code_postal")
    idcc: Idcc = case("Convention collective (IDCC)", "l’IDCC de la convention collective", registre="idcc")
    effectif: int = case("Effectif de l’entreprise", "l’effectif de l’entreprise", unite="salariés", maxi=999999)
    contact_nom: NomPropre = case("Personne à contacter", "le nom de la personne à contacter")
    contact_courriel: Courriel = case("Adresse électronique", "l’adresse électronique du contact")
    contact_telephone: Telephone | None = case("Téléphone", "le téléphone du contact", obligatoire=False)


class Salarie(Rubrique, code="salarie", titre="Le salarié"):
    """Who changes job."""

    nom: NomPropre = case("Nom de naissance", "le nom de naissance")
    nom_usage: NomPropre | None = case("Nom d’usage", "le nom d’usage", obligatoire=False)
    prenom: NomPropre = case("Prénom", "le prénom")
    nir: NirSansCle = case("NIR (numéro de sécurité sociale)", "le NIR", aide="13 caractères, ou 15 avec la clé", sensible=True)
    date_naissance: DateNaissance = case("Date de naissance", "la date de naissance")
    sexe: str = case("Sexe", "le sexe", choix=listes.SEXES)
    courriel: Courriel = case("Courriel", "le courriel du salarié")
    emploi: str = case("Emploi occupé avant la reconversion", "l’emploi occupé")


class Periode(Rubrique, code="periode", titre="La période de reconversion"):
    """How and when."""

    mode: str = case("Mode de la reconversion", "le mode de la reconversion", choix=listes.MODES)
    date_accord: date = case("Date de l’accord écrit", "la date de l’accord écrit", aide="Signé par l’employeur et le salarié.")
    date_debut: date = case(
        "Date de début", "la date de début de la période", aide="La demande s’envoie dans les 30 jours qui la précèdent."
    )
    date_fin: date = case("Date de fin", "la date de fin de la période")
    par_accord: bool = case(
        "Durée allongée par un accord d’entreprise ou de branche",
        "si un accord allonge la durée",
        aide="Au-delà de 450 heures ou de douze mois.",
    )
    emploi_vise: str = case("Emploi visé", "l’emploi visé")


class Accueil(Rubrique, code="accueil", titre="L’entreprise d’accueil", aide="Pour une reconversion externe seulement."):
    """Where the person goes."""

    siret: Siret | None = case("SIRET de l’établissement d’accueil", "le SIRET de l’établissement d’accueil", si=EXTERNE)
    denomination: str | None = case(
        "Dénomination", "la dénomination de l’entreprise d’accueil", registre="denomination", si=EXTERNE
    )
    contrat: str | None = case(
        "Contrat de travail", "le contrat de l’entreprise d’accueil", choix=listes.CONTRATS_D_ACCUEIL, si=EXTERNE
    )
    date_debut: date | None = case("Début du contrat", "le début du contrat d’accueil", si=EXTERNE)
    date_fin: date | None = case("Fin du CDD", "la fin du CDD", si=(EXTERNE, quand("contrat", "cdd")))
    essai: int | None = case("Période d’essai", "la durée de la période d’essai", unite="jours", maxi=365, si=EXTERNE)


class Formation(Rubrique, code="formation", titre="La formation"):
    """What is prepared, by whom."""

    certification: str = case("Certification visée", "la certification visée", choix=listes.CERTIFICATIONS)
    intitule: str = case("Intitulé", "l’intitulé de la certification")
    rncp: Rncp | None = case("Code RNCP", "le code RNCP", si=quand("certification", "rncp", "blocs"))
    organisme: str = case("Organisme de formation", "la dénomination de l’organisme", registre="denomination")
    siret: Siret = case("SIRET de l’organisme", "le SIRET de l’organisme")
    nda: Nda = case("Numéro de déclaration d’activité (NDA)", "le numéro de déclaration d’activité")
    heures: Heures = case("Durée des actions de formation", "la durée des actions", unite="heures", mini=Decimal("0.25"))


class Couts(Rubrique, code="couts", titre="Les coûts", aide="Tous les montants sont hors taxes."):
    """What it costs, and who pays with the OPCO."""

    prix: Montant = case("Prix de la formation HT", "le prix de la formation", unite="€")
    cpf: Montant | None = case(
        "Part payée par le compte personnel de formation",
        "la part du compte personnel de formation",
        aide="Avec l’accord du salarié.",
        obligatoire=False,
        unite="€",
    )
    cpf_droits: Montant | None = case(
        "Droits inscrits sur ce compte", "les droits inscrits au compte", obligatoire=False, unite="€"
    )
    annexes_par_accord: bool = case(
        "Un accord ou une décision unilatérale prévoit la prise en charge de l’écart de salaire ou des frais annexes",
        "si un accord prévoit l’écart de salaire ou les frais annexes",
    )
    ecart_salaire: Montant | None = case(
        "Écart de salaire demandé", "l’écart de salaire", obligatoire=False, unite="€", si=ANNEXES
    )
    frais: Montant | None = case(
        "Frais d’hébergement, de repas et de transport demandés", "les frais annexes", obligatoire=False, unite="€", si=ANNEXES
    )


class PeriodeDeReconversion(Contenu):
    """A request for a period of reconversion."""

    entreprise: Entreprise
    salarie: Salarie
    periode: Periode
    accueil: Accueil
    formation: Formation
    couts: Couts
