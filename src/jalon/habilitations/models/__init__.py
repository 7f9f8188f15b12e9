"""Tables of the rights: who may do what, where, since when, and how it was given."""

from jalon.habilitations.models.cles import CleApi
from jalon.habilitations.models.codes import (
    AdresseACompleter,
    AvisPostal,
    CodeActivation,
    CommandeCodes,
    DemandeLettre,
    LettreCode,
)
from jalon.habilitations.models.decisions import DecisionADeux
from jalon.habilitations.models.essais import (
    CompteurEssais,
    RythmeOctrois,
)
from jalon.habilitations.models.groupes import GroupeEtablissements
from jalon.habilitations.models.mandats import Affectation, Mandat
from jalon.habilitations.models.opco import PortefeuilleDuRole, RoleOpco
from jalon.habilitations.models.preparations import OrganisationPreparee, PreparationDroits
from jalon.habilitations.models.rattachements import DemandeAcces, DroitAccorde, Rattachement, VerrouSiren
from jalon.habilitations.models.second_facteur import PerteSecondFacteur

__all__ = [
    "AdresseACompleter",
    "Affectation",
    "AvisPostal",
    "CleApi",
    "CodeActivation",
    "CommandeCodes",
    "CompteurEssais",
    "DecisionADeux",
    "DemandeAcces",
    "DemandeLettre",
    "DroitAccorde",
    "GroupeEtablissements",
    "LettreCode",
    "Mandat",
    "OrganisationPreparee",
    "PerteSecondFacteur",
    "PortefeuilleDuRole",
    "PreparationDroits",
    "Rattachement",
    "RoleOpco",
    "RythmeOctrois",
    "VerrouSiren",
]
