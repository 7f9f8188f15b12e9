"""The apprentice, and who signs for a minor."""

from jalon.dispositifs.apprentissage import listes
from jalon.dispositifs.base import Apport, Repertoire, Rubrique, case, quand
from jalon.dispositifs.types import CodePostal, Courriel, DateNaissance, Departement, NirSansCle, NomPropre, NumeroVoie, Telephone

MINEUR = quand("apprenti.mineur", "oui")
ETAT_CIVIL, CONTACT, SITUATION, PARCOURS = "État civil", "Adresse et contact", "Situation", "Parcours"


class Apprenti(Rubrique, code="apprenti", titre="L’apprenti(e)"):
    """Who learns."""

    nom: NomPropre = case("Nom de naissance", "le nom de naissance", groupe=ETAT_CIVIL)
    nom_usage: NomPropre | None = case("Nom d’usage", "le nom d’usage", obligatoire=False, groupe=ETAT_CIVIL)
    prenom: NomPropre = case("Premier prénom de l’état civil", "le premier prénom de l’état civil", groupe=ETAT_CIVIL)
    nir: NirSansCle = case(
        "NIR (numéro de sécurité sociale)",
        "le NIR",
        aide="13 caractères, ou 15 avec la clé\u00a0: sur la carte Vitale ou son attestation.",
        sensible=True,
        groupe=ETAT_CIVIL,
    )
    numero: NumeroVoie | None = case("Numéro", "le numéro de la voie", obligatoire=False, norme="adresse.numero", groupe=CONTACT)
    voie: str = case("Voie", "la voie", autocompletion="address-line1", norme="adresse.adresse1", groupe=CONTACT)
    complement: str | None = case(
        "Complément", "le complément d’adresse", obligatoire=False, norme="adresse.adresse2", groupe=CONTACT
    )
    code_postal: CodePostal = case("Code postal", "le code postal de l’apprenti", norme="adresse.codePostal", groupe=CONTACT)
    commune: str = case("Commune", "la commune de l’apprenti", norme="adresse.commune", groupe=CONTACT)
    telephone: Telephone = case("Téléphone", "le téléphone de l’apprenti", groupe=CONTACT)
    courriel: Courriel = case("Courriel", "le courriel de l’apprenti", groupe=CONTACT)
    date_naissance: DateNaissance = case(
        "Date de naissance",
        "la date de naissance",
        registre=Apport(Repertoire.NIR, "nir", "naissance", ecrit=False),
        groupe=ETAT_CIVIL,
    )
    sexe: str = case("Sexe", "le sexe", choix=listes.SEXES, registre=Apport(Repertoire.NIR, "nir", "sexe"), groupe=ETAT_CIVIL)
    departement_naissance: Departement = case(
        "Département de naissance",
        "le département de naissance",
        aide="Par exemple 083, 02A, 974. 099 pour une naissance à l’étranger.",
        groupe=ETAT_CIVIL,
    )
    commune_naissance: str = case("Commune de naissance", "la commune de naissance", groupe=ETAT_CIVIL)
    nationalite: str = case("Nationalité", "la nationalité", choix=listes.NATIONALITES, groupe=ETAT_CIVIL)
    regime: str = case("Régime social", "le régime social", choix=listes.REGIMES, api="regimeSocial", groupe=SITUATION)
    sportif: bool = case(
        "Sportif de haut niveau",
        "si l’apprenti est sportif de haut niveau",
        aide="Inscrit sur la liste ministérielle. La limite d’âge ne s’applique pas.",
        api="inscriptionSportifDeHautNiveau",
        groupe=SITUATION,
    )
    rqth: bool = case(
        "Reconnu travailleur handicapé (RQTH)",
        "si l’apprenti est reconnu travailleur handicapé",
        aide="La limite d’âge ne s’applique pas, et la prise en charge peut être majorée.",
        api="handicap",
        groupe=SITUATION,
    )
    rqth_equivalence: bool | None = case(
        "Bénéficie des droits de la RQTH par équivalence «\u00a0jeunes\u00a0»",
        "s’il bénéficie de l’équivalence «\u00a0jeunes\u00a0»",
        si=quand("rqth", "non"),
        api="droitsRqthEquivalenceJeune",
        groupe=SITUATION,
    )
    rqth_extension: bool | None = case(
        "Bénéficie des droits de la RQTH par extension aux bénéficiaires de l’obligation d’emploi",
        "s’il bénéficie de l’extension aux bénéficiaires de l’obligation d’emploi",
        si=quand("rqth", "non"),
        api="droitsRqthExtensionBOE",
        groupe=SITUATION,
    )
    situation: str = case(
        "Situation avant ce contrat",
        "la situation avant ce contrat",
        choix=listes.SITUATIONS,
        api="situationAvantContrat",
        groupe=PARCOURS,
    )
    diplome_prepare: str = case(
        "Dernier diplôme ou titre préparé", "le dernier diplôme préparé", choix=listes.DIPLOMES, groupe=PARCOURS
    )
    derniere_classe: str = case(
        "Dernière classe ou année suivie", "la dernière classe suivie", choix=listes.CLASSES, groupe=PARCOURS
    )
    intitule_prepare: str = case(
        "Intitulé précis du dernier diplôme préparé",
        "l’intitulé du dernier diplôme préparé",
        api="intituleDiplomePrepare",
        groupe=PARCOURS,
    )
    diplome: str = case(
        "Diplôme ou titre le plus élevé obtenu", "le diplôme le plus élevé obtenu", choix=listes.DIPLOMES, groupe=PARCOURS
    )
    projet: bool = case(
        "Projet de création ou de reprise d’entreprise",
        "si l’apprenti a un projet de création ou de reprise d’entreprise",
        aide="Un projet qui dépend du diplôme visé\u00a0: la limite d’âge ne s’applique pas (attestation sur l’honneur).",
        api="projetCreationRepriseEntreprise",
        groupe=SITUATION,
    )
    mineur: bool = case(
        "Mineur et non émancipé le jour de la signature",
        "si l’apprenti est mineur et non émancipé",
        aide="Son représentant légal signe alors le contrat.",
        groupe=SITUATION,
    )


class Representant(Rubrique, code="representant", titre="Le représentant légal"):
    """Who signs with a minor who is not emancipated."""

    nom: NomPropre | None = case("Nom", "le nom du représentant légal", si=MINEUR, norme="apprenti.responsableLegal.nom")
    prenom: NomPropre | None = case(
        "Prénom", "le prénom du représentant légal", si=MINEUR, norme="apprenti.responsableLegal.prenom"
    )
    numero: NumeroVoie | None = case(
        "Numéro", "le numéro de la voie", obligatoire=False, si=MINEUR, norme="apprenti.responsableLegal.adresse.numero"
    )
    voie: str | None = case("Voie", "la voie", si=MINEUR, norme="apprenti.responsableLegal.adresse.adresse1")
    complement: str | None = case(
        "Complément", "le complément d’adresse", obligatoire=False, si=MINEUR, norme="apprenti.responsableLegal.adresse.adresse2"
    )
    code_postal: CodePostal | None = case(
        "Code postal", "le code postal du représentant légal", si=MINEUR, norme="apprenti.responsableLegal.adresse.codePostal"
    )
    commune: str | None = case(
        "Commune", "la commune du représentant légal", si=MINEUR, norme="apprenti.responsableLegal.adresse.commune"
    )
    courriel: Courriel | None = case(
        "Courriel", "le courriel du représentant légal", si=MINEUR, norme="apprenti.responsableLegal.courriel"
    )
