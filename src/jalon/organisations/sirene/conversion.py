"""From lines of a stock file to rows for COPY, and the lines refused with their reason.

A batch of some hundred lines is judged as a whole, column by column, by operations that run in C; only a batch that holds
something wrong is looked at line by line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from jalon.organisations.sirene.cles import cles_valides
from jalon.organisations.sirene.dispositions import Champs, Disposition
from jalon.organisations.sirene.enregistrements import Enregistrements
from jalon.organisations.sirene.fichiers import FichierSirene, Tranche
from jalon.socle.identifiants import siret_valide

LOT = 500


@dataclass(frozen=True, slots=True)
class Rejet:
    """A refused line: its number in the file, and the sentence that says why."""

    ligne: int
    raison: str


class Conversion:
    """The rows of one slice. `lignes` can be read again; `lus`, `doubles` and `rejets` are those of the last reading."""

    def __init__(self, fichier: FichierSirene, tranche: Tranche) -> None:
        self._disposition: Disposition = fichier.disposition
        self._nombre = len(fichier.colonnes)
        rangs = {nom: fichier.colonnes.index(nom) for nom in fichier.disposition.lues}
        self._cle = rangs[fichier.disposition.cle]
        self._admises = [(nom, rangs[nom], valeurs) for nom, valeurs in fichier.disposition.admises.items()]
        self._codes = itemgetter(*(rang for _, rang, _ in self._admises))
        self._fabriquer = fichier.disposition.fabriquer(rangs)
        self._premiere = tranche.ligne
        self._enregistrements = Enregistrements(tranche.octets, fichier.separateur, self._nombre)
        self.lus = 0
        self.doubles = 0
        self.rejets: list[Rejet] = []

    def bornes(self) -> tuple[str, str] | None:
        """First and last key of the slice as they stand, None when a line cannot be read."""
        nombre = len(self._enregistrements)
        if not nombre:
            return None
        (premiers,), (derniers,) = self._enregistrements.valeurs(0, 1), self._enregistrements.valeurs(nombre - 1, nombre)
        if len(premiers) != self._nombre or len(derniers) != self._nombre:
            return None
        return premiers[self._cle].decode(), derniers[self._cle].decode()

    def lignes(self, *, reperer_doubles: bool = False) -> Iterator[bytes]:
        """Blocks of rows in the text format of COPY. With `reperer_doubles`, a key seen twice refuses its first line."""
        self.lus, self.doubles, self.rejets = 0, 0, []
        vues: dict[bytes, int] | None = {} if reperer_doubles else None
        for debut in range(0, len(self._enregistrements), LOT):
            champs = self._enregistrements.valeurs(debut, debut + LOT)
            numeros: Sequence[int] = range(self._premiere + debut, self._premiere + debut + len(champs))
            if self._lot_sain(champs):
                self.lus += len(champs)
            else:
                numeros, champs = self._trier(numeros, champs)
            if vues is not None:
                self._noter_doubles(vues, numeros, champs)
            if champs:
                yield b"\n".join(map(self._fabriquer, champs)) + b"\n"

    def _lot_sain(self, champs: Sequence[Champs]) -> bool:
        return (
            set(map(len, champs)) == {self._nombre}
            and cles_valides([f[self._cle] for f in champs], self._disposition.longueur_cle)
            and all(map(self._codes_admis, set(map(self._codes, champs))))
        )

    def _codes_admis(self, codes: tuple[bytes, ...]) -> bool:
        return all(code in admises for code, (_, _, admises) in zip(codes, self._admises, strict=True))

    def _trier(self, numeros: Sequence[int], champs: Sequence[list[bytes]]) -> tuple[list[int], list[list[bytes]]]:
        """Keep what can be kept of a batch; the rest goes to `rejets`. Empty lines do not count."""
        gardes: list[int] = []
        bons: list[list[bytes]] = []
        for numero, valeurs in zip(numeros, champs, strict=True):
            if valeurs == [b""]:
                continue
            self.lus += 1
            raison = self._raison(valeurs)
            if raison:
                self.rejets.append(Rejet(numero, raison))
            else:
                gardes.append(numero)
                bons.append(valeurs)
        return gardes, bons

    def _raison(self, valeurs: Champs) -> str:
        """Why a line is refused, empty when it is not."""
        if len(valeurs) != self._nombre:
            return f"{len(valeurs)} valeurs au lieu de {self._nombre}"
        cle, nom = valeurs[self._cle].decode(), self._disposition.nom_cle
        longueur = self._disposition.longueur_cle
        if len(cle) != longueur or not (cle.isascii() and cle.isdigit()):
            return f"le {nom} « {cle} » n’a pas {longueur} chiffres"
        if not cles_valides([cle.encode()], longueur) and not siret_valide(cle):
            return f"le {nom} {cle} n’existe pas (chiffre de contrôle)"
        for colonne, rang, admises in self._admises:
            if valeurs[rang] not in admises:
                attendues = ", ".join(sorted(v.decode() for v in admises))
                return f"{colonne} vaut « {valeurs[rang].decode()} » (attendu : {attendues})"
        return ""

    def _noter_doubles(self, vues: dict[bytes, int], numeros: Sequence[int], champs: Sequence[Champs]) -> None:
        for numero, valeurs in zip(numeros, champs, strict=True):
            cle = valeurs[self._cle]
            precedente = vues.get(cle)
            if precedente is not None:
                self.doubles += 1
                raison = f"le {self._disposition.nom_cle} {cle.decode()} revient ligne {numero}, qui l’emporte"
                self.rejets.append(Rejet(precedente, raison))
            vues[cle] = numero
