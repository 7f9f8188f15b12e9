"""The CFA, the training, the place and the signatures."""

from datetime import date

from jalon.dispositifs.apprentissage import listes
from jalon.dispositifs.apprentissage.certifications import diplome_vise
from jalon.dispositifs.base import Apport, Repertoire, Rubrique, case, du_siret, quand
from jalon.dispositifs.types import CodeDiplome, CodePostal, NumeroVoie, Rncp, Siret, Uai

AILLEURS = quand("cfa.lieu_identique", "non")
LIEU = "organismeFormationLieuFormationPrincipal"
ADRESSE, CERTIFICATION, CALENDRIER = "Adresse", "Diplôme ou titre visé", "Calendrier et durée"
DENOMINATION = (
    du_siret("denomination"),
    Apport(Repertoire.UAI, "uai", "denomination"),
    Apport(Repertoire.ORGANISMES, "siret", "denomination"),
)
UAI_CONNU, SIRET_CONNU = Apport(Repertoire.UAI_DU_SIRET, "siret", "uai"), Apport(Repertoire.UAI, "uai", "siret")
CODE_POSTAL = (du_siret("code_postal"), Apport(Repertoire.UAI, "uai", "code_postal"))
COMMUNE = (du_siret("commune"), Apport(Repertoire.UAI, "uai", "commune"))


class Cfa(Rubrique, code="cfa", titre="Le centre de formation (CFA)"):
    """The CFA that answers for the training."""

    interne: bool = case(
        "CFA d’entreprise",
        "si le CFA est celui de l’entreprise",
        aide="Une annexe pédagogique et financière remplace alors la convention.",
        api="formationInterne",
    )
    denomination: str = case("Dénomination", "la dénomination du CFA", registre=DENOMINATION)
    uai: Uai = case(
        "UAI", "l’UAI du CFA", aide="7 chiffres et une lettre, sur la convention de formation", registre=UAI_CONNU, api="uaiCfa"
    )
    siret: Siret = case("SIRET du CFA responsable", "le SIRET du CFA", registre=SIRET_CONNU)
    numero: NumeroVoie | None = case(
        "Numéro", "le numéro de la voie", obligatoire=False, registre="numero", norme="adresse.numero", groupe=ADRESSE
    )
    voie: str = case("Voie", "la voie", registre="voie", norme="adresse.adresse1", groupe=ADRESSE)
    complement: str | None = case(
        "Complément",
        "le complément d’adresse",
        obligatoire=False,
        registre="complement",
        norme="adresse.adresse2",
        groupe=ADRESSE,
    )
    code_postal: CodePostal = case(
        "Code postal", "le code postal du CFA", registre=CODE_POSTAL, norme="adresse.codePostal", groupe=ADRESSE
    )
    commune: str = case("Commune", "la commune du CFA", registre=COMMUNE, norme="adresse.commune", groupe=ADRESSE)
    lieu_identique: bool = case(
        "Le CFA responsable est le lieu principal de formation",
        "si le CFA est le lieu principal de formation",
        api="lieuFormationIdentique",
    )


class Formation(Rubrique, code="formation", titre="La formation"):
    """What is prepared, when, for how many hours."""

    diplome: str = case(
        "Diplôme ou titre visé",
        "le diplôme visé",
        choix=listes.DIPLOMES,
        registre=(
            Apport(Repertoire.RNCP, "rncp", diplome_vise),
            Apport(Repertoire.CODE_DIPLOME, "code_diplome", diplome_vise),
        ),
        api="typeDiplome",
        groupe=CERTIFICATION,
    )
    intitule: str = case(
        "Intitulé précis",
        "l’intitulé du diplôme visé",
        registre=(
            Apport(Repertoire.RNCP, "rncp", "intitule"),
            Apport(Repertoire.CODE_DIPLOME, "code_diplome", "intitule"),
        ),
        api="intituleQualification",
        groupe=CERTIFICATION,
    )
    code_diplome: CodeDiplome = case(
        "Code du diplôme",
        "le code du diplôme",
        aide="8 caractères, par exemple 32031309",
        registre=Apport(Repertoire.RNCP, "rncp", "cfd"),
        groupe=CERTIFICATION,
    )
    rncp: Rncp = case(
        "Code RNCP",
        "le code RNCP",
        aide="Par exemple RNCP37239",
        registre=Apport(Repertoire.CODE_DIPLOME, "code_diplome", "code"),
        groupe=CERTIFICATION,
    )
    date_debut: date = case(
        "Date de début de formation en CFA", "la date de début de formation", api="dateDebutFormation", groupe=CALENDRIER
    )
    date_fin: date = case(
        "Date prévue de fin des épreuves ou examens",
        "la date de fin des épreuves",
        api="dateFinFormation",
        groupe=CALENDRIER,
    )
    duree: int = case(
        "Durée de la formation",
        "la durée de la formation",
        unite="heures",
        mini=1,
        maxi=9999,
        api="dureeFormation",
        groupe=CALENDRIER,
    )
    duree_distance: int = case(
        "Dont heures à distance",
        "le nombre d’heures à distance",
        aide="0 s’il n’y en a pas. À partir de 80 % d’heures à distance, la prise en charge est minorée.",
        unite="heures",
        maxi=9999,
        api="nombreHeuresEnDistanciel",
        groupe=CALENDRIER,
    )


class Lieu(Rubrique, code="lieu", titre="Le lieu principal de formation"):
    """Where most of the training takes place, when it is not the CFA."""

    denomination: str | None = case(
        "Dénomination",
        "la dénomination du lieu de formation",
        registre=DENOMINATION,
        si=AILLEURS,
        norme=f"{LIEU}.denomination",
    )
    uai: Uai | None = case(
        "UAI", "l’UAI du lieu de formation", obligatoire=False, registre=UAI_CONNU, si=AILLEURS, norme=f"{LIEU}.uaiCfa"
    )
    siret: Siret | None = case("SIRET", "le SIRET du lieu de formation", registre=SIRET_CONNU, si=AILLEURS, norme=f"{LIEU}.siret")
    numero: NumeroVoie | None = case(
        "Numéro",
        "le numéro de la voie",
        obligatoire=False,
        registre="numero",
        si=AILLEURS,
        norme=f"{LIEU}.adresse.numero",
        groupe=ADRESSE,
    )
    voie: str | None = case(
        "Voie",
        "la voie du lieu de formation",
        registre="voie",
        si=AILLEURS,
        norme=f"{LIEU}.adresse.adresse1",
        groupe=ADRESSE,
    )
    complement: str | None = case(
        "Complément",
        "le complément d’adresse",
        obligatoire=False,
        registre="complement",
        si=AILLEURS,
        norme=f"{LIEU}.adresse.adresse2",
        groupe=ADRESSE,
    )
    code_postal: CodePostal | None = case(
        "Code postal",
        "le code postal du lieu de formation",
        registre=CODE_POSTAL,
        si=AILLEURS,
        norme=f"{LIEU}.adresse.codePostal",
        groupe=ADRESSE,
    )
    commune: str | None = case(
        "Commune",
        "la commune du lieu de formation",
        registre=COMMUNE,
        si=AILLEURS,
        norme=f"{LIEU}.adresse.commune",
        groupe=ADRESSE,
    )


class Signature(Rubrique, code="signature", titre="Les signatures"):
    """What is attested and signed."""

    attestation_pieces: bool = case(
        "L’employeur atteste disposer de l’ensemble des pièces justificatives",
        "l’attestation de l’employeur sur les pièces justificatives",
        norme="employeur.attestationPieces",
    )
    fait_a: str = case("Fait à", "la commune de signature", norme="contrat.lieuSignatureContrat")
