"""What the portal decides by itself, or proposes, when every check passes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.regles import DECIDENT
from jalon.dossiers.requetes import dossier_a_traiter
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.instruction.actions.decisions import accorder_sous_verrou
from jalon.instruction.actions.examens import attente_de_decision
from jalon.instruction.models import Decision
from jalon.instruction.requetes.examen import Examen, examiner
from jalon.referentiels.requetes import reglages_de
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.reglages import DecisionAutomatique
from jalon.socle.travaux import differer

TACHE_DECISION = "instruction.decider_automatiquement"


def accepter_proposition(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Decision:
    """Grant in one gesture, as the barème gives it, a request that passes every check; a request that nobody took is taken.

    The checks are made again under the lock: what passed when the page was drawn may not pass any more.
    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible (state, a check that does not pass, nothing proposed for
    this dispositif, yearly budget).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        if dossier.etat not in DECIDENT:
            raise TransitionImpossible(
                f"Ce dossier n’attend plus de décision\u00a0: il est «\u00a0{_etat(dossier, maintenant)}\u00a0»."
            )
        examen = examiner(dossier, maintenant)
        if not examen.favorable:
            raise TransitionImpossible(f"L’accord n’est pas proposé\u00a0: {examen.empechement}.")
        return _accorder(dossier, examen, par, maintenant, automatique=False)


def decider_automatiquement(*, dossier_id: UUID, maintenant: datetime) -> Decision | None:
    """Grant a request that passes every check, where the OPCO lets the portal do it; otherwise write nothing and leave it to the
    advisers. Idempotent: a request that is decided, cancelled or asked again is left as it is."""
    try:
        with transaction.atomic():
            dossiers = Dossier.objects.tous("décision automatique sur ce dossier, sous verrou")
            verrou = dossiers.select_for_update(of=("self",)).defer("recherche")
            dossier = verrou.filter(pk=dossier_id, etat__in=sorted(DECIDENT)).first()
            if dossier is None:
                return None
            examen = examiner(dossier, maintenant)
            if examen.mode != DecisionAutomatique.PRISE or not examen.favorable:
                return None
            return _accorder(dossier, examen, ActeurSysteme("décision automatique"), maintenant, automatique=True)
    except TransitionImpossible:
        return None


def _accorder(dossier: Dossier, examen: Examen, par: Acteur, maintenant: datetime, *, automatique: bool) -> Decision:
    """Every line as it was estimated: the portal never gives another amount."""
    if dossier.etat == EtatDossier.TRANSMIS:
        dossier.avancer(EtatDossier.EN_INSTRUCTION, le=maintenant, attente=attente_de_decision(dossier))
        if not automatique:
            dossier.instructeur_id, dossier.instructeur_nom = par.identite, par.libelle[:200]
            dossier.save(update_fields=["instructeur_id", "instructeur_nom"])
    montants = {ligne.poste: ligne.montant_ht for ligne in examen.proposition.lignes}
    return accorder_sous_verrou(
        dossier=dossier, montants=montants, controles=examen.controles, automatique=automatique, par=par, maintenant=maintenant
    )


def _etat(dossier: Dossier, maintenant: datetime) -> str:
    return dossier.libelle_etat(jour_de_paris(maintenant))


def examiner_apres_reception(dossier: Dossier, maintenant: datetime) -> None:
    """A request or a complement has come: queue its examination, where the OPCO lets the portal decide (registered in `dossiers`)."""
    if reglages_de(dossier.dispositif).decision_automatique(jour_de_paris(maintenant)) == DecisionAutomatique.PRISE:
        differer(TACHE_DECISION, dossier_id=str(dossier.pk))


def examiner_apres_analyse(document_id: UUID, maintenant: datetime) -> None:
    """The antivirus has answered on a document: the request that it belongs to may now pass (registered in `pieces`)."""
    pieces = PieceDeposee.objects.tous("le dossier d’un document que l’antivirus vient de juger")
    trouvees = pieces.filter(document_id=document_id, dossier__etat__in=sorted(DECIDENT)).select_related("dossier")
    for piece in trouvees.defer("dossier__reponses", "dossier__contenu", "dossier__recherche"):
        examiner_apres_reception(piece.dossier, maintenant)
