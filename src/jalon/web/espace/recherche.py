"""The search of a space, and of all the places of a person."""

from django.http import HttpRequest, HttpResponse

from jalon.web.composants.acces import espace, page, personne
from jalon.web.composants.contexte import construire_coquille
from jalon.web.composants.recherche import chercher_dans_l_espace, chercher_partout, lire_texte
from jalon.web.composants.recherche_vue import montrer_recherche
from jalon.web.espace.commun import coquille_d_espace, ouvrir_espace


@page(espace(None))
def recherche(request: HttpRequest, siren: str) -> HttpResponse:
    """What answers in this space, by kind; htmx asks for the answers alone."""
    ici = ouvrir_espace(request, siren)
    coquille = coquille_d_espace(ici)
    texte = lire_texte(request.GET.get("q", ""))
    return montrer_recherche(request, coquille, texte, lambda: chercher_dans_l_espace(ici.acteur, siren, coquille, texte))


@page(personne())
def partout(request: HttpRequest) -> HttpResponse:
    """What answers in all the places where the person acts."""
    acteur = request.acteur  # type: ignore[attr-defined]
    coquille = construire_coquille(request)
    texte = lire_texte(request.GET.get("q", ""))
    return montrer_recherche(request, coquille, texte, lambda: chercher_partout(acteur, coquille, texte))
