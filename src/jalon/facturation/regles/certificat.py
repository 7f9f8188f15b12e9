"""The certificat de réalisation (regles.md §5.1) and the contrôle de service fait."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.facturation.enums import NatureAction
from jalon.socle.dates import formater_date
from jalon.socle.montants import ZERO

HEURES_MAXIMALES = Decimal("99999.99")
LONGUEUR_TEXTE = 120
PHRASES_SIGNATAIRE = {
    "signataire_nom": "Indiquez le nom du signataire du certificat",
    "signataire_qualite": "Indiquez la qualité du signataire, par exemple directrice",
    "lieu": "Indiquez le lieu de signature",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaisieCertificat:
    """What is typed of a certificate. `heures_realisees`: hours done, all trainees together.

    `conservation`: the signatory undertakes to keep the proofs.
    """

    nature: NatureAction
    date_debut: date
    date_fin: date
    heures_realisees: Decimal
    nombre_stagiaires: int
    signataire_nom: str
    signataire_qualite: str
    lieu: str
    signe_le: date
    conservation: bool


def verifier_certificat(saisie: SaisieCertificat, aujourdhui: date) -> dict[str, str]:
    """Box -> what to mend."""
    refus = _verifier_dates(saisie, aujourdhui) | _verifier_signataire(saisie)
    if not ZERO < saisie.heures_realisees <= HEURES_MAXIMALES:
        refus["heures_realisees"] = "Indiquez le nombre d’heures réalisées"
    if saisie.nombre_stagiaires < 1:
        refus["nombre_stagiaires"] = "Indiquez le nombre de stagiaires présents"
    if not saisie.conservation:
        refus["conservation"] = "Le signataire s’engage à conserver les justificatifs\u00a0: cochez la case"
    return refus


def _verifier_dates(saisie: SaisieCertificat, aujourdhui: date) -> dict[str, str]:
    refus = {}
    if saisie.date_fin < saisie.date_debut:
        refus["date_fin"] = "La fin de la formation précède son début"
    elif saisie.date_fin > aujourdhui:
        refus["date_fin"] = "Le certificat atteste d’heures déjà réalisées\u00a0: la fin est dans le futur"
    if saisie.signe_le > aujourdhui:
        refus["signe_le"] = "La date de signature est dans le futur"
    elif saisie.signe_le < saisie.date_fin:
        refus["signe_le"] = "Le certificat se signe une fois la formation réalisée"
    return refus


def _verifier_signataire(saisie: SaisieCertificat) -> dict[str, str]:
    refus = {}
    for champ, phrase in PHRASES_SIGNATAIRE.items():
        valeur = getattr(saisie, champ).strip()
        if not valeur:
            refus[champ] = phrase
        elif len(valeur) > LONGUEUR_TEXTE:
            refus[champ] = f"Écrivez {LONGUEUR_TEXTE}\u00a0caractères au plus"
    return refus


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAccordee:
    """What was agreed, to compare with what was done."""

    date_debut: date | None
    date_fin: date | None
    nombre_stagiaires: int


def controler_service_fait(certificat: SaisieCertificat, prevu: ActionAccordee) -> list[str]:
    """What differs from the agreement: the one who accepts explains it."""
    ecarts = []
    if prevu.date_debut is not None and certificat.date_debut < prevu.date_debut:
        ecarts.append(f"La formation a commencé avant la date accordée ({formater_date(prevu.date_debut)})")
    if prevu.date_fin is not None and certificat.date_fin > prevu.date_fin:
        ecarts.append(f"La formation a fini après la date accordée ({formater_date(prevu.date_fin)})")
    if certificat.nombre_stagiaires != prevu.nombre_stagiaires:
        ecarts.append(f"{certificat.nombre_stagiaires} stagiaires présents, {prevu.nombre_stagiaires} accordés")
    return ecarts
