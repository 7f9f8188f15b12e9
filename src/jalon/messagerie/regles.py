"""What may be written."""

import unicodedata

from jalon.socle.erreurs import SaisieRefusee

LONGUEUR_MAXIMUM = 4000


def lire_corps(texte: str) -> str:
    """The text of a message, without control characters. Raises SaisieRefusee when it is empty or too long."""
    compose = unicodedata.normalize("NFC", texte).replace("\r\n", "\n").replace("\r", "\n")
    propre = "".join(c for c in compose if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}).strip()
    if not propre:
        raise SaisieRefusee("Écrivez votre message", champ="corps")
    if len(propre) > LONGUEUR_MAXIMUM:
        trop = len(propre) - LONGUEUR_MAXIMUM
        raise SaisieRefusee(f"Un message comporte {LONGUEUR_MAXIMUM} caractères au plus, il y en a {trop} de trop", champ="corps")
    return propre
