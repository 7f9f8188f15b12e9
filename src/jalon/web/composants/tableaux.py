"""A table drawn from the columns of a list: cells in Python, since a page has two hundred of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.files.storage import Storage, storages
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from jalon.socle.dates import formater_date
from jalon.socle.filtres import Tri
from jalon.socle.listes import Colonne, Genre
from jalon.socle.montants import formater_montant
from jalon.web.composants.templatetags.jalon import etat, icone
from jalon.web.composants.templatetags.metier import a_transmettre

ABSENT = "—"
A_DROITE = frozenset({Genre.MONTANT, Genre.ENTIER})
SENS = {True: "descending", False: "ascending"}


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row, and its cells drawn; the template draws what leads to it."""

    objet: Any
    cellules: SafeString


@dataclass(frozen=True, slots=True)
class Tableau:
    """The columns shown, their headers drawn, and the rows of the page. `tete`: the header of what leads each row."""

    colonnes: tuple[Colonne, ...]
    entetes: SafeString
    rangees: list[Rangee]
    tete: SafeString


def tableau_de(
    colonnes: Sequence[Colonne],
    lignes: Iterable[Any],
    jour: date,
    *,
    tri: Tri | None = None,
    objet: str = "dossier",
    tete: Sequence[Colonne] = (),
) -> Tableau:
    """The cells of these rows. `tri`: present order, if the headers can change it; `objet`: whose states they are; `tete`: the
    columns that lead each row, drawn by the template."""
    montrees = tuple(colonnes)
    rangees = [Rangee(ligne, _cellules(montrees, ligne, jour, objet)) for ligne in lignes]
    statiques = storages["staticfiles"]
    return Tableau(montrees, _entetes(statiques, montrees, tri), rangees, _tete(statiques, tuple(tete), tri))


@lru_cache(maxsize=512)
def _entetes(statiques: Storage, colonnes: tuple[Colonne, ...], tri: Tri | None) -> SafeString:
    """Headers; a column that orders the list holds a button, which turns the order round once it is the present one."""
    del statiques
    return mark_safe("".join(_entete(colonne, tri) for colonne in colonnes))  # noqa: S308 (escaped piece by piece)


@lru_cache(maxsize=64)
def _tete(statiques: Storage, colonnes: tuple[Colonne, ...], tri: Tri | None) -> SafeString:
    """One header for the columns that lead a row: the name of the first, and a button for each that orders the list."""
    del statiques
    triables = [colonne for colonne in colonnes if colonne.tri and tri is not None]
    if not triables or tri is None:
        return format_html('<th role="columnheader" scope="col">{}</th>', colonnes[0].libelle if colonnes else "")
    boutons = format_html_join(" ", "{}", ((_bouton_de_tri(colonne, tri),) for colonne in triables))
    sens = SENS[tri.descendant] if tri.code in {colonne.code for colonne in triables} else "none"
    return format_html('<th role="columnheader" scope="col" aria-sort="{}">{}</th>', sens, boutons)


def _entete(colonne: Colonne, tri: Tri | None) -> str:
    droite = mark_safe(' class="r"') if colonne.genre in A_DROITE else ""
    if not colonne.tri or tri is None:
        return format_html('<th role="columnheader" scope="col"{}>{}</th>', droite, colonne.libelle)
    sens = SENS[tri.descendant] if tri.code == colonne.code else "none"
    return format_html(
        '<th role="columnheader" scope="col"{} aria-sort="{}">{}</th>', droite, sens, _bouton_de_tri(colonne, tri)
    )  # fmt: skip


def _bouton_de_tri(colonne: Colonne, tri: Tri) -> SafeString:
    courant = tri.code == colonne.code
    autre = Tri(colonne.code, descendant=not (courant and tri.descendant))
    signe = icone(("arrow-down" if tri.descendant else "arrow-up") if courant else "chevrons-up-down")
    return format_html(
        '<button class="sort" id="tri-{}" type="submit" form="f-tri" name="tri" value="{}">{}{}</button>',
        colonne.code,
        autre,
        colonne.libelle,
        signe,
    )


@lru_cache(maxsize=256)
def _debut(colonne: Colonne) -> tuple[str, str]:
    """A cell up to its content, and the same where a phone leaves it out."""
    droite = colonne.genre in A_DROITE
    libelle = conditional_escape(colonne.libelle)
    classes = ["r"] if droite else []
    return tuple(  # type: ignore[return-value]
        f'<td role="cell"{_classe([*classes, *autres])} data-l="{libelle}">' for autres in ([], ["m-hide"])
    )


def _classe(classes: Collection[str]) -> str:
    return f' class="{" ".join(classes)}"' if classes else ""


def _cellules(colonnes: tuple[Colonne, ...], ligne: Any, jour: date, objet: str) -> SafeString:
    return mark_safe("".join([_cellule(colonne, ligne, jour, objet) for colonne in colonnes]))  # noqa: S308 (escaped piece by piece)


def _cellule(colonne: Colonne, ligne: Any, jour: date, objet: str) -> str:
    if colonne.code == "etat":
        montre = ligne.etat_affiche(jour) if objet == "dossier" else ligne.etat
        return f'<td role="cell" class="m-tr">{etat(montre, objet)}</td>'
    if colonne.code == "attend_avant" and ligne.est_brouillon:
        return f"{_debut(colonne)[0]}{a_transmettre(ligne, jour)}</td>"
    valeur = colonne.valeur(ligne, jour)
    montree, cachee = _debut(colonne)
    if valeur is None:
        return f"{cachee}{ABSENT}</td>"
    match colonne.genre:
        case Genre.MONTANT:
            return f"{montree if valeur else cachee}{formater_montant(valeur)}</td>"  # type: ignore[arg-type]
        case Genre.JOUR:
            return f"{montree}{formater_date(valeur)}</td>"  # type: ignore[arg-type]
        case _:
            return f"{montree}{conditional_escape(str(valeur))}</td>"
