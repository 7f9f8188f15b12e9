"""How the answers of a search are shown: a page, or what the palette puts under its box."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.web.composants.coquille import Coquille
from jalon.web.composants.recherche import Recherche, proposees


def montrer_recherche(request: HttpRequest, coquille: Coquille, texte: str, chercher: Callable[[], Recherche]) -> HttpResponse:
    """Look only for what is long enough; before, say what can be begun here."""
    vide = Recherche(texte)
    trouvee = vide if vide.courte else chercher()
    contexte = {
        "recherche": trouvee,
        "proposees": proposees(coquille) if vide.courte else None,
        "adresse": coquille.recherche,
    }
    gabarit = "recherche/resultats.html" if request.htmx else "recherche/page.html"  # type: ignore[attr-defined]
    return render(request, gabarit, contexte)
