"""Reading a refused form as somebody would: title, summary, boxes, what is said beside each, what they still hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

SECRETS = {"password", "password1", "password2", "oldpassword", "code_secret"}


@dataclass(frozen=True)
class Page:
    """A page of the product."""

    html: str

    @cached_property
    def arbre(self) -> Element:
        arbre: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(self.html)
        return arbre

    @property
    def titre(self) -> str:
        return _texte(self.arbre.find("head/title"))

    @property
    def resume(self) -> list[tuple[str, str]]:
        """(anchor, sentence) of each line of the summary, which comes before the title of the page and takes the focus."""
        blocs = [e for e in self.arbre.iter() if e.tag == "h1" or "errsum" in e.get("class", "").split()]
        assert blocs, "ni résumé ni titre"
        resume = blocs[0]
        assert resume.tag != "h1", "aucun résumé d’erreurs avant le titre"
        assert resume.get("tabindex") == "-1"
        return [(_ancre(ligne), _texte(ligne)) for ligne in resume.iter("li")]

    def par_id(self, identifiant: str) -> Element:
        trouves = [e for e in self.arbre.iter() if e.get("id") == identifiant]
        assert len(trouves) == 1, f"{len(trouves)} éléments pour #{identifiant}"
        return trouves[0]

    def parent(self, enfant: Element, nom: str) -> Element | None:
        """The nearest ancestor of that name."""
        chemin = {fils: pere for pere in self.arbre.iter() for fils in pere}
        courant = chemin.get(enfant)
        while courant is not None and courant.tag != nom:
            courant = chemin.get(courant)
        return courant

    def dit_de(self, controle: Element) -> str:
        """What a screen reader says with a box, or with the group it belongs to."""
        groupe = self.parent(controle, "fieldset")
        porteurs = [controle, *([groupe] if groupe is not None else [])]
        ids = " ".join(p.get("aria-describedby", "") for p in porteurs).split()
        return " ".join(_texte(self.par_id(i)) for i in ids)

    def boites(self, nom: str) -> list[Element]:
        return [e for e in self.arbre.iter() if e.tag in {"input", "select", "textarea"} and e.get("name") == nom]

    def valeurs(self, nom: str) -> list[str]:
        """What the boxes of that name would send again."""
        return [valeur for boite in self.boites(nom) for valeur in _valeurs(boite)]


def _valeurs(boite: Element) -> Iterator[str]:
    if boite.tag == "select":
        yield from (o.get("value", "") for o in boite.iter("option") if o.get("selected") is not None)
    elif boite.tag == "textarea":
        yield _brut(boite).removeprefix("\n")
    elif boite.get("type") in {"radio", "checkbox"}:
        if boite.get("checked") is not None:
            yield boite.get("value", "on")
    else:
        yield boite.get("value", "")


def _ancre(ligne: Element) -> str:
    lien = ligne.find("a")
    return lien.get("href", "").removeprefix("#") if lien is not None else ""


def _brut(element: Element) -> str:
    return "".join(element.itertext())


def _texte(element: Element | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", _brut(element)).strip(" ") if element is not None else ""


def postes(corps: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    """Names and values of a body that a page must give back: neither files nor secrets."""
    for nom, valeur in corps.items():
        if nom in SECRETS or hasattr(valeur, "read") or valeur == "FICHIER" or (isinstance(valeur, list) and "FICHIER" in valeur):
            continue
        valeurs = [str(v) for v in valeur] if isinstance(valeur, list | tuple) else [str(valeur)]
        yield nom, valeurs
