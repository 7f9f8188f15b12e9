"""E-mails about access. Each is a sentence and a link; the recipient's right is read again when it is sent."""

from jalon.courriers.messages import Message
from jalon.habilitations.courriels.acces import (
    AccesRetire,
    AdministrateurNomme,
    DroitsModifies,
    EspaceVu,
    InvitationRecue,
    NominationDecidee,
    NouvelAcces,
    OctroiAVerifier,
    OctroiDecide,
    OctroiEnAttente,
    RetraitAnnonce,
)
from jalon.habilitations.courriels.base import a_la_personne, nom_de_l_organisation
from jalon.habilitations.courriels.cles import CleBientotExpiree, CleCreee
from jalon.habilitations.courriels.codes import CodeBientotPerime, CodeEmis, CodeTermine, LettreEcartee
from jalon.habilitations.courriels.decisions import DecisionAConfirmer, DecisionAnnoncee
from jalon.habilitations.courriels.demandes import DemandeDecidee, DemandeRecue, DemandeRelancee
from jalon.habilitations.courriels.groupes import GroupeModifie

MESSAGES: tuple[type[Message], ...] = (
    InvitationRecue,
    DroitsModifies,
    EspaceVu,
    AccesRetire,
    AdministrateurNomme,
    NominationDecidee,
    NouvelAcces,
    OctroiEnAttente,
    OctroiDecide,
    OctroiAVerifier,
    RetraitAnnonce,
    DemandeRecue,
    DemandeRelancee,
    DemandeDecidee,
    CodeEmis,
    DecisionAConfirmer,
    DecisionAnnoncee,
    CleCreee,
    CleBientotExpiree,
    CodeTermine,
    CodeBientotPerime,
    LettreEcartee,
    GroupeModifie,
)

__all__ = [
    "MESSAGES",
    "AccesRetire",
    "AdministrateurNomme",
    "CleBientotExpiree",
    "CleCreee",
    "CodeBientotPerime",
    "CodeEmis",
    "CodeTermine",
    "DecisionAConfirmer",
    "DecisionAnnoncee",
    "DemandeDecidee",
    "DemandeRecue",
    "DemandeRelancee",
    "DroitsModifies",
    "EspaceVu",
    "GroupeModifie",
    "InvitationRecue",
    "LettreEcartee",
    "NominationDecidee",
    "NouvelAcces",
    "OctroiAVerifier",
    "OctroiDecide",
    "OctroiEnAttente",
    "RetraitAnnonce",
    "a_la_personne",
    "nom_de_l_organisation",
]
