"""« J’ai perdu mon second facteur »: after the password alone, or from an open session to give the request up."""

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.second_facteur import annuler_perte, declarer_perte
from jalon.habilitations.requetes.second_facteur import perte_en_cours
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import page, public


@page(public("GET", "POST"))
def perdu(request: HttpRequest) -> HttpResponse:
    """Whoever gave the password may ask; whoever is signed in may give up; anybody else goes to the sign-in page."""
    personne = _apres_le_mot_de_passe(request)
    connectee = personne is None and isinstance(request.user, Personne)
    if connectee and isinstance(request.user, Personne):
        personne = request.user
    if personne is None:
        return redirect("account_login")
    if request.method == "POST":
        _traiter(request, ActeurPersonne(personne), annuler=connectee)
        return redirect("second_facteur_perdu")
    contexte = {"perte": perte_en_cours(personne.id, maintenant()), "connectee": connectee}
    return render(request, "public/second_facteur_perdu.html", contexte)


def _traiter(request: HttpRequest, acteur: ActeurPersonne, *, annuler: bool) -> None:
    try:
        if not annuler:
            declarer_perte(par=acteur, maintenant=maintenant())
        elif annuler_perte(par=acteur, maintenant=maintenant()):
            messages.success(request, "La demande est annulée. Votre second facteur n’a pas changé.")
    except SaisieRefusee as refus:
        messages.error(request, refus.message)


def _apres_le_mot_de_passe(request: HttpRequest) -> Personne | None:
    """Who gave the right password in this session, and no second factor yet."""
    etape = get_pending_stage(request)
    qui = etape.login.user if isinstance(etape, AuthenticateStage) else None
    return qui if isinstance(qui, Personne) and qui.is_active else None
