"""« Voir le portail comme… » at the edge: what a request may do while it lasts, and when it is over.

The session holds which view was opened, bound to one SIREN; rights are read at each request, and the database is read-only for
whatever answers (docs/adr/0020-voir-comme.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.vues import terminer_vue
from jalon.habilitations.enums import FinDeVue
from jalon.habilitations.regles_des_vues import vue_ouverte
from jalon.habilitations.requetes.vues import Vue, acteur_de_la_vue
from jalon.habilitations.vu_comme import ActeurVuComme
from jalon.socle.horloge import maintenant
from jalon.socle.lecture_seule import base_en_lecture_seule
from jalon.web.composants.acces import Regle, Sorte
from jalon.web.composants.erreurs import est_api, repondre

CLE = "vue_comme"
SURES = frozenset({"GET", "HEAD", "OPTIONS"})
OUVERTES = frozenset(
    {
        "espace_accueil", "espace_taches", "espace_recherche", "espace_dossiers", "espace_brouillons", "espace_dossier", "espace_factures",
        "espace_factures_historique", "espace_facture", "espace_reglements", "espace_habilitations", "espace_mandats",
        "espace_mandat", "espace_cles", "espace_rib", "espace_mes_droits",
    }
)  # fmt: skip
"""Pages that only show. Any other page of the space is a form, a file, or what reveals a NIR or an IBAN: it stays closed."""
SORTIE = "account_logout"
QUITTER = "vue_quitter"
SANS_EFFET = frozenset({SORTIE, "seance"})
TERMINEE = {
    FinDeVue.DELAI: "Les 15\u00a0minutes sont passées\u00a0: vous êtes revenu à vos propres pages.",
    FinDeVue.DROIT_PERDU: "Cet accès, ou le vôtre, a changé\u00a0: vous êtes revenu à vos propres pages.",
}


@dataclass(frozen=True, slots=True)
class VueAffichee:
    """What the banner says."""

    nom: str
    fin: datetime


class IntergicielVueComme:
    """Last of the chain: what is counted, saved or signed out around it is the administrator's own."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        vue = vue_de(request)
        if vue is None or est_api(request):
            return self.suite(request)
        moi = ActeurPersonne(request.user)  # type: ignore[arg-type]
        acteur = acteur_de_la_vue(vue, moi) if vue_ouverte(vue.debut, moi.maintenant) else None
        if acteur is None:
            raison = FinDeVue.DROIT_PERDU if vue_ouverte(vue.debut, moi.maintenant) else FinDeVue.DELAI
            return self._apres_la_fin(request, vue, raison)
        page = _page_demandee(request)
        nom = page.view_name if page is not None else ""
        if nom == QUITTER:
            return self.suite(request)
        if nom == SORTIE and request.method == "POST":
            return self._sortir(request, vue, moi)
        return self._montrer(request, vue, acteur, page)

    def _montrer(self, request: HttpRequest, vue: Vue, acteur: ActeurVuComme, page: ResolverMatch | None) -> HttpResponse:
        request.acteur, request.vue_comme = acteur, VueAffichee(acteur.collegue.nom_complet, vue.fin)  # type: ignore[attr-defined]
        if request.method not in SURES:
            return _refuser(request, "rien ne peut être modifié")
        if page is not None and not _s_ouvre(page, vue.siren):
            return _refuser(request, "cette page ne s’ouvre pas ainsi")
        with base_en_lecture_seule():
            return self.suite(request)

    def _apres_la_fin(self, request: HttpRequest, vue: Vue, raison: FinDeVue) -> HttpResponse:
        """The first answer afterwards: her own pages; a form filled in before is not sent in her name without a word."""
        fermer_vue(request, vue, raison)
        if request.method not in SURES:
            return repondre(request, HTTPStatus.FORBIDDEN, message=f"{TERMINEE[raison]} Rien n’a été modifié.", vue_finie=True)
        messages.info(request, TERMINEE[raison])
        return self.suite(request)

    def _sortir(self, request: HttpRequest, vue: Vue, moi: ActeurPersonne) -> HttpResponse:
        reponse = self.suite(request)
        if not request.user.is_authenticated:
            terminer_vue(vue_id=vue.id, raison=FinDeVue.DECONNEXION, par=moi, maintenant=maintenant())
        return reponse


def _refuser(request: HttpRequest, suite: str) -> HttpResponse:
    nom = request.vue_comme.nom  # type: ignore[attr-defined]
    return repondre(request, HTTPStatus.FORBIDDEN, message=f"Vous voyez le portail comme {nom}\u00a0: {suite}.")


def _page_demandee(request: HttpRequest) -> ResolverMatch | None:
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def _s_ouvre(page: ResolverMatch, siren: str) -> bool:
    """The space being looked at; what shows the same thing to everybody; never another space, an account, the OPCO."""
    regle: Regle | None = getattr(page.func, "regle", None)
    if regle is not None and regle.sorte in {Sorte.PUBLIC, Sorte.DEMO}:
        return True
    return page.view_name in SANS_EFFET or (page.view_name in OUVERTES and page.kwargs["siren"] == siren)


def vue_de(request: HttpRequest) -> Vue | None:
    """The view that this session has opened, whether it is over or not."""
    if not request.session.session_key or not isinstance(request.user, Personne):
        return None
    garde: dict[str, str] | None = request.session.get(CLE)
    if garde is None:
        return None
    return Vue(UUID(garde["id"]), UUID(garde["lien"]), garde["siren"], datetime.fromisoformat(garde["debut"]))


def retenir_vue(request: HttpRequest, vue: Vue) -> None:
    """From the next request on, the pages of that SIREN are the colleague's."""
    request.session[CLE] = {
        "id": str(vue.id), "lien": str(vue.rattachement_id), "siren": vue.siren, "debut": vue.debut.isoformat(),
    }  # fmt: skip


def fermer_vue(request: HttpRequest, vue: Vue, raison: FinDeVue) -> None:
    """Back to her own pages, and the last line in the journal."""
    del request.session[CLE]
    moi = ActeurPersonne(request.user)  # type: ignore[arg-type]
    terminer_vue(vue_id=vue.id, raison=raison, par=moi, maintenant=maintenant())
