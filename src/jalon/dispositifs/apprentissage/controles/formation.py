"""Judgements of the training and of the CFA."""

from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import UN_JOUR, dernier_jour
from jalon.dispositifs.alternance.sources import COHERENCE
from jalon.dispositifs.alternance.verifications import etablissement_au_registre
from jalon.dispositifs.apprentissage.listes import AVENANTS, SANS_QUALIFICATION
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Contexte, Gravite, charge, controle
from jalon.socle.dates import formater_date, mois_apres, mois_avant

MOIS_POUR_COMMENCER = 3
MOIS_APRES_EXAMEN, MOIS_APRES_EXAMEN_AU_PLUS = 2, 3
HEURES_PAR_AN, JOURS_PAR_AN, PART_MINIMALE = Decimal(1607), 365, Decimal("0.25")
APRES_RUPTURE = frozenset({"22", "23"})


@controle(
    "formation-debut",
    verifie="La formation en CFA commence trois mois au plus avant ou après le contrat",
    cases=["formation.date_debut", "contrat.date_debut"],
    source="Code du travail, L6222-12, L6222-12-1",
)
def formation_debut(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Three months after at most; three months before for who began without an employer. A resumed cycle began earlier."""
    contrat, debut = contenu.contrat, contenu.formation.date_debut
    if debut > mois_apres(contrat.date_debut, MOIS_POUR_COMMENCER):
        return "La formation en CFA commence trois mois au plus après le début du contrat\u00a0: vérifiez ces deux dates"
    if contrat.type_contrat == "11" and debut < mois_avant(contrat.date_debut, MOIS_POUR_COMMENCER):
        return "La formation en CFA commence trois mois au plus avant le début du contrat\u00a0: vérifiez ces deux dates"
    return None


@controle(
    "formation-fin-apres-debut",
    verifie="Les épreuves finissent après le début de la formation",
    cases=["formation.date_fin", "formation.date_debut"],
    source="Code du travail, L6211-2",
)
def formation_fin_apres_debut(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Examinations come after the first lesson."""
    if contenu.formation.date_fin > contenu.formation.date_debut:
        return None
    return "Les épreuves finissent après le début de la formation\u00a0: vérifiez ces deux dates"


@controle(
    "formation-fin-dans-le-contrat",
    verifie="Les épreuves finissent pendant le contrat",
    cases=["formation.date_fin", "contrat.date_fin"],
    source="Code du travail, L6222-7-1",
)
def formation_fin_dans_le_contrat(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The contract covers the whole cycle, examinations included."""
    formation, contrat = contenu.formation, contenu.contrat
    if formation.date_fin > contrat.date_fin:
        return "Le contrat doit couvrir les épreuves\u00a0: sa fin ne peut précéder la date de fin des épreuves"
    if formation.date_fin < contrat.date_debut:
        return "Les épreuves finissent après le début du contrat\u00a0: vérifiez ces deux dates"
    return None


@controle(
    "formation-fin-proche",
    verifie="Le contrat finit au plus trois mois après les épreuves",
    cases=["contrat.date_fin", "formation.date_fin"],
    source="Code du travail, L6222-7-1",
)
def formation_fin_proche(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The duration is that of the cycle; [contrat] says two months in its help and three in its code (regles.md §2.7)."""
    if contenu.contrat.date_fin <= _dans_les_mois(contenu, MOIS_APRES_EXAMEN_AU_PLUS):
        return None
    return "Le contrat finit trois mois au plus après les épreuves\u00a0: vérifiez ces deux dates"


@controle(
    "formation-fin-a-deux-mois",
    verifie="Le contrat finit dans les deux mois qui suivent les épreuves",
    cases=["contrat.date_fin", "formation.date_fin"],
    source="Code du travail, L6222-7-1",
    gravite=Gravite.AVERTIT,
)
def formation_fin_a_deux_mois(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Above two months, it is said."""
    if (
        not _dans_les_mois(contenu, MOIS_APRES_EXAMEN)
        < contenu.contrat.date_fin
        <= _dans_les_mois(contenu, MOIS_APRES_EXAMEN_AU_PLUS)
    ):
        return None
    return "Le contrat finit plus de deux mois après les épreuves\u00a0: vérifiez que cette durée est celle du cycle de formation"


def _dans_les_mois(contenu: ContratApprentissage, mois: int) -> date:
    """Last of the months that follow the examinations: two after 30/06 end on 31/08."""
    return dernier_jour(contenu.formation.date_fin + UN_JOUR, mois)


@controle(
    "formation-duree-minimum",
    verifie="La formation en CFA fait au moins 25 % du contrat",
    cases=["formation.duree", "contrat.date_debut", "contrat.date_fin"],
    source="Code du travail, L6211-2, R6222-23-1",
)
def formation_duree_minimum(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """25 % of the working time of the contract, at 1 607 hours a year, by day. Not after a rupture, nor for an avenant."""
    contrat = contenu.contrat
    jours = (contrat.date_fin - contrat.date_debut).days + 1
    if contrat.type_contrat in {*APRES_RUPTURE, *AVENANTS} or jours <= 0:
        return None
    minimum = HEURES_PAR_AN * jours / JOURS_PAR_AN * PART_MINIMALE
    if contenu.formation.duree >= int(minimum):
        return None
    return f"La formation en CFA fait au moins 25\u00a0% de la durée du contrat, soit {int(minimum)} heures pour ces dates"


@controle(
    "formation-distance",
    verifie="Les heures à distance ne dépassent pas la durée de la formation",
    cases=["formation.duree_distance", "formation.duree"],
    source="Code du travail, L6211-2",
)
def formation_distance(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """All or part of the lessons may be remote."""
    if contenu.formation.duree_distance <= contenu.formation.duree:
        return None
    return "Les heures à distance font partie de la durée de la formation\u00a0: elles ne peuvent la dépasser"


@controle(
    "formation-distance-minoree",
    verifie="Moins de 80 % des heures sont à distance",
    cases=["formation.duree_distance", "formation.duree"],
    source="Code du travail, D6332-82-1",
    gravite=Gravite.AVERTIT,
)
def formation_distance_minoree(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """From that share on, what is paid is reduced, except for exempted certifications."""
    regle = charge(contexte.alternance, "le barème de l’apprentissage").minoration(contenu.contrat.date_conclusion)
    formation = contenu.formation
    if regle is None or formation.duree_distance * 100 < formation.duree * regle.seuil:
        return None
    return f"À partir de {regle.seuil:f}\u00a0% d’heures à distance, la prise en charge est minorée de {regle.taux:f}\u00a0%"


@controle(
    "formation-qualification",
    verifie="Le diplôme visé est une qualification professionnelle",
    cases=["formation.diplome"],
    source="Code du travail, L6211-1",
)
def formation_qualification(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The brevet, the CFG and « no diploma » are not in the national register."""
    if contenu.formation.diplome not in SANS_QUALIFICATION:
        return None
    return "Choisissez un diplôme ou un titre inscrit au répertoire national des certifications professionnelles (RNCP)"


@controle(
    "formation-rncp-actif",
    verifie="La certification est inscrite au RNCP le jour de la signature",
    cases=["formation.rncp", "contrat.date_conclusion"],
    source="Code du travail, L6211-1, D6224-2",
)
def formation_rncp_actif(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """Registered on the day of conclusion."""
    fiche = charge(contexte.certification, "le répertoire national des certifications (RNCP)")(contenu.formation.rncp)
    if fiche is None:
        return "Vérifiez le code RNCP\u00a0: il ne figure pas au répertoire national"
    jour = contenu.contrat.date_conclusion
    return (
        None
        if fiche.active(jour)
        else f"Cette certification n’était pas active au RNCP le {formater_date(jour)}\u00a0: vérifiez le code"
    )


@controle(
    "formation-code-diplome",
    verifie="Le code du diplôme correspond au type de diplôme visé",
    cases=["formation.code_diplome", "formation.diplome"],
    source=COHERENCE,
    gravite=Gravite.AVERTIT,
)
def formation_code_diplome(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The first digit of the code is a level: 1 for 7, 2 for 6, 3 for 5, 4 for 4, 5 for 3."""
    attendus = NIVEAUX_DU_CODE.get(contenu.formation.code_diplome[0])
    if attendus is None or contenu.formation.diplome[0] in attendus:
        return None
    return "Le code du diplôme est celui d’un autre niveau que le diplôme visé\u00a0: vérifiez l’un et l’autre"


NIVEAUX_DU_CODE = {"1": "78", "2": "6", "3": "5", "4": "4", "5": "3"}


@controle(
    "cfa-annuaire",
    verifie="L’UAI du CFA est à l’annuaire",
    cases=["cfa.uai"],
    source=COHERENCE,
    gravite=Gravite.AVERTIT,
)
def cfa_annuaire(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """The directory of schools knows that UAI."""
    if charge(contexte.uai, "l’annuaire des UAI")(contenu.cfa.uai):
        return None
    return "Vérifiez l’UAI\u00a0: il ne figure pas à l’annuaire"


@controle(
    "cfa-au-registre",
    verifie="L’établissement du CFA est ouvert au registre",
    cases=["cfa.siret"],
    source="Code du travail, D6224-2",
    gravite=Gravite.AVERTIT,
)
def cfa_au_registre(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """The CFA is in the register, and open."""
    return etablissement_au_registre(contenu.cfa.siret, contexte)


@controle(
    "cfa-certifie",
    verifie="Le CFA est déclaré, et certifié Qualiopi pour l’apprentissage",
    cases=["cfa.siret"],
    source="Code du travail, D6224-2, R6316-9",
    gravite=Gravite.AVERTIT,
)
def cfa_certifie(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """A CFA that teaches for the first time has six months to be certified: the adviser judges (R6316-9)."""
    fiche = charge(contexte.organisme, "la liste publique des organismes de formation")(contenu.cfa.siret)
    if fiche is None:
        return "Ce CFA ne figure pas dans la liste publique des organismes de formation\u00a0: vérifiez le SIRET"
    if fiche.qualiopi_apprentissage:
        return None
    return "Ce CFA n’est pas certifié Qualiopi pour l’apprentissage\u00a0: l’OPCO ne finance que ceux qui le sont, sauf dans leurs six premiers mois"


@controle(
    "cfa-d-entreprise",
    verifie="Un CFA d’entreprise est déclaré comme tel",
    cases=["cfa.interne", "cfa.siret", "employeur.siret"],
    source="Code du travail, D6224-1",
    gravite=Gravite.AVERTIT,
)
def cfa_d_entreprise(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Same company on both sides: an annexe stands for the convention. A group's CFA may have another SIREN."""
    if contenu.cfa.interne or contenu.cfa.siret[:9] != contenu.employeur.siret[:9]:
        return None
    return "Le CFA et l’employeur sont la même entreprise\u00a0: répondez «\u00a0Oui\u00a0» à «\u00a0CFA d’entreprise\u00a0», ou vérifiez les SIRET"
