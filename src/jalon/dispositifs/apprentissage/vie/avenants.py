"""The avenants of the form, codes 31 to 38: what each may change, and how far (Code du travail, D6224-5).

The notice names the codes, not the boxes that they open. What is chosen here is prudent: a code opens the boxes without which its
change cannot be written, and those that follow from it by law (end, pay, training); identity of the apprentice, first day of the
contract, day and mode of its conclusion never change by an avenant: another contract would begin. A box that two codes could
change is opened by both. The responsible CFA is not changed: its agreement is with that CFA (38 moves the place of training only).
"""

from collections.abc import Iterable, Iterator

from jalon.dispositifs.alternance.calendrier import UN_JOUR, dernier_jour
from jalon.dispositifs.apprentissage.convention import DemandeApprentissage
from jalon.dispositifs.apprentissage.listes import PROLONGATIONS
from jalon.dispositifs.apprentissage.publics import droits_rqth
from jalon.dispositifs.base import Formulaire
from jalon.dispositifs.base.vie import GenreAvenant
from jalon.socle.dates import formater_date

D6224_5 = "Code du travail, D6224-5"
COMMUNES = frozenset({
    "contrat.type_contrat", "contrat.numero_precedent", "contrat.date_conclusion", "contrat.date_effet", "signature.fait_a",
})  # fmt: skip
"""What an avenant says of itself: its code, the contract that it changes, the day of its signature, of its effect."""

ADRESSE = ("numero", "voie", "complement", "code_postal", "commune")
CONTACT = ("telephone", "courriel")
MOIS_D_UNE_PROLONGATION, MOIS_AU_PLUS_RQTH = 12, 48
REDUCTION, ALLONGEMENT, CUMUL = "21", "22", "50"


def _dans(section: str, *champs: str) -> frozenset[str]:
    return frozenset(f"{section}.{champ}" for champ in champs)


_MAITRES = frozenset({"maitre1", "maitre2"})
_DUREE = frozenset({"contrat.date_fin", "remunerations"}) | _dans("formation", "date_fin", "duree", "duree_distance")
_EMPLOYEUR = _dans(
    "employeur", "denomination", "siret", *ADRESSE, *CONTACT, "type_employeur", "naf", "effectif", "idcc", "caisse"
)
_TRAVAIL = _dans("contrat", "heures", "minutes", "travail_risque", "salaire", "nourriture", "logement", "autre_avantage")

AVENANTS = (
    GenreAvenant(
        code="31",
        libelle="Situation juridique de l’employeur",
        source=D6224_5,
        aide="Nouvelle forme, nouveau nom ou nouveau SIRET de la même activité\u00a0: le contrat continue.",
        ouvertes=_EMPLOYEUR,
    ),
    GenreAvenant(
        code="32",
        libelle="Changement d’employeur d’un contrat saisonnier",
        source=D6224_5,
        aide="Passage au second employeur d’un contrat saisonnier signé avec deux employeurs.",
        ouvertes=_EMPLOYEUR | _MAITRES | _TRAVAIL | {"remunerations"},
    ),
    GenreAvenant(
        code="33",
        libelle="Prolongation après un échec à l’examen",
        source="Code du travail, L6222-11",
        aide="Un an au plus. Le premier taux de la prolongation est au moins le dernier du contrat.",
        ouvertes=_DUREE | {"contrat.salaire"},
    ),
    GenreAvenant(
        code="34",
        libelle="Prolongation après une reconnaissance de travailleur handicapé",
        source="Code du travail, R6222-46, R6222-48, R6222-49",
        aide="Un an au plus, et quatre ans en tout. Les taux de la dernière année augmentent de 15 points.",
        ouvertes=_DUREE
        | _dans("apprenti", "rqth", "rqth_equivalence", "rqth_extension")
        | {"contrat.salaire", "convention.majoration_rqth"},
    ),
    GenreAvenant(
        code="35",
        libelle="Diplôme supplémentaire, ou diplôme modifié",
        source="Code du travail, L6222-22-1, D6224-5",
        aide="Le niveau de prise en charge est celui du nouveau diplôme, à partir du jour d’effet.",
        ouvertes=_DUREE | {"formation", "contrat.derogation", "contrat.salaire", "convention.prix"},
    ),
    GenreAvenant(
        code="36",
        libelle="Autre changement\u00a0: maître d’apprentissage, durée hebdomadaire, durée du contrat…",
        source="Code du travail, D6224-5, L6222-7-1, R6222-6",
        aide="Pour réduire ou allonger la durée, joignez la convention signée avec le CFA.",
        ouvertes=_MAITRES
        | _TRAVAIL
        | _DUREE
        | _dans("apprenti", "nom_usage", *ADRESSE, *CONTACT)
        | _dans("employeur", *CONTACT, "caisse")
        | _dans("convention", "repas", "nuitees", "premier_equipement", "mobilite", "mobilite_jours", "majoration_rqth")
        | {"representant", "contrat.derogation"},
    ),
    GenreAvenant(
        code="37",
        libelle="Changement du lieu d’exécution",
        source=D6224_5,
        aide="Un autre établissement de la même entreprise.",
        ouvertes=_dans("employeur", "siret", *ADRESSE, *CONTACT, "naf") | _MAITRES,
    ),
    GenreAvenant(
        code="38",
        libelle="Changement du lieu principal de formation",
        source=D6224_5,
        aide="Le CFA responsable reste le même.",
        ouvertes=frozenset({"lieu", "cfa.lieu_identique"}),
    ),
)
FORMULAIRE = Formulaire(code="apprentissage", libelle="Contrat d’apprentissage", contenu=DemandeApprentissage)
"""The boxes of the contract and of its convention, to compare two versions."""

PAR_CODE = {avenant.code: avenant for avenant in AVENANTS}


def ouvertes(code: str) -> frozenset[str]:
    """Boxes that an avenant of that code may change, its own ones included; none for an unknown code."""
    return PAR_CODE[code].ouvertes | COMMUNES if code in PAR_CODE else frozenset()


def refus_d_avenant(code: str, avant: DemandeApprentissage, apres: DemandeApprentissage) -> dict[str, str]:
    """Path of a box -> sentence: what the code does not open, then what it limits. Empty: the avenant may be sent."""
    if code not in PAR_CODE:
        return {"contrat.type_contrat": "Choisissez la nature de l’avenant"}
    changees = list(cases_changees(avant, apres))
    refus = {chemin: _phrase(code, chemin) for chemin in changees if not _ouverte(ouvertes(code), chemin)}
    if not refus and all(_ouverte(COMMUNES, chemin) for chemin in changees):
        refus["contrat.type_contrat"] = (
            "Rien ne change dans le contrat\u00a0: modifiez au moins une réponse, ou abandonnez l’avenant"
        )
    return refus or dict(_limites(code, avant, apres))


def cases_changees(avant: DemandeApprentissage, apres: DemandeApprentissage) -> Iterator[str]:
    """« section.champ » of every answer that differs; « section » for rows."""
    for section in FORMULAIRE.sections:
        ancienne, nouvelle = getattr(avant, section.code), getattr(apres, section.code)
        if section.fiche.repetee:
            if ancienne != nouvelle:
                yield section.code
            continue
        for case in section.cases:
            if getattr(ancienne, case.nom) != getattr(nouvelle, case.nom):
                yield f"{section.code}.{case.nom}"


def _ouverte(ouvertes_: Iterable[str], chemin: str) -> bool:
    return chemin in ouvertes_ or chemin.partition(".")[0] in ouvertes_


def _phrase(code: str, chemin: str) -> str:
    """What is closed, and the code that would open it."""
    section, _, champ = chemin.partition(".")
    declaree = FORMULAIRE.section(section)
    nom = declaree.case(champ).libelle if champ else declaree.fiche.titre
    autres = [f"{a.code} ({a.libelle.partition(chr(0xA0))[0].lower()})" for a in AVENANTS if _ouverte(a.ouvertes, chemin)]
    suite = f"\u00a0: choisissez le code {' ou '.join(autres)}" if autres else ", ni par aucun autre avenant"
    return f"«\u00a0{nom}\u00a0» ne change pas par un avenant {code}{suite}"


def _limites(code: str, avant: DemandeApprentissage, apres: DemandeApprentissage) -> Iterator[tuple[str, str]]:
    """What the code allows of its own boxes."""
    ancienne, fin, effet = avant.contrat.date_fin, apres.contrat.date_fin, apres.contrat.date_effet
    dernier_effet = ancienne + UN_JOUR if code in PROLONGATIONS else ancienne
    if effet is None or not avant.contrat.date_debut <= effet <= dernier_effet:
        du, au = formater_date(avant.contrat.date_debut), formater_date(dernier_effet)
        yield "contrat.date_effet", f"L’avenant prend effet pendant le contrat\u00a0: entre le {du} et le {au}"
    if code in PROLONGATIONS:
        yield from _limites_d_une_prolongation(code, avant, apres)
    if code == "37" and avant.employeur.siret[:9] != apres.employeur.siret[:9]:
        yield (
            "employeur.siret",
            "Ce SIRET est celui d’une autre entreprise\u00a0: le lieu d’exécution reste dans la même, sinon choisissez le code 31",
        )
    if code == "32" and avant.employeur.specifique != "3":
        yield "contrat.type_contrat", "Ce contrat n’est pas celui d’un employeur saisonnier\u00a0: le code 32 ne le concerne pas"
    if code == "36" and fin != ancienne:
        attendue = ALLONGEMENT if fin > ancienne else REDUCTION
        if apres.contrat.derogation not in {attendue, CUMUL}:
            yield (
                "contrat.derogation",
                f"La durée du contrat change\u00a0: choisissez la dérogation {attendue}, avec la convention signée par le CFA",
            )


def _limites_d_une_prolongation(code: str, avant: DemandeApprentissage, apres: DemandeApprentissage) -> Iterator[tuple[str, str]]:
    """One year more at most (L6222-11, R6222-48); four years in all for a handicap (R6222-46); the rate does not fall."""
    ancienne, fin = avant.contrat.date_fin, apres.contrat.date_fin
    limite = dernier_jour(ancienne + UN_JOUR, MOIS_D_UNE_PROLONGATION)
    if code == "34":
        limite = min(limite, dernier_jour(avant.contrat.date_debut, MOIS_AU_PLUS_RQTH))
        if not droits_rqth(apres):
            yield (
                "apprenti.rqth",
                "La prolongation 34 suit une reconnaissance de travailleur handicapé\u00a0: répondez oui, ou choisissez le code 33",
            )
    if fin <= ancienne:
        yield "contrat.date_fin", f"Une prolongation finit après le contrat\u00a0: après le {formater_date(ancienne)}"
    elif fin > limite:
        yield "contrat.date_fin", f"La prolongation finit le {formater_date(limite)} au plus tard ({PAR_CODE[code].source})"
    else:
        yield from _limite_du_taux(avant, apres)


def _limite_du_taux(avant: DemandeApprentissage, apres: DemandeApprentissage) -> Iterator[tuple[str, str]]:
    """The first period after the former end pays at least the last rate of the contract ([contrat]; D6222-28)."""
    ancien = avant.remunerations[-1].taux
    for rang, periode in enumerate(apres.remunerations):
        if periode.date_fin > avant.contrat.date_fin:
            if periode.taux < ancien:
                yield (
                    f"remunerations.{rang}.taux",
                    f"Pendant la prolongation, le taux est au moins le dernier du contrat, {ancien:f}\u00a0%",
                )
            return
