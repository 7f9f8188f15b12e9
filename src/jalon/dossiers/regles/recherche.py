"""Words that find a request. A lexeme is a word of `normaliser`, or a mark of its perimeter, which no typed word can be."""

from collections.abc import Iterable

from jalon.socle.texte import normaliser

LONGUEUR_MOT = 60
MOTS_CHERCHES = 8
MARQUES = {"siren": "s", "siret": "t", "prestataire_siren": "r", "portefeuille_id": "p"}


def marque(colonne: str, valeur: object) -> str:
    """The lexeme of a value of the portée: « s:123456782 »."""
    return f"{MARQUES[colonne]}:{valeur}"


def lexemes(textes: Iterable[str], portee: Iterable[tuple[str, object]]) -> list[str]:
    """Distinct words of the texts, then the marks of the perimeter; never a sensitive box (the caller gives none)."""
    mots = {mot[:LONGUEUR_MOT] for texte in textes for mot in normaliser(texte).split()}
    marques = {marque(colonne, valeur) for colonne, valeur in portee if valeur}
    return sorted(mots | marques)


def requete_de_texte(texte: str) -> str:
    """What is typed as a tsquery: every word, each as the beginning of one; empty when nothing can be searched."""
    mots = [mot[:LONGUEUR_MOT] for mot in normaliser(texte).split()][:MOTS_CHERCHES]
    return " & ".join(f"'{mot}':*" for mot in mots)
