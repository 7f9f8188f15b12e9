"""The table of moves, and how a state is shown."""

from datetime import date

from jalon.dossiers.enums import (
    ACCEPTATION_IMPLICITE,
    EN_EXECUTION,
    LIBELLES_DU_SILENCE,
    LIBELLES_ETATS,
    REFUS_IMPLICITE,
    EtatDossier,
)
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
        Transition(_E.A_COMPLETER, _E.EN_INSTRUCTION, "retirer la demande de complément", OPCO),
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


ATTENDENT_L_OPCO = (EtatDossier.TRANSMIS, EtatDossier.EN_INSTRUCTION)
DEDUITS = {
    EN_EXECUTION: ((EtatDossier.ACCORDE,), "la formation a commencé"),
    REFUS_IMPLICITE: (ATTENDENT_L_OPCO, "le délai de réponse est passé, et le silence de l’OPCO vaut refus"),
    ACCEPTATION_IMPLICITE: (ATTENDENT_L_OPCO, "le délai de réponse est passé, et le silence de l’OPCO vaut acceptation"),
}
"""Shown states that are never stored: the stored ones, and when they are shown so."""


def page_des_etats() -> str:
    """The page of documentation: the table, then what is derived when it is read."""
    lignes = [
        "",
        "États montrés, jamais enregistrés (`docs/adr/0036`)\u00a0:",
        "",
        "| Montré | Enregistré | Quand |",
        "|---|---|---|",
    ]
    libelles = LIBELLES_ETATS | LIBELLES_DU_SILENCE
    for montre, (etats, quand) in DEDUITS.items():
        lignes.append(f"| {libelles[montre]} | {', '.join(libelles[etat] for etat in etats)} | {quand} |")
    return TABLE.en_markdown("États d’un dossier") + "\n".join(lignes) + "\n"
