"""Decisions of the OPCO and their motives."""

from enum import StrEnum


class SensDecision(StrEnum):
    """What was decided."""

    ACCORD = "accord"
    REFUS = "refus"


class MotifRefus(StrEnum):
    """Why a request is refused; words complete it."""

    HORS_CHAMP = "hors_champ"
    ACTION_NON_FINANCABLE = "action_non_financable"
    ORGANISME_NON_CERTIFIE = "organisme_non_certifie"
    DEPOT_TARDIF = "depot_tardif"
    COMPLEMENT_NON_RECU = "complement_non_recu"
    FONDS_EPUISES = "fonds_epuises"
    DOUBLON = "doublon"
    INCOHERENCE = "incoherence"
    AUTRE = "autre"


LIBELLES_MOTIFS = {
    MotifRefus.HORS_CHAMP: "L’entreprise ne relève pas de cet OPCO",
    MotifRefus.ACTION_NON_FINANCABLE: "L’action n’entre pas dans les règles de prise en charge",
    MotifRefus.ORGANISME_NON_CERTIFIE: "L’organisme n’est pas certifié Qualiopi, ou sa déclaration d’activité n’est pas valable",
    MotifRefus.DEPOT_TARDIF: "Le dossier a été déposé trop tard",
    MotifRefus.COMPLEMENT_NON_RECU: "Le complément demandé n’a pas été reçu",
    MotifRefus.FONDS_EPUISES: "Le budget de l’entreprise ou de la branche est épuisé",
    MotifRefus.DOUBLON: "Une autre demande porte sur la même action et les mêmes salariés",
    MotifRefus.INCOHERENCE: "Les pièces et les réponses ne concordent pas",
    MotifRefus.AUTRE: "Autre motif",
}
