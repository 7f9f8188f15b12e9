"""Messages of the contact form."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.aide.actions import classer_ticket, repondre_ticket
from jalon.aide.enums import LIBELLES_ETATS, LIBELLES_SUJETS, EtatTicket, Sujet
from jalon.aide.requetes import ticket_accessible, tickets
from jalon.messagerie.regles import LONGUEUR_MAXIMUM
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco

PAR_PAGE = 50


class FormulaireReponse(forms.Form):
    """What is sent by e-mail, as it is."""

    reponse = forms.CharField(
        label="Réponse", max_length=LONGUEUR_MAXIMUM, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Elle part par courriel telle quelle. N’y écrivez jamais un code d’activation ni une donnée d’un dossier.",
        error_messages={"required": "Écrivez votre réponse"},
    )  # fmt: skip


@page(opco(Pouvoir.REPONDRE_TICKETS))
def liste(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; or those treated."""
    demande = request.GET.get("etat", "")
    etat = EtatTicket(demande) if demande in set(EtatTicket) else EtatTicket.OUVERT
    pages = Paginator(tickets(acteur_opco(request), etat), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "tickets": [(ticket, LIBELLES_SUJETS[Sujet(ticket.sujet)]) for ticket in pages],
        "etats": [(e.value, LIBELLES_ETATS[e], e == etat) for e in EtatTicket],
        "etat": etat.value,
        "pages": pages,
    }
    return render(request, "opco/tickets.html", contexte)


@page(opco(Pouvoir.REPONDRE_TICKETS, "GET", "POST"))
def ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Read one; answer it, or close it without an answer."""
    acteur = acteur_opco(request)
    recu = ticket_accessible(ticket_id, acteur)
    formulaire = FormulaireReponse(None)
    if request.method == "POST" and request.POST.get("acte") == "classer":
        classer_ticket(ticket_id=ticket_id, par=acteur, maintenant=maintenant())
        messages.success(request, "Le message est classé.")
        return redirect("opco_tickets")
    if request.method == "POST":
        formulaire = FormulaireReponse(request.POST)
        acte = tenter(
            formulaire,
            lambda: repondre_ticket(
                ticket_id=ticket_id, reponse=formulaire.cleaned_data["reponse"], par=acteur, maintenant=maintenant()
            ),
        )
        if acte is not None:
            messages.success(request, f"Votre réponse part à {acte.email}.")
            return redirect("opco_tickets")
    contexte = {
        "ticket": recu,
        "sujet": LIBELLES_SUJETS[Sujet(recu.sujet)],
        "etat": LIBELLES_ETATS[EtatTicket(recu.etat)],
        "ouvert": recu.etat == EtatTicket.OUVERT,
    }
    return montrer(request, "opco/ticket.html", formulaire, **contexte)
