"""Writes about rights."""

from jalon.habilitations.actions.activation import (
    CodeDeLAutreProfil,
    CodePerime,
    CodeRefuse,
    SuiteDuCode,
    utiliser_code,
)
from jalon.habilitations.actions.affectations import confier_mandats, reprendre_mandats
from jalon.habilitations.actions.anciennes_cles import BilanAnciennesCles, importer_anciennes_cles
from jalon.habilitations.actions.authentification import CleRefusee, authentifier_cle
from jalon.habilitations.actions.cles import (
    CleNouvelle,
    creer_cle_api,
    prevenir_des_expirations,
    revoquer_cle,
)
from jalon.habilitations.actions.commandes import (
    commander_codes,
    completer_adresse,
    declarer_avis_envoyes,
    preparer_suite,
)
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.actions.lettres import FichierLettres, declarer_imprimees, telecharger_lettres
from jalon.habilitations.actions.mandats import donner_mandat, modifier_mandat, rappeler_mandats, terminer_mandat
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.actions.opco import creer_compte_opco, retirer_role_opco

__all__ = [
    "BilanAnciennesCles",
    "CleNouvelle",
    "CleRefusee",
    "CodeDeLAutreProfil",
    "CodePerime",
    "CodeRefuse",
    "FichierLettres",
    "SuiteDuCode",
    "authentifier_cle",
    "commander_codes",
    "completer_adresse",
    "confier_mandats",
    "creer_cle_api",
    "creer_compte_opco",
    "decider_demande",
    "decider_octroi",
    "declarer_avis_envoyes",
    "declarer_imprimees",
    "donner_mandat",
    "importer_anciennes_cles",
    "inviter_personne",
    "modifier_droits",
    "modifier_mandat",
    "preparer_suite",
    "prevenir_des_expirations",
    "rappeler_mandats",
    "rattacher_invitations",
    "reprendre_mandats",
    "retirer_rattachement",
    "retirer_role_opco",
    "revoquer_cle",
    "telecharger_lettres",
    "terminer_mandat",
    "utiliser_code",
]
