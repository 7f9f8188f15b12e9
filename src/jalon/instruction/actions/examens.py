"""An adviser takes a request."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import TABLE, Attente, attente_instruction
from jalon.dossiers.requetes import dossier_a_traiter
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.instruction.actions.communs import CHAMPS_DE_L_ETAT, noter_sur
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible

ATTRIBUABLES = frozenset({EtatDossier.TRANSMIS, EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER})


def prendre_en_charge(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Dossier:
    """Open a request that was sent: it is examined by this adviser. An adviser may take over from another.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        if dossier.etat == EtatDossier.TRANSMIS:
            dossier.avancer(EtatDossier.EN_INSTRUCTION, le=maintenant, attente=attente_de_decision(dossier))
        elif dossier.etat not in {EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER}:
            TABLE.exiger(dossier.etat, EtatDossier.EN_INSTRUCTION)
        if dossier.instructeur_id == par.identite:
            return dossier
        dossier.instructeur_id, dossier.instructeur_nom = par.identite, par.libelle[:200]
        dossier.save(update_fields=[*CHAMPS_DE_L_ETAT, "instructeur_id", "instructeur_nom"])
        noter_sur("dossier.pris_en_charge", dossier, par, maintenant)
    return dossier


def attribuer_dossier(*, dossier_id: UUID, conseiller_id: UUID | None, par: Acteur, maintenant: datetime) -> Dossier:
    """Give a request to an adviser of its portefeuille, who may be another one; its state does not change.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible (decided), SaisieRefusee (no such adviser there).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        if dossier.etat not in ATTRIBUABLES:
            raise TransitionImpossible("Ce dossier n’est plus à instruire.")
        en_poste = personnes_du_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id, maintenant)
        conseiller = next((p for p in en_poste if p.pk == conseiller_id), None)
        if conseiller is None:
            raise SaisieRefusee("Choisissez un conseiller de ce portefeuille", champ="conseiller")
        if dossier.instructeur_id != conseiller.pk:
            dossier.instructeur_id, dossier.instructeur_nom = conseiller.pk, conseiller.nom_complet[:200]
            dossier.modifie_le = maintenant
            dossier.save(update_fields=["modifie_le", "instructeur_id", "instructeur_nom"])
            noter_sur("dossier.attribue", dossier, par, maintenant, conseiller=conseiller.nom_complet)
    return dossier


def attente_de_decision(dossier: Dossier) -> Attente:
    """What the OPCO must do, counted from the day when the request was complete."""
    complet_le = dossier.complet_le or dossier.etat_depuis
    return attente_instruction(jour_de_paris(complet_le), dispositif_de(dossier.dispositif).delai_decision)
