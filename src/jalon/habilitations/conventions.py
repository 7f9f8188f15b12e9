"""Pure judgements about mandates written in a convention of training: no Django, no clock, no I/O."""

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.habilitations.mandats import dernier_jour_permis
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees
from jalon.socle.identifiants import analyser_siren, analyser_siret

DOMAINE = Domaine.ALTERNANCE
NIVEAUX = (Niveau.ENVOI, Niveau.SAISIE, Niveau.LECTURE)
"""What a convention may open, the usual one first: a provider files for its client, it never changes what was decided."""
LONGUEUR_REFERENCE = 60
DECLARATIONS_PAR_JOUR = 200
"""Beyond, the OPCO is told and nothing is held: a large CFA declares three thousand conventions in September."""
RENOUVELABLE = timedelta(days=30)
"""How long before its end a convention may be declared again, for longer: when its provider is reminded of it."""


@dataclass(frozen=True, slots=True)
class Convention:
    """What a provider declares, read: for a client, a SIREN or one of its SIRET, what may be done, from a day to another."""

    mandataire: str
    siren: str
    sirets: tuple[str, ...]
    reference: str
    signee_le: date
    debut: date
    fin: date
    niveau: Niveau


def lire_convention(
    *,
    mandataire: str,
    client_saisi: str,
    reference: str,
    signee_le: date,
    debut: date,
    fin: date,
    niveau: Niveau,
    aujourdhui: date,
) -> Convention:
    """What was typed. Raises SaisiesRefusees, with every box that is wrong."""
    refus = refus_des_termes(niveau=niveau, signee_le=signee_le, debut=debut, fin=fin, aujourdhui=aujourdhui)
    client: tuple[str, tuple[str, ...]] = ("", ())
    try:
        client = lire_client(client_saisi, mandataire)
    except SaisieRefusee as erreur:
        refus["client"] = erreur.message
    try:
        reference = lire_reference(reference)
    except SaisieRefusee as erreur:
        refus["reference"] = erreur.message
    if refus:
        raise SaisiesRefusees(refus)
    return Convention(mandataire, *client, reference, signee_le, debut, fin, niveau)


def lire_client(saisi: str, mandataire: str) -> tuple[str, tuple[str, ...]]:
    """The client's SIREN, and its SIRET when one establishment alone is named. Raises SaisieRefusee."""
    chiffres = "".join(saisi.split())
    try:
        siret = analyser_siret(chiffres) if len(chiffres) > len("123456782") else ""
        siren = siret[:9] or analyser_siren(chiffres)
    except SaisieRefusee as erreur:
        raise SaisieRefusee(erreur.message, champ="client") from None
    if siren == mandataire:
        raise SaisieRefusee("Une organisation ne déclare pas de convention avec elle-même", champ="client")
    return siren, (siret,) if siret else ()


def lire_reference(saisie: str) -> str:
    """The reference with single spaces. Raises SaisieRefusee."""
    reference = " ".join(saisie.split())
    if not reference:
        raise SaisieRefusee("Indiquez la référence de la convention", champ="reference")
    if len(reference) > LONGUEUR_REFERENCE:
        raise SaisieRefusee(f"La référence comporte {LONGUEUR_REFERENCE}\u00a0caractères au plus", champ="reference")
    return reference


def refus_des_termes(*, niveau: Niveau, signee_le: date, debut: date, fin: date, aujourdhui: date) -> dict[str, str]:
    """By box, why it is not a convention that runs, or will, for twelve months at most from today (exigences, T10)."""
    refus = {}
    if niveau not in NIVEAUX:
        refus["niveau"] = "Choisissez ce que la convention permet\u00a0: lire, préparer ou envoyer les dossiers"
    if signee_le > aujourdhui:
        refus["signee_le"] = "La convention doit être signée\u00a0: indiquez le jour de sa signature, au plus tard aujourd’hui"
    limite = dernier_jour_permis(max(debut, aujourdhui))
    if fin < debut:
        refus["fin"] = "Le dernier jour doit suivre le premier"
    elif fin < aujourdhui:
        refus["fin"] = "Le dernier jour de cette convention est passé"
    elif fin > limite:
        refus["fin"] = (
            f"Un mandat dure 12\u00a0mois au plus\u00a0: jusqu’au {formater_date(limite)}. "
            "Déclarez de nouveau la convention dans ses 30\u00a0derniers jours"
        )
    return refus
