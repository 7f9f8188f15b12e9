"""Icons: one sprite holding exactly the lucide symbols that our templates and modules name.

Run `python -m jalon.web.composants.icones` after naming a new icon; a test compares the committed sprite.
"""

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

PAQUET = Path(__file__).resolve().parents[2]
SPRITE = PAQUET / "web" / "static" / "icones.svg"
SVG = "{http://www.w3.org/2000/svg}"
NOMMEES = re.compile(
    r"""\{%\s*icone\s+"([a-z0-9-]+)"                              # {% icone "house" %}
    |\bicone\w*(?::\s*\w+(?:\s*\|\s*None)?)?\s*=\s*"([a-z0-9-]+)"   # icone="house", icone_fin="…", icone: str = "house"
    |"i-([a-z0-9-]+)"                                           # "i-house", in app.js
    """,
    re.VERBOSE,
)


def icones_utilisees() -> set[str]:
    """Names written in our templates and modules."""
    noms: set[str] = set()
    for motif in ("*.html", "*.py", "*.js"):
        for fichier in PAQUET.rglob(motif):
            for trouve in NOMMEES.findall(fichier.read_text(encoding="utf-8")):
                noms.update(nom for nom in trouve if nom)
    return noms


def symboles(noms: Iterable[str]) -> dict[str, str]:
    """`<symbol>` of each lucide icon. Raises KeyError for a name lucide does not know."""
    with (files("lucide") / "lucide.zip").open("rb") as octets, ZipFile(octets) as archive:
        return {nom: _symbole(nom, archive.read(f"{nom}.svg")) for nom in sorted(noms)}


def _symbole(nom: str, svg: bytes) -> str:
    formes = []
    for forme in ET.fromstring(svg):  # noqa: S314 (shipped with the locked lucide wheel)
        attributs = "".join(f' {cle}="{valeur}"' for cle, valeur in forme.attrib.items())
        formes.append(f"<{forme.tag.removeprefix(SVG)}{attributs}/>")
    return f'<symbol id="i-{nom}" viewBox="0 0 24 24">{"".join(formes)}</symbol>'


def composer_sprite(noms: Iterable[str]) -> str:
    """The whole sprite, one symbol a line."""
    lignes = "\n".join(symboles(noms).values())
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{lignes}\n</svg>\n'


def ecrire_sprite() -> None:
    """Write the sprite of the icons in use."""
    SPRITE.write_text(composer_sprite(icones_utilisees()), encoding="utf-8")


if __name__ == "__main__":
    ecrire_sprite()
