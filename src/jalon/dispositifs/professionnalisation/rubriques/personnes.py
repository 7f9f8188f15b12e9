"""The employer, the employee and the tutors."""

from jalon.dispositifs.base import Apport, Repertoire, Rubrique, case, quand
from jalon.dispositifs.professionnalisation import listes
from jalon.dispositifs.types import (
    CodePostal,
    Courriel,
    DateNaissance,
    Departement,
    Idcc,
    Naf,
    NirSansCle,
    NomPropre,
    NumeroVoie,
    Siret,
    Telephone,
)

ADRESSE, CONTACT, ACTIVITE = "Adresse", "Contact", "Activité"
ETAT_CIVIL, SITUATION = "État civil", "Situation"
PARTICULIER = quand("particulier", "oui")
SANS_RQTH = quand("rqth", "non")
INSCRIT = quand("inscrit", "oui")
MISE_A_DISPOSITION = quand("employeur.specifique", "1", "2")


class Employeur(Rubrique, code="employeur", titre="L’employeur", aide="Indiquez l’établissement où le contrat s’exécute."):
    """The establishment where the contract is executed."""

    denomination: str = case(
        "Dénomination ou nom", "la dénomination de l’employeur", registre="denomination", autocompletion="organization"
    )
    numero: NumeroVoie | None = case("Numéro", "le numéro de la voie", obligatoire=False, registre="numero", groupe=ADRESSE)
    voie: str = case("Voie", "la voie", registre="voie", autocompletion="address-line1", groupe=ADRESSE)
    complement: str | None = case(
        "Complément", "le complément d’adresse", obligatoire=False, registre="complement", groupe=ADRESSE
    )
    code_postal: CodePostal = case("Code postal", "le code postal de l’établissement", registre="code_postal", groupe=ADRESSE)
    commune: str = case("Commune", "la commune de l’établissement", registre="commune", groupe=ADRESSE)
    telephone: Telephone = case("Téléphone", "le téléphone de l’employeur", groupe=CONTACT)
    courriel: Courriel = case("Courriel", "le courriel de l’employeur", groupe=CONTACT)
    caisse: str = case(
        "Caisse de retraite complémentaire", "la caisse de retraite complémentaire", aide="Sur la fiche de paie.", groupe=ACTIVITE
    )
    prevoyance: str | None = case("Organisme de prévoyance", "l’organisme de prévoyance", obligatoire=False, groupe=ACTIVITE)
    particulier: bool = case("Particulier employeur", "si l’employeur est un particulier", groupe=ACTIVITE)
    urssaf: str | None = case(
        "Numéro Urssaf du particulier employeur", "le numéro Urssaf du particulier employeur", si=PARTICULIER, groupe=ACTIVITE
    )
    siret: Siret = case("SIRET de l’établissement", "le SIRET de l’établissement", aide="14 chiffres", groupe=ACTIVITE)
    naf: Naf = case("Code d’activité (NAF)", "le code d’activité", aide="Par exemple 56.10A", registre="naf", groupe=ACTIVITE)
    effectif: int = case(
        "Effectif total de l’entreprise",
        "l’effectif de l’entreprise",
        unite="salariés",
        maxi=999999,
        registre="effectif",
        groupe=ACTIVITE,
    )
    idcc: Idcc = case(
        "Convention collective (IDCC)",
        "l’IDCC de la convention collective",
        aide="4 chiffres, sur la fiche de paie. 9999 s’il n’y en a pas.",
        registre="idcc",
        groupe=ACTIVITE,
    )
    specifique: str = case(
        "Employeur spécifique",
        "si l’employeur est dans un cas particulier",
        choix=listes.EMPLOYEURS_SPECIFIQUES,
        groupe=ACTIVITE,
    )
    projet: str | None = case("Numéro de projet", "le numéro de projet", obligatoire=False, groupe=ACTIVITE)


class Salarie(Rubrique, code="salarie", titre="Le salarié"):
    """Who learns."""

    nom: NomPropre = case("Nom de naissance", "le nom de naissance", groupe=ETAT_CIVIL)
    nom_usage: NomPropre | None = case("Nom d’usage", "le nom d’usage", obligatoire=False, groupe=ETAT_CIVIL)
    prenom: NomPropre = case("Prénom", "le prénom", groupe=ETAT_CIVIL)
    numero: NumeroVoie | None = case("Numéro", "le numéro de la voie", obligatoire=False, groupe=CONTACT)
    voie: str = case("Voie", "la voie", groupe=CONTACT)
    complement: str | None = case("Complément", "le complément d’adresse", obligatoire=False, groupe=CONTACT)
    code_postal: CodePostal = case("Code postal", "le code postal du salarié", groupe=CONTACT)
    commune: str = case("Commune", "la commune du salarié", groupe=CONTACT)
    telephone: Telephone = case("Téléphone", "le téléphone du salarié", groupe=CONTACT)
    courriel: Courriel = case("Courriel", "le courriel du salarié", groupe=CONTACT)
    nir: NirSansCle = case(
        "NIR (numéro de sécurité sociale)",
        "le NIR",
        aide="13 caractères, ou 15 avec la clé\u00a0: sur la carte Vitale ou son attestation.",
        sensible=True,
        groupe=ETAT_CIVIL,
    )
    date_naissance: DateNaissance = case(
        "Date de naissance",
        "la date de naissance",
        registre=Apport(Repertoire.NIR, "nir", "naissance", ecrit=False),
        groupe=ETAT_CIVIL,
    )
    departement_naissance: Departement = case(
        "Département de naissance",
        "le département de naissance",
        aide="Par exemple 083\u00a0; 099 à l’étranger.",
        groupe=ETAT_CIVIL,
    )
    commune_naissance: str = case("Commune de naissance", "la commune de naissance", groupe=ETAT_CIVIL)
    sexe: str = case("Sexe", "le sexe", choix=listes.SEXES, registre=Apport(Repertoire.NIR, "nir", "sexe"), groupe=ETAT_CIVIL)
    rqth: bool = case("Reconnu travailleur handicapé (RQTH)", "si le salarié est reconnu travailleur handicapé", groupe=SITUATION)
    rqth_equivalence: bool | None = case(
        "Droits de la RQTH par équivalence «\u00a0jeunes\u00a0»",
        "s’il bénéficie de l’équivalence",
        si=SANS_RQTH,
        groupe=SITUATION,
    )
    rqth_extension: bool | None = case(
        "Droits de la RQTH par extension", "s’il bénéficie de l’extension", si=SANS_RQTH, groupe=SITUATION
    )
    inscrit: bool = case("Inscrit à France Travail", "si le salarié est inscrit à France Travail", groupe=SITUATION)
    numero_inscription: str | None = case(
        "Numéro d’inscription", "le numéro d’inscription à France Travail", si=INSCRIT, groupe=SITUATION
    )
    mois_inscription: int | None = case(
        "Durée d’inscription",
        "la durée d’inscription",
        aide="Au-delà de douze mois, le salarié fait partie des publics prioritaires.",
        unite="mois",
        maxi=600,
        si=INSCRIT,
        groupe=SITUATION,
    )
    situation: str = case(
        "Situation avant ce contrat", "la situation avant ce contrat", choix=listes.SITUATIONS, groupe=SITUATION
    )
    minimum_social: str | None = case(
        "Minimum social perçu", "le minimum social", obligatoire=False, choix=listes.MINIMA, groupe=SITUATION
    )
    diplome: str = case(
        "Diplôme ou titre le plus élevé obtenu", "le diplôme le plus élevé obtenu", choix=listes.DIPLOMES, groupe=SITUATION
    )


class Tuteur(Rubrique, code="tuteur", titre="Le tuteur"):
    """Who accompanies the employee, at the employer's."""

    nom: NomPropre = case("Nom", "le nom du tuteur")
    prenom: NomPropre = case("Prénom", "le prénom du tuteur")
    emploi: str = case("Emploi occupé", "l’emploi du tuteur")
    date_naissance: DateNaissance = case("Date de naissance", "la date de naissance du tuteur")
    attestation: bool = case(
        "L’employeur atteste que le tuteur répond à l’ensemble des critères d’éligibilité",
        "l’attestation de l’employeur sur le tuteur",
        aide="Volontaire, qualifié, avec deux ans d’expérience en rapport avec la qualification visée.",
    )


class TuteurUtilisateur(
    Rubrique,
    code="utilisateur",
    titre="Le tuteur de l’entreprise utilisatrice",
    aide="Pour le travail temporaire et les groupements d’employeurs.",
):
    """Who accompanies the employee where he is sent."""

    nom: NomPropre | None = case("Nom", "le nom du tuteur de l’entreprise utilisatrice", si=MISE_A_DISPOSITION)
    prenom: NomPropre | None = case("Prénom", "le prénom du tuteur de l’entreprise utilisatrice", si=MISE_A_DISPOSITION)
    emploi: str | None = case("Emploi occupé", "l’emploi du tuteur de l’entreprise utilisatrice", si=MISE_A_DISPOSITION)
    date_naissance: DateNaissance | None = case(
        "Date de naissance", "la date de naissance du tuteur de l’entreprise utilisatrice", si=MISE_A_DISPOSITION
    )
