"""Lost second factors: two people of the OPCO and a letter (exigences, T14)."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.second_facteur import confirmer_perte, refuser_perte, remplacer_second_facteur
from jalon.habilitations.requetes.second_facteur import pertes_a_traiter
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, opco, page
from jalon.web.composants.actes import tenter
from jalon.web.composants.phrases import resume
from jalon.web.opco.commun import acteur_opco


class FormulairePreuve(forms.Form):
    """How the first person checked."""

    use_required_attribute = False
    preuve = forms.CharField(
        label="Comment avez-vous vérifié l’identité\u00a0?", max_length=500,
        help_text="Par exemple\u00a0: rappelée au standard du siège, qui l’a passée.",
        error_messages={"required": "Indiquez comment vous avez vérifié l’identité de la personne"},
    )  # fmt: skip


class FormulaireRefus(forms.Form):
    """Why not."""

    use_required_attribute = False
    motif = forms.CharField(label="Motif du refus", max_length=500, error_messages={"required": "Indiquez le motif du refus"})


@page(opco(Pouvoir.DECIDER_ACCES))
def liste(request: HttpRequest) -> HttpResponse:
    """Requests that wait, each with what waits for whom."""
    return _montrer(request)


def _montrer(request: HttpRequest, perte_id: UUID | None = None, refuse: forms.Form | None = None) -> HttpResponse:
    lignes = []
    pertes = pertes_a_traiter(acteur_opco(request), maintenant())
    for affichee in pertes:
        rang = f"%s-{affichee.perte.id}"
        ici = refuse if affichee.perte.id == perte_id else None
        preuve = ici if isinstance(ici, FormulairePreuve) else FormulairePreuve(auto_id=rang)
        motif = ici if isinstance(ici, FormulaireRefus) else FormulaireRefus(auto_id=rang)
        lignes.append((affichee, preuve, motif))
    contexte = {
        "lignes": lignes,
        "noms": noms_des_organisations({p.perte.siren for p in pertes}),
        "erreurs": list(resume(refuse)) if refuse is not None else [],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refuse is not None else HTTPStatus.OK
    return render(request, "opco/second_facteur.html", contexte, status=statut)


def _faire(
    request: HttpRequest, perte_id: UUID, formulaire: forms.Form, acte: Callable[[], object], annonce: str
) -> HttpResponse:
    if tenter(formulaire, acte) is None:
        return _montrer(request, perte_id, formulaire)
    messages.success(request, annonce)
    return redirect("opco_pertes")


@page(confirme(opco(Pouvoir.DECIDER_ACCES, "POST")))
def confirmer(request: HttpRequest, perte_id: UUID) -> HttpResponse:
    """The first person."""
    formulaire = FormulairePreuve(request.POST, auto_id=f"%s-{perte_id}")
    return _faire(
        request, perte_id, formulaire,
        lambda: confirmer_perte(
            perte_id=perte_id, preuve=formulaire.cleaned_data["preuve"], par=acteur_opco(request), maintenant=maintenant()
        ),
        "C’est noté. La lettre au siège attend sur la page des codes\u00a0; puis une autre personne confirmera.",
    )  # fmt: skip


@page(confirme(opco(Pouvoir.DECIDER_ACCES, "POST")))
def remplacer(request: HttpRequest, perte_id: UUID) -> HttpResponse:
    """The second person."""
    remplacer_second_facteur(perte_id=perte_id, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Le second facteur est retiré, les sessions fermées et chacun prévenu.")
    return redirect("opco_pertes")


@page(confirme(opco(Pouvoir.DECIDER_ACCES, "POST")))
def refuser(request: HttpRequest, perte_id: UUID) -> HttpResponse:
    """One person is enough."""
    formulaire = FormulaireRefus(request.POST, auto_id=f"%s-{perte_id}")
    return _faire(
        request, perte_id, formulaire,
        lambda: refuser_perte(
            perte_id=perte_id, motif=formulaire.cleaned_data["motif"], par=acteur_opco(request), maintenant=maintenant()
        ),
        "La demande est refusée, et la personne prévenue.",
    )  # fmt: skip
