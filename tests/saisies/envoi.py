"""Sending a form of the table in the world of the matrix; whatever it writes is undone by `essai`."""

from collections.abc import Mapping

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from tests.matrice.monde import Monde

FICHIER = "FICHIER"
"""In a body: a small file, made at each sending."""


def adresse(monde: Monde, nom: str, args: str) -> str:
    """The URL, with objects of the world (« genre=facture »: the value itself)."""
    mots = [mot.partition("=")[2] if "=" in mot else monde.objets[mot] for mot in args.split()]
    return reverse(nom, args=mots)


def envoyer(monde: Monde, role: str, chemin: str, corps: Mapping[str, object]) -> HttpResponse:
    """A POST of that role."""
    cache.clear()
    donnees = {nom: _valeur(monde, nom, valeur) for nom, valeur in corps.items()}
    reponse: HttpResponse = monde.client(role).post(chemin, donnees)  # type: ignore[assignment]
    return reponse


def _valeur(monde: Monde, nom: str, valeur: object) -> object:
    """A file, objects of the world (« @nom »), or the value itself."""
    if valeur == FICHIER:
        return SimpleUploadedFile(f"{nom}.pdf", b"%PDF-1.7 " + nom.encode())
    if isinstance(valeur, list):
        return [monde.objets[v[1:]] if v.startswith("@") else _valeur(monde, nom, v) for v in valeur]
    return valeur
