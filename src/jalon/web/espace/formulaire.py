"""The form to be signed, printed by who types it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from jalon.dossiers.actions import imprimer_formulaire, relire_formulaire
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, espace, page
from jalon.web.composants.impression import reponse_formulaire
from jalon.web.espace.saisie.ouverture import ouvrir_saisie


@page(espace(None))
def relire(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """The form without the NIR, to be read again before it is signed."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    return reponse_formulaire(*relire_formulaire(dossier_id=dossier_id, par=saisie.ici.acteur, maintenant=maintenant()))


@page(confirme(espace(None)))
def imprimer(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """The whole form: the NIR is shown, the journal keeps it."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    return reponse_formulaire(*imprimer_formulaire(dossier_id=dossier_id, par=saisie.ici.acteur, maintenant=maintenant()))
