"""Judgements of the action: dates, hours, certification, documents."""

from datetime import timedelta
from decimal import Decimal

from jalon.dispositifs.action_formation.bareme import lignes_applicables
from jalon.dispositifs.action_formation.controles.sources import COHERENCE, PRISE_EN_CHARGE, PROCEDURE
from jalon.dispositifs.action_formation.listes import MENTIONS
from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import Contexte, Ecart, Gravite, controle
from jalon.dispositifs.types.formats import nombre
from jalon.socle.dates import formater_date

DUREE_MAXIMUM_BILAN = Decimal(24)
HORIZON = timedelta(days=2 * 365)


@controle(
    "dates-ordre", verifie="La fin de l’action suit son début", cases=["action.date_fin"], source="Code du travail, D6353-1"
)
def dates_ordre(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The action ends on the day it begins, or later."""
    debut = contenu.action.date_debut
    if contenu.action.date_fin >= debut:
        return None
    return f"La fin de l’action doit suivre son début ({formater_date(debut)})"


@controle(
    "date-vraisemblable",
    verifie="L’action commence dans moins de deux ans",
    cases=["action.date_debut"],
    source=COHERENCE,
    gravite=Gravite.AVERTIT,
)
def date_vraisemblable(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """An action that begins in more than two years is probably a slip of the year."""
    if contenu.action.date_debut - contexte.jour_depot <= HORIZON:
        return None
    return "Vérifiez l’année de début\u00a0: l’action commence dans plus de deux ans"


@controle(
    "delai-depot",
    verifie="Le dépôt précède le début du délai demandé par l’OPCO",
    cases=["action.date_debut"],
    source=PROCEDURE,
    gravite=Gravite.AVERTIT,
)
def delai_depot(contenu: ActionFormation, contexte: Contexte) -> Ecart | None:
    """A request comes so many calendar days before the start; the OPCO says whether a late one is stopped."""
    reglage = contexte.regles.reglage(contexte.jour_depot)
    debut = contenu.action.date_debut
    if reglage is None or (debut - contexte.jour_depot).days >= reglage.delai_depot_jours:
        return None
    if contexte.regles.exception(debut, contexte.jour_depot) is not None:
        return None
    limite = formater_date(debut - timedelta(days=reglage.delai_depot_jours))
    phrase = f"Un dossier se dépose {reglage.delai_depot_jours} jours avant le début de l’action, ici le {limite} au plus tard"
    return Ecart(phrase, gravite=reglage.gravite_delai)


@controle(
    "jours-dans-la-periode",
    verifie="Les jours de formation tiennent entre les deux dates",
    cases=["action.nombre_jours"],
    source="Code du travail, D6353-1",
)
def jours_dans_la_periode(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """No more days of training than days between both dates."""
    action = contenu.action
    calendrier = (action.date_fin - action.date_debut).days + 1
    if action.nombre_jours is None or calendrier < 1 or action.nombre_jours <= calendrier:
        return None
    return f"Le nombre de jours est de {calendrier} au plus entre ces deux dates"


@controle(
    "distance-dans-la-duree",
    verifie="Les heures à distance font partie de la durée totale",
    cases=["action.heures_distance"],
    source="Code du travail, D6353-1, D6313-3-1",
)
def distance_dans_la_duree(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Hours at a distance are part of the whole: neither none of it, nor all of it, in a mixed action."""
    distance, duree = contenu.action.heures_distance, contenu.action.duree_heures
    if distance is None or 0 < distance < duree:
        return None
    if distance > duree:
        return f"Les heures à distance sont comprises dans la durée de l’action ({nombre(duree)}\u00a0heures)"
    modalite = "À distance" if distance == duree else "En présentiel"
    return f"Choisissez la modalité «\u00a0{modalite}\u00a0», ou corrigez les heures à distance"


@controle(
    "duree-minimale", verifie="La durée atteint le minimum de la branche", cases=["action.duree_heures"], source=PRISE_EN_CHARGE
)
def duree_minimale(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """Some branches only finance actions of a minimal length."""
    minimums = [ligne.duree_minimale for ligne, _ in lignes_applicables(contenu, contexte) if ligne and ligne.duree_minimale]
    if not minimums or contenu.action.duree_heures >= max(minimums):
        return None
    return f"Votre branche finance les actions d’au moins {nombre(max(minimums))}\u00a0heures"


@controle(
    "bilan-24-heures",
    verifie="Un bilan de compétences dure 24 heures au plus",
    cases=["action.duree_heures"],
    source="Code du travail, L6313-4",
)
def bilan_24_heures(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A bilan de compétences lasts twenty-four hours at most."""
    if contenu.action.type_action != "bilan" or contenu.action.duree_heures <= DUREE_MAXIMUM_BILAN:
        return None
    return "Un bilan de compétences dure 24 heures au plus"


@controle(
    "vae-certification",
    verifie="Une VAE vise une certification du RNCP ou l’un de ses blocs",
    cases=["action.certification"],
    source="Code du travail, L6313-5",
)
def vae_certification(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A VAE aims at a certification of the RNCP, or a block of one."""
    if contenu.action.type_action != "vae" or contenu.action.certification == "rncp":
        return None
    return "Choisissez une certification inscrite au RNCP\u00a0: une VAE en vise toujours une"


@controle(
    "certification-repertoire",
    verifie="Le code de la certification est du répertoire choisi",
    cases=["action.code_certification"],
    source="Code du travail, L6314-1, R6113-16",
)
def certification_repertoire(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The code belongs to the register that was chosen."""
    action = contenu.action
    if action.code_certification is None:
        return None
    prefixe = action.certification.upper()
    if action.code_certification.rstrip("0123456789") == prefixe:
        return None
    return f"Indiquez un code {prefixe}, ou changez la certification visée"


@controle(
    "devis-mentions",
    verifie="Le devis approuvé porte les mentions d’une convention",
    cases=["action.mentions_devis"],
    source="Code du travail, D6353-1",
)
def devis_mentions(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """An approved quote stands for the convention when it, or an annexe, carries every item of the convention."""
    if contexte.pieces is None or "devis_approuve" not in contexte.pieces or "convention_signee" in contexte.pieces:
        return None
    manquent = [choix.libelle for choix in MENTIONS.choix if choix.code not in contenu.action.mentions_devis]
    if not manquent:
        return None
    return "Joignez la convention signée, ou un devis qui porte aussi\u00a0: " + "\u00a0; ".join(
        m[0].lower() + m[1:] for m in manquent
    )
