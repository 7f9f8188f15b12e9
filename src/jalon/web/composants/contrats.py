"""What the pages of a request show of the life of its contract, on each side."""

from typing import Any

from jalon.contrats.enums import EN_COURS, EtatAvenant
from jalon.contrats.requetes import (
    avenants_de,
    bilan_de,
    declarations,
    echanges_d_avant,
    preuve_du_prestataire,
    rupture_de,
    suites_possibles,
    transferts_de,
    vie_de,
)
from jalon.dispositifs.base import Mots
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import cote_de, portee_entreprise, portee_prestataire
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir

SANS_CONTRAT: dict[str, Any] = {
    "rupture": None, "bilan": None, "peut_rompre": False, "a_confirmer": False,
    "avenants": [], "peut_changer": False, "avenant_a_reprendre": False, "avenant_a_decider": False, "peut_suivre": False,
    "mots": Mots(), "maintient": False, "transferts": [], "echanges_d_avant": [], "peut_prouver": False, "ma_preuve": None,
}  # fmt: skip


def vie_du_contrat(lu: Dossier, acteur: Acteur) -> dict[str, Any]:
    """The rupture as the actor may read it, where the payments stand, and what she may declare."""
    if dispositif_de(lu.dispositif).vie is None or lu.accorde_le is None:
        return SANS_CONTRAT
    vie, vue, cote = vie_de(lu), rupture_de(lu, acteur), cote_de(lu, acteur)
    portee = portee_prestataire(lu) if cote == Cote.PRESTATAIRE else portee_entreprise(lu)
    gere = cote in {Cote.ENTREPRISE, Cote.PRESTATAIRE} and acteur.peut(lu.droit(Niveau.GESTION), portee)
    avenants = avenants_de(lu, acteur)
    decide = cote == Cote.OPCO and lu.portefeuille_id in acteur.portefeuilles(Pouvoir.DECIDER)
    return {
        "mots": vie.mots,
        "maintient": vie.maintient,
        "peut_prouver": gere and _prouve(lu, cote),
        "ma_preuve": preuve_du_prestataire(lu) if cote == Cote.PRESTATAIRE and vue is not None else None,
        "transferts": transferts_de(lu, acteur),
        "echanges_d_avant": echanges_d_avant(lu, acteur),
        "rupture": vue,
        "bilan": bilan_de(lu),
        "peut_rompre": gere and lu.etat in {EtatDossier.ACCORDE, EtatDossier.ROMPU},
        "a_confirmer": vue is not None and vue.entreprise is None,
        "avenants": avenants,
        "peut_changer": bool(vie.avenants) and gere and cote == Cote.ENTREPRISE and lu.etat == EtatDossier.ACCORDE,
        "avenant_a_reprendre": any(a.avenant.etat in EN_COURS for a in avenants),
        "peut_suivre": cote == Cote.ENTREPRISE
        and bool(suites_possibles(lu))
        and acteur.peut(lu.droit(Niveau.SAISIE), portee_entreprise(lu)),
        "avenant_a_decider": decide and any(a.avenant.etat == EtatAvenant.TRANSMIS for a in avenants),
    }


def _prouve(lu: Dossier, cote: Cote | None) -> bool:
    """Whether a proof of rupture is expected of that side."""
    signalee = cote == Cote.PRESTATAIRE and lu.etat == EtatDossier.ACCORDE and Cote.PRESTATAIRE in declarations(lu)
    return lu.etat == EtatDossier.ROMPU or signalee
