"""Judgements of the pay."""

from collections.abc import Iterator
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import UN_JOUR, dernier_jour
from jalon.dispositifs.alternance.sources import COHERENCE
from jalon.dispositifs.alternance.verifications import HEURES_LEGALES, semaine_legale
from jalon.dispositifs.apprentissage.listes import AVENANTS
from jalon.dispositifs.apprentissage.niveaux import niveau_du_diplome
from jalon.dispositifs.apprentissage.paie import donnees_de_paie
from jalon.dispositifs.apprentissage.remuneration import PeriodeMinimale, periodes_minimales
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import CaseAbsente, Contexte, Ecart, Gravite, ReferentielAbsent, charge, controle
from jalon.dispositifs.types.formats import nombre
from jalon.socle.baremes_alternance import JeuAlternance, RegleAbsente, territoire_du_code_postal
from jalon.socle.dates import formater_date
from jalon.socle.montants import CENT, euros, formater_montant

BAREME = "le barème de l’apprentissage"
TROIS_QUARTS = Decimal("0.75")
QUINZE_POINTS = 15


@controle(
    "remuneration-periodes",
    verifie="Les périodes de rémunération couvrent tout le contrat, jour après jour",
    cases=["remunerations.lignes", "contrat.date_debut", "contrat.date_fin"],
    source="Code du travail, R6222-4",
)
def remuneration_periodes(contenu: ContratApprentissage, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """From the first day (an avenant: from its effect at the latest) to the last, without a gap nor an overlap."""
    lignes, contrat = contenu.remunerations, contenu.contrat
    attendu = contrat.date_debut
    if contrat.type_contrat in AVENANTS and contrat.date_effet is not None and lignes[0].date_debut <= contrat.date_effet:
        attendu = lignes[0].date_debut
    for rang, ligne in enumerate(lignes):
        if ligne.date_debut != attendu:
            yield Ecart(f"Cette période doit commencer le {formater_date(attendu)}", (f"remunerations.{rang}.date_debut",))
        if ligne.date_fin < ligne.date_debut:
            yield Ecart("Une période finit après son début\u00a0: vérifiez ces deux dates", (f"remunerations.{rang}.date_fin",))
        attendu = ligne.date_fin + UN_JOUR
    if lignes[-1].date_fin != contrat.date_fin:
        yield Ecart(
            f"La dernière période doit finir avec le contrat, le {formater_date(contrat.date_fin)}",
            (f"remunerations.{len(lignes) - 1}.date_fin",),
        )


@controle(
    "remuneration-ordre",
    verifie="Les périodes sont numérotées dans leur ordre, deux par année",
    cases=["remunerations.lignes"],
    source=COHERENCE,
)
def remuneration_ordre(contenu: ContratApprentissage, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """1.1, 1.2, 2.1… as the paper form has them; none twice."""
    precedent = ""
    for rang, ligne in enumerate(contenu.remunerations):
        if ligne.ordre <= precedent:
            yield Ecart("Numérotez les périodes dans l’ordre de leurs dates", (f"remunerations.{rang}.ordre",))
        precedent = ligne.ordre


@controle(
    "remuneration-taux",
    verifie="Chaque taux est au moins celui de la grille, selon l’âge et l’année du contrat",
    cases=["remunerations.lignes"],
    source="Code du travail, D6222-26, D6222-27, D6222-28, D6222-28-1, D6222-31, D6222-32, R6222-48, R6222-60",
)
def remuneration_taux(contenu: ContratApprentissage, contexte: Contexte) -> Iterator[Ecart]:
    """Every day of each period, at least the percentage of the law; the rate changes after a birthday."""
    minimums = _minimums(contenu, charge(contexte.alternance, BAREME))
    for rang, ligne in enumerate(contenu.remunerations):
        try:
            du, au, taux = ligne.date_debut, ligne.date_fin, ligne.taux
        except CaseAbsente:
            continue
        faute = next((m for m in minimums if m.du <= au and du <= m.au and taux < m.taux), None)
        if faute is not None:
            premier, dernier = max(du, faute.du), min(au, faute.au)
            yield Ecart(
                f"Du {formater_date(premier)} au {formater_date(dernier)}, le taux est d’au moins "
                f"{nombre(faute.taux)}\u00a0%. {faute.raison}",
                (f"remunerations.{rang}.taux",),
            )


def _minimums(contenu: ContratApprentissage, jeu: JeuAlternance) -> tuple[PeriodeMinimale, ...]:
    """The periods of the law. Raises ReferentielAbsent."""
    try:
        return periodes_minimales(donnees_de_paie(contenu), jeu)
    except RegleAbsente as absente:
        raise ReferentielAbsent("la grille de salaire de cette date") from absente


@controle(
    "remuneration-salaire",
    verifie="Le salaire à l’embauche est au moins le taux de la première période",
    cases=["contrat.salaire", "remunerations.lignes"],
    source="Code du travail, R6222-4, D6222-26",
)
def remuneration_salaire(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """Rate of the first period x SMIC of the first day, in proportion under 35 hours; one cent of tolerance (law is silent)."""
    contrat, premiere = contenu.contrat, contenu.remunerations[0]
    if contrat.type_contrat in AVENANTS:
        return None
    jeu = charge(contexte.alternance, BAREME)
    heures = semaine_legale(contrat.heures, contrat.minutes)
    try:
        smic = jeu.smic(premiere.date_debut, territoire_du_code_postal(contenu.employeur.code_postal))
    except RegleAbsente as absente:
        raise ReferentielAbsent("le SMIC de cette date") from absente
    minimum = premiere.taux * smic.mensuel / 100 * heures / HEURES_LEGALES
    if contrat.salaire >= minimum - CENT:
        return None
    return (
        f"Le salaire à l’embauche est d’au moins {formater_montant(euros(minimum))}\u00a0: "
        f"{nombre(premiere.taux)}\u00a0% du SMIC ({formater_montant(smic.mensuel)} pour 35 heures)"
    )


@controle(
    "remuneration-quinze-points",
    verifie="Un contrat d’un an au plus, au même niveau et en rapport avec le diplôme obtenu, est payé 15 points de plus",
    cases=["remunerations.lignes", "apprenti.diplome", "formation.diplome"],
    source="Code du travail, D6222-30",
    gravite=Gravite.AVERTIT,
)
def remuneration_quinze_points(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """Whether both qualifications are related is not on the form: it is asked."""
    contrat = contenu.contrat
    vise, obtenu = niveau_du_diplome(contenu.formation.diplome), niveau_du_diplome(contenu.apprenti.diplome)
    if (
        vise is None
        or vise != obtenu
        or contrat.type_contrat in AVENANTS
        or contrat.date_fin > dernier_jour(contrat.date_debut, 12)
    ):
        return None
    minimums = _minimums(contenu, charge(contexte.alternance, BAREME))
    plancher = min(minimums[0].taux + QUINZE_POINTS, max(Decimal(100), minimums[0].taux)) if minimums else Decimal(0)
    if contenu.remunerations[0].taux >= plancher:
        return None
    return (
        "L’apprenti a déjà un diplôme de ce niveau\u00a0: si celui qu’il prépare est en rapport direct, "
        f"son taux est majoré de 15 points (au moins {nombre(plancher)}\u00a0%)"
    )


@controle(
    "remuneration-contrat-precedent",
    verifie="Après un contrat qui a mené au diplôme, la rémunération n’est pas inférieure à celle de sa dernière année",
    cases=["remunerations.lignes", "contrat.type_contrat"],
    source="Code du travail, D6222-29",
    gravite=Gravite.AVERTIT,
)
def remuneration_contrat_precedent(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The pay of the contract before is not on the form: it is said."""
    if contenu.contrat.type_contrat not in {"21", "22"} or contenu.apprenti.derniere_classe != "01":
        return None
    return "Le contrat précédent a mené au diplôme\u00a0: la rémunération est au moins celle de sa dernière année"


@controle(
    "remuneration-avantages",
    verifie="Les avantages en nature déduits ne dépassent pas les trois quarts du salaire",
    cases=["contrat.logement", "contrat.salaire"],
    source="Code du travail, D6222-33",
)
def remuneration_avantages(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Monthly housing alone, and one meal a day at least one day: the number of meals is not on the form."""
    contrat = contenu.contrat
    deduit = (contrat.logement or Decimal(0)) + (contrat.nourriture or Decimal(0))
    if deduit <= contrat.salaire * TROIS_QUARTS:
        return None
    return f"Les avantages en nature se déduisent dans la limite de {formater_montant(euros(contrat.salaire * TROIS_QUARTS))} par mois"
