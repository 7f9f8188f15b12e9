"""What the contact form accepts. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jalon.aide.enums import DemiJournee, ObjetTicket
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees
from jalon.socle.identifiants import analyser_siren

NOM_MAX = 120
MESSAGE_MAX = 4_000
REPONSE_MAX = 8_000
PAR_ADRESSE_IP = 10
PAR_ADRESSE_ELECTRONIQUE = 5
RAPPEL_AU_PLUS = timedelta(days=30)
_ADRESSE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_SEPARATEURS = re.compile(r"[\s.\-()/]")
_EN_FRANCE = re.compile(r"(?:(?:\+|00)(?:33|262|508|590|594|596)(?:0(?=[1-9]))?|0)(?P<suite>[1-9]\d{8})")
_PACIFIQUE = re.compile(r"(?:\+|00)(?P<numero>687\d{6}|689\d{8}|681\d{6})")
_PAGE = re.compile(r"[a-z][a-z_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Demande:
    """The form, read."""

    nom: str
    email: str
    siren: str
    objet: ObjetTicket
    message: str


@dataclass(frozen=True, slots=True)
class Rappel:
    """A call that somebody asks for, by the clock of Paris."""

    telephone: str
    jour: date
    moment: DemiJournee


def lire_page(nom: str) -> str:
    """The name of an address, empty when it is not one: without a figure, it can hold no NIR and no number of anything."""
    return nom if _PAGE.fullmatch(nom) else ""


def lire_telephone(saisi: str) -> str:
    """Ten digits, or a number of the Pacific with its code. Raises SaisieRefusee, also for numbers that cost (08)."""
    net = _SEPARATEURS.sub("", saisi)
    pacifique = _PACIFIQUE.fullmatch(net)
    if pacifique:
        return f"+{pacifique['numero']}"
    lu = _EN_FRANCE.fullmatch(net)
    if not lu:
        raise SaisieRefusee(
            "Écrivez les 10\u00a0chiffres d’un numéro français, par exemple 01\u00a023\u00a045\u00a067\u00a089", champ="telephone"
        )
    if lu["suite"].startswith("8"):
        raise SaisieRefusee("Nous ne rappelons pas les numéros en 08. Indiquez un autre numéro", champ="telephone")
    return f"0{lu['suite']}"


def lire_rappel(
    *,
    telephone: str,
    jour: date | None,
    moment: str,
    maintenant: datetime,
    ouverture: Callable[[date, DemiJournee], tuple[datetime, datetime] | None],
) -> Rappel | None:
    """The call asked for; None when none of the three boxes is filled. `ouverture`: beginning and end of a half-day, None when closed.

    Raises SaisiesRefusees: a box lacks, nobody answers then, the half-day has begun, or it is more than thirty days away.
    """
    if not (telephone.strip() or jour or moment):
        return None
    champs: dict[str, str] = {}
    numero = ""
    if not telephone.strip():
        champs["telephone"] = "Indiquez le numéro où vous rappeler"
    else:
        try:
            numero = lire_telephone(telephone)
        except SaisieRefusee as erreur:
            champs["telephone"] = erreur.message
    if moment not in set(DemiJournee):
        champs["rappel_moment"] = "Choisissez le matin ou l’après-midi"
    if jour is None:
        champs["rappel_le"] = "Indiquez le jour où vous rappeler"
    elif "rappel_moment" not in champs:
        refus = _refus_du_moment(ouverture(jour, DemiJournee(moment)), maintenant)
        if refus:
            champs["rappel_le"] = refus
    if champs or jour is None:
        raise SaisiesRefusees(champs)
    return Rappel(numero, jour, DemiJournee(moment))


def _refus_du_moment(plage: tuple[datetime, datetime] | None, maintenant: datetime) -> str:
    if plage is None:
        return "Nous n’appelons pas à ce moment-là. Choisissez un jour ouvré, dans nos horaires"
    if plage[0] <= maintenant:
        return "Cette demi-journée est commencée ou passée. Choisissez-en une à venir"
    if plage[0] - maintenant > RAPPEL_AU_PLUS:
        return "Choisissez un jour dans les trente jours"
    return ""


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
