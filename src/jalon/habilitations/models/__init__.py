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
from jalon.habilitations.models.essais import CompteurEssais
from jalon.habilitations.models.opco import PortefeuilleDuRole, RoleOpco
from jalon.habilitations.models.rattachements import DemandeAcces, DroitAccorde, Rattachement, VerrouSiren

__all__ = [
    "AdresseACompleter",
    "AvisPostal",
    "CleApi",
    "CodeActivation",
    "CommandeCodes",
    "CompteurEssais",
    "DemandeAcces",
    "DemandeLettre",
    "DroitAccorde",
    "LettreCode",
    "PortefeuilleDuRole",
    "Rattachement",
    "RoleOpco",
    "VerrouSiren",
]
