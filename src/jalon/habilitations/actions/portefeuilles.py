"""Following an organisation that changes portefeuille."""

from collections.abc import Sequence
from uuid import UUID

from jalon.habilitations.models import (
    AvisPostal,
    CleApi,
    DecisionADeux,
    DemandeAcces,
    DemandeLettre,
    GroupeEtablissements,
    Mandat,
    OrganisationPreparee,
    Rattachement,
)
from jalon.habilitations.requetes.commandes import portefeuilles_des_sirens

_PROTEGES = (Rattachement, DemandeAcces, CleApi, DecisionADeux, Mandat, GroupeEtablissements, OrganisationPreparee)
_RAISON = "le portefeuille d’une organisation a changé"


def suivre_les_portefeuilles(sirens: Sequence[str]) -> None:
    """Copy the new portefeuille of these SIREN onto the rows about their access (called in the change's transaction)."""
    par_portefeuille: dict[UUID, list[str]] = {}
    for siren, portefeuille in portefeuilles_des_sirens(sirens).items():
        par_portefeuille.setdefault(portefeuille, []).append(siren)
    for portefeuille, groupe in par_portefeuille.items():
        for modele in _PROTEGES:
            lignes = modele.objects.tous(_RAISON)
            lignes.filter(siren__dans=groupe).update(portefeuille_id=portefeuille)
            lignes.filter(prestataire_siren__dans=groupe).update(portefeuille_id=portefeuille)
        AvisPostal.objects.filter(siren__dans=groupe, envoye_le__isnull=True).update(portefeuille_id=portefeuille)
        attendues = DemandeLettre.objects.filter(siren__dans=groupe, lettre__isnull=True, ecartee_le__isnull=True)
        attendues.update(portefeuille_id=portefeuille)
