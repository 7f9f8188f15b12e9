"""Handing a file to a browser."""

from urllib.parse import quote

from django.http import HttpResponse


def reponse_fichier(octets: bytes, nom: str, type_mime: str) -> HttpResponse:
    """A file that a browser keeps or opens apart, never inside our origin (exigences, T7)."""
    reponse = HttpResponse(octets, content_type=type_mime)
    reponse.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(nom)}"
    reponse.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return reponse
