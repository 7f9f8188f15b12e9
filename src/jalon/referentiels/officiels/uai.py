"""The directory of schools, in the layout of ACCE, of ONISEP, or of the ministry's open data (which has no SIRET)."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from jalon.referentiels.officiels.dispositions import disposition
from jalon.referentiels.officiels.textes import Archive
from jalon.referentiels.officiels.valeurs import lire_date

CHAMPS = {
    "siret": "siret",
    "nature": "nature",
    "code_postal": "code_postal",
    "commune": "commune",
    "ouverture": "ouvert_le",
    "fermeture": "ferme_le",
}
"""Fields of the file that are columns of ours: one that a layout lacks is left as another file wrote it."""

Suivi = Callable[[int], None]


class RepertoireUai:
    """A directory, alone or the one of its archive that lists schools. Raises SaisieRefusee when none does."""

    def __init__(self, chemin: Path) -> None:
        archive = Archive(chemin)
        self.tableau = archive.exiger(disposition("uai"))
        self.edition = archive.jour_du_nom()
        self._champs = tuple(champ for champ in CHAMPS if self.tableau.a(champ))
        self.colonnes = ("denomination", *(CHAMPS[champ] for champ in self._champs))

    def etablissements(self, suivi: Suivi = lambda _: None) -> Iterator[tuple[object, ...]]:
        """The number, then `colonnes`."""
        champs = "uai", "denomination", "principale", "patronyme", *self._champs
        for numero, (code, officielle, principale, patronyme, *valeurs) in self.tableau.lignes(*champs, suivi=suivi):
            uai = code.upper()
            if not re.fullmatch(r"\d{7}[A-Z]", uai):
                self.tableau.rejeter(numero, f"l’UAI « {code} » n’a pas sept chiffres et une lettre")
                continue
            nom = officielle or f"{principale} {patronyme}".strip()
            try:
                yield uai, nom, *(_lire(champ, v) for champ, v in zip(self._champs, valeurs, strict=True))
            except ValueError as erreur:
                self.tableau.rejeter(numero, str(erreur))


def _lire(champ: str, valeur: str) -> object:
    if champ in {"ouverture", "fermeture"}:
        return lire_date(valeur)
    if champ == "siret":
        chiffres = re.sub(r"\s", "", valeur)
        return chiffres if re.fullmatch(r"\d{14}", chiffres) else ""
    return valeur
