"""Judgements of the maîtres d'apprentissage."""

from collections.abc import Iterator
from datetime import date

from jalon.dispositifs.alternance.calendrier import age
from jalon.dispositifs.apprentissage.niveaux import niveau_du_diplome
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Contexte, Ecart, Gravite, charge, controle
from jalon.socle.texte import normaliser

MAJORITE, APPRENTIS_AU_PLUS = 18, 2


@controle(
    "maitre-majeur",
    verifie="Le maître d’apprentissage est majeur",
    cases=["maitre1.date_naissance"],
    source="Code du travail, L6223-8-1",
)
def maitre_majeur(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Eighteen on the first day of the contract."""
    return _majeur(contenu.maitre1.date_naissance, contenu.contrat.date_debut)


@controle(
    "second-maitre-majeur",
    verifie="Le second maître d’apprentissage est majeur",
    cases=["maitre2.date_naissance"],
    source="Code du travail, L6223-8-1",
)
def second_maitre_majeur(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Eighteen on the first day of the contract."""
    naissance = contenu.maitre2.date_naissance
    return None if naissance is None else _majeur(naissance, contenu.contrat.date_debut)


def _majeur(naissance: date, debut: date) -> str | None:
    if age(naissance, debut) >= MAJORITE:
        return None
    return "Le maître d’apprentissage doit avoir 18 ans au moins au début du contrat\u00a0: vérifiez sa date de naissance"


@controle(
    "maitre-distinct",
    verifie="Le maître d’apprentissage n’est pas l’apprenti",
    cases=["maitre1.nom", "apprenti.nom"],
    source="Code du travail, L6223-8-1",
)
def maitre_distinct(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Nobody is one's own master."""
    maitre, apprenti = contenu.maitre1, contenu.apprenti
    if maitre.date_naissance != apprenti.date_naissance or _nom(maitre.nom, maitre.prenom) != _nom(apprenti.nom, apprenti.prenom):
        return None
    return "Le maître d’apprentissage et l’apprenti sont la même personne\u00a0: vérifiez l’un et l’autre"


@controle(
    "maitres-distincts",
    verifie="Les deux maîtres d’apprentissage sont deux personnes",
    cases=["maitre2.nom", "maitre1.nom"],
    source="Code du travail, R6223-23",
)
def maitres_distincts(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A team of tutors has two people."""
    un, deux = contenu.maitre1, contenu.maitre2
    if deux.nom is None or deux.prenom is None or deux.date_naissance != un.date_naissance:
        return None
    if _nom(un.nom, un.prenom) != _nom(deux.nom, deux.prenom):
        return None
    return "Le second maître d’apprentissage est le premier\u00a0: indiquez une autre personne, ou retirez-le"


def _nom(nom: str, prenom: str) -> str:
    return normaliser(f"{nom} {prenom}")


@controle(
    "maitre-competence",
    verifie="Le diplôme du maître est du niveau visé, ou il a deux ans d’activité en rapport avec la qualification",
    cases=["maitre1.niveau", "formation.diplome"],
    source="Code du travail, R6223-22",
    gravite=Gravite.AVERTIT,
)
def maitre_competence(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Without a branch agreement: same field, at least the level and one year, or two years. Experience is not on the form."""
    vise = niveau_du_diplome(contenu.formation.diplome)
    if vise is None or int(contenu.maitre1.niveau) >= vise:
        return None
    return (
        "Le diplôme du maître est d’un niveau inférieur à celui que prépare l’apprenti\u00a0: sauf accord de branche, "
        "assurez-vous qu’il a deux ans d’activité en rapport avec la qualification"
    )


@controle(
    "maitre-nombre-apprentis",
    verifie="Le maître d’apprentissage suit deux apprentis au plus, et un troisième prolongé après un échec",
    cases=["maitre1.nom"],
    source="Code du travail, R6223-6, L6222-11",
    gravite=Gravite.AVERTIT,
)
def maitre_nombre_apprentis(contenu: ContratApprentissage, contexte: Contexte) -> Iterator[Ecart]:
    """Two at once, and one more whose training goes on after an examination failed."""
    compter = charge(contexte.apprentis_du_maitre, "l’historique des contrats")
    contrat, maitre = contenu.contrat, contenu.maitre1
    suivis = compter(
        (maitre.nom, maitre.prenom, maitre.date_naissance), contenu.employeur.siret[:9], contrat.date_debut, contrat.date_fin
    )
    if suivis >= APPRENTIS_AU_PLUS + (contrat.type_contrat == "33"):
        yield Ecart(
            f"Le maître d’apprentissage suit déjà {suivis} apprentis pendant ce contrat\u00a0: désignez une autre personne"
        )
