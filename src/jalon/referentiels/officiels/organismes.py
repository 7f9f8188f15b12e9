"""The public list of training providers (code du travail, L6351-7-1), in either spelling of its columns."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from jalon.referentiels.officiels.dispositions import disposition
from jalon.referentiels.officiels.textes import Archive
from jalon.referentiels.officiels.valeurs import lire_nda, lire_oui

SIREN, SIRET, NIC = re.compile(r"\d{9}"), re.compile(r"\d{14}"), re.compile(r"\d{1,5}")

Suivi = Callable[[int], None]
Organisme = tuple[str, str, str, str, str, bool, bool, bool, bool]


class ListeDesOrganismes:
    """The list. Raises SaisieRefusee when it is not one. `anciens`: former NDA and theirs of today, once the list was read."""

    def __init__(self, chemin: Path) -> None:
        archive = Archive(chemin)
        self.tableau = archive.exiger(disposition("organismes"))
        self.edition = archive.jour_du_nom()
        self.anciens: dict[tuple[str, str], None] = {}

    def organismes(self, suivi: Suivi = lambda _: None) -> Iterator[Organisme]:
        """NDA, SIRET (empty for one abroad), name, place, and what Qualiopi covers."""
        champs = ("nda", "siren", "siret", "denomination", "code_postal", "ville", "formation", "bilan", "vae", "apprentissage",
                  "precedents")  # fmt: skip
        self.anciens = {}
        for numero, valeurs in self.tableau.lignes(*champs, suivi=suivi):
            texte, siren, declarant, nom, code_postal, ville, *qualiopi, precedents = valeurs
            try:
                nda, siret = lire_nda(texte), _siret(siren, declarant)
            except ValueError as erreur:
                self.tableau.rejeter(numero, str(erreur))
                continue
            for ancien in re.findall(r"[0-9A-Z]{10,11}", precedents.upper()):
                self.anciens[lire_nda(ancien), nda] = None
            formation, bilan, vae, apprentissage = map(lire_oui, qualiopi)
            yield nda, siret, nom, code_postal, ville, formation, bilan, vae, apprentissage


def _siret(siren: str, declarant: str) -> str:
    """The column holds a SIRET, or its last five digits beside the SIREN. Raises ValueError."""
    if SIRET.fullmatch(declarant):
        return declarant
    if NIC.fullmatch(declarant) and SIREN.fullmatch(siren):
        return siren + declarant.zfill(5)
    if declarant or siren:
        raise ValueError(f"le SIRET « {declarant or siren} » ne peut pas être lu")
    return ""
