"""What an adviser does with a request, and what the portal does by itself."""

from jalon.instruction.actions.automatiques import (
    accepter_proposition,
    decider_automatiquement,
    examiner_apres_analyse,
    examiner_apres_reception,
)
from jalon.instruction.actions.complements import demander_complement, retirer_complement
from jalon.instruction.actions.decisions import (
    accorder_dossier,
    exiger_organisation_verifiee,
    refuser_dossier,
)
from jalon.instruction.actions.examens import attribuer_dossier, prendre_en_charge
from jalon.instruction.actions.modifications import accepter_modification, refuser_modification
from jalon.instruction.actions.niveaux import chercher_apres_import, chercher_les_niveaux
from jalon.instruction.actions.reexamens import reexaminer, reexaminer_apres_import, reexaminer_apres_reglage
from jalon.instruction.actions.silence import prevenir_du_silence

__all__ = [
    "accepter_modification",
    "accepter_proposition",
    "accorder_dossier",
    "attribuer_dossier",
    "chercher_apres_import",
    "chercher_les_niveaux",
    "decider_automatiquement",
    "demander_complement",
    "examiner_apres_analyse",
    "examiner_apres_reception",
    "exiger_organisation_verifiee",
    "prendre_en_charge",
    "prevenir_du_silence",
    "reexaminer",
    "reexaminer_apres_import",
    "reexaminer_apres_reglage",
    "refuser_dossier",
    "refuser_modification",
    "retirer_complement",
]
