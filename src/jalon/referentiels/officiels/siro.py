"""The « table SIRET-OPCO » (SIRO) of France compétences: millions of lines, one per establishment and agreement."""

from collections.abc import Callable, Iterator
from pathlib import Path

from jalon.referentiels.officiels.dispositions import disposition
from jalon.referentiels.officiels.textes import Archive
from jalon.referentiels.officiels.valeurs import lire_idcc

Suivi = Callable[[int], None]


class TableSiro:
    """The table. Raises SaisieRefusee when it is not one."""

    def __init__(self, chemin: Path) -> None:
        archive = Archive(chemin)
        self.tableau = archive.exiger(disposition("siro"))
        self.edition = archive.jour_du_nom()

    def rattachements(self, suivi: Suivi = lambda _: None) -> Iterator[tuple[str, str, str, str]]:
        """SIRET, IDCC (empty when there is none), OPCO, OPCO that manages (the same when the file does not say)."""
        rejeter = self.tableau.rejeter
        for numero, (siret, texte, opco, gestion) in self.tableau.lignes("siret", "idcc", "opco", "opco_gestion", suivi=suivi):
            if len(siret) != 14 or not siret.isdigit():
                rejeter(numero, f"le SIRET « {siret} » n’a pas 14 chiffres")
                continue
            try:
                idcc = lire_idcc(texte)
            except ValueError as erreur:
                rejeter(numero, str(erreur))
                continue
            yield siret, idcc, opco, gestion or opco
