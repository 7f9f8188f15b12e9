"""What each role of the OPCO may do in its portefeuilles, and what each verb of the API opens. Data, no judgement."""

from collections.abc import Mapping

from jalon.habilitations.enums import Role, VerbeApi
from jalon.socle.acteurs import Domaine, Droit, Niveau, Pouvoir

POUVOIRS: Mapping[Role, frozenset[Pouvoir]] = {
    Role.AEF: frozenset(
        {
            Pouvoir.CONSULTER,
            Pouvoir.COMMANDER_CODES,
            Pouvoir.DEMANDER_CODES,
            Pouvoir.DECIDER_ACCES,
            Pouvoir.VERIFIER_ORGANISATION,
            Pouvoir.REPONDRE_TICKETS,
        }
    ),
    Role.CONSEILLER: frozenset(
        {
            Pouvoir.CONSULTER,
            Pouvoir.DEMANDER_CODES,
            Pouvoir.VERIFIER_ORGANISATION,
            Pouvoir.INSTRUIRE,
            Pouvoir.DECIDER,
            Pouvoir.REPONDRE_TICKETS,
        }
    ),
    Role.GESTIONNAIRE: frozenset({Pouvoir.CONSULTER, Pouvoir.INSTRUIRE, Pouvoir.TRAITER_FACTURES}),
    Role.COMPTABLE: frozenset({Pouvoir.CONSULTER, Pouvoir.PREPARER_LOTS}),
    Role.RESPONSABLE_FINANCIER: frozenset({Pouvoir.CONSULTER, Pouvoir.SIGNER_LOTS}),
    Role.ADMINISTRATEUR_OPCO: frozenset({Pouvoir.CONSULTER, Pouvoir.REGLER_BAREMES, Pouvoir.REPONDRE_TICKETS}),
}

DROITS_DES_VERBES: Mapping[VerbeApi, frozenset[Droit]] = {
    VerbeApi.DOSSIERS_LIRE: frozenset({Droit(Domaine.PLAN, Niveau.LECTURE), Droit(Domaine.ALTERNANCE, Niveau.LECTURE)}),
}
