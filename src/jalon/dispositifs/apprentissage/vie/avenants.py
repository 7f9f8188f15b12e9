"""The avenants of the form, codes 31 to 38: what each may change, and how far (Code du travail, D6224-5).

The notice names the codes, not the boxes that they open. What is chosen here is prudent: a code opens the boxes without which its
change cannot be written, and those that follow from it by law (end, pay, training); identity of the apprentice, first day of the
contract, day and mode of its conclusion never change by an avenant: another contract would begin. A box that two codes could
change is opened by both. The responsible CFA is not changed: its agreement is with that CFA (38 moves the place of training only).
"""

from collections.abc import Iterator

from jalon.dispositifs.alternance.avenants import dans, refus_des_cases
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
SMIC, SMC = "SMIC", "SMC"
REDUCTION, ALLONGEMENT, CUMUL = "21", "22", "50"


_MAITRES = frozenset({"maitre1", "maitre2"})
_DUREE = frozenset({"contrat.date_fin", "remunerations"}) | dans("formation", "date_fin", "duree", "duree_distance")
_EMPLOYEUR = dans("employeur", "denomination", "siret", *ADRESSE, *CONTACT, "type_employeur", "naf", "effectif", "idcc", "caisse")
_TRAVAIL = dans("contrat", "heures", "minutes", "travail_risque", "salaire", "nourriture", "logement", "autre_avantage")

AVENANTS = (
    GenreAvenant(
        code="31",
        libelle="Situation juridique de l’employeur",
        source=D6224_5,
        aide="Nouvelle forme, nouveau nom ou nouveau SIRET de la même activité\u00a0: le contrat continue.",
        ouvertes=_EMPLOYEUR,
        autre_employeur=True,
    ),
    GenreAvenant(
        code="32",
        libelle="Changement d’employeur d’un contrat saisonnier",
        source=D6224_5,
        aide="Passage au second employeur d’un contrat saisonnier signé avec deux employeurs.",
        ouvertes=_EMPLOYEUR | _MAITRES | _TRAVAIL | {"remunerations"},
        autre_employeur=True,
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
        | dans("apprenti", "rqth", "rqth_equivalence", "rqth_extension")
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
        | dans("apprenti", "nom_usage", *ADRESSE, *CONTACT)
        | dans("employeur", *CONTACT, "caisse")
        | dans("convention", "repas", "nuitees", "premier_equipement", "mobilite", "mobilite_jours", "majoration_rqth")
        | {"representant", "contrat.derogation"},
    ),
    GenreAvenant(
        code="37",
        libelle="Changement du lieu d’exécution",
        source=D6224_5,
        aide="Un autre établissement de la même entreprise.",
        ouvertes=dans("employeur", "siret", *ADRESSE, *CONTACT, "naf") | _MAITRES,
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
    refus = refus_des_cases(FORMULAIRE, AVENANTS, COMMUNES, code, avant, apres)
    return refus or dict(_limites(code, avant, apres))


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
    """The first period after the former end pays at least what the last one of the contract paid, counted from the same base (D6222-28).

    A rate of the SMC, which only counts above the SMIC, is worth at least the same rate of the SMIC; the reverse is not true.
    """
    ancienne = avant.remunerations[-1]
    premiere = next(((r, p) for r, p in enumerate(apres.remunerations) if p.date_fin > avant.contrat.date_fin), None)
    if premiere is None:
        return
    rang, periode = premiere
    if periode.base == SMIC and ancienne.base == SMC:
        base = f"La dernière période du contrat est payée {ancienne.taux:f}\u00a0% du minimum conventionnel"
        yield f"remunerations.{rang}.base", f"{base}\u00a0: la prolongation garde cette base (Code du travail, D6222-28)"
    elif periode.taux < ancienne.taux:
        yield (
            f"remunerations.{rang}.taux",
            f"Pendant la prolongation, le taux est au moins le dernier du contrat, {ancienne.taux:f}\u00a0%",
        )
