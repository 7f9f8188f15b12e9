"""What may be written, when a silence may be recalled, and the variables of model answers."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from jalon.socle.erreurs import SaisieRefusee

LONGUEUR_MAXIMUM = 4000
JOINTES_AU_PLUS = 5
DELAI_DE_RELANCE = timedelta(days=5)
"""Calendar days, in Paris, after the message without an answer, then after each recall."""

LONGUEUR_TITRE = 80
VARIABLES = {
    "numero": "Numéro du dossier",
    "titre": "Intitulé de la demande",
    "entreprise": "Nom de l’entreprise",
    "reference": "Référence de l’entreprise",
    "echeance": "Échéance du complément demandé",
    "conseiller": "Votre nom",
    "opco": "Nom de l’OPCO",
}
"""Everything that a model answer may name, and what it stands for."""
CHAMP = re.compile(r"\{([^{}]*)\}")


def lire_corps(texte: str) -> str:
    """The text of a message, without control characters. Raises SaisieRefusee when it is empty or too long."""
    return lire_texte(texte, "corps", "Écrivez votre message", LONGUEUR_MAXIMUM, "Un message")


def lire_texte(texte: str, champ: str, manque: str, maximum: int, objet: str) -> str:
    """A text of one box, repaired. Raises SaisieRefusee when it is empty or too long."""
    compose = unicodedata.normalize("NFC", texte).replace("\r\n", "\n").replace("\r", "\n")
    propre = "".join(c for c in compose if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}).strip()
    if not propre:
        raise SaisieRefusee(manque, champ=champ)
    if len(propre) > maximum:
        trop = len(propre) - maximum
        raise SaisieRefusee(f"{objet} comporte {maximum} caractères au plus, il y en a {trop} de trop", champ=champ)
    return propre


def exiger_peu_de_pieces(nombre: int) -> None:
    """Raise SaisieRefusee when a message holds too many documents."""
    if nombre > JOINTES_AU_PLUS:
        raise SaisieRefusee(f"Joignez {JOINTES_AU_PLUS} fichiers au plus par message", champ="fichiers")


def premier_jour_de_relance(ecrit_le: date, relance_le: date | None) -> date:
    """The first day when a message without an answer may be recalled: days since it, and since the last recall."""
    depuis = ecrit_le if relance_le is None else max(ecrit_le, relance_le)
    return depuis + DELAI_DE_RELANCE


def variables_inconnues(texte: str) -> list[str]:
    """What is between braces and is not a variable, in the order of the text."""
    return [nom for nom in dict.fromkeys(CHAMP.findall(texte)) if nom not in VARIABLES]


def lire_modele(texte: str) -> str:
    """The words of a model answer. Raises SaisieRefusee: empty, too long, a variable that is not in the list."""
    propre = lire_texte(texte, "corps", "Écrivez le texte du modèle", LONGUEUR_MAXIMUM, "Un modèle")
    if inconnues := variables_inconnues(propre):
        nom = inconnues[0]
        raise SaisieRefusee(f"«\u00a0{{{nom}}}\u00a0» n’est pas une variable\u00a0: choisissez dans la liste", champ="corps")
    return propre


def remplir_modele(texte: str, valeurs: Mapping[str, str]) -> str:
    """The words, each variable replaced by its value; one without a value leaves « … » to be completed by hand."""
    return CHAMP.sub(lambda trouve: valeurs.get(trouve[1]) or "…", texte)


def exiger_des_usages(usages: Collection[str], connus: Collection[str]) -> None:
    """Raise SaisieRefusee unless a model answer serves somewhere."""
    if not usages or any(usage not in connus for usage in usages):
        raise SaisieRefusee("Choisissez où ce modèle est proposé", champ="usages")
