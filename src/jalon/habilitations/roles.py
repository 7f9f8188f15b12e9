"""What each role of the OPCO may do in its portefeuilles. Data, no judgement."""

from collections.abc import Mapping

from jalon.habilitations.enums import (
    Role,
)
from jalon.socle.acteurs import (
    Pouvoir,
)

POUVOIRS: Mapping[Role, frozenset[Pouvoir]] = {
    Role.AEF: frozenset(
        {
            Pouvoir.CONSULTER,
            Pouvoir.COMMANDER_CODES,
            Pouvoir.DEMANDER_CODES,
            Pouvoir.DECIDER_ACCES,
            Pouvoir.CONFIRMER_NOMINATION,
            Pouvoir.DECIDER_A_DEUX,
            Pouvoir.VERIFIER_ORGANISATION,
            Pouvoir.REPONDRE_TICKETS,
            Pouvoir.COUPER_ACCES,
        }
    ),
    Role.CONSEILLER: frozenset(
        {
            Pouvoir.CONSULTER,
            Pouvoir.CONFIRMER_NOMINATION,
            Pouvoir.DECIDER_A_DEUX,
            Pouvoir.DEMANDER_CODES,
            Pouvoir.VERIFIER_ORGANISATION,
            Pouvoir.INSTRUIRE,
            Pouvoir.DECIDER,
            Pouvoir.REPONDRE_TICKETS,
            Pouvoir.COUPER_ACCES,
        }
    ),
    Role.GESTIONNAIRE: frozenset({Pouvoir.CONSULTER, Pouvoir.INSTRUIRE, Pouvoir.TRAITER_FACTURES}),
    Role.COMPTABLE: frozenset({Pouvoir.CONSULTER, Pouvoir.PREPARER_LOTS}),
    Role.RESPONSABLE_FINANCIER: frozenset({Pouvoir.CONSULTER, Pouvoir.SIGNER_LOTS}),
    Role.ADMINISTRATEUR_OPCO: frozenset(
        {
            Pouvoir.CONSULTER,
            Pouvoir.DECIDER_A_DEUX,
            Pouvoir.REGLER_BAREMES,
            Pouvoir.REPONDRE_TICKETS,
            Pouvoir.COUPER_ACCES,
            Pouvoir.VEILLER,
        }
    ),
}
