"""The words that a beginner stumbles on, each in one or two plain sentences: a packaged list, read once when the product starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from jalon.aide.guides.recueil import contient
from jalon.aide.profils import lire_donnees
from jalon.socle.texte import normaliser


@dataclass(frozen=True, slots=True)
class Terme:
    """A word, what its letters stand for, what it means, its article if there is one; `cases`: boxes of forms that it explains."""

    mot: str
    developpe: str
    definition: str
    article: str
    cases: tuple[str, ...]

    @property
    def ancre(self) -> str:
        """Its place in the page of the glossary."""
        return normaliser(self.mot).replace(" ", "-")


def _lire(ligne: Mapping[str, str]) -> Terme:
    return Terme(ligne["mot"], ligne["developpe"], ligne["definition"], ligne["article"], tuple(ligne["cases"].split()))


GLOSSAIRE: Mapping[str, Terme] = {ligne["mot"]: _lire(ligne) for ligne in lire_donnees("glossaire.csv")}
"""By word, in the order of the file."""
_PAR_CASE: Mapping[str, Terme] = {case: terme for terme in GLOSSAIRE.values() for case in terme.cases}


def terme_de_la_case(nom: str) -> Terme | None:
    """The word that explains a box of a form, by its name in the form."""
    return _PAR_CASE.get(nom)


def par_ordre_alphabetique() -> list[Terme]:
    """The whole glossary, accents ignored."""
    return sorted(GLOSSAIRE.values(), key=lambda t: t.ancre)


def chercher_termes(texte: str) -> list[Terme]:
    """Words whose name, letters or meaning has everything asked, as guides are searched; those named so come first."""
    mots = normaliser(texte).split()
    trouves = [t for t in par_ordre_alphabetique() if contient(normaliser(f"{t.mot} {t.developpe} {t.definition}"), mots)]
    return sorted(trouves, key=lambda t: not contient(normaliser(f"{t.mot} {t.developpe}"), mots))
