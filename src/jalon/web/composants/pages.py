"""A list searched by words and turned page by page."""

from django.http import HttpRequest

RECHERCHE_AU_PLUS = 200


def lire_recherche(request: HttpRequest) -> tuple[str, str]:
    """The words searched, and the key of the page asked."""
    return request.GET.get("q", "").strip()[:RECHERCHE_AU_PLUS], request.GET.get("apres", "")
