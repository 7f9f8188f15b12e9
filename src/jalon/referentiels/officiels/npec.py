"""The NPEC workbook of France compétences: levels of funding by certification and CPNE, and the CPNE of each agreement."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from jalon.referentiels.officiels.classeur import Classeur, Ligne
from jalon.referentiels.officiels.dispositions import Disposition, disposition
from jalon.referentiels.officiels.refus import refus
from jalon.referentiels.officiels.rejets import Rejet
from jalon.referentiels.officiels.textes import jour_dans
from jalon.referentiels.officiels.valeurs import lire_certifications, lire_cpne, lire_date, lire_idccs, lire_npec, lire_procedure

LIGNES_D_EN_TETE = 30

Niveau = tuple[str, str, date, str, Decimal | None, str, date, int]
Branche = tuple[str, str, str, date]
Suivi = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet that holds what we look for: row of its header, rank of the column of each field."""

    nom: str
    entete: int
    rangs: dict[str, int]


class ClasseurNpec:
    """The workbook, recognised by its sheets. Raises SaisieRefusee, from any method, when it is not one or cannot be read.

    `applicable_du`: first day of the levels, for the workbooks that give neither day nor procedure.
    """

    def __init__(self, chemin: Path, *, applicable_du: date | None = None) -> None:
        self._classeur = Classeur(chemin)
        self._applicable_du = applicable_du
        self._niveaux = self._trouver(disposition("npec"), sauf=frozenset())
        if not self._niveaux:
            raise self._pas_un_referentiel(disposition("npec"))
        if applicable_du is None and any(not {"applicable", "procedure"} & f.rangs.keys() for f in self._niveaux):
            raise refus(chemin, "il ne dit pas depuis quand ses niveaux s’appliquent. Indiquez-le avec --applicable-du")
        self._liens = self._trouver(disposition("branches"), sauf=frozenset(f.nom for f in self._niveaux))
        self.edition = jour_dans(chemin.stem) or self._classeur.modifie_le
        self.taille = sum(self._classeur.taille(f.nom) for f in self._niveaux)
        self.lus = 0
        self.rejets: list[Rejet] = []
        self._branches: dict[tuple[str, str], str] = {}

    def _trouver(self, cherchee: Disposition, *, sauf: frozenset[str]) -> list[Feuille]:
        """Sheets of the known names that hold the columns; failing that, any sheet that holds them."""
        noms = [nom for nom in self._classeur.feuilles if nom not in sauf]
        connus = [nom for nom in noms if cherchee.feuille_connue(nom)]
        for candidats in (connus, noms):
            trouvees = [f for nom in candidats if (f := self._reconnaitre(nom, cherchee)) is not None]
            if trouvees:
                return trouvees
        return []

    def _reconnaitre(self, nom: str, cherchee: Disposition) -> Feuille | None:
        for (numero, ligne), _ in zip(self._classeur.lignes(nom), range(LIGNES_D_EN_TETE), strict=False):
            rangs = cherchee.reperer(ligne)
            if not cherchee.manquantes(rangs):
                return Feuille(nom, numero, rangs)
        return None

    def _pas_un_referentiel(self, cherchee: Disposition) -> Exception:
        colonnes = ", ".join(noms[0] for noms in cherchee.colonnes.values())
        return refus(self._classeur.chemin, f"ce n’est pas {cherchee.nom}, aucune feuille ne porte les colonnes {colonnes}")

    def niveaux(self, edition: date, suivi: Suivi = lambda _: None) -> Iterator[Niveau]:
        """Levels in order, the ones that win last: sheets of the past, which come after in the workbook, are read first.

        A certification under two codes gives two levels. `lus` and `rejets` are those of this reading.
        """
        self.lus, self.rejets, rang, lus = 0, [], 0, 0
        self._branches = {}
        for feuille in reversed(self._niveaux):
            debut = lus
            for numero, ligne in self._lignes(feuille, lambda lues, debut=debut: suivi(debut + lues)):  # type: ignore[misc]
                self.lus += 1
                try:
                    codes, cpne, jour, (valeur, montant), statut = self._lire(feuille, ligne)
                except ValueError as erreur:
                    self.rejets.append(Rejet(feuille.nom, numero, str(erreur)))
                    continue
                for code in codes:
                    rang += 1
                    yield code, cpne, jour, valeur, montant, statut, edition, rang
            lus += self._classeur.taille(feuille.nom)

    def _lignes(self, feuille: Feuille, suivi: Suivi) -> Iterator[tuple[int, Ligne]]:
        for numero, ligne in self._classeur.lignes(feuille.nom, suivi):
            if numero > feuille.entete:
                yield numero, ligne

    def _lire(self, feuille: Feuille, ligne: Ligne) -> tuple[tuple[str, ...], str, date, tuple[str, Decimal | None], str]:
        def cellule(champ: str) -> str:
            rang = feuille.rangs.get(champ)
            return "" if rang is None else ligne.get(rang, "")

        codes, cpne = lire_certifications(cellule("rncp")), lire_cpne(cellule("cpne"))
        jour = lire_date(cellule("applicable")) or lire_procedure(cellule("procedure")) or self._applicable_du
        if jour is None:
            raise ValueError("il n’y a ni date d’applicabilité ni procédure")
        for idcc in lire_idccs(cellule("idcc")):
            self._branches[idcc, cpne] = cellule("libelle").strip()
        return codes, cpne, jour, lire_npec(cellule("npec")), cellule("statut").strip()

    def branches(self, edition: date) -> Iterator[Branche]:
        """CPNE of each agreement: those of its sheet, and those met beside the levels (to be read after them)."""
        for feuille in self._liens:
            for numero, ligne in self._lignes(feuille, lambda _: None):
                try:
                    cpne = lire_cpne(ligne.get(feuille.rangs["cpne"], ""))
                    idccs = lire_idccs(ligne.get(feuille.rangs["idcc"], ""))
                except ValueError as erreur:
                    self.rejets.append(Rejet(feuille.nom, numero, str(erreur)))
                    continue
                rang = feuille.rangs.get("libelle")
                for idcc in idccs:
                    self._branches[idcc, cpne] = "" if rang is None else ligne.get(rang, "").strip()
        for (idcc, cpne), libelle in self._branches.items():
            yield idcc, cpne, libelle, edition
