"""The company answers what the OPCO asked again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import cle_d_envoi
from jalon.dispositifs.base import Anomalie, Contenu, Dispositif
from jalon.dispositifs.base.controles import PIECE_MANQUANTE
from jalon.dispositifs.lecture import verifier
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.reponses import clore_la_demande
from jalon.dossiers.actions.salaries import suivre_les_salaries
from jalon.dossiers.actions.transmission import declarer_les_inconnues
from jalon.dossiers.actions.versions import CHAMPS_DU_CONTENU, figer_contenu
from jalon.dossiers.branchements import suites_de_la_reception
from jalon.dossiers.chiffrement import dechiffrer_reponses
from jalon.dossiers.courriels import ComplementRecu, destinataire_instructeur
from jalon.dossiers.enums import EtatComplement, EtatDossier, MotifVersion
from jalon.dossiers.models import DemandeComplement, Dossier
from jalon.dossiers.regles import DossierIncomplet, attente_instruction, cases_ouvertes
from jalon.dossiers.requetes.acces import dossier_accessible, exiger_l_envoi
from jalon.dossiers.requetes.contexte import contexte_de
from jalon.dossiers.requetes.pieces import codes_admis, complement_en_cours, libelle_de_piece, pieces_utilisables
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import TransitionImpossible

CHAMPS_DE_L_INSTRUCTION = [
    "etat", "etat_depuis", "modifie_le", "complet_le", "attend_qui", "attend_avant", "attend_motif",
]  # fmt: skip


def completer_dossier(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Dossier:
    """Send the complement: a new version of the content goes back to the adviser, and the OPCO's delay starts again.

    Only what was asked can prevent it: a document asked that is not there, an open box that is empty or wrong.
    Raises: Introuvable, DroitManquant, TransitionImpossible (nothing is asked), DossierIncomplet.
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.ENVOI, verrou=True)
        demande = complement_en_cours(dossier) if dossier.etat == EtatDossier.A_COMPLETER else None
        if demande is None:
            raise TransitionImpossible("L’OPCO n’attend aucun complément sur ce dossier.")
        declaration = dispositif_de(dossier.dispositif)
        contenu = _juger(dossier, declaration, demande, maintenant)
        figer_contenu(dossier, declaration, contenu, MotifVersion.COMPLEMENT, par, maintenant)
        exiger_l_envoi(dossier, par)
        clore_la_demande(demande, EtatComplement.REPONDU, maintenant, version=dossier.contenu_version)
        dossier.complet_le = maintenant
        attente = attente_instruction(jour_de_paris(maintenant), declaration.delai_decision)
        dossier.avancer(EtatDossier.EN_INSTRUCTION, le=maintenant, attente=attente)
        dossier.save(update_fields=[*CHAMPS_DE_L_INSTRUCTION, *CHAMPS_DU_CONTENU])
        declarer_les_inconnues(dossier, par, maintenant)
        noter("dossier.complete", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant)
        preparer(ComplementRecu, dossier.id, destinataire_instructeur(dossier), le=maintenant, cle=cle_d_envoi(maintenant))
        suivre_les_salaries(dossier, maintenant)
        for suite in suites_de_la_reception():
            suite(dossier, maintenant)
    return dossier


def _juger(dossier: Dossier, declaration: Dispositif, demande: DemandeComplement, maintenant: datetime) -> Contenu:
    reponses = dechiffrer_reponses(declaration, dossier.id, dossier.reponses)
    verification = verifier(declaration, reponses, contexte_de(dossier, maintenant))
    presentes = pieces_utilisables(dossier)
    manquantes = [code for code in demande.pieces if not codes_admis(declaration, [code]) & presentes]
    bloquantes = [
        *(a for a in cases_ouvertes(demande.ouvertes, (), verification.anomalies)),
        *(_piece_manquante(declaration, code) for code in manquantes),
    ]
    if bloquantes or verification.contenu is None:
        raise DossierIncomplet(bloquantes or verification.bloquantes)
    return verification.contenu


def _piece_manquante(declaration: Dispositif, code: str) -> Anomalie:
    return Anomalie(
        PIECE_MANQUANTE, f"Joignez la pièce demandée\u00a0: {libelle_de_piece(declaration, code)}", (f"pieces.{code}",)
    )
