"""Messages of the contact form."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.aide.actions.tickets import clore_ticket, noter_rappel, repondre_ticket
from jalon.aide.enums import LIBELLES_ETATS, EtatTicket
from jalon.aide.regles import REPONSE_MAX
from jalon.aide.requetes import liste_tickets, reponses_de, ticket_accessible, tickets_a_traiter
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.provenance import adresse_de
from jalon.web.opco.commun import acteur_opco


class FormulaireReponse(forms.Form):
    """What is sent by e-mail."""

    corps = forms.CharField(
        label="Réponse",
        max_length=REPONSE_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Elle part par courriel. N’y écrivez ni code d’activation, ni donnée d’un dossier.",
        error_messages={"required": "Écrivez votre réponse"},
    )


@page(opco(Pouvoir.REPONDRE_TICKETS))
def liste(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; or the last ones in another state."""
    acteur = acteur_opco(request)
    demande = request.GET.get("etat", "")
    etat = EtatTicket(demande) if demande in set(EtatTicket) else EtatTicket.OUVERT
    contexte = {
        "tickets": tickets_a_traiter(acteur) if etat == EtatTicket.OUVERT else liste_tickets(acteur, etat),
        "etats": [(e.value, LIBELLES_ETATS[e], e == etat) for e in EtatTicket],
    }
    return render(request, "opco/tickets.html", contexte)


@page(opco(Pouvoir.REPONDRE_TICKETS, "GET", "POST"))
def ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Read one and answer it."""
    acteur = acteur_opco(request)
    recu = ticket_accessible(ticket_id, acteur)
    formulaire = FormulaireReponse(request.POST or None)
    if request.method == "POST":
        reponse = tenter(
            formulaire,
            lambda: repondre_ticket(
                ticket_id=ticket_id, corps=formulaire.cleaned_data["corps"], par=acteur, maintenant=maintenant()
            ),
        )
        if reponse is not None:
            messages.success(request, f"Votre réponse part à {recu.email}.")
            return redirect("opco_tickets")
    contexte = {
        "ticket": recu,
        "reponses": reponses_de(recu),
        "etat": LIBELLES_ETATS[EtatTicket(recu.etat)],
        "quittee": adresse_de(recu.page) or recu.page,
        "clos": recu.etat == EtatTicket.CLOS,
    }
    return montrer(request, "opco/ticket.html", formulaire, **contexte)


@page(opco(Pouvoir.REPONDRE_TICKETS, "POST"))
def rappele(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The call that was asked is made."""
    noter_rappel(ticket_id=ticket_id, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Le rappel est noté.")
    return redirect("opco_ticket", ticket_id)


@page(opco(Pouvoir.REPONDRE_TICKETS, "POST"))
def clore(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Close it, answered or not."""
    clore_ticket(ticket_id=ticket_id, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Le message est clos.")
    return redirect("opco_tickets")
