"""Lists of requests: one company or provider, all my places, drafts."""

from django.http import HttpRequest, HttpResponse

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import FAMILLES, Niveau
from jalon.socle.erreurs import DroitManquant
from jalon.web.composants.acces import espace, page, personne
from jalon.web.composants.ecrans import contexte_des_brouillons, contexte_des_dossiers
from jalon.web.composants.listes import montrer_la_liste
from jalon.web.composants.operations import selection_de
from jalon.web.espace.commun import Espace, ouvrir_espace


def exiger_les_dossiers(ici: Espace) -> None:
    """Raise DroitManquant unless the person reads at least one family of requests here."""
    if not ici.voit(*FAMILLES):
        raise DroitManquant("Vos droits ne portent pas sur les dossiers. Un administrateur de l’entreprise peut les donner.")


@page(espace(None))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Requests of one place; the URL is the state. htmx asks for the results alone."""
    ici = ouvrir_espace(request, siren)
    exiger_les_dossiers(ici)
    contexte = {"ici": ici, "peut_saisir": ici.adherent and ici.voit(*FAMILLES, niveau=Niveau.SAISIE)}
    contexte |= {"selection": ici.adherent, **selection_de(request, "dossiers")}
    return montrer_la_liste(
        request,
        "espace/dossiers.html",
        "dossiers/resultats.html",
        contexte_des_dossiers(request, ici.acteur.sur(siren), siren) | contexte,
    )


@page(personne())
def mes_dossiers(request: HttpRequest) -> HttpResponse:
    """Requests of all the places where the person acts."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    return montrer_la_liste(
        request,
        "espace/mes_dossiers.html",
        "dossiers/resultats.html",
        contexte_des_dossiers(request, acteur, None) | {"peut_saisir": False},
    )


@page(espace(None))
def brouillons(request: HttpRequest, siren: str) -> HttpResponse:
    """Drafts of the company: they belong to it, whoever typed them."""
    ici = ouvrir_espace(request, siren)
    exiger_les_dossiers(ici)
    contexte = {"ici": ici, "peut_saisir": ici.adherent and ici.voit(*FAMILLES, niveau=Niveau.SAISIE)}
    contexte |= selection_de(request, "brouillons")
    return montrer_la_liste(
        request,
        "espace/brouillons.html",
        "espace/brouillons_resultats.html",
        contexte | contexte_des_brouillons(request, ici.acteur, siren),
    )
