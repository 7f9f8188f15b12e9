"""The one gate of every page: who may ask for it, said once beside the view.

A view is decorated by `@page(REGLE)`; a URL whose view has no rule fails the tests (exigences, S1). Rights on the
object itself are judged by the action or the query that hands it out.
"""

import functools
import time
from collections.abc import Callable, Iterable
from dataclasses import (
    dataclass,
    replace,
)
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from jalon.comptes.models import Personne
from jalon.comptes.requetes import (
    cle_d_acces_installee,
    second_facteur_installe,
)
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.second_facteur import Exigence, cle_exigee, exigence
from jalon.habilitations.suspensions import SUSPENDU
from jalon.socle import horloge
from jalon.socle.acteurs import Domaine, Droit, Niveau, Pouvoir
from jalon.socle.confirmation import VALIDITE_SECOND_FACTEUR
from jalon.socle.erreurs import (
    AccesSuspendu,
    DroitManquant,
    Introuvable,
    SecondFacteurRequis,
)

P = ParamSpec("P")
Vue = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Sorte(StrEnum):
    """Kinds of gate."""

    PUBLIC = "public"
    CONNECTE = "connecte"
    PERSONNE = "personne"
    ESPACE = "espace"
    OPCO = "opco"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Regle:
    """What a page asks. PERSONNE = signed in, second factor installed; ESPACE adds a right on the SIREN of the URL."""

    sorte: Sorte
    domaine: Domaine | None = None
    niveau: Niveau = Niveau.LECTURE
    pouvoir: Pouvoir | None = None
    methodes: tuple[str, ...] = ("GET",)
    confirmee: bool = False


def public(*methodes: str) -> Regle:
    """Everybody."""
    return Regle(Sorte.PUBLIC, methodes=methodes or ("GET",))


def connecte(*methodes: str) -> Regle:
    """Signed in."""
    return Regle(Sorte.CONNECTE, methodes=methodes or ("GET",))


def personne(*methodes: str) -> Regle:
    """Signed in, with a second factor installed."""
    return Regle(Sorte.PERSONNE, methodes=methodes or ("GET",))


def espace(domaine: Domaine | None, niveau: Niveau = Niveau.LECTURE, *methodes: str) -> Regle:
    """Somebody of the company or provider of the URL, holding that level there (any right when `domaine` is None)."""
    return Regle(Sorte.ESPACE, domaine, niveau, methodes=methodes or ("GET",))


def opco(pouvoir: Pouvoir, *methodes: str) -> Regle:
    """Somebody of the OPCO whose role gives that power."""
    return Regle(Sorte.OPCO, pouvoir=pouvoir, methodes=methodes or ("GET",))


def demo(*methodes: str) -> Regle:
    """Everybody, in demonstration only."""
    return Regle(Sorte.DEMO, methodes=methodes or ("GET",))


def confirme(regle: Regle) -> Regle:
    """The same rule, for who gave a second factor less than five minutes ago: rights, money, what leaves the portal."""
    return replace(regle, confirmee=True)


def page(regle: Regle) -> Callable[[Vue[P]], Vue[P]]:
    """Put the gate in front of a view and write the rule on it."""

    def decorer(vue: Vue[P]) -> Vue[P]:
        @functools.wraps(vue)
        def garder(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            methodes = {*regle.methodes, *(("HEAD",) if "GET" in regle.methodes else ())}
            if request.method not in methodes:
                return HttpResponseNotAllowed(sorted(methodes))
            refus = _barrer(request, regle, kwargs)
            return refus if refus is not None else vue(request, *args, **kwargs)

        gardee = cast("Vue[P]", garder)
        gardee.regle = regle  # type: ignore[attr-defined]
        return gardee

    return decorer


def _barrer(request: HttpRequest, regle: Regle, parametres: dict[str, Any]) -> HttpResponse | None:
    if regle.sorte == Sorte.PUBLIC:
        return None
    if regle.sorte == Sorte.DEMO:
        if not settings.JALON_DEMO:
            raise Introuvable
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
    if regle.sorte == Sorte.CONNECTE:
        return None
    detour = _detour_du_second_facteur(request)
    if detour is not None:
        return detour
    if regle.sorte == Sorte.ESPACE:
        exiger_espace(
            request.acteur,  # type: ignore[attr-defined]
            parametres["siren"],
            regle,
        )
    elif regle.sorte == Sorte.OPCO:
        _exiger_opco(request.acteur, regle.pouvoir)  # type: ignore[attr-defined]
    if regle.confirmee:
        exiger_second_facteur_recent(request)
    return None


def identifiant(request: HttpRequest) -> UUID:
    """Id of the person signed in (the gate was passed already). Raises Introuvable."""
    if not isinstance(request.user, Personne):
        raise Introuvable
    return request.user.id


def exigence_de(request: HttpRequest) -> Exigence:
    """What the settings ask of this person, by the rights of this request."""
    dispense = settings.JALON_SECOND_FACTEUR_LECTEURS == "facultatif"
    liens = request.acteur.soi.rattachements if dispense else ()  # type: ignore[attr-defined]
    return exigence(
        opco=isinstance(request.user, Personne) and request.user.est_opco,
        droits=[Droit(d.domaine, d.niveau) for lien in liens for d in lien.droits],
        lecteurs_dispenses=dispense,
        cle_pour_l_opco=settings.JALON_CLE_ACCES_OPCO,
    )


def _detour_du_second_facteur(request: HttpRequest) -> HttpResponse | None:
    """The page where the second factor that lacks is made or given; None when nothing lacks."""
    demande = exigence_de(request)
    if demande == Exigence.CLE_D_ACCES:
        return (
            None if _cle_donnee(request) else redirect(f"{reverse('cle_requise')}?{urlencode({'next': request.get_full_path()})}")
        )
    if demande == Exigence.AUCUNE or second_facteur_installe(identifiant(request)):
        return None
    return redirect("mfa_index")


def page_de_confirmation(request: HttpRequest) -> str:
    """Name of the page where this person gives again the second factor asked of her, or installs the one that lacks.

    A visitor goes to the first, which leads to the sign-in page.
    """
    if not isinstance(request.user, Personne):
        return "mfa_reauthenticate"
    if not second_facteur_installe(request.user.id):
        return "mfa_index"
    return "mfa_reauthenticate_webauthn" if exigence_de(request) == Exigence.CLE_D_ACCES else "mfa_reauthenticate"


def _cle_donnee(request: HttpRequest) -> bool:
    """Whether a passkey was used in this session, and is still one of the account."""
    return cle_d_acces_installee(identifiant(request)) and any(p.get("type") == "webauthn" for p in _preuves(request))


def exiger_espace(acteur: ActeurPersonne, siren: str, regle: Regle) -> None:
    """Raise Introuvable when the SIREN is none of mine, DroitManquant when only the level lacks there, or any right."""
    if not acteur.appartient(siren):
        if acteur.suspendu_sur(siren):
            raise AccesSuspendu(SUSPENDU)
        raise Introuvable
    if regle.domaine is None:
        if not acteur.a_des_droits(siren):
            raise DroitManquant(acteur.phrase_aucun_droit(siren))
    elif not acteur.a_un_droit(siren, Droit(regle.domaine, regle.niveau)):
        raise DroitManquant(acteur.phrase_droit_manquant(Droit(regle.domaine, regle.niveau), siren))


def _exiger_opco(acteur: ActeurPersonne, pouvoir: Pouvoir | None) -> None:
    if not acteur.roles_opco:
        raise Introuvable
    if pouvoir is not None and not acteur.portefeuilles(pouvoir):
        raise DroitManquant("Votre rôle ne permet pas d’ouvrir cette page. L’administrateur de l’OPCO attribue les rôles.")


class IntergicielActeur:
    """`request.acteur`: built at the first use, rights read for this request alone."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acteur = SimpleLazyObject(lambda: _acteur(request))  # type: ignore[attr-defined]
        return self.suite(request)


def _acteur(request: HttpRequest) -> ActeurPersonne:
    utilisateur = request.user
    if not isinstance(utilisateur, Personne):
        raise Introuvable
    return ActeurPersonne(utilisateur, second_facteur_le=second_facteur_le(request))


def second_facteur_le(request: HttpRequest) -> datetime | None:
    """When the second factor asked of this person was last given in this session, on the clock of the product."""
    cle = isinstance(request.user, Personne) and cle_exigee(opco=request.user.est_opco, reglage=settings.JALON_CLE_ACCES_OPCO)
    instants = [
        r.get("at", 0.0) for r in _preuves(request) if r.get("method") == "mfa" and (not cle or r.get("type") == "webauthn")
    ]
    return horloge.maintenant() - timedelta(seconds=time.time() - max(instants)) if instants else None


def second_facteur_recent(request: HttpRequest) -> bool:
    """Whether a second factor was given less than five minutes ago in this session."""
    dernier = second_facteur_le(request)
    return dernier is not None and horloge.maintenant() - dernier < VALIDITE_SECOND_FACTEUR


def _preuves(request: HttpRequest) -> Iterable[dict[str, Any]]:
    if not isinstance(request.user, Personne):
        return []
    preuves: Iterable[dict[str, Any]] = get_authentication_records(request, request.user)
    return preuves


def exiger_second_facteur_recent(request: HttpRequest) -> None:
    """Raise SecondFacteurRequis, turned into a detour by the confirmation page and back."""
    if not second_facteur_recent(request):
        raise SecondFacteurRequis
