"""What the contact form accepts. Pure."""

import re
from dataclasses import dataclass

from jalon.aide.enums import ObjetTicket
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees
from jalon.socle.identifiants import analyser_siren

NOM_MAX = 120
MESSAGE_MAX = 4_000
REPONSE_MAX = 8_000
PAR_ADRESSE_IP = 10
PAR_ADRESSE_ELECTRONIQUE = 5
_ADRESSE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class Demande:
    """The form, read."""

    nom: str
    email: str
    siren: str
    objet: ObjetTicket
    message: str


def lire_demande(*, nom: str, email: str, siren: str, objet: str, message: str) -> Demande:
    """Read the form. Raises SaisiesRefusees with every box to mend."""
    champs: dict[str, str] = {}
    nom, email, message = " ".join(nom.split()), email.strip().lower(), message.strip()
    if not nom:
        champs["nom"] = "Indiquez votre nom"
    elif len(nom) > NOM_MAX:
        champs["nom"] = f"Votre nom compte {NOM_MAX} signes au plus"
    if not email:
        champs["email"] = "Indiquez votre adresse électronique"
    elif not _ADRESSE.fullmatch(email) or len(email) > 254:
        champs["email"] = "Écrivez votre adresse électronique en entier, par exemple prenom.nom@entreprise.fr"
    siren = _lire_siren(siren, champs)
    if objet not in set(ObjetTicket):
        champs["objet"] = "Choisissez le sujet de votre message"
    if not message:
        champs["message"] = "Écrivez votre message"
    elif len(message) > MESSAGE_MAX:
        champs["message"] = f"Votre message compte {len(message)} signes, la limite est de {MESSAGE_MAX}"
    if champs:
        raise SaisiesRefusees(champs)
    return Demande(nom, email, siren, ObjetTicket(objet), message)


def _lire_siren(saisi: str, champs: dict[str, str]) -> str:
    if not saisi.strip():
        return ""
    try:
        return analyser_siren(saisi)
    except SaisieRefusee as erreur:
        champs["siren"] = erreur.message
        return ""


def lire_reponse(corps: str) -> str:
    """The body of an answer. Raises SaisieRefusee."""
    corps = corps.strip()
    if not corps:
        raise SaisieRefusee("Écrivez votre réponse", champ="corps")
    if len(corps) > REPONSE_MAX:
        raise SaisieRefusee(f"Votre réponse compte {len(corps)} signes, la limite est de {REPONSE_MAX}", champ="corps")
    return corps
