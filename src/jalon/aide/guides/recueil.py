"""All the guides, read once when the product starts: a mistake in one stops it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from jalon.aide.guides.lecture import Guide, lire_guide
from jalon.socle.texte import normaliser

TEXTES = Path(__file__).with_name("textes")
THEMES = ("Premiers pas", "Accès et droits", "Alternance", "Formation", "Suivre un dossier", "Factures et règlements")
GUIDES: Mapping[str, Guide] = {f.stem: lire_guide(f.stem, f.read_text(encoding="utf-8")) for f in sorted(TEXTES.glob("*.md"))}


def guide(code: str) -> Guide | None:
    """The guide of that code."""
    return GUIDES.get(code)


def chercher_guides(texte: str) -> list[Guide]:
    """Guides that have every word, as the beginning of one of theirs; those whose title has them come first."""
    mots = normaliser(texte).split()
    trouves = [g for g in GUIDES.values() if contient(g.cherche, mots)]
    return sorted(trouves, key=lambda g: (not contient(normaliser(g.titre), mots), g.titre))


def contient(texte: str, mots: list[str]) -> bool:
    """Whether each word begins one of the text; both are normalised."""
    presents = texte.split()
    return all(any(present.startswith(mot) for present in presents) for mot in mots)


def guides_de_la_page(nom_url: str) -> list[Guide]:
    """Those about a page, by the name of its address."""
    return [g for g in GUIDES.values() if nom_url in g.pages]


def guides_du_dispositif(code: str) -> list[Guide]:
    """Those about a dispositif."""
    return [g for g in GUIDES.values() if code in g.dispositifs]


def par_theme(guides: Iterable[Guide]) -> list[tuple[str, list[Guide]]]:
    """(theme, its guides), in the order of the themes; a theme without any is left out."""
    tous = list(guides)
    return [(theme, lot) for theme in THEMES if (lot := [g for g in tous if g.theme == theme])]
