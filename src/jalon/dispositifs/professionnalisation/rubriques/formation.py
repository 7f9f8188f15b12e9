"""The qualification aimed at, who teaches, when and for how many hours."""

from datetime import date

from jalon.dispositifs.base import Apport, Repertoire, Rubrique, case, du_siret, quand
from jalon.dispositifs.professionnalisation import listes
from jalon.dispositifs.types import CodeDiplome, Heures, Montant, Nda, Nsf, Rncp, Siret, TexteLong

ORGANISME, QUALIFICATION, DUREE = "Organisme de formation", "Qualification visée", "Durée et organisation"
EXTERNE = quand("interne", "non")


class Formation(Rubrique, code="formation", titre="La formation"):
    """What is prepared."""

    interne: bool = case(
        "Service de formation interne",
        "si la formation est assurée par le service de formation de l’entreprise",
        groupe=ORGANISME,
    )
    organisme: str | None = case(
        "Dénomination de l’organisme principal",
        "la dénomination de l’organisme",
        registre=(du_siret("denomination"), Apport(Repertoire.ORGANISMES, "siret", "denomination")),
        si=EXTERNE,
        groupe=ORGANISME,
    )
    siret: Siret | None = case("SIRET de l’organisme", "le SIRET de l’organisme", si=EXTERNE, groupe=ORGANISME)
    nda: Nda | None = case(
        "Numéro de déclaration d’activité (NDA)",
        "le numéro de déclaration d’activité",
        registre=Apport(Repertoire.ORGANISMES, "siret", "nda"),
        si=EXTERNE,
        groupe=ORGANISME,
    )
    nombre_organismes: int = case(
        "Nombre d’organismes qui interviennent", "le nombre d’organismes", mini=1, maxi=50, groupe=ORGANISME
    )
    qualification: str = case(
        "Type de qualification visée", "le type de qualification visée", choix=listes.QUALIFICATIONS, groupe=QUALIFICATION
    )
    diplome: str | None = case(
        "Diplôme ou titre visé", "le diplôme visé", choix=listes.DIPLOMES, si=quand("qualification", "1"), groupe=QUALIFICATION
    )
    intitule: str = case(
        "Intitulé précis",
        "l’intitulé de la qualification visée",
        registre=(
            Apport(Repertoire.RNCP, "rncp", "intitule"),
            Apport(Repertoire.CODE_DIPLOME, "code_diplome", "intitule"),
        ),
        groupe=QUALIFICATION,
    )
    code_diplome: CodeDiplome | None = case(
        "Code du diplôme",
        "le code du diplôme",
        obligatoire=False,
        registre=Apport(Repertoire.RNCP, "rncp", "cfd"),
        si=quand("qualification", "1"),
        groupe=QUALIFICATION,
    )
    rncp: Rncp | None = case(
        "Code RNCP",
        "le code RNCP",
        registre=Apport(Repertoire.CODE_DIPLOME, "code_diplome", "code"),
        si=quand("qualification", "1"),
        groupe=QUALIFICATION,
    )
    specialite: Nsf = case(
        "Spécialité de formation (NSF)", "la spécialité de formation", aide="3 chiffres, par exemple 334", groupe=QUALIFICATION
    )
    date_debut: date = case("Date de début du cycle de formation", "la date de début de la formation", groupe=DUREE)
    date_fin: date = case("Date de fin des épreuves ou examens", "la date de fin des épreuves", groupe=DUREE)
    duree: Heures = case(
        "Durée totale des actions",
        "la durée totale des actions",
        aide="Évaluation, accompagnement et enseignements",
        unite="heures",
        groupe=DUREE,
    )
    duree_enseignements: Heures = case(
        "Dont enseignements généraux, professionnels et technologiques",
        "la durée des enseignements",
        unite="heures",
        groupe=DUREE,
    )
    duree_distance: Heures = case("Dont heures à distance", "le nombre d’heures à distance", unite="heures", groupe=DUREE)
    organisation: TexteLong | None = case("Organisation de la formation", "l’organisation", obligatoire=False, groupe=DUREE)
    cout: Montant | None = case(
        "Prix horaire de l’organisme", "le prix horaire", obligatoire=False, unite="€ par heure", groupe=DUREE
    )
