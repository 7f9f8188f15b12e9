"""The only place where an IBAN is encrypted, decrypted or compared."""

import secrets
from uuid import UUID

from jalon.banque.models import CoordonneesBancaires
from jalon.socle.chiffre import ValeurIllisible, chiffrer, dechiffrer, empreinte

USAGE_IBAN = "banque.iban"
USAGE_JETON = "banque.gel"
PREFIXE_JETON = "gel_"


def empreinte_iban(iban: str) -> str:
    """Blind index: finds the same account elsewhere without reading it."""
    return empreinte(iban, USAGE_IBAN)


def chiffrer_iban(iban: str, proprietaire: UUID) -> str:
    """Ciphertext of an IBAN that can only be read for that row."""
    return chiffrer(iban, proprietaire)


def iban_en_clair(ligne: CoordonneesBancaires) -> str:
    """The IBAN of a row. Raises ValeurIllisible when the ciphertext was moved here, or is not the account of the row."""
    iban = dechiffrer(ligne.iban_chiffre, ligne.id)
    if empreinte_iban(iban) != ligne.iban_empreinte:
        raise ValeurIllisible("L’IBAN déchiffré n’est pas celui de la ligne")
    return iban


def nouvel_alea() -> str:
    """256 random bits, from which the freeze token of a row is derived."""
    return secrets.token_hex(32)


def jeton_de_gel(identifiant: UUID, alea: str) -> str:
    """The token of the freeze link: derived with our key each time the notice is rendered, so it is stored nowhere."""
    return PREFIXE_JETON + empreinte(f"{identifiant}\x1f{alea}", f"{USAGE_JETON}.jeton")


def empreinte_jeton(jeton: str) -> str:
    """What the database keeps of a token."""
    return empreinte(jeton, USAGE_JETON)
