"""Lines of a file of requests of the former portal, of a dispositif that is closed. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from jalon.dispositifs.base import Contenu, Dispositif
from jalon.dispositifs.lecture import lire_contenu
from jalon.dossiers.enums import LIBELLES_ETATS, EtatDossier
from jalon.socle.dates import analyser_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.montants import ZERO, analyser_montant

ETATS = (EtatDossier.SOLDE, EtatDossier.REFUSE, EtatDossier.ANNULE)
"""What is over: a request that still runs is paid where it was granted, and taken over once closed."""
SUIVI = frozenset({"numero", "etat", "transmis_le", "accorde_le", "montant_accorde", "montant_paye"})
NUMERO_AU_PLUS = 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AncienDossier:
    """A line that can be taken: what became of the request, and its document."""

    ligne: int
    numero: str
    etat: EtatDossier
    transmis_le: date
    accorde_le: date | None
    accorde: Decimal | None
    paye: Decimal
    contenu: Contenu = field(repr=False)


def colonnes_de(declaration: Dispositif) -> frozenset[str]:
    """The columns of the file: what became of the request, then each box, « section.champ »."""
    return SUIVI | {f"{section.code}.{case.nom}" for section in declaration.sections for case in section.cases}


def lire_ligne(declaration: Dispositif, ligne: int, valeurs: Mapping[str, str]) -> AncienDossier:
    """The request of a line. Raises SaisieRefusee, with every reason."""
    raisons: list[str] = []

    def lire(colonne: str, analyse: Callable[[str], T], sinon: T) -> T:
        try:
            return analyse(valeurs[colonne]) if valeurs.get(colonne) else sinon
        except SaisieRefusee as refus:
            raisons.append(f"{colonne}\u00a0: {refus.message}")
            return sinon

    etat = next((e for e in ETATS if e.value == valeurs.get("etat", "").lower()), None)
    transmis = lire("transmis_le", analyser_date, None)
    accorde_le = lire("accorde_le", analyser_date, None)
    accorde, paye = lire("montant_accorde", analyser_montant, None), lire("montant_paye", analyser_montant, ZERO)
    numero = " ".join(valeurs.get("numero", "").split())
    raisons += _incoherences(declaration, numero, etat, transmis, accorde_le, accorde, paye)
    contenu, anomalies = lire_contenu(declaration, _reponses(declaration, valeurs))
    raisons += [f"{anomalie.cases[0]}\u00a0: {anomalie.message}" for anomalie in anomalies]
    if raisons or etat is None or transmis is None or contenu is None:
        raise SaisieRefusee("\u00a0; ".join(raisons))
    return AncienDossier(ligne, numero, etat, transmis, accorde_le, accorde, paye, contenu)


def _incoherences(
    declaration: Dispositif,
    numero: str,
    etat: EtatDossier | None,
    transmis: date | None,
    accorde_le: date | None,
    accorde: Decimal | None,
    paye: Decimal,
) -> list[str]:
    raisons = []
    if not 0 < len(numero) <= NUMERO_AU_PLUS:
        raisons.append(f"numero\u00a0: indiquez l’ancien numéro, en {NUMERO_AU_PLUS}\u00a0signes au plus")
    if etat is None:
        permis = ", ".join(f"«\u00a0{e.value}\u00a0» ({LIBELLES_ETATS[e]})" for e in ETATS)
        raisons.append(f"etat\u00a0: écrivez {permis}\u00a0; un dossier encore en cours se reprend une fois clos")
    if transmis is None:
        raisons.append("transmis_le\u00a0: indiquez le jour de transmission")
    elif declaration.fermeture(transmis):
        raisons.append("transmis_le\u00a0: ce dispositif était déjà fermé ce jour-là")
    if etat == EtatDossier.SOLDE and (accorde_le is None or accorde is None):
        raisons.append("accorde_le, montant_accorde\u00a0: un dossier soldé a été accordé, indiquez quand et combien")
    if etat == EtatDossier.REFUSE and (accorde_le is not None or accorde is not None):
        raisons.append("accorde_le, montant_accorde\u00a0: un dossier refusé n’a pas été accordé")
    if transmis is not None and accorde_le is not None and accorde_le < transmis:
        raisons.append("accorde_le\u00a0: l’accord suit la transmission")
    if paye > (accorde or ZERO):
        raisons.append("montant_paye\u00a0: il ne dépasse pas le montant accordé")
    return raisons


def _reponses(declaration: Dispositif, valeurs: Mapping[str, str]) -> dict[str, dict[str, object]]:
    return {
        section.code: {
            "version": 1,
            "valeurs": {case.nom: valeurs.get(f"{section.code}.{case.nom}", "") for case in section.cases},
        }
        for section in declaration.sections
    }
