"""The columns that show a field as it is stored: each app names its own with these."""

from datetime import date
from typing import Any

from jalon.socle.dates import jour_de_paris
from jalon.socle.listes import Colonne, Genre, Valeur


def _lire(ligne: Any, champ: str) -> Any:
    """The field of a row, « a__b » through its relation."""
    for nom in champ.split("__"):
        ligne = getattr(ligne, nom)
    return ligne


def _simple(code: str, libelle: str, champ: str, genre: Genre, *, tri: bool, d_office: bool) -> Colonne:
    lu = champ or code

    def valeur(ligne: Any, jour: date) -> Valeur:
        del jour
        contenu: Valeur = _lire(ligne, lu)
        return None if contenu == "" else contenu

    return Colonne(code=code, libelle=libelle, valeur=valeur, champs=(lu,), genre=genre, tri=tri, d_office=d_office)


def texte(code: str, libelle: str, *, champ: str = "", tri: bool = False, d_office: bool = False) -> Colonne:
    """Words, or nothing."""
    return _simple(code, libelle, champ, Genre.TEXTE, tri=tri, d_office=d_office)


def montant(code: str, libelle: str, *, champ: str = "", tri: bool = False, d_office: bool = False) -> Colonne:
    """Euros."""
    return _simple(code, libelle, champ, Genre.MONTANT, tri=tri, d_office=d_office)


def entier(code: str, libelle: str, *, champ: str = "", d_office: bool = False) -> Colonne:
    """A number of things."""
    return _simple(code, libelle, champ, Genre.ENTIER, tri=False, d_office=d_office)


def jour(code: str, libelle: str, *, champ: str = "", tri: bool = False, d_office: bool = False) -> Colonne:
    """A day of the calendar."""
    return _simple(code, libelle, champ, Genre.JOUR, tri=tri, d_office=d_office)


def jour_de(code: str, libelle: str, *, champ: str = "", tri: bool = False, d_office: bool = False) -> Colonne:
    """The day, in Paris, of an instant."""
    lu = champ or code

    def valeur(ligne: Any, jour: date) -> Valeur:
        del jour
        instant = _lire(ligne, lu)
        return None if instant is None else jour_de_paris(instant)

    return Colonne(code=code, libelle=libelle, valeur=valeur, champs=(lu,), genre=Genre.JOUR, tri=tri, d_office=d_office)
