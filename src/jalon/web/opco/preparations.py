"""Rights prepared in a file for large filers: what they change, two signatures, what was given (FAQ, « Cas 1 »)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.preparations import (
    Jugement,
    ecarter_preparation,
    prevoir_organisation,
    relancer_invitations,
    signer_preparation,
)
from jalon.habilitations.enums import EtatOrganisationPreparee, EtatPreparation
from jalon.habilitations.models import OrganisationPreparee, PreparationDroits
from jalon.habilitations.phrases import resume_des_droits
from jalon.habilitations.requetes.preparations import (
    comptes_de,
    invitations_en_attente,
    organisation_preparee,
    organisations_preparees,
    portefeuilles_manquants,
    preparation_de,
    preparations,
    refus_de,
    relance_possible,
)
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import ErreurMetier
from jalon.socle.horloge import maintenant
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import confirme, opco, page
from jalon.web.composants.actes import PAGES, montrer, tenter
from jalon.web.opco.commun import acteur_opco

REFUS_MONTRES = 50
PERSONNES_PAR_PAGE = 50


class FormulaireEcart(forms.Form):
    """Why a preparation is set aside."""

    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea,
        error_messages={"required": "Indiquez pourquoi cette préparation est écartée"},
    )  # fmt: skip


@page(opco(Pouvoir.DECIDER_A_DEUX))
def liste(request: HttpRequest) -> HttpResponse:
    """The last preparations, with their figures."""
    lues = preparations(acteur_opco(request))
    comptes = comptes_de([p.id for p in lues])
    contexte = {"preparations": [(p, comptes[p.id], _etat(p)) for p in lues]}
    return render(request, "opco/preparations.html", contexte)


def _etat(preparation: PreparationDroits) -> str:
    return "expiree" if preparation.expiree(maintenant()) else preparation.etat


@page(opco(Pouvoir.DECIDER_A_DEUX))
def preparation(request: HttpRequest, preparation_id: UUID) -> HttpResponse:
    """One preparation: its organisations, what is refused, who signed, how far its application is."""
    return _montrer(request, preparation_id)


def _montrer(request: HttpRequest, preparation_id: UUID, refus: str = "") -> HttpResponse:
    acteur = acteur_opco(request)
    contexte = _contexte(preparation_de(preparation_id, acteur), acteur, request) | {"erreurs": [("", refus)] if refus else []}
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refus else HTTPStatus.OK
    return render(request, "opco/preparation.html", contexte, status=statut)


def _contexte(lue: PreparationDroits, acteur: ActeurPersonne, request: HttpRequest) -> dict[str, Any]:
    cherche, refusees = request.GET.get("q", "").strip(), request.GET.get("refusees") == "1"
    vue = organisations_preparees(lue, acteur, texte=cherche, refusees=refusees, page=entier_ou(request.GET.get("page", ""), 1))
    vivante = _etat(lue) == EtatPreparation.EN_ATTENTE
    manquants = portefeuilles_manquants(lue, acteur) if vivante else []
    mienne = lue.premiere_par_id == acteur.identite
    ecartees = refus_de(lue)
    return {
        "preparation": lue,
        "etat": _etat(lue),
        "comptes": comptes_de([lue.id])[lue.id],
        "vue": vue,
        "cherche": cherche,
        "refusees": refusees,
        "precedent": _page(request, vue.page - 1) if vue.page > 1 else "",
        "suivant": _page(request, vue.page + 1) if vue.page < vue.pages else "",
        "manquants": manquants,
        "deja_signee": vivante and mienne,
        "a_signer": vivante and not mienne and not manquants,
        "a_ecarter": vivante,
        "refus": ecartees[:REFUS_MONTRES],
        "nombre_refus": len(ecartees),
    }


def _page(request: HttpRequest, numero: int) -> str:
    parametres = request.GET.copy()
    parametres["page"] = str(numero)
    return f"?{parametres.urlencode()}"


@page(confirme(opco(Pouvoir.DECIDER_A_DEUX, "POST")))
def signer(request: HttpRequest, preparation_id: UUID) -> HttpResponse:
    """Sign; the second signature starts the application."""
    try:
        signee = signer_preparation(preparation_id=preparation_id, par=acteur_opco(request), maintenant=maintenant())
    except PAGES:
        raise
    except ErreurMetier as refus:
        return _montrer(request, preparation_id, refus.message.removesuffix("."))
    if signee.etat == EtatPreparation.SIGNEE:
        messages.success(request, "Deux personnes ont signé\u00a0: les droits sont en train d’être donnés.")
    else:
        messages.success(request, "Votre signature est enregistrée. Une autre personne doit signer.")
    return redirect("opco_preparation", preparation_id=preparation_id)


@page(opco(Pouvoir.DECIDER_A_DEUX, "GET", "POST"))
def ecarter(request: HttpRequest, preparation_id: UUID) -> HttpResponse:
    """Set a preparation aside, with a reason."""
    acteur = acteur_opco(request)
    lue = preparation_de(preparation_id, acteur)
    formulaire = FormulaireEcart(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: ecarter_preparation(
                preparation_id=preparation_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
            ),
        )
        if faite is not None:
            messages.success(request, "La préparation est écartée. Son auteur est prévenu.")
            return redirect("opco_preparations")
    return montrer(request, "opco/preparation_ecarter.html", formulaire, preparation=lue)


@page(opco(Pouvoir.DECIDER_A_DEUX))
def organisation(request: HttpRequest, preparation_id: UUID, organisation_id: UUID) -> HttpResponse:
    """One organisation: what its lines change now, or what became of them, and who is awaited."""
    return _montrer_l_organisation(request, preparation_id, organisation_id)


def _montrer_l_organisation(request: HttpRequest, preparation_id: UUID, organisation_id: UUID, refus: str = "") -> HttpResponse:
    acteur = acteur_opco(request)
    lue = preparation_de(preparation_id, acteur)
    organisee = organisation_preparee(preparation_id, organisation_id, acteur)
    contexte = {
        "preparation": lue,
        "organisation": organisee,
        "attendues": list(invitations_en_attente(organisee)) if organisee.invitations else [],
        "a_relancer": relance_possible(organisee, maintenant()),
        "erreurs": [("", refus)] if refus else [],
        **_differences(organisee, lue, acteur, request),
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refus else HTTPStatus.OK
    return render(request, "opco/preparation_organisation.html", contexte, status=statut)


def _differences(
    organisee: OrganisationPreparee, lue: PreparationDroits, acteur: ActeurPersonne, request: HttpRequest
) -> dict[str, Any]:
    """What waits is computed in the state of the moment; what was applied or refused is told as it was."""
    if organisee.etat != EtatOrganisationPreparee.EN_ATTENTE:
        return {"a_venir": False, "refus": organisee.refus}
    jugement = prevoir_organisation(preparation_id=lue.id, organisation_id=organisee.id, par=acteur, maintenant=maintenant())
    pages = max(1, -(-len(jugement.personnes) // PERSONNES_PAR_PAGE))
    courante = min(max(entier_ou(request.GET.get("page", ""), 1), 1), pages)
    return {
        "a_venir": True,
        "refus": [(r.numero, r.raison) for r in jugement.refus],
        "personnes": _personnes(jugement)[(courante - 1) * PERSONNES_PAR_PAGE : courante * PERSONNES_PAR_PAGE],
        "nombre": len(jugement.personnes),
        "precedent": _page(request, courante - 1) if courante > 1 else "",
        "suivant": _page(request, courante + 1) if courante < pages else "",
    }


def _personnes(jugement: Jugement) -> list[dict[str, Any]]:
    return [
        {
            "nom": f"{p.prenom} {p.nom}".strip() or p.adresse,
            "adresse": p.adresse,
            "administre": p.administre,
            "situation": "Nouvelle" if p.lien is None else "A déjà un accès" if p.ajouts else "Inchangée",
            "resume": resume_des_droits(p.ajouts) if p.ajouts else "Tient déjà ce que dit le fichier",
            "phrases": p.phrases,
        }
        for p in jugement.personnes
    ]


@page(confirme(opco(Pouvoir.DECIDER_A_DEUX, "POST")))
def relancer(request: HttpRequest, preparation_id: UUID, organisation_id: UUID) -> HttpResponse:
    """Write again to those who have not come: thirty days begin again."""
    try:
        attendues = relancer_invitations(
            preparation_id=preparation_id, organisation_id=organisation_id, par=acteur_opco(request), maintenant=maintenant()
        )
    except PAGES:
        raise
    except ErreurMetier as refus:
        return _montrer_l_organisation(request, preparation_id, organisation_id, refus.message.removesuffix("."))
    nombre = len(attendues)
    messages.success(request, f"Le message est parti de nouveau à {nombre} adresse{'s' if nombre > 1 else ''}.")
    return redirect("opco_preparation_organisation", preparation_id=preparation_id, organisation_id=organisation_id)
