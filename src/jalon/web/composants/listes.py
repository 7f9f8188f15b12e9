"""The list of requests, the same for a company, a cabinet and the OPCO: filters in the URL, chips, keyset pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import EN_EXECUTION, LIBELLES_ETATS, EtatDossier
from jalon.dossiers.requetes import FiltreDossiers, comptes_par_etat, liste_dossiers
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.messagerie.enums import Cote
from jalon.web.composants.moment import ce_jour

ETATS_FILTRABLES = [e for e in LIBELLES_ETATS if e != EtatDossier.BROUILLON]


@dataclass(frozen=True, slots=True)
class Puce:
    """An active filter, and the address without it."""

    libelle: str
    url: str


@dataclass(frozen=True, slots=True)
class Vue:
    """A tab over the list."""

    libelle: str
    url: str
    courant: bool
    nombre: str | None = None
    icone: str = ""


def contexte_de_liste(
    request: HttpRequest, acteur: ActeurPersonne, siren: str | None, *, cote: Cote | None = None
) -> dict[str, Any]:
    """What the template of the list needs. `espace`: the place of the URL, where its links stay; `par_lieu`: one company's list."""
    etat = request.GET.get("etat", "")
    etat = etat if etat in ETATS_FILTRABLES else ""
    texte = request.GET.get("q", "").strip()[:200]
    jour = ce_jour()
    filtre = FiltreDossiers(jour=jour, texte=texte, etats=frozenset({etat}) if etat else frozenset())
    resultat = liste_dossiers(acteur, siren, filtre, request.GET.get("page", ""), cote=cote)
    comptes = comptes_par_etat(acteur, siren, jour, cote=cote)
    return {
        "page": resultat,
        "jour": jour,
        "espace": siren or "",
        "par_lieu": siren is not None,
        "opco": False,
        "peut_saisir": False,
        "selection": False,
        "texte": texte,
        "etat": etat,
        "etats": [("", "Tous"), *((code, LIBELLES_ETATS[code]) for code in ETATS_FILTRABLES)],
        "vues": _vues(request, comptes, etat),
        "puces": _puces(request, texte, etat),
        "suivant": _adresse(request, page=resultat.suivant) if resultat.suivant else "",
        "precedent": _adresse(request, page=resultat.precedent) if resultat.precedent else "",
        "dispositifs": DISPOSITIFS,
    }


def _vues(request: HttpRequest, comptes: Any, etat: str) -> list[Vue]:
    montres = ["", EtatDossier.A_COMPLETER.value, EtatDossier.EN_INSTRUCTION.value, EtatDossier.ACCORDE.value, EN_EXECUTION]
    return [
        Vue(
            libelle="Tous" if not code else LIBELLES_ETATS[code],
            url=_adresse(request, etat=code, page=""),
            courant=etat == code,
            nombre=comptes.texte(code) or None,
        )
        for code in montres
    ]


def _puces(request: HttpRequest, texte: str, etat: str) -> list[Puce]:
    puces = [Puce(f"Recherche\u00a0: {texte}", _adresse(request, q="", page=""))] if texte else []
    return puces + ([Puce(f"État\u00a0: {LIBELLES_ETATS[etat].lower()}", _adresse(request, etat="", page=""))] if etat else [])


def _adresse(request: HttpRequest, **changements: str) -> str:
    """The same list with these parameters; an empty one goes away."""
    parametres = QueryDict(mutable=True)
    parametres.update({nom: valeur for nom, valeur in request.GET.dict().items() if valeur})
    for nom, valeur in changements.items():
        parametres.pop(nom, None)
        if valeur:
            parametres[nom] = valeur
    return f"{request.path}?{parametres.urlencode()}" if parametres else request.path
