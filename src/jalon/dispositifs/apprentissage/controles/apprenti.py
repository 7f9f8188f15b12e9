"""Judgements of the apprentice."""

from jalon.dispositifs.alternance.calendrier import age
from jalon.dispositifs.alternance.sources import COHERENCE, INSEE
from jalon.dispositifs.alternance.verifications import departement_et_nir, naissance_et_nir, sexe_et_nir
from jalon.dispositifs.apprentissage.listes import AVENANTS, NOUVEAUX_CONTRATS
from jalon.dispositifs.apprentissage.niveaux import niveau_du_diplome
from jalon.dispositifs.apprentissage.publics import droits_rqth
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Contexte, Gravite, charge, controle

AGE_MINIMUM, AGE_MINIMUM_COLLEGE, AGE_MAXIMUM, AGE_MAXIMUM_SUITE, MAJORITE = 16, 15, 29, 35, 18
COLLEGE_INACHEVE = frozenset({"41", "42"})
HORS_UNION = "3"


@controle(
    "apprenti-age-minimum",
    verifie="L’apprenti a 16 ans, ou 15 ans et le collège achevé, au début du contrat",
    cases=["apprenti.date_naissance", "contrat.date_debut"],
    source="Code du travail, L6222-1",
)
def apprenti_age_minimum(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Sixteen on the first day; fifteen when the first cycle of secondary school is done."""
    if contenu.contrat.type_contrat in AVENANTS:
        return None
    atteint = age(contenu.apprenti.date_naissance, contenu.contrat.date_debut)
    if atteint >= AGE_MINIMUM:
        return None
    if atteint < AGE_MINIMUM_COLLEGE:
        return (
            "L’apprenti doit avoir 15 ans au moins au début du contrat\u00a0: vérifiez sa date de naissance et la date de début"
        )
    if contenu.apprenti.derniere_classe in COLLEGE_INACHEVE:
        return "À 15 ans, l’apprenti doit avoir achevé le collège (classe de troisième)\u00a0: vérifiez sa dernière classe"
    return None


@controle(
    "apprenti-age-maximum",
    verifie="L’apprenti a 29 ans au plus au début du contrat, sauf dérogation",
    cases=["apprenti.date_naissance", "contrat.date_debut"],
    source="Code du travail, L6222-1, L6222-2, D6222-1",
)
def apprenti_age_maximum(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """At most 29 on the first day; no limit for three publics; 35 at conclusion after a previous contract.

    D6222-1 says « trente-cinq ans au plus » at conclusion; public pages say 35 or 34: the article is followed (regles.md §1.4).
    """
    apprenti, contrat = contenu.apprenti, contenu.contrat
    if contrat.type_contrat in AVENANTS or droits_rqth(contenu) or apprenti.projet or apprenti.sportif:
        return None
    if age(apprenti.date_naissance, contrat.date_debut) <= AGE_MAXIMUM:
        return None
    if contrat.type_contrat not in NOUVEAUX_CONTRATS:
        return (
            "L’apprenti doit avoir 29 ans au plus au début du contrat, sauf s’il est reconnu travailleur handicapé, sportif "
            "de haut niveau, s’il a un projet de création ou de reprise d’entreprise, ou si le contrat en suit un autre"
        )
    if age(apprenti.date_naissance, contrat.date_conclusion) <= AGE_MAXIMUM_SUITE:
        return None
    return "À la suite d’un contrat précédent, l’apprenti doit avoir 35 ans au plus le jour de la signature"


@controle(
    "apprenti-derogation-age",
    verifie="Le type de dérogation correspond à l’âge de l’apprenti",
    cases=["contrat.derogation", "apprenti.date_naissance"],
    source="Code du travail, L6222-1, L6222-2",
)
def apprenti_derogation_age(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Code 11 is for apprentices under 16, code 12 over 29. [contrat] refuses 11 above 16 only: the law starts at 16."""
    atteint = age(contenu.apprenti.date_naissance, contenu.contrat.date_debut)
    if contenu.contrat.derogation == "11" and atteint >= AGE_MINIMUM:
        return "Retirez cette dérogation\u00a0: l’apprenti a 16 ans au début du contrat"
    if contenu.contrat.derogation == "12" and atteint <= AGE_MAXIMUM:
        return "Retirez cette dérogation\u00a0: l’apprenti a 29 ans au plus au début du contrat"
    return None


@controle(
    "apprenti-derogation-a-dire",
    verifie="Un apprenti hors des limites d’âge a sa dérogation",
    cases=["contrat.derogation"],
    source="Code du travail, L6222-1, L6222-2",
    gravite=Gravite.AVERTIT,
)
def apprenti_derogation_a_dire(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The form names the exception that lets someone in outside 16 to 29."""
    atteint = age(contenu.apprenti.date_naissance, contenu.contrat.date_debut)
    if contenu.contrat.derogation not in {"11", "50"} and AGE_MINIMUM_COLLEGE <= atteint < AGE_MINIMUM:
        return "Indiquez la dérogation «\u00a011 Âge inférieur à 16 ans\u00a0» (ou 50 s’il y en a plusieurs)"
    if contenu.contrat.derogation not in {"12", "50"} and atteint > AGE_MAXIMUM:
        return "Indiquez la dérogation «\u00a012 Âge supérieur à 29 ans\u00a0» (ou 50 s’il y en a plusieurs)"
    return None


@controle(
    "apprenti-naissance-passee",
    verifie="La date de naissance est passée",
    cases=["apprenti.date_naissance"],
    source=COHERENCE,
)
def apprenti_naissance_passee(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """Nobody is born after today."""
    return (
        "Vérifiez l’année de naissance\u00a0: cette date est à venir"
        if contenu.apprenti.date_naissance > contexte.aujourdhui
        else None
    )


@controle(
    "apprenti-nir-sexe",
    verifie="Le premier chiffre du NIR correspond au sexe",
    cases=["apprenti.nir", "apprenti.sexe"],
    source=INSEE,
)
def apprenti_nir_sexe(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """1, 3 or 7 for a man; 2, 4 or 8 for a woman (3, 4, 7, 8: provisional numbers)."""
    return sexe_et_nir(contenu.apprenti.nir, contenu.apprenti.sexe)


@controle(
    "apprenti-nir-naissance",
    verifie="Le NIR correspond à l’année et au mois de naissance",
    cases=["apprenti.nir", "apprenti.date_naissance"],
    source=INSEE,
)
def apprenti_nir_naissance(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Digits 2-3 are the year, 4-5 the month; a month from 20 on means an unknown civil status, and is not compared."""
    return naissance_et_nir(contenu.apprenti.nir, contenu.apprenti.date_naissance)


@controle(
    "apprenti-nir-departement",
    verifie="Le NIR correspond au département de naissance",
    cases=["apprenti.nir", "apprenti.departement_naissance"],
    source=INSEE,
    gravite=Gravite.AVERTIT,
)
def apprenti_nir_departement(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Characters 6-7, or 6-8 overseas. Départements have been split since 1968, hence a warning."""
    return departement_et_nir(contenu.apprenti.nir, contenu.apprenti.departement_naissance)


@controle(
    "apprenti-autorisation-de-travail",
    verifie="Un apprenti étranger hors Union européenne a une autorisation de travail",
    cases=["apprenti.nationalite"],
    source=COHERENCE,
    gravite=Gravite.AVERTIT,
)
def apprenti_autorisation_de_travail(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Said to who hires: the OPCO does not judge it."""
    if contenu.apprenti.nationalite != HORS_UNION:
        return None
    return "Assurez-vous que l’apprenti a un titre de séjour qui autorise à travailler"


@controle(
    "apprenti-mineur",
    verifie="La réponse sur la minorité correspond à la date de naissance",
    cases=["apprenti.mineur", "apprenti.date_naissance"],
    source="Code du travail, R6222-2",
)
def apprenti_mineur(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """An adult has no legal representative."""
    if not contenu.apprenti.mineur or age(contenu.apprenti.date_naissance, contenu.contrat.date_conclusion) < MAJORITE:
        return None
    return "L’apprenti est majeur le jour de la signature\u00a0: répondez «\u00a0Non\u00a0», ou vérifiez sa date de naissance"


@controle(
    "apprenti-representant",
    verifie="Le représentant légal d’un apprenti mineur signe le contrat",
    cases=["apprenti.mineur", "apprenti.date_naissance"],
    source="Code du travail, R6222-2",
    gravite=Gravite.AVERTIT,
)
def apprenti_representant(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Under eighteen, « no » means emancipated: it is said, not refused."""
    if contenu.apprenti.mineur or age(contenu.apprenti.date_naissance, contenu.contrat.date_conclusion) >= MAJORITE:
        return None
    return "L’apprenti a moins de 18 ans le jour de la signature\u00a0: répondez «\u00a0Oui\u00a0», sauf s’il est émancipé"


@controle(
    "apprenti-contrats-du-meme-niveau",
    verifie="Un troisième contrat de même niveau a l’autorisation du directeur du CFA",
    cases=["contrat.type_contrat"],
    source="Code du travail, L6222-15",
    gravite=Gravite.AVERTIT,
)
def apprenti_contrats_du_meme_niveau(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """After two successive contracts of a level, the director of the last CFA authorises a third one."""
    niveau = niveau_du_diplome(contenu.formation.diplome)
    if contenu.contrat.type_contrat not in NOUVEAUX_CONTRATS or niveau is None:
        return None
    compter = charge(contexte.contrats_du_niveau, "l’historique des contrats")
    if compter(contenu.apprenti.nir, niveau) < 2:
        return None
    return "L’apprenti a déjà conclu deux contrats de ce niveau\u00a0: joignez l’autorisation du directeur de son dernier CFA"
