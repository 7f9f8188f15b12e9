"""What a quick access may be called and keep, and where it goes when it is moved. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from jalon.socle.erreurs import SaisieRefusee
from jalon.vues.enums import NOMS_D_ICONES, Rythme, Sens

NOM_MAX = 60
PARAMETRES_MAX = 2_000
CARTES_AU_PLUS = 10
VUES_AU_PLUS = 100
"""Kept by one person: what her pages read stays bounded."""
PARTOUT, OPCO = "partout", "opco"
LUNDI, SAMEDI = 0, 5


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where cards are shown: the space of a SIREN, all the places of one person, or the OPCO's pages."""

    siren: str = ""
    opco: bool = False

    @property
    def cle(self) -> str:
        """The SIREN, « partout » or « opco »."""
        return self.siren or (OPCO if self.opco else PARTOUT)

    @classmethod
    def de(cls, cle: str) -> "Lieu":
        """The place of that key."""
        return cls(opco=True) if cle == OPCO else cls() if cle == PARTOUT else cls(cle)


def lire_nom(texte: str) -> str:
    """The name, spaces tidied. Raises SaisieRefusee."""
    nom = " ".join(texte.split())
    if not nom:
        raise SaisieRefusee("Donnez un nom à cet accès rapide", champ="nom")
    if len(nom) > NOM_MAX:
        raise SaisieRefusee(f"Le nom compte {len(nom)} signes, la limite est de {NOM_MAX}", champ="nom")
    return nom


def lire_icone(texte: str) -> str:
    """An icon of the closed set. Raises SaisieRefusee."""
    if texte not in NOMS_D_ICONES:
        raise SaisieRefusee("Choisissez une icône de cette liste", champ="icone")
    return texte


def lire_rythme(texte: str) -> Rythme:
    """Raises SaisieRefusee."""
    try:
        return Rythme(texte)
    except ValueError:
        raise SaisieRefusee("Choisissez un rythme de cette liste", champ="rythme") from None


def lire_parametres(texte: str) -> str:
    """The filters, columns and sort of an address, without its page and what is empty; one value by name. Raises SaisieRefusee."""
    if len(texte) > PARAMETRES_MAX:
        raise SaisieRefusee("Cette liste a trop de filtres pour être gardée. Retirez-en, puis recommencez")
    return urlencode({nom: valeur for nom, valeur in parametres_de(texte).items() if nom != "page"})


def parametres_de(texte: str) -> Mapping[str, str]:
    """What a kept address says, as a list reads it."""
    return dict(parse_qsl(texte))


def deplacer(cles: Sequence[str], cle: str, sens: Sens) -> list[str]:
    """The same keys, that one changed with its neighbour; nothing moves at the ends, nor for a key that is not there."""
    ordre = list(cles)
    rang = ordre.index(cle) if cle in ordre else -1
    voisin = rang + (1 if sens == Sens.BAS else -1)
    if rang >= 0 and 0 <= voisin < len(ordre):
        ordre[rang], ordre[voisin] = ordre[voisin], ordre[rang]
    return ordre


def periode_due(rythme: Rythme, jour: date) -> str:
    """The period whose digest is due that day; empty when none is. One word for each day, or each week."""
    if rythme == Rythme.QUOTIDIEN and jour.weekday() < SAMEDI:
        return jour.isoformat()
    if rythme == Rythme.HEBDOMADAIRE and jour.weekday() == LUNDI:
        annee, semaine, _ = jour.isocalendar()
        return f"{annee}-S{semaine:02d}"
    return ""
