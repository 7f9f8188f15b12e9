"""Reading the filters, the columns and the sort of a list in a URL: what means nothing, or nothing any more, is told and left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jalon.socle.dates import analyser_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import analyser_siren, analyser_siret
from jalon.socle.listes import Colonne
from jalon.socle.montants import analyser_montant

LONGUEUR_DU_TEXTE = 200
LONGUEUR_DES_COLONNES = 1_000
CHIFFRES_DU_SIREN = 9


@dataclass(frozen=True, slots=True)
class Periode:
    """From a day to another, both included; an absent bound is open. False when both are."""

    du: date | None = None
    au: date | None = None

    def __bool__(self) -> bool:
        return self.du is not None or self.au is not None


@dataclass(frozen=True, slots=True)
class Fourchette:
    """Euros, both bounds included; an absent bound is open. False when both are."""

    mini: Decimal | None = None
    maxi: Decimal | None = None

    def __bool__(self) -> bool:
        return self.mini is not None or self.maxi is not None


TOUJOURS, TOUT_MONTANT = Periode(), Fourchette()
"""No bound at all."""


@dataclass(frozen=True, slots=True)
class Tri:
    """The column that orders a list. Written « date_debut », or « -date_debut » from the greatest."""

    code: str
    descendant: bool = True

    def __str__(self) -> str:
        return f"-{self.code}" if self.descendant else self.code


@dataclass(slots=True)
class Adresse:
    """The parameters of a URL. Each reading gives what the parameter means, or nothing and one more sentence in `refus`."""

    parametres: Mapping[str, str]
    refus: list[str] = field(default_factory=list)

    def brut(self, nom: str) -> str:
        """What is written under that name."""
        return self.parametres.get(nom, "").strip()[:LONGUEUR_DU_TEXTE]

    def _refuser(self, libelle: str, raison: str) -> None:
        self.refus.append(f"Le filtre «\u00a0{libelle}\u00a0» est ignoré\u00a0: {raison}.")

    def parmi(self, nom: str, libelle: str, connus: Mapping[str, str]) -> tuple[str, ...]:
        """The known codes of « a,b »; `connus`: code -> words."""
        codes = [code for code in self.brut(nom).split(",") if code]
        for code in codes:
            if code not in connus:
                self._refuser(libelle, f"«\u00a0{code}\u00a0» n’existe pas, ou plus")
        return tuple(dict.fromkeys(code for code in codes if code in connus))

    def un_parmi(self, nom: str, libelle: str, connus: Mapping[str, str]) -> str:
        """The code, if it is known."""
        return next(iter(self.parmi(nom, libelle, connus)), "")

    def siren_ou_siret(self, nom: str, libelle: str) -> str:
        """9 or 14 digits."""
        texte = self.brut(nom)
        if not texte:
            return ""
        chiffres = "".join(c for c in texte if c.isdigit())
        try:
            return analyser_siren(texte) if len(chiffres) <= CHIFFRES_DU_SIREN else analyser_siret(texte)
        except SaisieRefusee as refus:
            self._refuser(libelle, _raison(refus))
            return ""

    def _jour(self, nom: str, libelle: str) -> date | None:
        texte = self.brut(nom)
        try:
            return analyser_date(texte) if texte else None
        except SaisieRefusee as refus:
            self._refuser(libelle, _raison(refus))
            return None

    def periode(self, nom: str, libelle: str) -> Periode:
        """« nom_du » and « nom_au »."""
        du = self._jour(f"{nom}_du", f"{libelle} à partir du")
        au = self._jour(f"{nom}_au", f"{libelle} jusqu’au")
        if du is not None and au is not None and du > au:
            self._refuser(libelle, "la fin de la période précède son début")
            return Periode()
        return Periode(du, au)

    def _montant(self, nom: str, libelle: str) -> Decimal | None:
        texte = self.brut(nom)
        try:
            return analyser_montant(texte) if texte else None
        except SaisieRefusee as refus:
            self._refuser(libelle, _raison(refus))
            return None

    def fourchette(self, nom: str, libelle: str) -> Fourchette:
        """« nom_min » and « nom_max »."""
        mini = self._montant(f"{nom}_min", f"{libelle} à partir de")
        maxi = self._montant(f"{nom}_max", f"{libelle} jusqu’à")
        if mini is not None and maxi is not None and mini > maxi:
            self._refuser(libelle, "le plus grand montant est inférieur au plus petit")
            return Fourchette()
        return Fourchette(mini, maxi)

    def tri(self, colonnes: Sequence[Colonne], sinon: Tri) -> Tri:
        """What « tri » asks, if the list can be put in that order."""
        texte = self.brut("tri")
        if not texte:
            return sinon
        code = texte.removeprefix("-")
        if not any(c.code == code and c.tri for c in colonnes):
            self.refus.append(f"Cette liste ne se range pas par «\u00a0{code}\u00a0»\u00a0: son ordre habituel est gardé.")
            return sinon
        return Tri(code, descendant=texte.startswith("-"))

    def colonnes(self, connues: Sequence[Colonne]) -> tuple[Colonne, ...]:
        """The columns that « colonnes » names, in its order; those shown until somebody chooses, if it names none."""
        codes = [code for code in self.parametres.get("colonnes", "")[:LONGUEUR_DES_COLONNES].split(",") if code]
        par_code = {c.code: c for c in connues}
        for code in dict.fromkeys(codes):
            if code not in par_code:
                self.refus.append(f"La colonne «\u00a0{code[:40]}\u00a0» n’existe pas, ou plus\u00a0: elle n’est pas montrée.")
        nommees = tuple(dict.fromkeys(par_code[code] for code in codes if code in par_code))
        return nommees or tuple(c for c in connues if c.d_office)


def champs_de(colonnes: Collection[Colonne]) -> tuple[str, ...]:
    """The fields that these columns read, each once."""
    return tuple(dict.fromkeys(champ for colonne in colonnes for champ in colonne.champs))


def _raison(refus: SaisieRefusee) -> str:
    """The sentence of a box, inside another one."""
    texte = str(refus)
    return texte[:1].lower() + texte[1:].rstrip(".")
