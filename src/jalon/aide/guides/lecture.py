"""Reading one guide: a few headings « clé: valeur », an empty line, then Markdown without HTML. Pure."""

from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jalon.socle.texte import normaliser

ENTETES = frozenset({"titre", "resume", "theme", "dispositifs", "pages", "mots", "branches", "regions"})
OBLIGATOIRES = ("titre", "resume", "theme")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide. `pages`: names of the addresses that it helps with; `branches` (IDCC), `regions` (INSEE): empty = for all; `sections`: (anchor, heading); `html`: safe, written by us."""

    code: str
    titre: str
    resume: str
    theme: str
    dispositifs: tuple[str, ...]
    pages: tuple[str, ...]
    branches: tuple[str, ...]
    regions: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    html: str
    cherche: str


def lire_guide(code: str, texte: str) -> Guide:
    """The guide of a file. Raises ValueError, naming the file, for a heading unknown, missing or written twice, or an empty text."""
    entete, _, corps = texte.partition("\n\n")
    lues: dict[str, str] = {}
    for ligne in entete.splitlines():
        cle, separateur, valeur = ligne.partition(":")
        if not separateur or cle not in ENTETES or cle in lues:
            raise ValueError(f"{code}.md : en-tête inattendu « {ligne} »")
        lues[cle] = valeur.strip()
    manquantes = [cle for cle in OBLIGATOIRES if not lues.get(cle)]
    if manquantes or not corps.strip():
        raise ValueError(f"{code}.md : il manque {', '.join(manquantes) or 'le texte'}")
    jetons, sections = _avec_des_ancres(_MARKDOWN.parse(corps))
    return Guide(
        code=code,
        titre=lues["titre"],
        resume=lues["resume"],
        theme=lues["theme"],
        dispositifs=_liste(lues.get("dispositifs", "")),
        pages=_liste(lues.get("pages", "")),
        branches=_liste(lues.get("branches", "")),
        regions=_liste(lues.get("regions", "")),
        sections=sections,
        html=_MARKDOWN.renderer.render(jetons, _MARKDOWN.options, {}),
        cherche=normaliser(f"{lues['titre']} {lues['resume']} {lues.get('mots', '')} {corps}"),
    )


def _liste(valeur: str) -> tuple[str, ...]:
    return tuple(mot.strip() for mot in valeur.split(",") if mot.strip())


def _avec_des_ancres(jetons: list[Token]) -> tuple[list[Token], tuple[tuple[str, str], ...]]:
    """Each heading can be linked to."""
    sections = []
    for ouvrant, contenu in pairwise(jetons):
        if ouvrant.type == "heading_open":
            ancre = normaliser(contenu.content).replace(" ", "-")
            ouvrant.attrSet("id", ancre)
            sections.append((ancre, contenu.content))
    return jetons, tuple(sections)
