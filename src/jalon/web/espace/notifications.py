"""What I was told: the bell of the header, the list, and how I want to be told."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.notifications.actions.lectures import marquer_lue, marquer_toutes_lues
from jalon.notifications.actions.preferences import choisir_canaux
from jalon.notifications.annonces import genres_deja_ecrits
from jalon.notifications.enums import LIBELLES_CANAUX, LIBELLES_GENRES, Genre
from jalon.notifications.regles import PARTOUT
from jalon.notifications.requetes import (
    AU_PLUS,
    NotificationMontree,
    canaux_du_lieu,
    mes_notifications,
    nombre_de_non_lues,
    notification_accessible,
)
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants.acces import page, personne, public
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.listes import Vue

LIEUX_A_CHOISIR = 50
"""Beyond, a cabinet types the SIREN of its client."""
COMME_PARTOUT = ("", "Comme partout ailleurs")
PLUS_POUR_VOUS = "Un administrateur de l’organisation peut vous rendre cet accès."


@dataclass(frozen=True, slots=True)
class Ligne:
    """A notification as the list shows it, with the name of the space where it is read."""

    montree: NotificationMontree
    lieu: str


@page(public())
def nombre(request: HttpRequest) -> HttpResponse:
    """The figure of the bell, asked again every minute: nothing once the session is over, or seen through a colleague's eyes."""
    acteur: ActeurPersonne | None = getattr(request, "acteur", None) if request.user.is_authenticated else None
    non_lues = nombre_de_non_lues(acteur) if acteur is not None and not acteur.regarde_seulement else 0
    contexte = {"non_lues": non_lues, "montre": f"{AU_PLUS}+" if non_lues > AU_PLUS else str(non_lues)}
    return render(request, "composants/nombre_de_notifications.html", contexte)


@page(personne())
def boite(request: HttpRequest) -> HttpResponse:
    """All of mine, newest first, narrowed to what is not read and to a kind."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    genre = _genre(request)
    non_lues = request.GET.get("etat") == "non_lues"
    rang = _page(request)
    montrees, suite = mes_notifications(acteur, non_lues=non_lues, genre=genre, page=rang)
    contexte = {
        "lignes": _lignes(montrees),
        "vues": [
            Vue("Toutes", _adresse(genre=genre), not non_lues, None),
            Vue("Non lues", _adresse(genre=genre, etat="non_lues"), non_lues, None),
        ],
        "genres": [(g.value, libelle) for g, libelle in LIBELLES_GENRES.items()],
        "genre": genre.value if genre else "",
        "etat": "non_lues" if non_lues else "",
        "restent": nombre_de_non_lues(acteur),
        "precedent": _adresse(genre=genre, etat=non_lues and "non_lues", page=rang - 1) if rang > 1 else "",
        "suivant": _adresse(genre=genre, etat=non_lues and "non_lues", page=rang + 1) if suite else "",
    }
    return render(request, "notifications/boite.html", contexte)


def _genre(request: HttpRequest) -> Genre | None:
    demande = request.GET.get("genre") or request.POST.get("genre", "")
    return Genre(demande) if demande in set(Genre) else None


def _page(request: HttpRequest) -> int:
    demande = request.GET.get("page", "")
    return max(1, int(demande)) if demande.isascii() and demande.isdigit() and len(demande) < 5 else 1


def _adresse(**filtres: object) -> str:
    choisis = urlencode({nom: str(valeur) for nom, valeur in filtres.items() if valeur})
    return f"{reverse('notifications')}?{choisis}" if choisis else reverse("notifications")


def _lignes(montrees: list[NotificationMontree]) -> list[Ligne]:
    sirens = {m.notification.lieu for m in montrees if m.notification.lieu}
    noms = noms_des_organisations(sirens)
    return [Ligne(m, noms.get(s) or (f"SIREN {grouper(s)}" if s else "")) for m in montrees for s in [m.notification.lieu]]


@page(personne())
def ouvrir(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """To what it is about, which is then read; when rights have changed since, says so."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    montree = notification_accessible(notification_id, acteur)
    if not montree.lisible:
        raise DroitManquant(f"{montree.phrase} {PLUS_POUR_VOUS}")
    marquer_lue(notification_id=notification_id, par=acteur, maintenant=maintenant())
    return redirect(reverse(montree.notification.page, kwargs=montree.notification.parametres))


@page(personne("POST"))
def lue(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """One is read, without opening it."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    marquer_lue(notification_id=notification_id, par=acteur, maintenant=maintenant())
    return redirect(_adresse(genre=_genre(request), etat=request.POST.get("etat") == "non_lues" and "non_lues"))


@page(personne("POST"))
def toutes_lues(request: HttpRequest) -> HttpResponse:
    """All are read, or all of the kind that is shown."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    nombre_lues = marquer_toutes_lues(par=acteur, maintenant=maintenant(), genre=_genre(request))
    pluriel = "s" if nombre_lues > 1 else ""
    messages.success(request, f"{nombre_lues} notification{pluriel} marquée{pluriel} comme lue{pluriel}.")
    return redirect(_adresse(genre=_genre(request)))


class FormulairePreferences(forms.Form):
    """One box for each kind; in one place, « as everywhere » may be answered."""

    def __init__(self, *args: object, lieu: str = PARTOUT, **autres: object) -> None:
        super().__init__(*args, **autres)  # type: ignore[arg-type]
        deja = genres_deja_ecrits()
        for genre, libelle in LIBELLES_GENRES.items():
            choix = [(c.value, dit) for c, dit in LIBELLES_CANAUX.items()]
            self.fields[genre.value] = forms.ChoiceField(
                label=libelle,
                choices=[COMME_PARTOUT, *choix] if lieu else choix,
                required=not lieu,
                help_text="Un courriel part déjà de lui-même à la personne concernée\u00a0: elle n’en reçoit pas un second."
                if genre in deja
                else "",
                error_messages={
                    "required": "Choisissez une réponse",
                    "invalid_choice": "Choisissez une réponse de cette liste",
                },
            )


@page(personne("GET", "POST"))
def preferences(request: HttpRequest) -> HttpResponse:
    """How I am told of each kind, everywhere or in one of my spaces."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    lieu = (request.POST if request.method == "POST" else request.GET).get("lieu", "").replace(" ", "")
    if lieu and not acteur.appartient(lieu):
        raise Introuvable("Ce SIREN n’est pas l’un de vos espaces. Vérifiez ses 9 chiffres.")
    voulus = canaux_du_lieu(acteur.personne.pk, lieu)
    formulaire = FormulairePreferences(
        request.POST or None, lieu=lieu, initial={genre.value: canal.value if canal else "" for genre, canal in voulus.items()}
    )
    if request.method == "POST" and tenter(formulaire, lambda: _choisir(formulaire, lieu, acteur)):
        messages.success(request, "Vos préférences sont enregistrées.")
        return redirect(
            f"{reverse('notifications_preferences')}?{urlencode({'lieu': lieu})}" if lieu else "notifications_preferences"
        )
    sirens = list(dict.fromkeys(r.siren for r in acteur.rattachements))
    noms = noms_des_organisations(sirens[:LIEUX_A_CHOISIR])
    return montrer(
        request,
        "notifications/preferences.html",
        formulaire,
        lieu=lieu,
        nom_du_lieu=noms_des_organisations([lieu]).get(lieu) or f"SIREN {grouper(lieu)}" if lieu else "",
        lieux=[(s, noms.get(s) or f"SIREN {grouper(s)}") for s in sirens] if len(sirens) <= LIEUX_A_CHOISIR else [],
        beaucoup=len(sirens) > LIEUX_A_CHOISIR,
        adresse=acteur.personne.email,
    )


def _choisir(formulaire: forms.Form, lieu: str, acteur: ActeurPersonne) -> bool:
    canaux = {genre: formulaire.cleaned_data[genre.value] for genre in Genre}
    choisir_canaux(canaux=canaux, lieu=lieu, par=acteur, maintenant=maintenant())
    return True
