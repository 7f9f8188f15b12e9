"""Two people of the OPCO sign prepared rights, or one of them sets them aside (exigences, S9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.preparations.lecture import texte_de
from jalon.habilitations.courriels.preparations import PreparationClose
from jalon.habilitations.enums import EtatPreparation
from jalon.habilitations.models import PreparationDroits
from jalon.habilitations.requetes.preparations import portefeuilles_manquants, preparation_de
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Domaine, Portee
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible
from jalon.socle.travaux import differer


@second_facteur_exige
def signer_preparation(*, preparation_id: UUID, par: Acteur, maintenant: datetime) -> PreparationDroits:
    """Sign once; the second signature, of somebody else, starts the application.

    The second factor of less than five minutes is asked by the page. Raises Introuvable (no organisation of the actor's
    portefeuilles), DroitManquant (a portefeuille where her role does not reach, named; already signed by her),
    TransitionImpossible (signed by two, set aside, lapsed; the file no longer has its hash).
    """
    _exiger(preparation_id, par)
    with transaction.atomic():
        preparation = _en_attente(preparation_id, maintenant)
        texte_de(preparation)
        signataire = _personne(par)
        if preparation.premiere_par_id is None:
            preparation.premiere_par, preparation.premiere_le = signataire, maintenant
            preparation.save(update_fields=["premiere_par", "premiere_le"])
        elif preparation.premiere_par_id == signataire.id:
            raise DroitManquant("Vous avez déjà signé cette préparation\u00a0: une autre personne doit la signer.")
        else:
            preparation.seconde_par, preparation.seconde_le = signataire, maintenant
            preparation.etat = EtatPreparation.SIGNEE
            preparation.save(update_fields=["seconde_par", "seconde_le", "etat"])
            differer("habilitations.appliquer_preparation", preparation_id=str(preparation.id))
        _noter("acces.preparation_signee", preparation, par, maintenant)
    return preparation


def ecarter_preparation(*, preparation_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> PreparationDroits:
    """Set a preparation aside before it is signed by two, with a reason; one portefeuille of it is enough for that.

    Raises Introuvable, SaisieRefusee (no reason), TransitionImpossible.
    """
    preparation_de(preparation_id, par)
    motif = motif.strip()
    if not motif:
        raise SaisieRefusee("Indiquez pourquoi cette préparation est écartée", champ="motif")
    with transaction.atomic():
        preparation = _en_attente(preparation_id, maintenant)
        preparation.etat, preparation.motif_ecart = EtatPreparation.ECARTEE, motif[:500]
        preparation.ecartee_par, preparation.ecartee_le = _personne(par), maintenant
        preparation.save(update_fields=["etat", "motif_ecart", "ecartee_par", "ecartee_le"])
        _noter("acces.preparation_ecartee", preparation, par, maintenant)
        autres = [p for p in interesses(preparation) if p.id != par.identite]
        preparer(PreparationClose, preparation.id, [Destinataire(p.email, p.id) for p in autres], le=maintenant)
    return preparation


def interesses(preparation: PreparationDroits) -> list[Personne]:
    """Her author and those who signed, each once."""
    gens = [preparation.auteur, preparation.premiere_par, preparation.seconde_par]
    return list({p.id: p for p in gens if p is not None}.values())


def _exiger(preparation_id: UUID, par: Acteur) -> None:
    manquants = portefeuilles_manquants(preparation_de(preparation_id, par), par)
    if manquants:
        raise DroitManquant(
            f"Cette préparation touche aussi des portefeuilles qui ne sont pas les vôtres\u00a0: {', '.join(manquants)}. "
            "Une personne qui les suit tous doit la signer."
        )


def _personne(par: Acteur) -> Personne:
    if not isinstance(par, ActeurPersonne):
        raise DroitManquant("Une préparation de droits est signée par des personnes.")
    return par.personne


def _en_attente(preparation_id: UUID, maintenant: datetime) -> PreparationDroits:
    preparation = PreparationDroits.objects.select_for_update().get(id=preparation_id)
    if preparation.etat != EtatPreparation.EN_ATTENTE:
        raise TransitionImpossible("Cette préparation a déjà été signée par deux personnes, ou écartée.")
    if preparation.expiree(maintenant):
        raise TransitionImpossible("Cette préparation a plus de 30\u00a0jours\u00a0: déposez de nouveau le fichier.")
    return preparation


def _noter(code: str, preparation: PreparationDroits, par: Acteur, maintenant: datetime) -> None:
    noter(
        code, par=par, portee=Portee(domaine=Domaine.ACCES), objet=preparation, le=maintenant,
        details={"fichier": preparation.nom, "empreinte": preparation.sha256[:16]},
    )  # fmt: skip
