"""Heading of the form, the employer and the maîtres d'apprentissage."""

from jalon.dispositifs.apprentissage import listes
from jalon.dispositifs.base import Rubrique, case, quand
from jalon.dispositifs.types import CodePostal, Courriel, DateNaissance, Idcc, Naf, NomPropre, NumeroVoie, Siret, Telephone

ADRESSE = "Adresse"
SECOND = quand("second", "oui")


class Entete(Rubrique, code="entete", titre="Le mode contractuel"):
    """The heading of the form."""

    mode: str = case(
        "Mode contractuel de l’apprentissage",
        "le mode contractuel de l’apprentissage",
        aide="« À durée limitée » est le cas général\u00a0: le contrat s’arrête avec la formation.",
        choix=listes.MODES,
        norme="contrat.modeContractuel",
    )


class Employeur(
    Rubrique,
    code="employeur",
    titre="L’employeur",
    aide="Indiquez l’établissement où l’apprenti travaillera\u00a0: ce n’est pas toujours le siège.",
):
    """The establishment where the contract is executed."""

    secteur: str = case(
        "Employeur privé ou public",
        "si l’employeur est privé ou public",
        choix=listes.SECTEURS,
        registre="secteur",
        groupe="Établissement",
    )
    denomination: str = case(
        "Nom et prénom, ou dénomination",
        "le nom ou la dénomination de l’employeur",
        registre="denomination",
        autocompletion="organization",
        groupe="Établissement",
    )
    siret: Siret = case(
        "SIRET de l’établissement d’exécution",
        "le SIRET de l’établissement d’exécution",
        aide="14 chiffres, sur la fiche de paie ou l’avis de situation de l’Insee",
        groupe="Établissement",
    )
    numero: NumeroVoie | None = case(
        "Numéro", "le numéro de la voie", obligatoire=False, registre="numero", norme="adresse.numero", groupe=ADRESSE
    )
    voie: str = case("Voie", "la voie", autocompletion="address-line1", registre="voie", norme="adresse.adresse1", groupe=ADRESSE)
    complement: str | None = case(
        "Complément",
        "le complément d’adresse",
        obligatoire=False,
        registre="complement",
        norme="adresse.adresse2",
        groupe=ADRESSE,
    )
    code_postal: CodePostal = case(
        "Code postal",
        "le code postal de l’établissement",
        registre="code_postal",
        autocompletion="postal-code",
        norme="adresse.codePostal",
        groupe=ADRESSE,
    )
    commune: str = case(
        "Commune",
        "la commune de l’établissement",
        registre="commune",
        autocompletion="address-level2",
        norme="adresse.commune",
        groupe=ADRESSE,
    )
    telephone: Telephone = case("Téléphone", "le téléphone de l’employeur", autocompletion="tel", groupe="Contact")
    courriel: Courriel = case(
        "Courriel",
        "le courriel de l’employeur",
        aide="L’Agence de services et de paiement écrit à cette adresse pour les aides.",
        autocompletion="email",
        groupe="Contact",
    )
    type_employeur: str = case(
        "Type d’employeur", "le type d’employeur", choix=listes.TYPES_EMPLOYEUR, registre="type_employeur", groupe="Activité"
    )
    specifique: str = case(
        "Employeur spécifique",
        "si l’employeur est dans un cas particulier",
        choix=listes.EMPLOYEURS_SPECIFIQUES,
        api="employeurSpecifique",
        groupe="Activité",
    )
    naf: Naf = case(
        "Code d’activité (NAF ou APE)",
        "le code d’activité de l’entreprise",
        aide="4 chiffres et une lettre, par exemple 56.10A\u00a0: sur la fiche de paie ou l’avis de situation.",
        registre="naf",
        groupe="Activité",
    )
    effectif: int = case(
        "Effectif total de l’entreprise",
        "l’effectif de l’entreprise",
        aide="Tous les salariés de l’entreprise, tous établissements compris (code de la sécurité sociale, L130-1).",
        unite="salariés",
        maxi=999999,
        registre="effectif",
        api="nombreDeSalaries",
        groupe="Activité",
    )
    idcc: Idcc = case(
        "Convention collective (IDCC)",
        "l’IDCC de la convention collective",
        aide="4 chiffres, sur la fiche de paie. 9999 s’il n’y en a pas, 9998 si elle est en cours de négociation.",
        registre="idcc",
        api="codeIdcc",
        groupe="Activité",
    )
    regime_specifique: bool | None = case(
        "Adhésion au régime spécifique d’assurance chômage des apprentis",
        "si l’employeur public adhère au régime spécifique d’assurance chômage",
        si=quand("type_employeur", *listes.TYPES_PUBLICS),
        groupe="Activité",
    )
    caisse: str = case(
        "Caisse de retraite complémentaire",
        "la caisse de retraite complémentaire",
        aide="Son nom est sur la fiche de paie.",
        api="caisseComplementaire",
        groupe="Activité",
    )


class Maitre1(Rubrique, code="maitre1", titre="Le maître d’apprentissage"):
    """Who teaches the apprentice in the company."""

    nom: NomPropre = case("Nom de naissance", "le nom de naissance du maître d’apprentissage")
    prenom: NomPropre = case("Prénom", "le prénom du maître d’apprentissage")
    date_naissance: DateNaissance = case("Date de naissance", "la date de naissance du maître d’apprentissage")
    courriel: Courriel = case("Courriel", "le courriel du maître d’apprentissage")
    emploi: str = case("Emploi occupé", "l’emploi du maître d’apprentissage", api="emploiOccupe")
    diplome: str = case(
        "Diplôme ou titre le plus élevé obtenu",
        "l’intitulé du diplôme le plus élevé du maître d’apprentissage",
        api="intituleDiplomeObtenu",
    )
    niveau: str = case(
        "Niveau de ce diplôme",
        "le niveau de diplôme du maître d’apprentissage",
        choix=listes.NIVEAUX_MAITRE,
        api="niveauDiplomeObtenu",
    )
    attestation: bool = case(
        "L’employeur atteste que le maître d’apprentissage répond à l’ensemble des critères d’éligibilité",
        "l’attestation de l’employeur sur le maître d’apprentissage",
        norme="employeur.attestationEligibilite",
    )


class Maitre2(Rubrique, code="maitre2", titre="Le second maître d’apprentissage"):
    """A second one, when the tutoring is shared: all of its boxes, or none."""

    second: bool = case("Un second maître d’apprentissage suit l’apprenti", "s’il y a un second maître d’apprentissage")
    nom: NomPropre | None = case("Nom de naissance", "le nom de naissance du second maître", si=SECOND)
    prenom: NomPropre | None = case("Prénom", "le prénom du second maître", si=SECOND)
    date_naissance: DateNaissance | None = case("Date de naissance", "la date de naissance du second maître", si=SECOND)
    courriel: Courriel | None = case("Courriel", "le courriel du second maître", si=SECOND)
    emploi: str | None = case("Emploi occupé", "l’emploi du second maître", si=SECOND, api="emploiOccupe")
    diplome: str | None = case(
        "Diplôme ou titre le plus élevé obtenu",
        "l’intitulé du diplôme le plus élevé du second maître",
        si=SECOND,
        api="intituleDiplomeObtenu",
    )
    niveau: str | None = case(
        "Niveau de ce diplôme",
        "le niveau de diplôme du second maître",
        choix=listes.NIVEAUX_MAITRE,
        si=SECOND,
        api="niveauDiplomeObtenu",
    )
