"""The form as it was received, printed by who examines it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from jalon.dossiers.actions import imprimer_formulaire, relire_formulaire
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, opco, page
from jalon.web.composants.impression import reponse_formulaire
from jalon.web.opco.instruction import ouvrir_dossier


@page(opco(Pouvoir.INSTRUIRE))
def relire(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The form without the NIR."""
    acteur, _ = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    return reponse_formulaire(*relire_formulaire(dossier_id=dossier_id, par=acteur, maintenant=maintenant()))


@page(confirme(opco(Pouvoir.INSTRUIRE)))
def imprimer(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The whole form: the NIR is shown, the journal keeps it."""
    acteur, _ = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    return reponse_formulaire(*imprimer_formulaire(dossier_id=dossier_id, par=acteur, maintenant=maintenant()))
