"""From lines of a stock file to rows for COPY, and the lines refused with their reason.

A batch of lines is split at once into columns, and judged column by column, by operations that run in C. Only a batch that
holds something wrong is looked at line by line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jalon.organisations.sirene.cles import cles_valides
from jalon.organisations.sirene.dispositions import Colonnes, Disposition
from jalon.organisations.sirene.enregistrements import SEPARATEUR_INTERIEUR, uniformiser
from jalon.organisations.sirene.fichiers import FichierSirene, Tranche
from jalon.organisations.sirene.octets import compter
from jalon.socle.identifiants import siret_valide

LOT = 1 << 16
"""Bytes of a batch: its values stay in the cache of the processor."""


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
        self._rangs = {nom: fichier.colonnes.index(nom) for nom in fichier.disposition.lues}
        self._separateur = fichier.separateur.encode()
        self._premiere = tranche.ligne
        self._octets = uniformiser(tranche.octets, fichier.separateur, self._nombre)
        self.lus = 0
        self.doubles = 0
        self.rejets: list[Rejet] = []

    def bornes(self) -> tuple[str, str] | None:
        """First and last key of the slice as they stand, None when a line cannot be read."""
        cle = self._rangs[self._disposition.cle]
        debut, fin = self._octets.index(b"\n"), self._octets.rfind(b"\n", 0, -1) + 1
        extremes = [ligne.split(self._separateur) for ligne in (self._octets[:debut], self._octets[fin:-1])]
        if any(len(valeurs) != self._nombre for valeurs in extremes):
            return None
        return extremes[0][cle].decode(), extremes[1][cle].decode()

    def lignes(self, *, reperer_doubles: bool = False) -> Iterator[bytes]:
        """Blocks of rows in the text format of COPY. With `reperer_doubles`, a key seen twice refuses its first line."""
        self.lus, self.doubles, self.rejets = 0, 0, []
        vues: dict[bytes, int] | None = {} if reperer_doubles else None
        numero = self._premiere
        for lot in self._lots():
            suivant = numero + compter(b"\n", lot)
            numeros: Sequence[int] = range(numero, suivant)
            colonnes = self._colonnes(lot)
            if colonnes is None:
                numeros, colonnes = self._trier(numeros, lot)
            else:
                self.lus += len(numeros)
            if colonnes is not None:
                if vues is not None:
                    self._noter_doubles(vues, numeros, colonnes[self._disposition.cle])
                yield self._bloc(colonnes)
            numero = suivant

    def _lots(self) -> Iterator[bytes]:
        debut = 0
        while debut < len(self._octets):
            fin = self._octets.rfind(b"\n", debut, debut + LOT) + 1 or self._octets.index(b"\n", debut) + 1
            yield self._octets[debut:fin]
            debut = fin

    def _colonnes(self, lot: bytes) -> Colonnes | None:
        """The columns that we read, None when a line of the batch cannot be taken."""
        separateur, pas = self._separateur, self._nombre + 1
        valeurs = lot.replace(b"\n", separateur + b"\n" + separateur).split(separateur)
        valeurs.pop()
        lignes = compter(b"\n", lot)
        if len(valeurs) != lignes * pas or valeurs[self._nombre :: pas] != [b"\n"] * lignes:
            return None
        colonnes = {nom: valeurs[rang::pas] for nom, rang in self._rangs.items()}
        disposition = self._disposition
        if not cles_valides(colonnes[disposition.cle], disposition.longueur_cle):
            return None
        admis = all(admises.issuperset(colonnes[nom]) for nom, admises in disposition.admises.items())
        return colonnes if admis else None

    def _bloc(self, colonnes: Colonnes) -> bytes:
        bloc = b"\n".join(map(b"\t".join, zip(*self._disposition.fabriquer(colonnes), strict=True))) + b"\n"
        return bloc.replace(SEPARATEUR_INTERIEUR, self._separateur)

    def _trier(self, numeros: Sequence[int], lot: bytes) -> tuple[list[int], Colonnes | None]:
        """Keep what can be kept of a batch; the rest goes to `rejets`. Empty lines do not count."""
        gardees: dict[int, bytes] = {}
        for numero, ligne in zip(numeros, lot.split(b"\n"), strict=False):
            if not ligne:
                continue
            self.lus += 1
            raison = self._raison(ligne.split(self._separateur))
            if raison:
                self.rejets.append(Rejet(numero, raison))
            else:
                gardees[numero] = ligne
        valeurs = list(zip(*(ligne.split(self._separateur) for ligne in gardees.values()), strict=True))
        return list(gardees), {nom: valeurs[rang] for nom, rang in self._rangs.items()} if valeurs else None

    def _raison(self, valeurs: Sequence[bytes]) -> str:
        """Why a line is refused, empty when it is not."""
        if len(valeurs) != self._nombre:
            return f"{len(valeurs)} valeurs au lieu de {self._nombre}"
        nom, longueur = self._disposition.nom_cle, self._disposition.longueur_cle
        cle = valeurs[self._rangs[self._disposition.cle]].decode()
        if len(cle) != longueur or not (cle.isascii() and cle.isdigit()):
            return f"le {nom} « {cle} » n’a pas {longueur} chiffres"
        if not cles_valides([cle.encode()], longueur) and not siret_valide(cle):
            return f"le {nom} {cle} n’existe pas (chiffre de contrôle)"
        for colonne, admises in self._disposition.admises.items():
            valeur = valeurs[self._rangs[colonne]]
            if valeur not in admises:
                attendues = ", ".join(sorted(v.decode() for v in admises))
                return f"{colonne} vaut « {valeur.decode()} » (attendu : {attendues})"
        return ""

    def _noter_doubles(self, vues: dict[bytes, int], numeros: Sequence[int], cles: Sequence[bytes]) -> None:
        for numero, cle in zip(numeros, cles, strict=True):
            precedente = vues.get(cle)
            if precedente is not None:
                self.doubles += 1
                raison = f"le {self._disposition.nom_cle} {cle.decode()} revient ligne {numero}, qui l’emporte"
                self.rejets.append(Rejet(precedente, raison))
            vues[cle] = numero
