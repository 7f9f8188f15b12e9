"""Writes about batches of transfers."""

from jalon.reglements.actions.execution import FichierBancaire, declarer_execute, telecharger_xml
from jalon.reglements.actions.preparation import Preparation, abandonner_lot, preparer_lot, retirer_virement
from jalon.reglements.actions.signature import signer_lot

__all__ = [
    "FichierBancaire",
    "Preparation",
    "abandonner_lot",
    "declarer_execute",
    "preparer_lot",
    "retirer_virement",
    "signer_lot",
    "telecharger_xml",
]
