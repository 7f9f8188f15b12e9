"""Employees of a DSN (complements.md §6): a text of one rubric a line, whose hierarchy is given by order alone. Pure.

Only the rubrics that requests need are looked at; everything else, pay first, is passed over without being kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from jalon.dispositifs.types.formats import ecrire_nombre
from jalon.salaries.enums import Nature, Unite
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.texte import normaliser

ENCODAGE = "iso-8859-1"
DEBUT = b"S10.G00.00."
_RUBRIQUE = re.compile(r"(S\d{2}\.G\d{2}\.\d{2})\.(\d{3}),'(.*)'")
TOTAL = "S90.G00.90"
DECLARATION, ENTREPRISE, ETABLISSEMENT = "S20.G00.05", "S21.G00.06", "S21.G00.11"
INDIVIDU, CONTRAT, FIN = "S21.G00.30", "S21.G00.40", "S21.G00.62"
OUVRENT = {"S21.G00.30.001", "S21.G00.30.002"}
"""A person opens with her NIR; one who has none yet, with her name."""
ALTERNANCE = frozenset({"61", "64", "65"})
NATURES = {"01": Nature.CDI, "02": Nature.CDD, "03": Nature.INTERIM, "07": Nature.CDI, "08": Nature.CDI, "09": Nature.CDI,
           "10": Nature.CDD}  # fmt: skip
HEURES = "10"
HEURES_PAR_MOIS_AU_PLUS = Decimal(400)
TRONQUE = "Ce fichier DSN n’est pas entier\u00a0: {}. Exportez-le de nouveau depuis votre logiciel de paie"

Rubriques = Mapping[str, str]


@dataclass(slots=True)
class Contrat:
    """Rubrics of one contract, and the day when it ended."""

    rubriques: dict[str, str] = field(default_factory=dict)
    fin: str = ""

    @property
    def ordre(self) -> tuple[bool, str]:
        """Of two contracts of a person, the one that runs, then the latest: days sorted as years, months, days."""
        debut = self.rubriques.get("001", "")
        return not self.fin, debut[4:8] + debut[2:4] + debut[:2]


@dataclass(slots=True)
class Individu:
    """Rubrics of one person, in one establishment."""

    siret: str
    idcc: str
    rubriques: dict[str, str] = field(default_factory=dict)
    contrats: list[Contrat] = field(default_factory=list)
    ligne: int = 0

    @property
    def cle(self) -> str:
        """Tells people apart: the NIR, else the names and the day of birth."""
        lues = self.rubriques
        return lues.get("001") or normaliser(" ".join(lues.get(n, "") for n in ("002", "004", "006")))

    @property
    def contrat(self) -> Contrat:
        """The one that says what she does now."""
        return max(self.contrats, key=lambda c: c.ordre, default=Contrat())


@dataclass(frozen=True, slots=True)
class Declaration:
    """What was read: the SIREN that it is about, and one record a person."""

    sirens: frozenset[str]
    individus: tuple[Individu, ...]


def est_une_dsn(debut: bytes) -> bool:
    """Whether a file begins as a DSN."""
    return debut.lstrip().startswith(DEBUT)


def lire_dsn(lignes: Iterable[bytes]) -> Declaration:
    """Read a DSN line by line. Raises SaisieRefusee: not a DSN, a line that is none of its rubrics, cut before its end."""
    lecture = _Lecture()
    for numero, bloc, rang, valeur in _rubriques(lignes):
        lecture.recevoir(numero, bloc, rang, valeur)
    return lecture.conclure()


def _rubriques(lignes: Iterable[bytes]) -> Iterator[tuple[int, str, str, str]]:
    for numero, octets in enumerate(lignes, 1):
        texte = octets.decode(ENCODAGE).strip("\r\n \t\x1a")
        if not texte:
            continue
        lue = _RUBRIQUE.fullmatch(texte)
        if lue is None:
            raise _refus(f"Ligne {numero}\u00a0: ce n’est pas une rubrique de DSN (S21.G00.30.002,'…')")
        bloc, rang, valeur = lue.groups()
        yield numero, bloc, rang, valeur


class _Lecture:
    """A DSN being read: the establishment and the person that the next rubrics belong to."""

    def __init__(self) -> None:
        self.sirens: set[str] = set()
        self.siren = self.nic = self.idcc = ""
        self.individus: list[Individu] = []
        self.courant: Individu | None = None
        self.lues = self.declarations = self.finales = 0
        self.totaux: dict[str, str] = {}

    def recevoir(self, numero: int, bloc: str, rang: str, valeur: str) -> None:
        """One rubric."""
        if bloc == TOTAL:
            self.finales += 1
            self.totaux[rang] = valeur
            return
        self.lues += 1
        if bloc == DECLARATION and rang == "001":
            self.declarations += 1
        elif bloc == ENTREPRISE and rang == "001":
            self.siren, self.nic, self.idcc, self.courant = valeur, "", "", None
            self.sirens.add(valeur)
        elif bloc == ETABLISSEMENT:
            self._de_l_etablissement(rang, valeur)
        elif bloc == INDIVIDU:
            self._de_l_individu(numero, rang, valeur)
        elif self.courant is not None:
            self._du_contrat(bloc, rang, valeur)

    def _de_l_etablissement(self, rang: str, valeur: str) -> None:
        self.courant = None
        if rang == "001":
            self.nic, self.idcc = valeur, ""
        elif rang == "022":
            self.idcc = valeur

    def _de_l_individu(self, numero: int, rang: str, valeur: str) -> None:
        ouvre = f"{INDIVIDU}.{rang}" in OUVRENT
        if ouvre and (self.courant is None or rang in self.courant.rubriques or self.courant.contrats or rang == "001"):
            siret = self.siren + self.nic if len(self.nic) == 5 and self.nic != "00000" else ""
            self.courant = Individu(siret, self.idcc, ligne=numero)
            self.individus.append(self.courant)
        if self.courant is not None:
            self.courant.rubriques[rang] = valeur

    def _du_contrat(self, bloc: str, rang: str, valeur: str) -> None:
        contrats = self.courant.contrats if self.courant is not None else []
        if bloc == CONTRAT and rang == "001":
            contrats.append(Contrat())
        if bloc == CONTRAT and contrats:
            contrats[-1].rubriques[rang] = valeur
        elif bloc == FIN and rang == "001" and contrats:
            contrats[-1].fin = valeur

    def conclure(self) -> Declaration:
        """What was read, once its counts are checked. Raises SaisieRefusee."""
        if not self.sirens:
            raise _refus("Ce fichier n’est pas une DSN\u00a0: le SIREN de l’entreprise (S21.G00.06.001) n’y figure pas")
        if "001" not in self.totaux:
            raise _refus(TRONQUE.format("son total (S90.G00.90.001) manque"))
        if self.totaux["001"] not in {str(self.lues), str(self.lues + self.finales)}:
            raise _refus(TRONQUE.format(f"il annonce {self.totaux['001']} rubriques, il en compte {self.lues}"))
        if self.totaux.get("002", str(self.declarations)) != str(self.declarations):
            raise _refus(TRONQUE.format(f"il annonce {self.totaux['002']} déclarations, il en compte {self.declarations}"))
        return Declaration(frozenset(self.sirens), tuple(_une_par_personne(self.individus)))


def _une_par_personne(individus: Iterable[Individu]) -> Iterator[Individu]:
    """The same person, declared by two establishments or twice by one, is known by the contract that runs, or the latest."""
    par_cle: dict[str, list[Individu]] = {}
    for individu in individus:
        par_cle.setdefault(individu.cle, []).append(individu)
    for memes in par_cle.values():
        yield max(memes, key=lambda i: i.contrat.ordre)


def textes_de(individu: Individu) -> dict[str, str]:
    """The boxes of a record, as texts that they read."""
    lues, contrat = individu.rubriques, individu.contrat
    du_contrat = contrat.rubriques
    quotite = _quotite(du_contrat)
    return {
        "nom": lues.get("002", ""),
        "nom_usage": lues.get("003", ""),
        "prenom": lues.get("004", "").partition(",")[0],
        "date_naissance": lues.get("006", ""),
        "sexe": lues.get("005", ""),
        "nir": lues.get("001", ""),
        "matricule": lues.get("019", ""),
        "courriel": lues.get("018", ""),
        "emploi": du_contrat.get("006", ""),
        "pcs": du_contrat.get("004", ""),
        "nature": _nature(du_contrat),
        "idcc": du_contrat.get("017") or individu.idcc,
        "siret": individu.siret,
        "quotite": quotite,
        "quotite_unite": Unite.MOIS.value if quotite else "",
        "entree": du_contrat.get("001", ""),
        "sortie": contrat.fin,
    }


def _nature(contrat: Rubriques) -> str:
    if contrat.get("008") in ALTERNANCE:
        return Nature.ALTERNANCE.value
    code = contrat.get("007", "")
    return NATURES.get(code, Nature.AUTRE).value if code else ""


def _quotite(contrat: Rubriques) -> str:
    """Hours by month; empty when the working time is counted in days, or cannot be read."""
    if contrat.get("011", HEURES) != HEURES:
        return ""
    try:
        heures = Decimal(contrat.get("013", ""))
    except InvalidOperation:
        return ""
    return ecrire_nombre(heures.quantize(Decimal("0.01"))) if 0 < heures <= HEURES_PAR_MOIS_AU_PLUS else ""


def _refus(phrase: str) -> SaisieRefusee:
    return SaisieRefusee(phrase, champ="fichier")
