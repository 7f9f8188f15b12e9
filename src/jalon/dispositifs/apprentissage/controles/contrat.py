"""Judgements of the contract: dates, duration, numbers."""

from jalon.dispositifs.alternance.calendrier import age, dernier_jour, limite_de_transmission
from jalon.dispositifs.alternance.sources import COHERENCE
from jalon.dispositifs.apprentissage.listes import AVENANTS, NOUVEAUX_CONTRATS, PROLONGATIONS
from jalon.dispositifs.apprentissage.publics import droits_rqth
from jalon.dispositifs.apprentissage.rubriques import Contrat, ContratApprentissage
from jalon.dispositifs.base import Contexte, Ecart, Gravite, controle
from jalon.socle.dates import formater_date, mois_apres

MOIS_MINIMUM, MOIS_MAXIMUM, MOIS_MAXIMUM_QUATRE_ANS, MOIS_DE_PROLONGATION = 6, 36, 48, 12
MOIS_POUR_COMMENCER = 3
MAJORITE = 18
MINUTES_LEGALES, MINUTES_MINEUR, MINUTES_ADULTE = 35 * 60, 40 * 60, 48 * 60
EMPLOYEUR_SUCCESSEUR = frozenset({"22", "23"})


@controle(
    "contrat-signe-avant",
    verifie="Le contrat est signé au plus tard le premier jour",
    cases=["contrat.date_conclusion", "contrat.date_debut"],
    source="Code du travail, L6222-4",
)
def contrat_signe_avant(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Both parties sign before the apprentice works. An avenant is signed while the contract runs."""
    contrat = contenu.contrat
    if contrat.type_contrat in AVENANTS or contrat.date_conclusion <= contrat.date_debut:
        return None
    return "Le contrat se signe au plus tard le jour où il commence\u00a0: vérifiez ces deux dates"


@controle(
    "contrat-avenant-signe-avant",
    verifie="L’avenant est signé avant la fin du contrat",
    cases=["contrat.date_conclusion", "contrat.date_fin"],
    source="Code du travail, D6224-5",
)
def contrat_avenant_signe_avant(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """An essential change is made to a contract that runs."""
    contrat = contenu.contrat
    if contrat.type_contrat not in AVENANTS or contrat.date_conclusion <= contrat.date_fin:
        return None
    return "Un avenant se signe avant la fin du contrat qu’il modifie\u00a0: vérifiez ces deux dates"


@controle(
    "contrat-signature-passee",
    verifie="La date de conclusion est passée",
    cases=["contrat.date_conclusion"],
    source="Code du travail, L6222-4",
    gravite=Gravite.AVERTIT,
)
def contrat_signature_passee(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """What is transmitted is a signed contract."""
    if contenu.contrat.date_conclusion <= contexte.jour_depot:
        return None
    return "Le contrat se transmet une fois signé\u00a0: cette date est à venir"


@controle(
    "contrat-fin-apres-debut",
    verifie="Le contrat finit après son début",
    cases=["contrat.date_fin", "contrat.date_debut"],
    source="Code du travail, L6222-7-1",
)
def contrat_fin_apres_debut(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The end follows the beginning."""
    if contenu.contrat.date_fin > contenu.contrat.date_debut:
        return None
    return "La date de fin doit suivre la date de début d’exécution\u00a0: vérifiez ces deux dates"


@controle(
    "contrat-duree-minimum",
    verifie="Le contrat dure six mois au moins",
    cases=["contrat.date_fin", "contrat.date_debut"],
    source="Code du travail, L6222-7-1, R6222-23-1",
)
def contrat_duree_minimum(contenu: ContratApprentissage, contexte: Contexte) -> Ecart | None:  # noqa: ARG001
    """Six months; less for a new contract after a rupture. The contract that an avenant changes may be one: it is then said."""
    contrat = contenu.contrat
    if contrat.type_contrat in EMPLOYEUR_SUCCESSEUR or contrat.date_fin <= contrat.date_debut:
        return None
    plus_tot = dernier_jour(contrat.date_debut, MOIS_MINIMUM)
    if contrat.date_fin >= plus_tot:
        return None
    return Ecart(
        f"Un contrat dure six mois au moins\u00a0: il finit le {formater_date(plus_tot)} au plus tôt, "
        "sauf après la rupture d’un contrat précédent",
        gravite=Gravite.AVERTIT if contrat.type_contrat in AVENANTS else None,
    )


@controle(
    "contrat-duree-maximum",
    verifie="Le contrat dure trois ans au plus, quatre pour un travailleur handicapé ou un sportif de haut niveau",
    cases=["contrat.date_fin", "contrat.date_debut"],
    source="Code du travail, L6222-7-1, L6222-11, R6222-46, R6222-60",
)
def contrat_duree_maximum(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """36 months, 48 for RQTH and sportif de haut niveau, 12 more by a prolongation ([contrat] accepts 54: the law is followed)."""
    contrat = contenu.contrat
    mois = _mois_maximum(contenu)
    if contrat.date_fin <= dernier_jour(contrat.date_debut, mois):
        return None
    return f"Un contrat dure {mois} mois au plus dans ce cas\u00a0: il finit le {formater_date(dernier_jour(contrat.date_debut, mois))} au plus tard"


def _mois_maximum(contenu: ContratApprentissage) -> int:
    quatre = droits_rqth(contenu) or contenu.apprenti.sportif
    base = MOIS_MAXIMUM_QUATRE_ANS if quatre else MOIS_MAXIMUM
    return base + MOIS_DE_PROLONGATION * (contenu.contrat.type_contrat in PROLONGATIONS)


@controle(
    "contrat-formation-pratique",
    verifie="La formation pratique commence dans les trois mois",
    cases=["contrat.date_pratique", "contrat.date_debut"],
    source="Code du travail, L6222-12",
)
def contrat_formation_pratique(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Not before the contract, not more than three months after, not after its end."""
    contrat = contenu.contrat
    if contrat.date_pratique < contrat.date_debut:
        return "La formation pratique ne peut commencer avant le contrat\u00a0: vérifiez ces deux dates"
    if contrat.date_pratique > mois_apres(contrat.date_debut, MOIS_POUR_COMMENCER):
        return "La formation pratique commence trois mois au plus après le début du contrat\u00a0: vérifiez ces deux dates"
    if contrat.date_pratique > contrat.date_fin:
        return "La formation pratique commence avant la fin du contrat\u00a0: vérifiez ces dates"
    return None


@controle(
    "contrat-date-effet",
    verifie="La date d’effet de l’avenant est dans le contrat",
    cases=["contrat.date_effet", "contrat.date_debut", "contrat.date_fin"],
    source="Code du travail, D6224-5",
)
def contrat_date_effet(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """An avenant takes effect while the contract runs."""
    contrat = contenu.contrat
    if contrat.date_effet is None or contrat.date_debut <= contrat.date_effet <= contrat.date_fin:
        return None
    return "L’avenant prend effet entre le début et la fin du contrat\u00a0: vérifiez ces dates"


@controle(
    "contrat-premier",
    verifie="Un premier contrat ne suit pas un contrat d’apprentissage",
    cases=["contrat.type_contrat", "apprenti.situation"],
    source=COHERENCE,
    gravite=Gravite.AVERTIT,
)
def contrat_premier(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """« In apprenticeship before » and « first contract » do not go together."""
    if contenu.contrat.type_contrat != "11" or contenu.apprenti.situation != "4":
        return None
    return (
        "L’apprenti était déjà en apprentissage\u00a0: choisissez un type 21, 22 ou 23, ou une autre situation avant le contrat"
    )


@controle(
    "contrat-duree-travail-mineur",
    verifie="Un apprenti mineur travaille 35 heures par semaine au plus",
    cases=["contrat.heures", "apprenti.date_naissance"],
    source="Code du travail, L6222-25",
    gravite=Gravite.AVERTIT,
)
def contrat_duree_travail_mineur(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Under eighteen, 35 hours; up to 40 by exception in some activities (the article that L6222-25 names)."""
    if (
        age(contenu.apprenti.date_naissance, contenu.contrat.date_debut) >= MAJORITE
        or _minutes(contenu.contrat) <= MINUTES_LEGALES
    ):
        return None
    return "Un apprenti de moins de 18 ans travaille 35 heures par semaine au plus, sauf dérogation"


@controle(
    "contrat-duree-travail",
    verifie="La durée hebdomadaire ne dépasse pas les maximums",
    cases=["contrat.heures"],
    source="Code du travail, L6222-25",
)
def contrat_duree_travail(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """40 hours under eighteen, exception included; 48 for an adult ([contrat] stops everyone at 40)."""
    mineur = age(contenu.apprenti.date_naissance, contenu.contrat.date_debut) < MAJORITE
    plafond = MINUTES_MINEUR if mineur else MINUTES_ADULTE
    if _minutes(contenu.contrat) <= plafond:
        return None
    return f"La durée hebdomadaire est de {plafond // 60} heures au plus\u00a0: vérifiez les heures et les minutes"


def _minutes(contrat: Contrat) -> int:
    return contrat.heures * 60 + (contrat.minutes or 0)


@controle(
    "contrat-transmission",
    verifie="Le contrat est transmis dans les cinq jours ouvrables qui suivent son début",
    cases=["contrat.date_debut"],
    source="Code du travail, D6224-1",
    gravite=Gravite.AVERTIT,
)
def contrat_transmission(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """Five working days after the first one, holidays of the establishment's postcode; a dated exception gives more. Late is said,
    not refused."""
    contrat = contenu.contrat
    if contrat.type_contrat in AVENANTS or contexte.jour_depot <= contrat.date_debut:
        return None
    limite = limite_de_transmission(contrat.date_debut, contenu.employeur.code_postal)
    if contexte.jour_depot <= limite or contexte.regles.exception(contrat.date_debut, contexte.jour_depot) is not None:
        return None
    return f"Le contrat était à transmettre le {formater_date(limite)} au plus tard\u00a0: transmettez-le sans attendre"


@controle(
    "contrat-duree-de-l-avenant",
    verifie="Une prolongation ajoute un an au plus",
    cases=["contrat.date_fin", "contrat.date_effet"],
    source="Code du travail, L6222-11, R6222-48",
)
def contrat_duree_de_l_avenant(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A prolongation after a failure, or for a handicap, is of one year at most from its effect."""
    contrat = contenu.contrat
    if contrat.type_contrat not in PROLONGATIONS or contrat.date_effet is None:
        return None
    if contrat.date_fin <= dernier_jour(contrat.date_effet, MOIS_DE_PROLONGATION):
        return None
    return "Une prolongation est d’un an au plus à compter de sa date d’effet\u00a0: vérifiez ces deux dates"


@controle(
    "contrat-numero-precedent",
    verifie="Le contrat précédent a été conclu avant celui-ci",
    cases=["contrat.numero_precedent", "contrat.date_conclusion"],
    source=COHERENCE,
    gravite=Gravite.AVERTIT,
)
def contrat_numero_precedent(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The number holds the year and month of its deposit."""
    numero = contenu.contrat.numero_precedent
    if numero is None or contenu.contrat.type_contrat not in (*NOUVEAUX_CONTRATS, *AVENANTS):
        return None
    conclusion = contenu.contrat.date_conclusion
    if (int(numero[3:7]), int(numero[7:9])) <= (conclusion.year, conclusion.month):
        return None
    return "Vérifiez le numéro du contrat précédent\u00a0: il porte une date postérieure à la signature de celui-ci"
