"""The OPCO's silence: seen once, told to both sides. What it decides is derived when read, never stored (ADR 36)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.dispositifs.base import Silence
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.courriels import destinataires
from jalon.dossiers.destinataires import personnes_de_l_entreprise
from jalon.dossiers.enums import Partie
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import DECIDENT, PRESSE, CompteARebours
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.instruction.courriels import SilenceNe, SilenceProche
from jalon.journal.actions import noter
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Niveau, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import TransitionImpossible

EVENEMENT = "dossier.silence"
RATTRAPAGE = timedelta(days=30)
"""How far back the job looks for a silence that nobody was told of: longer than any stop of the workers."""


def prevenir_du_silence(*, maintenant: datetime) -> int:
    """Warn the advisers five days before silence decides, and tell both sides the day it has. Told once for each delay; gives how
    many requests were looked at."""
    jour = jour_de_paris(maintenant)
    proches = _qui_attendent().filter(attend_avant__gte=jour, attend_avant__lte=jour + timedelta(days=PRESSE))
    nes = _qui_attendent().filter(attend_avant__lt=jour, attend_avant__gte=jour - RATTRAPAGE)
    ids = [*proches.values_list("pk", flat=True), *nes.values_list("pk", flat=True)]
    for dossier_id in ids:
        _prevenir(dossier_id, maintenant)
    return len(ids)


def _qui_attendent() -> "QuerySet[Dossier]":
    concernes = [d.code for d in DISPOSITIFS.values() if d.silence != Silence.SANS_EFFET]
    dossiers: QuerySet[Dossier] = Dossier.objects.tous("dossiers que le silence de l’OPCO va décider, ou vient de décider")
    return dossiers.filter(attend_qui=Partie.OPCO, etat__in=sorted(DECIDENT), dispositif__in=concernes)


def _prevenir(dossier_id: UUID, maintenant: datetime) -> None:
    """Under the lock of the request: a decision taken meanwhile is not told as a silence."""
    with transaction.atomic():
        verrou = _qui_attendent().select_for_update(of=("self",)).defer("recherche").filter(pk=dossier_id)
        dossier = verrou.first()
        compte = dossier.compte_a_rebours(jour_de_paris(maintenant)) if dossier is not None else None
        if dossier is None or compte is None:
            return
        if compte.ne:
            constater_le_silence(dossier, maintenant)
        else:
            preparer(SilenceProche, dossier.id, conseillers(dossier, maintenant), le=maintenant, cle=compte.limite.isoformat())


def conseillers(dossier: Dossier, maintenant: datetime) -> list[Destinataire]:
    """The adviser who examines the request; while nobody took it, those who may in its portefeuille."""
    en_poste = personnes_du_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id, maintenant)
    le_sien = [p for p in en_poste if p.pk == dossier.instructeur_id]
    return destinataires(le_sien or en_poste)


def constater_le_silence(dossier: Dossier, maintenant: datetime) -> CompteARebours | None:
    """What silence has decided on a request locked by the caller, written in its history once, and told to both sides; None while
    the delay runs. An act of the OPCO sees it before the job does, when it comes first."""
    implicite = dossier.decision_implicite(jour_de_paris(maintenant))
    if implicite is None:
        return None
    depuis = formater_date(implicite.depuis)
    deja = Evenement.objects.tous("silence déjà constaté sur un dossier verrouillé").filter(
        objet_id=str(dossier.pk), code=EVENEMENT, details__depuis=depuis
    )
    if not deja.exists():
        systeme = ActeurSysteme("délai de réponse de l’OPCO")
        details = {"decision": implicite.nom, "depuis": depuis}
        noter(EVENEMENT, par=systeme, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details)
        gens = destinataires(personnes_de_l_entreprise(dossier, Niveau.SAISIE, maintenant)) + conseillers(dossier, maintenant)
        preparer(SilenceNe, dossier.id, gens, le=maintenant, cle=implicite.limite.isoformat())
    return implicite


def exiger_rien_d_accepte(dossier: Dossier, maintenant: datetime) -> None:
    """Before a request locked by the caller is refused or asked again. Raises TransitionImpossible once silence has accepted it."""
    implicite = constater_le_silence(dossier, maintenant)
    if implicite is not None and not implicite.refuse:
        source = dispositif_de(dossier.dispositif).source_silence
        raise TransitionImpossible(
            f"La prise en charge est réputée acceptée depuis le {formater_date(implicite.depuis)}, l’OPCO n’ayant pas répondu à temps"
            f"{f' ({source})' if source else ''}\u00a0: confirmez-la pour engager les montants."
        )
