"""Settings of a dispositif."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jalon.journal.actions import noter
from jalon.referentiels.actions.revisions import exiger_dates, exiger_motif, noter_revision, reviser, verrouiller_regle
from jalon.referentiels.models import ExceptionDepot, ReglageDispositif, ReglagePaiement
from jalon.referentiels.suites import suivre_le_reglage
from jalon.socle.acteurs import Acteur, Portee, Pouvoir
from jalon.socle.baremes import Gravite
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from jalon.socle.reglages import DecisionAutomatique

DELAI_MAXIMUM = 365


def regler_dispositif(
    *,
    dispositif: str,
    limite_stagiaires: int | None,
    delai_depot_jours: int,
    gravite_delai: Gravite,
    decision_automatique: DecisionAutomatique,
    motif: str,
    par: Acteur,
    maintenant: datetime,
    a_partir_du: date | None = None,
) -> ReglageDispositif:
    """Set the number of trainees of one dossier (None: no limit), the delay of deposit and what the portal may decide by itself of a
    request that passes every check, from today or a later day.

    Raises DroitManquant, Introuvable (no such dispositif), SaisieRefusee.
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    du = a_partir_du or jour_de_paris(maintenant)
    exiger_dates(du, None, maintenant)
    raison = exiger_motif(motif)
    if limite_stagiaires is not None and limite_stagiaires < 1:
        raise SaisieRefusee("Un dossier accueille au moins un salarié", champ="limite_stagiaires")
    if not 0 <= delai_depot_jours <= DELAI_MAXIMUM:
        raise SaisieRefusee(f"Le délai va de 0 à {DELAI_MAXIMUM} jours", champ="delai_depot_jours")
    with transaction.atomic():
        ancien = verrouiller_regle(ReglageDispositif, dispositif)
        if ancien is None:
            raise Introuvable("Ce dispositif n’existe pas.")
        valeurs = {
            "limite_stagiaires": limite_stagiaires,
            "delai_depot_jours": delai_depot_jours,
            "gravite_delai": gravite_delai,
            "decision_automatique": decision_automatique,
        }
        reglage = reviser(ancien, valeurs, du=du, au=None, source_url="")
        noter_revision("dispositif.regle", reglage, ancien, raison, par=par, le=maintenant)
        suivre_le_reglage(dispositif, du, maintenant)
    return reglage


@second_facteur_exige
def regler_paiements(*, compte_verifie: bool, motif: str, par: Acteur, maintenant: datetime) -> ReglagePaiement:
    """Say, from today, whether an account that nobody at the OPCO verified is left unpaid (exigences, T5).

    Raises DroitManquant, SaisieRefusee (no reason, set so already).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    raison = exiger_motif(motif)
    jour = jour_de_paris(maintenant)
    code = ReglagePaiement.CODE
    with transaction.atomic():
        ReglagePaiement.objects.get_or_create(code=code, revision=1, defaults={"valide_du": jour})
        ancien = verrouiller_regle(ReglagePaiement, code)
        if ancien is None or ancien.compte_verifie == compte_verifie:
            raise SaisieRefusee("Ce réglage est déjà en vigueur", champ="compte_verifie")
        reglage = reviser(ancien, {"compte_verifie": compte_verifie}, du=jour, au=None, source_url="")
        noter_revision("paiements.regles", reglage, ancien, raison, par=par, le=maintenant)
    return reglage


def accorder_exception_depot(
    *, dispositif: str, debut_du: date, debut_au: date, depot_au: date, motif: str, par: Acteur, maintenant: datetime
) -> ExceptionDepot:
    """Let the actions that begin between two days be sent late, until `depot_au`.

    Raises DroitManquant, SaisieRefusee (dates, reason).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    raison = exiger_motif(motif)
    if debut_au < debut_du:
        raise SaisieRefusee(f"La fin doit suivre le début ({formater_date(debut_du)})", champ="debut_au")
    if depot_au < jour_de_paris(maintenant):
        raise SaisieRefusee("L’exception vaut jusqu’à aujourd’hui au moins", champ="depot_au")
    with transaction.atomic():
        exception = ExceptionDepot(
            code=f"opco-{nouvel_id().hex[-8:]}",
            dispositif=dispositif,
            debut_du=debut_du,
            debut_au=debut_au,
            depot_au=depot_au,
            motif=raison,
        )
        exception.save(force_insert=True)
        details = {"code": exception.code, "motif": raison, "depot_au": formater_date(depot_au)}
        noter("dispositif.exception-depot", par=par, portee=Portee(), objet=exception, le=maintenant, details=details)
    return exception


def terminer_exception_depot(*, exception_id: UUID, par: Acteur, maintenant: datetime) -> ExceptionDepot:
    """Today is the last day of a dated exception: what was sent under it stays in time.

    Raises DroitManquant, Introuvable, TransitionImpossible (over already).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    jour = jour_de_paris(maintenant)
    with transaction.atomic():
        exception = ExceptionDepot.objects.select_for_update().filter(pk=exception_id).first()
        if exception is None:
            raise Introuvable("Cette exception n’existe pas.")
        if exception.depot_au <= jour:
            raise TransitionImpossible(f"Cette exception se termine déjà le {formater_date(exception.depot_au)}.")
        exception.depot_au = jour
        exception.save(update_fields=["depot_au"])
        details = {"code": exception.code, "depot_au": formater_date(jour)}
        noter("dispositif.exception-terminee", par=par, portee=Portee(), objet=exception, le=maintenant, details=details)
    return exception
