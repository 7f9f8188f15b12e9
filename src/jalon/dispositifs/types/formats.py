"""How a box is typed, kept and shown. A format repairs what it can and says one sentence for what it cannot."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from jalon.socle.dates import analyser_date, formater_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.montants import analyser_montant, formater_montant

MONTANT_MAX = Decimal("9999999.99")
HEURES_MAX = Decimal("9999.99")
ANNEE_MIN, ANNEE_MAX = 1900, 2100
ANNEE_PIVOT = 30


@dataclass(frozen=True, slots=True)
class Format:
    """`lire` turns typed text into a value or raises SaisieRefusee; `ecrire` gives the text kept in a draft;
    `afficher` the text for people. `clavier` is the HTML inputmode, `longueur` the most that may be typed."""

    genre: str
    lire: Callable[[str], Any]
    ecrire: Callable[[Any], str] = str
    afficher: Callable[[Any], str] = str
    clavier: str = "text"
    longueur: int = 200

    def controler(self, valeur: Any) -> Any:
        """Check a value that did not come through `lire` (a stored document, the API). Raises ValueError."""
        if valeur is None:
            return None
        try:
            return self.lire(self.ecrire(valeur))
        except SaisieRefusee as refus:
            raise ValueError(refus.message) from None

    def __get_pydantic_core_schema__(self, source: Any, suite: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.controler, suite(source))


def nettoyer(texte: str, *, lignes: bool = False) -> str:
    """Composed accents, no control character, single spaces; line ends are kept when `lignes`."""
    if texte.isascii() and texte.isprintable():
        return " ".join(texte.split())
    compose = unicodedata.normalize("NFC", texte).replace("\r\n", "\n").replace("\r", "\n")
    permis = "".join(c for c in compose if c == "\n" or c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    if not lignes:
        return " ".join(permis.split())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(ligne.split()) for ligne in permis.split("\n"))).strip()


def lire_texte(texte: str) -> str:
    """One line of text."""
    return nettoyer(texte)


def lire_paragraphes(texte: str) -> str:
    """Several lines of text."""
    return nettoyer(texte, lignes=True)


def lire_entier(texte: str) -> int:
    """« 1 250 » -> 1250. Raises SaisieRefusee."""
    net = re.sub(r"\s", "", texte)
    if not re.fullmatch(r"[0-9]{1,9}", net):
        raise SaisieRefusee("Écrivez un nombre entier, par exemple 12")
    return int(net)


def lire_montant(texte: str) -> Decimal:
    """« 1 250,5 € » -> 1250.50; never negative. Raises SaisieRefusee."""
    net = re.sub(r"[\s€]", "", texte)
    if not re.fullmatch(r"-?[0-9]{1,12}(?:[.,][0-9]*)?", net):
        raise SaisieRefusee("Écrivez un montant en euros, par exemple 1\u00a0250,00")
    montant = analyser_montant(net)
    if montant < 0:
        raise SaisieRefusee("Écrivez un montant positif, par exemple 1\u00a0250,00")
    if montant > MONTANT_MAX:
        raise SaisieRefusee(f"Un montant est de {formater_montant(MONTANT_MAX)} au plus")
    return montant


def lire_heures(texte: str) -> Decimal:
    """« 3,5 », « 3 h 30 », « 3h30 » or « 45 min » -> hours, half-up to the hundredth. Raises SaisieRefusee."""
    net = re.sub(r"\s", "", texte.lower())
    sexagesimal = re.fullmatch(r"(?:([0-9]{1,5})h(?:eures?)?)?(?:([0-9]{1,2})(?:min(?:utes)?|mn|m)?)?", net)
    if "h" in net or "m" in net:
        if not sexagesimal or not any(sexagesimal.groups()) or int(sexagesimal.group(2) or 0) >= 60:
            raise SaisieRefusee("Écrivez une durée en heures, par exemple 3,5 ou 3\u00a0h\u00a030")
        heures = Decimal(sexagesimal.group(1) or 0) + Decimal(sexagesimal.group(2) or 0) / 60
    elif re.fullmatch(r"[0-9]{1,5}(?:[.,][0-9]{1,2})?", net):
        heures = Decimal(net.replace(",", "."))
    else:
        raise SaisieRefusee("Écrivez une durée en heures, par exemple 3,5 ou 3\u00a0h\u00a030")
    if heures > HEURES_MAX:
        raise SaisieRefusee("Une durée est de 9\u00a0999\u00a0heures au plus")
    return heures.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def lire_jours(texte: str) -> Decimal:
    """Days, by halves. Raises SaisieRefusee."""
    net = re.sub(r"\s", "", texte).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,2})?", net) or Decimal(net) * 2 % 1:
        raise SaisieRefusee("Écrivez un nombre de jours, par demi-journées, par exemple 2 ou 2,5")
    return Decimal(net).quantize(Decimal("0.1"))


def lire_taux(texte: str) -> Decimal:
    """« 43 % », « 51,5 » -> percent, two decimals at most. Raises SaisieRefusee."""
    net = re.sub(r"[\s%]", "", texte).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,2}0*)?", net):
        raise SaisieRefusee("Écrivez un taux en pourcentage, par exemple 43")
    return Decimal(net).quantize(Decimal("0.01"))


def lire_date(texte: str) -> date:
    """« 12/3/26 » -> 12/03/2026. Raises SaisieRefusee."""
    jour = analyser_date(texte)
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise SaisieRefusee("Vérifiez l’année de cette date")
    return jour


def lire_naissance(texte: str) -> date:
    """As `lire_date`, but a year of two digits after ANNEE_PIVOT means 19xx. Raises SaisieRefusee."""
    jour = lire_date(texte)
    abrege = re.fullmatch(r"\s*\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}\s*", texte)
    return jour.replace(year=jour.year - 100) if abrege and jour.year % 100 > ANNEE_PIVOT else jour


def lire_oui_non(texte: str) -> bool:
    """« oui » or « non ». Raises SaisieRefusee."""
    net = texte.strip().lower()
    if net in {"oui", "o", "true", "1", "on"}:
        return True
    if net in {"non", "n", "false", "0", "off"}:
        return False
    raise SaisieRefusee("Répondez par oui ou par non")


def nombre(valeur: Decimal) -> str:
    """« 3,5 », « 12 », « 1 250,25 »: no needless zero, no-break spaces."""
    entier, _, decimales = f"{valeur:,f}".partition(".")
    decimales = decimales.rstrip("0")
    return entier.replace(",", "\u00a0") + (f",{decimales}" if decimales else "")


def ecrire_decimal(valeur: Decimal) -> str:
    """The text of a number as it stands in a box: « 1250,50 »."""
    return f"{valeur:f}".replace(".", ",")


def ecrire_nombre(valeur: Decimal) -> str:
    """The text of a number as it stands in a box, without needless zeros: « 3,5 », « 1250 »."""
    return nombre(valeur).replace("\u00a0", "")


def ecrire_oui_non(valeur: bool) -> str:
    """« oui » or « non »."""
    return "oui" if valeur else "non"


TEXTE = Format("texte", lire_texte)
TEXTE_LONG = Format("texte_long", lire_paragraphes, longueur=4000)
ENTIER = Format("entier", lire_entier, clavier="numeric", longueur=12)
MONTANT = Format("montant", lire_montant, ecrire_decimal, formater_montant, clavier="decimal", longueur=20)
HEURES = Format("heures", lire_heures, ecrire_nombre, nombre, clavier="text", longueur=20)
JOURS = Format("jours", lire_jours, ecrire_nombre, nombre, clavier="decimal", longueur=8)
TAUX = Format("taux", lire_taux, ecrire_nombre, nombre, clavier="decimal", longueur=8)
DATE = Format("date", lire_date, formater_date, formater_date, clavier="numeric", longueur=10)
DATE_NAISSANCE = Format("date", lire_naissance, formater_date, formater_date, clavier="numeric", longueur=10)
OUI_NON = Format("oui_non", lire_oui_non, ecrire_oui_non, lambda v: "Oui" if v else "Non", longueur=5)
