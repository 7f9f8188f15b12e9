"""Asking: from a line of the table to a request, and from an answer to its class."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jalon.socle.identifiants import nouvel_id
from tests.matrice.monde import Monde
from tests.matrice.roles import Ligne

VERS = {"/compte/login/": "connexion", "/compte/2fa/": "second", "/compte/2fa/reauthenticate/": "confirmer"}
PASSAGERES = frozenset(
    {"django_session", "cache_commun", "usersessions_usersession", "veille_lecture", "veille_compteurlectures"}
)
"""Tables that any request may write: sessions, what was read. They hold nothing of the business."""
ECRITURE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(?P<table>\w+)')


def noms_du_produit() -> set[str]:
    """Every URL name of the resolver."""

    def parcourir(motifs: list[URLPattern | URLResolver], espace: str) -> Iterator[str]:
        for motif in motifs:
            if isinstance(motif, URLResolver):
                yield from parcourir(motif.url_patterns, f"{motif.namespace}:" if motif.namespace else espace)
            else:
                yield f"{espace}{motif.name}"

    return set(parcourir(get_resolver().url_patterns, ""))


def adresse(ligne: Ligne, objets: Mapping[str, str]) -> str:
    """The URL of a line, with the objects of the world (« code=action »: the value itself)."""
    valeurs = [mot.partition("=")[2] if "=" in mot else objets[mot] for mot in ligne.args.split()]
    return reverse(ligne.nom, args=valeurs)


def corps(ligne: Ligne, objets: Mapping[str, str]) -> dict[str, object]:
    """The form of a line, files and objects included."""
    return {nom: _valeur(nom, valeur, objets) for nom, valeur in ligne.corps.items()}


def _valeur(nom: str, valeur: object, objets: Mapping[str, str]) -> object:
    if isinstance(valeur, list):
        return [_valeur(nom, v, objets) for v in valeur]
    if valeur == "FICHIER":
        return SimpleUploadedFile(f"{nom}.pdf", b"%PDF-1.7 essai" + nom.encode(), "application/pdf")
    return objets[valeur[1:]] if isinstance(valeur, str) and valeur.startswith("@") else valeur


def demander(
    monde: Monde,
    ligne: Ligne,
    methode: str,
    role: str,
    objets: Mapping[str, str] | None = None,
    *,
    entetes: Mapping[str, str] | None = None,
) -> HttpResponse:
    """One request, with a well-filled form and a valid token; `objets`: other objects than those of the world."""
    cache.clear()
    connus = {**monde.objets, "inconnu": str(nouvel_id()), **(objets or {})}
    navigateur, chemin = monde.client(role), adresse(ligne, connus)
    if methode == "GET":
        return navigateur.get(chemin, headers=entetes)  # type: ignore[return-value, arg-type]
    return navigateur.post(chemin, corps(ligne, connus), headers=entetes)  # type: ignore[return-value, arg-type]


def classer(reponse: HttpResponse) -> str:
    """« oui », or which refusal."""
    if reponse.status_code in {301, 302, 303}:
        return VERS.get(urlsplit(reponse["Location"]).path, "oui")
    return "oui" if reponse.status_code < 300 else str(reponse.status_code)


def bloc_d_essai() -> transaction.Atomic:
    """A transaction in which actions may open theirs, even those that must not be nested."""
    bloc = transaction.atomic()
    bloc._from_testcase = True  # type: ignore[attr-defined]
    return bloc


def contenu_de(reponse: HttpResponse) -> bytes:
    """The body, streamed or not."""
    return b"".join(reponse) if reponse.streaming else reponse.content  # type: ignore[arg-type]


@contextmanager
def ecritures() -> Iterator[list[str]]:
    """The statements that write a table of the business."""
    ecrites: list[str] = []

    def guetter(executer: Any, sql: str, *autres: Any) -> Any:
        ecrit = ECRITURE.match(sql)
        if ecrit is not None and ecrit["table"] not in PASSAGERES:
            ecrites.append(sql)
        return executer(sql, *autres)

    with connection.execute_wrapper(guetter):
        yield ecrites


@contextmanager
def essai() -> Iterator[None]:
    """Whatever is written inside is undone."""
    with bloc_d_essai():
        yield
        transaction.set_rollback(True)


def empreinte_de_la_base() -> dict[str, str]:
    """A digest of the rows of every table, sessions apart."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [nom for (nom,) in curseur.fetchall() if nom not in PASSAGERES]
        morceaux = [
            f"SELECT '{nom}', md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM \"{nom}\" t"  # noqa: S608
            for nom in tables
        ]
        curseur.execute(" UNION ALL ".join(morceaux))
        return dict(curseur.fetchall())
