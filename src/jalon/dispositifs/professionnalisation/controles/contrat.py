"""Judgements of the contract, of its pay and of the training."""

from datetime import timedelta
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import dernier_jour
from jalon.dispositifs.alternance.sources import COHERENCE
from jalon.dispositifs.alternance.verifications import HEURES_LEGALES, etablissement_au_registre, semaine_legale
from jalon.dispositifs.base import Contexte, Ecart, Gravite, ReferentielAbsent, charge, controle
from jalon.dispositifs.professionnalisation.listes import (
    AU_MOINS_BAC_PROFESSIONNEL,
    AVENANT,
    BAC_TECHNOLOGIQUE,
    NOUVEAUX_CONTRATS,
)
from jalon.dispositifs.professionnalisation.paie import minimum_mensuel, periodes_minimales
from jalon.dispositifs.professionnalisation.publics import est_prioritaire
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation
from jalon.socle.baremes_alternance import RegleAbsente, territoire_du_code_postal
from jalon.socle.dates import formater_date
from jalon.socle.montants import CENT, euros, formater_montant

JOURS_POUR_TRANSMETTRE = 5
MOIS_MINIMUM, MOIS_MAXIMUM, MOIS_PAR_ACCORD, MOIS_PRIORITAIRE = 6, 12, 24, 36
HEURES_MINIMUM, PART_MINIMUM, PART_MAXIMUM = 150, Decimal("0.15"), Decimal("0.25")
HEURES_PAR_AN, JOURS_PAR_AN = Decimal(1607), 365


@controle(
    "contrat-fin-apres-debut",
    verifie="Le contrat finit après son début",
    cases=["contrat.date_fin", "contrat.date_debut"],
    source="Code du travail, L6325-11",
)
def contrat_fin_apres_debut(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The end follows the beginning."""
    if contenu.contrat.date_fin > contenu.contrat.date_debut:
        return None
    return "La date de fin doit suivre la date de début d’exécution\u00a0: vérifiez ces deux dates"


@controle(
    "contrat-signe-avant",
    verifie="Le contrat est signé au plus tard le premier jour",
    cases=["contrat.date_conclusion", "contrat.date_debut"],
    source="Code du travail, L6325-5",
)
def contrat_signe_avant(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """It is made in writing; an avenant is signed while it runs."""
    contrat = contenu.contrat
    if contrat.type_contrat == AVENANT or contrat.date_conclusion <= contrat.date_debut:
        return None
    return "Le contrat se signe au plus tard le jour où il commence\u00a0: vérifiez ces deux dates"


@controle(
    "contrat-transmission",
    verifie="Le contrat est transmis dans les cinq jours qui suivent son début",
    cases=["contrat.date_debut"],
    source="Code du travail, D6325-1",
    gravite=Gravite.AVERTIT,
)
def contrat_transmission(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """Five calendar days: the article does not say « ouvrables ». Late is said, not refused."""
    contrat = contenu.contrat
    limite = contrat.date_debut + timedelta(days=JOURS_POUR_TRANSMETTRE)
    if contrat.type_contrat == AVENANT or contexte.jour_depot <= limite:
        return None
    if contexte.regles.exception(contrat.date_debut, contexte.jour_depot) is not None:
        return None
    return f"Le contrat était à transmettre le {formater_date(limite)} au plus tard\u00a0: transmettez-le sans attendre"


@controle(
    "contrat-duree-minimum",
    verifie="L’action de professionnalisation dure six mois au moins",
    cases=["contrat.date_fin", "contrat.date_debut"],
    source="Code du travail, L6325-11",
)
def contrat_duree_minimum(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Six months, from the first day."""
    contrat = contenu.contrat
    plus_tot = dernier_jour(contrat.date_debut, MOIS_MINIMUM)
    if not contrat.date_debut < contrat.date_fin < plus_tot:
        return None
    return f"L’action dure six mois au moins\u00a0: elle finit le {formater_date(plus_tot)} au plus tôt"


@controle(
    "contrat-duree-maximum",
    verifie="L’action dure douze mois au plus, vingt-quatre par accord, trente-six pour les publics prioritaires",
    cases=["contrat.date_fin", "contrat.date_debut"],
    source="Code du travail, L6325-11, L6325-12, L6325-1-1",
)
def contrat_duree_maximum(contenu: ContratProfessionnalisation, contexte: Contexte) -> Ecart | None:  # noqa: ARG001
    """Above twelve months, an agreement is needed: said. Above what any agreement allows: refused."""
    contrat = contenu.contrat
    plafond = MOIS_PRIORITAIRE if est_prioritaire(contenu) else MOIS_PAR_ACCORD
    if contrat.date_fin > dernier_jour(contrat.date_debut, plafond):
        limite = formater_date(dernier_jour(contrat.date_debut, plafond))
        return Ecart(f"L’action dure {plafond} mois au plus dans ce cas\u00a0: elle finit le {limite} au plus tard")
    if plafond == MOIS_PRIORITAIRE or contrat.date_fin <= dernier_jour(contrat.date_debut, MOIS_MAXIMUM):
        return None
    return Ecart(
        "Au-delà de douze mois, l’action demande un accord de branche\u00a0: vérifiez qu’il existe", gravite=Gravite.AVERTIT
    )


@controle(
    "contrat-date-effet",
    verifie="La date d’effet de l’avenant est dans le contrat",
    cases=["contrat.date_effet", "contrat.date_debut", "contrat.date_fin"],
    source="Code du travail, D6325-13",
)
def contrat_date_effet(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """An avenant takes effect while the contract runs."""
    contrat = contenu.contrat
    if contrat.date_effet is None or contrat.date_debut <= contrat.date_effet <= contrat.date_fin:
        return None
    return "L’avenant prend effet entre le début et la fin du contrat\u00a0: vérifiez ces dates"


@controle(
    "contrat-renouvellement",
    verifie="Un CDD se renouvelle une fois, après un échec, une absence, ou pour une qualification supérieure",
    cases=["contrat.type_contrat", "salarie.situation"],
    source="Code du travail, L6325-7",
    gravite=Gravite.AVERTIT,
)
def contrat_renouvellement(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A first contract after a contrat de professionnalisation: the type says why it is renewed."""
    if contenu.contrat.type_contrat in {*NOUVEAUX_CONTRATS, AVENANT} or contenu.salarie.situation != "5":
        return None
    return "Le salarié avait déjà un contrat de professionnalisation\u00a0: choisissez un type 21 à 24 s’il est renouvelé"


@controle(
    "remuneration-salaire",
    verifie="Le salaire est au moins celui de l’âge et de la qualification",
    cases=["contrat.salaire", "salarie.date_naissance", "salarie.diplome"],
    source="Code du travail, D6325-15, D6325-16, D6325-18, L6325-9",
)
def remuneration_salaire(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """55, 65, 70 or 80 % of the SMIC under 26; then the SMIC and 85 % of the agreement. One cent of tolerance."""
    contrat, salarie = contenu.contrat, contenu.salarie
    if contrat.date_fin < contrat.date_debut:
        return None
    jeu = charge(contexte.alternance, "le barème de l’alternance")
    qualifie = salarie.diplome in AU_MOINS_BAC_PROFESSIONNEL
    premiere = next(periodes_minimales(salarie.date_naissance, contrat.date_debut, contrat.date_fin, qualifie=qualifie))
    try:
        minimum = minimum_mensuel(
            premiere,
            jeu,
            heures=semaine_legale(contrat.heures, contrat.minutes),
            conventionnel=contrat.salaire_conventionnel,
            territoire=territoire_du_code_postal(contenu.employeur.code_postal),
        )
    except RegleAbsente as absente:
        raise ReferentielAbsent("le SMIC de cette date") from absente
    if contrat.salaire >= minimum - CENT:
        return None
    return f"Le salaire brut mensuel est d’au moins {formater_montant(euros(minimum))} ({premiere.taux:f}\u00a0% du SMIC)"


@controle(
    "remuneration-bac-technologique",
    verifie="Un bac technologique peut valoir dix points de plus",
    cases=["contrat.salaire", "salarie.diplome"],
    source="Code du travail, D6325-15",
    gravite=Gravite.AVERTIT,
)
def remuneration_bac_technologique(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The article names the bac professionnel and diplomas « à finalité professionnelle »: whether this one is, is not written."""
    if contenu.salarie.diplome != BAC_TECHNOLOGIQUE:
        return None
    return "Vérifiez si ce bac technologique est à finalité professionnelle\u00a0: le taux est alors de 65\u00a0% ou 80\u00a0% du SMIC"


@controle(
    "formation-fin-dans-le-contrat",
    verifie="Les épreuves finissent pendant le contrat",
    cases=["formation.date_fin", "formation.date_debut", "contrat.date_fin"],
    source="Code du travail, L6325-13",
)
def formation_fin_dans_le_contrat(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The training takes place in the contract."""
    formation, contrat = contenu.formation, contenu.contrat
    if formation.date_fin < formation.date_debut:
        return "Les épreuves finissent après le début de la formation\u00a0: vérifiez ces deux dates"
    if contrat.date_debut <= formation.date_debut and formation.date_fin <= contrat.date_fin:
        return None
    return "La formation se déroule pendant le contrat\u00a0: vérifiez ces dates"


@controle(
    "formation-duree-minimum",
    verifie="Les actions font 15 % du contrat au moins, et 150 heures",
    cases=["formation.duree", "contrat.date_debut", "contrat.date_fin"],
    source="Code du travail, L6325-13",
)
def formation_duree_minimum(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """15 % of the working time of the contract, at 1 607 hours a year and 35 a week, never under 150 hours."""
    minimum = max(HEURES_MINIMUM, int(_heures_du_contrat(contenu) * PART_MINIMUM))
    if contenu.formation.duree >= minimum:
        return None
    return f"Les actions font au moins 15\u00a0% de la durée du contrat et 150 heures, soit {minimum} heures pour ces dates"


@controle(
    "formation-duree-maximum",
    verifie="Les actions font 25 % du contrat au plus, sauf accord",
    cases=["formation.duree", "contrat.date_debut", "contrat.date_fin"],
    source="Code du travail, L6325-13, L6325-14",
    gravite=Gravite.AVERTIT,
)
def formation_duree_maximum(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Beyond 25 %, an agreement is needed: said."""
    maximum = max(Decimal(HEURES_MINIMUM), _heures_du_contrat(contenu) * PART_MAXIMUM)
    if contenu.formation.duree <= maximum:
        return None
    return f"Au-delà de 25\u00a0% de la durée du contrat ({int(maximum)} heures), un accord de branche est nécessaire\u00a0: vérifiez qu’il existe"


def _heures_du_contrat(contenu: ContratProfessionnalisation) -> Decimal:
    """Working time between both dates, in proportion of the week."""
    contrat = contenu.contrat
    jours = max(0, (contrat.date_fin - contrat.date_debut).days + 1)
    return HEURES_PAR_AN * jours / JOURS_PAR_AN * semaine_legale(contrat.heures, contrat.minutes) / HEURES_LEGALES


@controle(
    "formation-durees",
    verifie="Les enseignements et les heures à distance font partie de la durée totale",
    cases=["formation.duree_enseignements", "formation.duree_distance", "formation.duree"],
    source=COHERENCE,
)
def formation_durees(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Parts are not larger than the whole."""
    formation = contenu.formation
    if max(formation.duree_enseignements, formation.duree_distance) <= formation.duree:
        return None
    return "Les heures d’enseignement et à distance font partie de la durée totale\u00a0: elles ne peuvent la dépasser"


@controle(
    "formation-rncp-actif",
    verifie="La certification est inscrite au RNCP le jour de la signature",
    cases=["formation.rncp", "contrat.date_conclusion"],
    source="Code du travail, L6325-1, L6314-1",
)
def formation_rncp_actif(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """Registered on the day of conclusion, when the qualification is one of the register."""
    if contenu.formation.rncp is None:
        return None
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
    "organisme-au-registre",
    verifie="L’organisme de formation est ouvert au registre",
    cases=["formation.siret"],
    source="Code du travail, D6325-12",
    gravite=Gravite.AVERTIT,
)
def organisme_au_registre(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """The provider is in the register, and open."""
    return None if contenu.formation.siret is None else etablissement_au_registre(contenu.formation.siret, contexte)


@controle(
    "organisme-distinct",
    verifie="L’organisme n’est pas l’entreprise elle-même",
    cases=["formation.siret", "formation.interne"],
    source="Code du travail, L6325-2",
)
def organisme_distinct(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A company that teaches by itself says so."""
    siret = contenu.formation.siret
    if siret is None or siret[:9] != contenu.employeur.siret[:9]:
        return None
    return "Ce SIRET est celui de l’employeur. Indiquez celui de l’organisme, ou répondez «\u00a0Oui\u00a0» à «\u00a0Service de formation interne\u00a0»"
