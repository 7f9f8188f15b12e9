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
from jalon.habilitations.actions.mandats import donner_mandat, modifier_mandat, rappeler_mandats, terminer_mandat
from jalon.habilitations.actions.mandats_en_attente import decider_mandat, installer_mandats
from jalon.habilitations.actions.nominations import decider_nomination
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.actions.opco import creer_compte_opco, retirer_role_opco
from jalon.habilitations.actions.rejoindre import PersonneNeDecide, demander_acces, retirer_demande

__all__ = [
    "BilanAnciennesCles",
    "CleNouvelle",
    "CleRefusee",
    "CodeDeLAutreProfil",
    "CodePerime",
    "CodeRefuse",
    "FichierLettres",
    "PersonneNeDecide",
    "SuiteDuCode",
    "authentifier_cle",
    "commander_codes",
    "commander_demandees",
    "completer_adresse",
    "confier_mandats",
    "creer_cle_api",
    "creer_compte_opco",
    "decider_demande",
    "decider_mandat",
    "decider_nomination",
    "decider_octroi",
    "declarer_avis_envoyes",
    "declarer_imprimees",
    "declarer_postees",
    "declarer_revenues",
    "demander_acces",
    "demander_lettre",
    "demander_lettre_opco",
    "donner_mandat",
    "ecarter_demandees",
    "importer_anciennes_cles",
    "installer_mandats",
    "inviter_personne",
    "modifier_droits",
    "modifier_mandat",
    "preparer_suite",
    "prevenir_des_expirations",
    "rappeler_mandats",
    "rattacher_invitations",
    "reprendre_mandats",
    "retirer_demande",
    "retirer_rattachement",
    "retirer_role_opco",
    "revoquer_cle",
    "telecharger_lettres",
    "terminer_code",
    "terminer_mandat",
    "utiliser_code",
]
