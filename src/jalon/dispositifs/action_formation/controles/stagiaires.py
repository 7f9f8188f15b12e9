"""Judgements of the trainees; each row is judged apart."""

from collections.abc import Iterator
from datetime import date

from jalon.dispositifs.action_formation.controles.sources import COHERENCE, INSEE, PROCEDURE
from jalon.dispositifs.action_formation.rubriques import ActionFormation, Stagiaire
from jalon.dispositifs.base import Contexte, Ecart, Gravite, controle, par_ligne
from jalon.dispositifs.types.formats import nombre
from jalon.socle.texte import normaliser

AGE_MINIMUM, AGE_INHABITUEL = 14, 75


@controle(
    "stagiaires-nombre",
    verifie="Le nombre de salariés tient dans la limite d’un dossier",
    cases=["stagiaires.lignes"],
    source=PROCEDURE,
)
def stagiaires_nombre(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """The OPCO may limit the number of trainees of one dossier."""
    reglage = contexte.regles.reglage(contexte.jour_depot)
    limite = reglage.limite_stagiaires if reglage else None
    nombre_inscrits = len(contenu.stagiaires)
    if limite is None or nombre_inscrits <= limite:
        return None
    dossiers = -(-nombre_inscrits // limite)
    return (
        f"Un dossier accueille {limite} salariés au plus, celui-ci en compte {nombre_inscrits}. Scindez-le en {dossiers} dossiers"
    )


@controle("age-minimum", verifie="Chaque salarié a 14 ans au moins au début", cases=["stagiaires.lignes"], source=COHERENCE)
def age_minimum(contenu: ActionFormation, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """Nobody works under fourteen: the year of birth is wrong."""
    debut = contenu.action.date_debut

    def juger(stagiaire: Stagiaire) -> tuple[str, str] | None:
        if _age(stagiaire.date_naissance, debut) >= AGE_MINIMUM:
            return None
        return (
            "date_naissance",
            f"Vérifiez la date de naissance\u00a0: ce salarié aurait moins de {AGE_MINIMUM} ans au début de l’action",
        )

    return par_ligne("stagiaires", contenu.stagiaires, juger)


@controle(
    "age-inhabituel",
    verifie="Chaque salarié a 75 ans au plus",
    cases=["stagiaires.lignes"],
    source=COHERENCE,
    gravite=Gravite.AVERTIT,
)
def age_inhabituel(contenu: ActionFormation, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """Over seventy-five, the year of birth is probably wrong."""
    debut = contenu.action.date_debut

    def juger(stagiaire: Stagiaire) -> tuple[str, str] | None:
        if _age(stagiaire.date_naissance, debut) <= AGE_INHABITUEL:
            return None
        return "date_naissance", f"Vérifiez la date de naissance\u00a0: ce salarié aurait plus de {AGE_INHABITUEL} ans"

    return par_ligne("stagiaires", contenu.stagiaires, juger)


@controle(
    "stagiaire-en-double", verifie="Chaque salarié n’est inscrit qu’une fois", cases=["stagiaires.lignes"], source=COHERENCE
)
def stagiaire_en_double(contenu: ActionFormation, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """The same person appears once: same NIR, or same name, first name and day of birth."""
    connus: set[str] = set()

    def juger(stagiaire: Stagiaire) -> tuple[str, str] | None:
        etat_civil = normaliser(f"{stagiaire.nom_naissance} {stagiaire.prenom} {stagiaire.date_naissance:%Y%m%d}")
        cles = {etat_civil, stagiaire.nir} - {None}
        deja = not connus.isdisjoint(cles)
        connus.update(cle for cle in cles if cle)
        return ("nom_naissance", "Ce salarié figure déjà dans le dossier. Retirez l’une des deux lignes") if deja else None

    return par_ligne("stagiaires", contenu.stagiaires, juger)


@controle(
    "heures-dans-la-duree",
    verifie="Les heures d’un salarié ne dépassent pas la durée de l’action",
    cases=["stagiaires.lignes"],
    source="Code du travail, D6353-1",
)
def heures_dans_la_duree(contenu: ActionFormation, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """A trainee does not follow more hours than the action has."""
    duree = contenu.action.duree_heures

    def juger(stagiaire: Stagiaire) -> tuple[str, str] | None:
        if stagiaire.heures <= duree:
            return None
        return "heures", f"Les heures d’un salarié sont de {nombre(duree)} au plus, la durée de l’action"

    return par_ligne("stagiaires", contenu.stagiaires, juger)


@controle("nir-sexe", verifie="Le NIR correspond au sexe", cases=["stagiaires.lignes"], source=INSEE, gravite=Gravite.AVERTIT)
def nir_sexe(contenu: ActionFormation, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """The first digit is odd for a man, even for a woman; provisional numbers (3, 4, 7, 8) follow the same rule."""

    def juger(stagiaire: Stagiaire) -> tuple[str, str] | None:
        if stagiaire.nir is None or (int(stagiaire.nir[0]) % 2 == 1) == (stagiaire.sexe == "M"):
            return None
        return "nir", "Vérifiez le NIR et le sexe\u00a0: ils ne concordent pas"

    return par_ligne("stagiaires", contenu.stagiaires, juger)


@controle(
    "nir-naissance",
    verifie="Le NIR correspond à la date de naissance",
    cases=["stagiaires.lignes"],
    source=INSEE,
    gravite=Gravite.AVERTIT,
)
def nir_naissance(contenu: ActionFormation, contexte: Contexte) -> Iterator[Ecart]:  # noqa: ARG001
    """Year, then month of birth; a month over twelve is conventional (civil status unknown) and says nothing."""

    def juger(stagiaire: Stagiaire) -> tuple[str, str] | None:
        if stagiaire.nir is None:
            return None
        mois = int(stagiaire.nir[3:5])
        meme_mois = mois > 12 or mois == stagiaire.date_naissance.month
        if int(stagiaire.nir[1:3]) == stagiaire.date_naissance.year % 100 and meme_mois:
            return None
        return "nir", "Vérifiez le NIR et la date de naissance\u00a0: ils ne concordent pas"

    return par_ligne("stagiaires", contenu.stagiaires, juger)


def _age(naissance: date, jour: date) -> int:
    """Whole years on that day."""
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
