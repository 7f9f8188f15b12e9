"""Writes about granted contracts."""

from jalon.contrats.actions.avenants import (
    abandonner_avenant,
    accepter_avenant,
    commencer_avenant,
    enregistrer_avenant,
    refuser_avenant,
    transmettre_avenant,
)
from jalon.contrats.actions.niveaux import BilanDeRegularisation, regulariser_niveau, regulariser_niveaux
from jalon.contrats.actions.nouveaux import commencer_nouveau_contrat
from jalon.contrats.actions.preuves import joindre_preuve
from jalon.contrats.actions.ruptures import declarer_rupture, signaler_rupture

__all__ = [
    "BilanDeRegularisation",
    "abandonner_avenant",
    "accepter_avenant",
    "commencer_avenant",
    "commencer_nouveau_contrat",
    "declarer_rupture",
    "enregistrer_avenant",
    "joindre_preuve",
    "refuser_avenant",
    "regulariser_niveau",
    "regulariser_niveaux",
    "signaler_rupture",
    "transmettre_avenant",
]
