"""What a person does about her own account, beside allauth's pages."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.comptes.actions import fermer_seance
from jalon.comptes.requetes import cle_d_acces_installee
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.horloge import maintenant
from jalon.vues.actions.recapitulatifs import choisir_rythme
from jalon.vues.enums import LIBELLES_RYTHMES
from jalon.vues.requetes.recapitulatifs import rythme_de
from jalon.web.composants.acces import connecte, identifiant, page, personne
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.reprise import gardee


@page(connecte("POST"))
def fermer_session(request: HttpRequest, seance_id: int) -> HttpResponse:
    """Close one session, on this device or on another."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    courante = request.session.session_key
    if fermer_seance(seance_id=seance_id, par=acteur, maintenant=maintenant()) == courante:
        logout(request)
        return redirect("account_login")
    messages.success(request, "La session est fermée.")
    return redirect("usersessions_list")


@page(connecte("GET"))
def cle_requise(request: HttpRequest) -> HttpResponse:
    """Where somebody of the OPCO is led until a passkey is made, then given in this session."""
    suite = request.GET.get("next", "")
    sure = url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure())
    contexte = {"installee": cle_d_acces_installee(identifiant(request)), "suite": suite if sure else ""}
    return render(request, "espace/cle_requise.html", contexte)


@page(personne("GET"))
def reprendre(request: HttpRequest) -> HttpResponse:
    """The identity is confirmed: what was typed before goes with one button, or stays unsent."""
    reprise = gardee(request)
    if reprise is None:
        messages.info(request, "Il n’y a plus rien à envoyer.")
        return redirect("accueil")
    return render(request, "espace/reprendre.html", {"reprise": reprise})


class FormulaireRythme(forms.Form):
    """How often the tasks are told by e-mail."""

    rythme = forms.ChoiceField(
        label="Recevoir mes tâches par courriel",
        widget=forms.RadioSelect,
        choices=[(r.value, libelle) for r, libelle in LIBELLES_RYTHMES.items()],
        help_text="Seulement s’il y a quelque chose à faire. Ce qui arrive dans un accès rapide suivi se règle avec les notifications.",
        error_messages={"required": "Choisissez un rythme", "invalid_choice": "Choisissez un rythme de cette liste"},
    )


@page(personne("GET", "POST"))
def recapitulatif(request: HttpRequest) -> HttpResponse:
    """The digest of tasks: never, each day, each week."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    formulaire = FormulaireRythme(request.POST or None, initial={"rythme": rythme_de(acteur.personne.pk)})
    if request.method == "POST":
        choisi = tenter(
            formulaire,
            lambda: choisir_rythme(rythme=formulaire.cleaned_data["rythme"], par=acteur, maintenant=maintenant()),
        )
        if choisi is not None:
            messages.success(request, f"Récapitulatif de vos tâches\u00a0: {LIBELLES_RYTHMES[choisi].lower()}.")
            return redirect("recapitulatif")
    return montrer(request, "espace/recapitulatif.html", formulaire, adresse=acteur.personne.email)
