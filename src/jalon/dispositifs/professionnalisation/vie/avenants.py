"""The avenants of a contrat de professionnalisation: the form has one code (30), the kinds are ours, each with its boxes.

D6325-13 names one, the programme that does not suit what the employee knows, within the duration of the contract. The others follow
the life of any contract of work (L6325-6). Neither the employee, the first day, nor the provider changes by an avenant: the
agreement is with that provider. A fixed term is not made longer: it is renewed, by another contract (L6325-7).
"""

from collections.abc import Iterator

from jalon.dispositifs.alternance.avenants import dans, refus_des_cases
from jalon.dispositifs.base import Formulaire
from jalon.dispositifs.base.vie import GenreAvenant
from jalon.dispositifs.professionnalisation.demande import DemandeProfessionnalisation
from jalon.dispositifs.professionnalisation.listes import AVENANT
from jalon.dispositifs.professionnalisation.vie.ruptures import CDI
from jalon.socle.dates import formater_date

COMMUNES = frozenset({
    "contrat.type_contrat", "contrat.numero_precedent", "contrat.date_conclusion", "contrat.date_effet", "opco.fait_a",
})  # fmt: skip
"""What an avenant says of itself."""

ADRESSE = ("numero", "voie", "complement", "code_postal", "commune")
CONTACT = ("telephone", "courriel")
PROGRAMME, TRAVAIL, DUREE, EMPLOYEUR = "programme", "travail", "duree", "employeur"
_PROGRAMME = dans(
    "formation",
    "date_debut",
    "date_fin",
    "duree",
    "duree_enseignements",
    "duree_distance",
    "organisation",
    "nombre_organismes",
    "cout",
)
CDD_NON_PROLONGE = (
    "Un contrat à durée déterminée ne se prolonge pas par un avenant\u00a0: il se renouvelle une fois, par un nouveau contrat "
    "(Code du travail, L6325-7)"
)

AVENANTS = (
    GenreAvenant(
        code=PROGRAMME,
        libelle="Le programme de la formation",
        source="Code du travail, D6325-13",
        aide="Quand, dans les deux premiers mois, le programme ne convient pas à ce que le salarié sait déjà. La fin du contrat ne change pas.",
        ouvertes=_PROGRAMME | dans("formation", "qualification", "diplome", "intitule", "code_diplome", "rncp", "specialite"),
        type_contrat=AVENANT,
    ),
    GenreAvenant(
        code=TRAVAIL,
        libelle="L’emploi, le temps de travail, le salaire ou le tuteur",
        source="Code du travail, L6325-6, D6325-6",
        aide="Ainsi que les adresses et les contacts.",
        ouvertes=dans(
            "contrat",
            "emploi",
            "classification",
            "niveau",
            "coefficient",
            "heures",
            "minutes",
            "salaire",
            "salaire_conventionnel",
        )
        | dans("salarie", "nom_usage", *ADRESSE, *CONTACT)
        | dans("employeur", *CONTACT, "caisse", "prevoyance")
        | {"tuteur", "utilisateur"},
        type_contrat=AVENANT,
    ),
    GenreAvenant(
        code=DUREE,
        libelle="La fin de l’action, dans un CDI",
        source="Code du travail, L6325-11, L6325-12",
        aide="L’action reste de six à douze mois, plus longue par accord. Un CDD ne se prolonge pas\u00a0: il se renouvelle par un nouveau contrat.",
        ouvertes=_PROGRAMME | {"contrat.date_fin"},
        type_contrat=AVENANT,
    ),
    GenreAvenant(
        code=EMPLOYEUR,
        libelle="La situation juridique de l’employeur",
        source="Code du travail, L6325-6",
        aide="Nouvelle forme, nouveau nom ou nouveau SIRET de la même activité\u00a0: le contrat continue.",
        ouvertes=dans(
            "employeur", "denomination", "siret", *ADRESSE, *CONTACT, "naf", "effectif", "idcc", "caisse", "prevoyance"
        ),
        type_contrat=AVENANT,
        autre_employeur=True,
    ),
)
FORMULAIRE = Formulaire(
    code="professionnalisation", libelle="Contrat de professionnalisation", contenu=DemandeProfessionnalisation
)
PAR_CODE = {genre.code: genre for genre in AVENANTS}


def ouvertes(code: str) -> frozenset[str]:
    """Boxes that an avenant of that kind may change, its own ones included; none for an unknown one."""
    return PAR_CODE[code].ouvertes | COMMUNES if code in PAR_CODE else frozenset()


def refus_d_avenant(code: str, avant: DemandeProfessionnalisation, apres: DemandeProfessionnalisation) -> dict[str, str]:
    """Path of a box -> sentence: what the kind does not open, then what it limits. Empty: the avenant may be sent."""
    if code not in PAR_CODE:
        return {"contrat.type_contrat": "Choisissez la nature de l’avenant"}
    refus = refus_des_cases(FORMULAIRE, AVENANTS, COMMUNES, code, avant, apres)
    return refus or dict(_limites(code, avant, apres))


def _limites(code: str, avant: DemandeProfessionnalisation, apres: DemandeProfessionnalisation) -> Iterator[tuple[str, str]]:
    """It takes effect while the contract runs; only the action of a CDI ends another day."""
    contrat, effet = avant.contrat, apres.contrat.date_effet
    if effet is None or not contrat.date_debut <= effet <= contrat.date_fin:
        du, au = formater_date(contrat.date_debut), formater_date(contrat.date_fin)
        yield "contrat.date_effet", f"L’avenant prend effet pendant le contrat\u00a0: entre le {du} et le {au}"
    if code == DUREE and avant.nature.nature != CDI:
        yield "contrat.date_fin", CDD_NON_PROLONGE
