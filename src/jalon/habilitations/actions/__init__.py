"""Writes about rights."""

from jalon.habilitations.actions.activation import (
    CodeDeLAutreProfil,
    CodePerime,
    CodeRefuse,
    SuiteDuCode,
    utiliser_code,
)
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.actions.commandes import (
    commander_codes,
    completer_adresse,
    declarer_avis_envoyes,
    preparer_suite,
)
from jalon.habilitations.actions.courriers_demandes import (
    commander_demandees,
    demander_lettre,
    demander_lettre_opco,
    ecarter_demandees,
)
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.actions.envois import declarer_postees, declarer_revenues
from jalon.habilitations.actions.fin_de_code import terminer_code
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.actions.lettres import FichierLettres, declarer_imprimees, telecharger_lettres
from jalon.habilitations.actions.opco import creer_compte_opco, retirer_role_opco
from jalon.habilitations.actions.rejoindre import PersonneNeDecide, demander_acces, retirer_demande

__all__ = [
    "CodeDeLAutreProfil",
    "CodePerime",
    "CodeRefuse",
    "FichierLettres",
    "PersonneNeDecide",
    "SuiteDuCode",
    "commander_codes",
    "commander_demandees",
    "completer_adresse",
    "creer_cle_api",
    "creer_compte_opco",
    "decider_demande",
    "declarer_avis_envoyes",
    "declarer_imprimees",
    "declarer_postees",
    "declarer_revenues",
    "demander_acces",
    "demander_lettre",
    "demander_lettre_opco",
    "ecarter_demandees",
    "inviter_personne",
    "modifier_droits",
    "preparer_suite",
    "rattacher_invitations",
    "retirer_demande",
    "retirer_rattachement",
    "retirer_role_opco",
    "revoquer_cle",
    "telecharger_lettres",
    "terminer_code",
    "utiliser_code",
]
