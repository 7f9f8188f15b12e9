"""Telling a cut, or its end, to those whom it concerns: a job, since a cabinet has thousands of clients."""

from datetime import datetime
from uuid import UUID

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.administrateurs import administrateurs_de
from jalon.socle.acteurs import Profil
from jalon.veille.courriels import AccesRetabli, CoupureAnnoncee, MonAccesCoupe
from jalon.veille.models import Coupure
from jalon.veille.requetes.alertes import veilleurs
from jalon.veille.requetes.coupures import liens_actifs


def annoncer_coupure(*, coupure_id: UUID, maintenant: datetime) -> None:
    """Queue the e-mails of a cut, or of its end once it is lifted. Idempotent: each address is told each thing once."""
    coupure = Coupure.objects.select_related("personne").get(pk=coupure_id)
    siens: list[Destinataire] = []
    if coupure.personne is not None:
        siens = [Destinataire(coupure.personne.email, coupure.personne.pk)]
    autres = {d.adresse: d for d in (*_administrateurs(coupure, maintenant), *_de_l_opco(maintenant))}
    for destinataire in siens:
        autres.pop(destinataire.adresse, None)
    if coupure.active:
        preparer(MonAccesCoupe, coupure.pk, siens, le=maintenant)
        preparer(CoupureAnnoncee, coupure.pk, autres.values(), le=maintenant)
    else:
        preparer(AccesRetabli, coupure.pk, [*siens, *autres.values()], le=maintenant)


def _administrateurs(coupure: Coupure, maintenant: datetime) -> list[Destinataire]:
    if coupure.personne_id is not None:
        liens = list(liens_actifs(coupure.personne_id))
        sirens = {profil: [x.organisation_siren for x in liens if x.profil == profil] for profil in Profil}
    else:
        sirens = {profil: [coupure.siren] for profil in Profil}
    return [
        Destinataire(a.email, a.personne_id)
        for profil, cotes in sirens.items()
        for administrateurs in administrateurs_de(cotes, profil, maintenant).values()
        for a in administrateurs
    ]


def _de_l_opco(maintenant: datetime) -> list[Destinataire]:
    return [Destinataire(p.email, p.pk) for p in veilleurs(maintenant)]
