"""In which states a request that was sent may still change, and how."""

from jalon.dossiers.enums import EtatDossier

VIVANTS = frozenset(
    {EtatDossier.TRANSMIS, EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER, EtatDossier.ACCORDE, EtatDossier.ROMPU}
)
"""The company keeps its contact and its reference up to date until nothing more is expected."""
REOUVRABLES = frozenset({EtatDossier.TRANSMIS, EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER})
"""Before the decision, the OPCO may open a box again."""
