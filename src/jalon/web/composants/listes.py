"""What every list shares: filters in the URL, chips, columns that are chosen, an order, pages by key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from jalon.socle.dates import formater_date
from jalon.socle.filtres import LONGUEUR_DU_TEXTE, Tri
from jalon.socle.listes import Colonne, Genre, Lecture, Liste
from jalon.socle.montants import formater_montant
from jalon.web.composants.bouton_export import bouton_d_export
from jalon.web.composants.tableaux import tableau_de
from jalon.web.composants.vues import lien_pour_garder

REGLAGE, COLONNES = "reglage", "colonnes"
"""Parameters of the URL: which panel is open, which columns are shown."""
_DATES = ("du plus ancien au plus récent", "du plus récent au plus ancien")
_NOMBRES = ("du plus petit au plus grand", "du plus grand au plus petit")
SENS_EN_MOTS = {
    Genre.TEXTE: ("de A à Z", "de Z à A"), Genre.ENTIER: _NOMBRES, Genre.MONTANT: _NOMBRES, Genre.JOUR: _DATES, Genre.INSTANT: _DATES,
}  # fmt: skip
"""An order rising, then falling."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """A filter of a list. `lu`: what the list understood of it; `choix`: code -> words; `genre`: kind of box."""

    nom: str
    libelle: str
    lu: Callable[[Any], Any]
    choix: Mapping[str, str] = field(default_factory=dict)
    genre: str = "text"
    tous: str = "Tous"


RECHERCHE = Critere(nom="q", libelle="Rechercher", lu=lambda filtre: filtre.texte, genre="search")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecran:
    """How a list is shown. `tete`: columns that lead each row, always there; `autres`: filters that are folded; `vides`: what a
    parameter says to mean « no filter », where its absence means something else."""

    liste: Liste
    objet: str
    tete: tuple[str, ...]
    aide: str
    criteres: tuple[Critere, ...]
    autres: tuple[Critere, ...] = ()
    vides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Boite:
    """A box of the form of filters, as it was filled."""

    nom: str
    libelle: str
    genre: str
    valeur: str
    choix: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ColonneReglable:
    """A column in the panel that orders them. Each address is the list of columns that the button asks; empty: no button."""

    code: str
    libelle: str
    montee: str = ""
    descendue: str = ""
    retiree: str = ""
    ajoutee: str = ""


def contexte_commun(
    request: HttpRequest,
    ecran: Ecran,
    lecture: Lecture,
    lignes: Sequence[Any],
    jour: date,
    *,
    sans: str = "",
    lus: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the templates of every list need, pages excepted. `sans`: a column that says here what another one says; `lus`: the
    parameters, where they are not those of the URL."""
    lus = parametres(request) if lus is None else lus
    montrees = _colonnes(request, ecran, sans)
    tri: Tri = lecture.filtre.tri
    puces = _puces(request, ecran, lecture.filtre)
    return {
        "jour": jour,
        "tableau": tableau_de(montrees, lignes, jour, tri=tri, objet=ecran.objet, tete=_de_tete(ecran)),
        "legende": _legende(ecran.liste, tri),
        "refus": lecture.refus,
        "puces": puces,
        "exporter": bouton_d_export(request, ecran.liste, lus, ecran.tete, montrees),
        "filtree": bool(puces),
        "hors_page": bool(lus.get("page")),
        "sans_filtre": adresse(request, **dict.fromkeys(_parametres_de(ecran), ""), page=""),
        "aide": ecran.aide,
        "boites": [_boite(lus, ecran, critere) for critere in (RECHERCHE, *ecran.criteres)],
        "autres_boites": [_boite(lus, ecran, critere) for critere in ecran.autres],
        "autres_ouvertes": any(lus.get(critere.nom) for critere in ecran.autres),
        "caches": _caches(request, "tri", "page"),
        "ordre": request.GET.get("tri", ""),
        "colonnes": request.GET.get(COLONNES, ""),
        "reglage": _reglage(request, ecran, montrees) if request.GET.get(REGLAGE) == COLONNES else None,
        "premiere": adresse(request, page=""),
        "regler": adresse(request, **{REGLAGE: COLONNES}),
        "garder": "" if lecture.refus else lien_pour_garder(request, ecran.liste.code, lus),
    }


def montrer_la_liste(request: HttpRequest, gabarit: str, resultats: str, contexte: Mapping[str, Any]) -> HttpResponse:
    """The page; to htmx the results alone, and the address to show, without the boxes that say nothing."""
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, gabarit, dict(contexte))
    reponse = render(request, resultats, dict(contexte))
    reponse["HX-Push-Url"] = adresse(request)
    return reponse


def pages_de(request: HttpRequest, precedent: str, suivant: str) -> dict[str, str]:
    """Addresses of the pages around."""
    return {
        "suivant": adresse(request, page=suivant) if suivant else "",
        "precedent": adresse(request, page=precedent) if precedent else "",
    }


def parametres(request: HttpRequest) -> dict[str, str]:
    """The parameters of the URL, each once."""
    return {nom: str(valeur) for nom, valeur in request.GET.items()}


def adresse(request: HttpRequest, **changements: str) -> str:
    """The same list with these parameters; an empty one goes away."""
    gardes = QueryDict(mutable=True)
    gardes.update({nom: valeur for nom, valeur in parametres(request).items() if valeur})
    for nom, valeur in changements.items():
        gardes.pop(nom, None)
        if valeur:
            gardes[nom] = valeur
    return f"{request.path}?{gardes.urlencode(safe=',')}" if gardes else request.path


def _caches(request: HttpRequest, *retires: str) -> list[tuple[str, str]]:
    return [(nom, valeur) for nom, valeur in parametres(request).items() if valeur and nom not in retires]


def _parametres_de(ecran: Ecran) -> list[str]:
    return [critere.nom for critere in (RECHERCHE, *ecran.criteres, *ecran.autres)]


def _boite(lus: Mapping[str, str], ecran: Ecran, critere: Critere) -> Boite:
    vide = ecran.vides.get(critere.nom, "")
    valeur = lus.get(critere.nom, "").strip()[:LONGUEUR_DU_TEXTE] or vide
    choix = ((vide, critere.tous), *critere.choix.items()) if critere.choix else ()
    return Boite(critere.nom, critere.libelle, critere.genre, valeur, choix)


def _legende(liste: Liste, tri: Tri) -> str:
    """« Dossiers, rangés par « Modifié », du plus récent au plus ancien »."""
    colonne = liste.colonne(tri.code)
    sens = SENS_EN_MOTS[colonne.genre if colonne else Genre.JOUR][tri.descendant]
    return f"{liste.libelle}, dans l’ordre de «\u00a0{colonne.libelle if colonne else tri.code}\u00a0», {sens}"


def _puces(request: HttpRequest, ecran: Ecran, filtre: Any) -> list[Puce]:
    """One chip for each thing that narrows the list."""
    puces = []
    for critere in (RECHERCHE, *ecran.criteres, *ecran.autres):
        retenus = _retenus(critere, filtre)
        for retenu in retenus:
            restants = ",".join(code for code in retenus if code != retenu) or ecran.vides.get(critere.nom, "")
            puces.append(Puce(_puce_en_mots(critere, retenu), adresse(request, **{critere.nom: restants}, page="")))
    return puces


def _retenus(critere: Critere, filtre: Any) -> list[Any]:
    """What the filter keeps of a criterion."""
    lus = critere.lu(filtre)
    return sorted(lus) if isinstance(lus, frozenset) else [lus] if lus not in {None, ""} else []


def _puce_en_mots(critere: Critere, retenu: Any) -> str:
    libelle = "Recherche" if critere.nom == "q" else critere.libelle
    return f"{libelle}\u00a0: {_dire(critere, retenu)}"


def filtres_en_mots(ecran: Ecran, filtre: Any) -> list[str]:
    """What narrows the list, as its chips say it."""
    dits = []
    for critere in (RECHERCHE, *ecran.criteres, *ecran.autres):
        dits += [_puce_en_mots(critere, retenu) for retenu in _retenus(critere, filtre)]
    return dits


def _dire(critere: Critere, valeur: Any) -> str:
    if critere.choix:
        return critere.choix[valeur].lower()
    if isinstance(valeur, date):
        return formater_date(valeur)
    return formater_montant(valeur) if isinstance(valeur, Decimal) else str(valeur)


def _de_tete(ecran: Ecran) -> tuple[Colonne, ...]:
    """The columns that lead each row."""
    return tuple(c for c in ecran.liste.colonnes if c.code in ecran.tete)


def _colonnes(request: HttpRequest, ecran: Ecran, sans: str) -> tuple[Colonne, ...]:
    """The columns shown beside those that lead the row."""
    demandees = request.GET.get(COLONNES, "")
    choisies = ecran.liste.choisies(demandees)
    return tuple(c for c in choisies if c.code not in ecran.tete and (demandees or c.code != sans))


def _reglage(request: HttpRequest, ecran: Ecran, montrees: tuple[Colonne, ...]) -> dict[str, Any]:
    """The panel of the columns: those shown, in order, then the others."""
    codes = [c.code for c in montrees]

    def ecrire(suite: list[str]) -> str:
        return ",".join([*ecran.tete, *suite])

    def echanger(rang: int, avec: int) -> str:
        suite = codes.copy()
        suite[rang], suite[avec] = suite[avec], suite[rang]
        return ecrire(suite)

    ici = [
        ColonneReglable(
            c.code,
            c.libelle,
            montee=echanger(rang, rang - 1) if rang else "",
            descendue=echanger(rang, rang + 1) if rang + 1 < len(codes) else "",
            retiree=ecrire([code for code in codes if code != c.code]),
        )
        for rang, c in enumerate(montrees)
    ]
    ailleurs = [
        ColonneReglable(c.code, c.libelle, ajoutee=ecrire([*codes, c.code]))
        for c in ecran.liste.colonnes
        if c.code not in codes and c.code not in ecran.tete
    ]
    return {
        "ici": ici,
        "ailleurs": ailleurs,
        "caches": _caches(request, COLONNES, "page"),
        "habituelles": adresse(request, **{COLONNES: ""}) if request.GET.get(COLONNES) else "",
        "fermer": adresse(request, **{REGLAGE: ""}),
    }
