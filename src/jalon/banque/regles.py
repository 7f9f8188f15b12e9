"""Pure judgements about bank details: reading an IBAN, and what its dates make of it (exigences, T5)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from schwifty import BIC, IBAN
from schwifty.exceptions import (
    InvalidBBANChecksum,
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    SchwiftyException,
)

from jalon.banque.enums import EtatCoordonnees
from jalon.socle.erreurs import SaisieRefusee

DELAI_AVANT_PAIEMENT = timedelta(hours=72)
DELAI_APRES_EVENEMENT = timedelta(days=7)
LONGUEUR_NOM_SEPA = 70
_PHRASE_PAYS = "Un IBAN commence par les deux lettres d’un pays, par exemple FR"

PAYS_SEPA = frozenset(
    {
        "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR",
        "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO",
        "RS", "SE", "SI", "SK", "SM", "VA",
    }
)  # fmt: skip
# A French IBAN may be held by a bank of an overseas territory, a British one by a bank of the islands.
PAYS_DU_BIC = {
    "FR": frozenset({"FR", "MC", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF"}),
    "MC": frozenset({"MC", "FR"}),
    "GB": frozenset({"GB", "GG", "JE", "IM"}),
}


@dataclass(frozen=True, slots=True)
class IbanLu:
    """An account whose number holds together. `bic` is empty when no public list gives it."""

    iban: str
    pays: str
    bic: str
    banque: str


def analyser_iban(texte: str, pays_admis: Collection[str] = PAYS_SEPA) -> IbanLu:
    """Read an IBAN typed in any form: length, key of the IBAN, key of the account, country. Raises SaisieRefusee."""
    net = "".join(c for c in texte.upper() if c.isalnum()).removeprefix("IBAN")
    if not net:
        raise SaisieRefusee("Indiquez l’IBAN", champ="iban")
    if not net[:2].isalpha():
        raise SaisieRefusee(_PHRASE_PAYS, champ="iban")
    try:
        iban = IBAN(net, validate_bban=True)
    except InvalidCountryCode:
        raise SaisieRefusee(_PHRASE_PAYS, champ="iban") from None
    except InvalidLength:
        raise SaisieRefusee(_phrase_longueur(net), champ="iban") from None
    except (InvalidChecksumDigits, InvalidBBANChecksum):
        raise SaisieRefusee("La clé de cet IBAN ne correspond pas. Vérifiez chaque caractère", champ="iban") from None
    except SchwiftyException:
        raise SaisieRefusee("Cet IBAN n’a pas la forme attendue. Recopiez-le depuis votre RIB", champ="iban") from None
    if iban.country_code not in pays_admis:
        raise SaisieRefusee("Nous payons sur un compte de l’espace SEPA. Indiquez un IBAN de cet espace", champ="iban")
    return IbanLu(str(iban), iban.country_code, str(iban.bic or ""), iban.bank_name or "")


def _phrase_longueur(net: str) -> str:
    attendu = 27 if net.startswith("FR") else None
    if attendu is None:
        return "Cet IBAN n’a pas la longueur attendue pour son pays. Recopiez-le depuis votre RIB"
    ecart = attendu - len(net)
    suite = f"il en manque {ecart}" if ecart > 0 else f"il y en a {-ecart} de trop"
    return f"Un IBAN français comporte {attendu}\u00a0caractères, {suite}"


def choisir_bic(texte: str, lu: IbanLu) -> str:
    """The BIC typed, checked, or the one the IBAN gives. Raises SaisieRefusee."""
    net = "".join(texte.upper().split())
    if not net and not lu.bic:
        raise SaisieRefusee("Indiquez le BIC\u00a0: cet IBAN ne permet pas de le retrouver", champ="bic")
    if not net:
        return lu.bic
    try:
        bic = str(BIC(net))
    except SchwiftyException:
        raise SaisieRefusee("Un BIC comporte 8 ou 11\u00a0caractères, par exemple AGRIFRPP", champ="bic") from None
    if bic[4:6] not in PAYS_DU_BIC.get(lu.pays, frozenset({lu.pays})):
        raise SaisieRefusee("Ce BIC n’est pas du même pays que l’IBAN. Recopiez les deux depuis votre RIB", champ="bic")
    return bic


def analyser_titulaire(texte: str) -> str:
    """Name of the account's holder, as on the RIB. Raises SaisieRefusee."""
    net = " ".join(texte.split())
    if not net:
        raise SaisieRefusee("Indiquez le titulaire du compte, comme sur le RIB", champ="titulaire")
    if len(net) > LONGUEUR_NOM_SEPA:
        raise SaisieRefusee(f"Le nom du titulaire comporte {LONGUEUR_NOM_SEPA}\u00a0caractères au plus", champ="titulaire")
    if not any(c.isalpha() for c in net):
        raise SaisieRefusee("Écrivez le nom du titulaire du compte", champ="titulaire")
    return net


def masquer_iban(iban: str) -> str:
    """« FR76 •••• … 2606 »: enough to recognise one's own account."""
    return f"{iban[:4]}\u00a0••••\u00a0…\u00a0{iban[-4:]}"


class Datees(Protocol):
    """What the state of bank details is read from. `rang`: 1 for the first ones of the organisation."""

    @property
    def rang(self) -> int: ...
    @property
    def utilisable_a_partir_de(self) -> datetime: ...
    @property
    def gelee_le(self) -> datetime | None: ...


D = TypeVar("D", bound=Datees)


def _a_servi(ligne: Datees, instant: datetime) -> bool:
    """Whether its 72 hours were over before any freeze: from then on the former ones are archived, for good."""
    debut = ligne.utilisable_a_partir_de
    return debut <= instant and (ligne.gelee_le is None or ligne.gelee_le > debut)


def en_tete(lignes: Iterable[D], instant: datetime) -> D | None:
    """The last ones whose delay ran to its end: the only ones that can be paid, unless frozen since."""
    return max((ligne for ligne in lignes if _a_servi(ligne, instant)), key=lambda ligne: ligne.rang, default=None)


def payables(lignes: Iterable[D], instant: datetime) -> D | None:
    """The ones to pay at that instant: 72 hours old, not replaced, not frozen. Frozen ones do not bring back the former."""
    tete = en_tete(lignes, instant)
    return None if tete is None or _gelee(tete, instant) else tete


def en_attente(lignes: Iterable[D], instant: datetime) -> D | None:
    """The ones whose 72 hours run."""
    return next((c for c in lignes if instant < c.utilisable_a_partir_de and not _gelee(c, instant)), None)


def etat_a(ligne: D, lignes: Sequence[D], instant: datetime) -> EtatCoordonnees:
    """State of one row among those of its organisation."""
    if _gelee(ligne, instant):
        return EtatCoordonnees.GELEE
    if instant < ligne.utilisable_a_partir_de:
        return EtatCoordonnees.EN_ATTENTE
    tete = en_tete(lignes, instant)
    return EtatCoordonnees.ACTIVE if tete is not None and tete.rang == ligne.rang else EtatCoordonnees.ARCHIVEE


def _gelee(ligne: Datees, instant: datetime) -> bool:
    return ligne.gelee_le is not None and ligne.gelee_le <= instant
