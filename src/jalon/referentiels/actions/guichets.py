"""Stopping and reopening the requests of a branch."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalon.journal.actions import noter
from jalon.referentiels.actions.bareme import exiger_branche
from jalon.referentiels.actions.revisions import exiger_dates
from jalon.referentiels.enums import Origine
from jalon.referentiels.models import GuichetSuspendu, VersionBareme
from jalon.socle.acteurs import Acteur, Portee, Pouvoir
from jalon.socle.baremes import TOUS, Fonds
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id


def suspendre_guichet(
    *,
    dispositif: str,
    idcc: str,
    du: date,
    message: str,
    par: Acteur,
    maintenant: datetime,
    au: date | None = None,
    fonds: str = Fonds.LEGAL,
    source_url: str = "",
) -> GuichetSuspendu:
    """No request of that branch on that fund is sent between two days; drafts are kept. `message` is shown to people.

    Raises DroitManquant, SaisieRefusee (branch, fund, dates, message), TransitionImpossible (already suspended then).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    exiger_dates(du, au, maintenant, champs=("du", "au"))
    exiger_branche(idcc)
    if fonds not in {TOUS, *Fonds}:
        raise SaisieRefusee("Choisissez le fonds suspendu", champ="fonds")
    if not message.strip():
        raise SaisieRefusee("Indiquez la raison de la suspension", champ="message")
    with transaction.atomic():
        list(VersionBareme.objects.select_for_update().order_by("pk"))  # one suspension at a time
        _exiger_ouvert(dispositif, idcc, fonds, du, au)
        guichet = GuichetSuspendu(
            code=f"opco-{idcc.replace(TOUS, 'toutes')}-{nouvel_id().hex[-8:]}",
            dispositif=dispositif,
            idcc=idcc,
            fonds=fonds,
            du=du,
            au=au,
            message=message.strip(),
            source_url=source_url,
            origine=Origine.OPCO,
        )
        guichet.save(force_insert=True)
        _noter("guichet.suspendu", guichet, du, par, maintenant)
    return guichet


def _exiger_ouvert(dispositif: str, idcc: str, fonds: str, du: date, au: date | None) -> None:
    suspendus = GuichetSuspendu.objects.filter(dispositif=dispositif, idcc=idcc, fonds=fonds, rouvert_le__isnull=True)
    deja = suspendus.filter(Q(au__isnull=True) | Q(au__gte=du), du__lte=au or date.max).first()
    if deja is not None:
        fin = f" au {formater_date(deja.au)}" if deja.au else ""
        raise TransitionImpossible(f"Ce guichet est déjà suspendu du {formater_date(deja.du)}{fin}.")


def rouvrir_guichet(*, guichet_id: UUID, le: date, par: Acteur, maintenant: datetime) -> GuichetSuspendu:
    """Requests are taken again from that day.

    Raises DroitManquant, Introuvable, SaisieRefusee (a day in the past), TransitionImpossible (no longer suspended then).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    if le < jour_de_paris(maintenant):
        raise SaisieRefusee("Un guichet rouvre aujourd’hui au plus tôt", champ="le")
    with transaction.atomic():
        guichet = GuichetSuspendu.objects.select_for_update().filter(pk=guichet_id).first()
        if guichet is None:
            raise Introuvable("Ce guichet n’existe pas.")
        if guichet.rouvert_le is not None or (guichet.au is not None and guichet.au < le):
            raise TransitionImpossible("Ce guichet n’est plus suspendu à cette date.")
        guichet.rouvert_le = le
        guichet.origine = Origine.OPCO
        guichet.save(update_fields=["rouvert_le", "origine"])
        _noter("guichet.rouvert", guichet, le, par, maintenant)
    return guichet


def _noter(code: str, guichet: GuichetSuspendu, du: date, par: Acteur, maintenant: datetime) -> None:
    details = {"code": guichet.code, "idcc": guichet.idcc, "fonds": guichet.fonds, "du": formater_date(du)}
    noter(code, par=par, portee=Portee(), objet=guichet, le=maintenant, details=details)
