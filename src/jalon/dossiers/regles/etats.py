"""The table of moves, and how a state is shown."""

from datetime import date

from jalon.dossiers.enums import EN_EXECUTION, LIBELLES_ETATS, EtatDossier
from jalon.socle.etats import TableEtats, Transition

ENTREPRISE, OPCO = "l’entreprise", "l’OPCO"
_E = EtatDossier

TABLE = TableEtats(
    EtatDossier,
    LIBELLES_ETATS,
    [
        Transition(_E.BROUILLON, _E.TRANSMIS, "transmettre", ENTREPRISE),
        Transition(_E.TRANSMIS, _E.EN_INSTRUCTION, "prendre en charge", OPCO),
        Transition(_E.EN_INSTRUCTION, _E.A_COMPLETER, "demander un complément", OPCO),
        Transition(_E.A_COMPLETER, _E.EN_INSTRUCTION, "compléter", ENTREPRISE),
        Transition(_E.EN_INSTRUCTION, _E.ACCORDE, "accorder", OPCO),
        Transition(_E.EN_INSTRUCTION, _E.REFUSE, "refuser", OPCO),
        Transition(_E.A_COMPLETER, _E.REFUSE, "refuser", OPCO),
        Transition(_E.TRANSMIS, _E.ANNULE, "annuler avant le début", ENTREPRISE),
        Transition(_E.EN_INSTRUCTION, _E.ANNULE, "annuler avant le début", ENTREPRISE),
        Transition(_E.A_COMPLETER, _E.ANNULE, "annuler avant le début", ENTREPRISE),
        Transition(_E.ACCORDE, _E.ANNULE, "annuler avant le début", ENTREPRISE),
        Transition(_E.ACCORDE, _E.ROMPU, "déclarer la rupture du contrat", ENTREPRISE),
        Transition(_E.ACCORDE, _E.SOLDE, "solder, tout est payé ou clos", OPCO),
        Transition(_E.ROMPU, _E.SOLDE, "solder, tout est payé ou clos", OPCO),
    ],
)
"""A draft is deleted, not moved. What is broken is still paid, for the days done: it is closed once that is over."""


def etat_affiche(etat: str, date_debut: date | None, jour: date) -> str:
    """The state as people read it: an ACCORDE whose training has begun is « en exécution »."""
    if etat == EtatDossier.ACCORDE and date_debut is not None and date_debut <= jour:
        return EN_EXECUTION
    return etat
