"""Rights prepared for large filers, before they sign in: stored by the command, signed by two, applied by a job."""

from jalon.habilitations.actions.preparations.application import appliquer_preparation, relancer_preparations
from jalon.habilitations.actions.preparations.depot import BilanPreparation, deposer_droits, prevoir_droits
from jalon.habilitations.actions.preparations.jugement import Jugement
from jalon.habilitations.actions.preparations.signatures import ecarter_preparation, signer_preparation
from jalon.habilitations.actions.preparations.suites import prevoir_organisation, relancer_invitations

__all__ = [
    "BilanPreparation",
    "Jugement",
    "appliquer_preparation",
    "deposer_droits",
    "ecarter_preparation",
    "prevoir_droits",
    "prevoir_organisation",
    "relancer_invitations",
    "relancer_preparations",
    "signer_preparation",
]
