"""Lines of a file of keys of the former portal. Pure; no sentence here repeats what a line holds: it may be a key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jalon.habilitations.cles import LONGUEUR_MAX, empreinte_de_cle, porte_notre_marque
from jalon.habilitations.regles_des_cles import lire_nom
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import analyser_siren

JEUX_DE_COLONNES = (frozenset({"cle", "siren", "libelle"}), frozenset({"sha256", "siren", "libelle"}))
LONGUEUR_MIN = 16
"""Below, a copy of the table would be enough to find the key back from its SHA-256."""
DROITS = (Droit(Domaine.ALTERNANCE, Niveau.LECTURE), Droit(Domaine.PLAN, Niveau.LECTURE))
"""What the former keys could do here: read the requests of their SIREN."""
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_VISIBLE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class AncienneCle:
    """A line that can be taken."""

    ligne: int
    siren: str
    profil: Profil
    nom: str = field(repr=False)
    empreinte: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lecture:
    """How the file is to be understood: the side of a line that does not say it, keys that look like a SHA-256, our prefix."""

    profil: Profil
    hexadecimales: bool
    prefixe: str


def lire_ligne(numero: int, valeurs: Mapping[str, str], lecture: Lecture) -> AncienneCle:
    """One line of the file. Raises SaisieRefusee with what to mend."""
    cle, sha256 = valeurs.get("cle", ""), valeurs.get("sha256", "")
    if bool(cle) == bool(sha256):
        raise SaisieRefusee("indiquez la clé ou son SHA-256, l’un des deux")
    empreinte = _empreinte_de(cle, lecture) if cle else _empreinte_donnee(sha256)
    nom = _nom(valeurs.get("libelle", ""), cle)
    return AncienneCle(numero, analyser_siren(valeurs.get("siren", "")), _profil(valeurs, lecture), nom, empreinte)


def _empreinte_de(cle: str, lecture: Lecture) -> str:
    if _SHA256.fullmatch(cle) and not lecture.hexadecimales:
        raise SaisieRefusee(
            "cette clé a la forme d’un SHA-256\u00a0: mettez-le dans une colonne «\u00a0sha256\u00a0», ou ajoutez --hexadecimales si vos "
            "clés ont cette forme"
        )
    if not _VISIBLE.fullmatch(cle):
        raise SaisieRefusee("cette clé contient une espace, un accent ou un signe qu’un en-tête HTTP ne transporte pas")
    if not LONGUEUR_MIN <= len(cle) <= LONGUEUR_MAX:
        raise SaisieRefusee(f"une clé compte de {LONGUEUR_MIN} à {LONGUEUR_MAX}\u00a0signes, celle-ci en compte {len(cle)}")
    if porte_notre_marque(cle, lecture.prefixe):
        raise SaisieRefusee(
            "cette clé commence comme celles de Jalon et serait jugée mal recopiée\u00a0: changez d’abord JALON_PREFIXE_CLES"
        )
    return empreinte_de_cle(cle)


def _empreinte_donnee(texte: str) -> str:
    if not _SHA256.fullmatch(texte):
        raise SaisieRefusee(f"un SHA-256 s’écrit en 64\u00a0chiffres hexadécimaux, celui-ci compte {len(texte)}\u00a0signes")
    return texte.lower()


def _nom(texte: str, cle: str) -> str:
    if _SHA256.search(texte) or (cle and cle in texte):
        raise SaisieRefusee("le libellé contient la clé ou un SHA-256\u00a0: il se lit à l’écran, remplacez-le")
    return lire_nom(texte)


def _profil(valeurs: Mapping[str, str], lecture: Lecture) -> Profil:
    dit = valeurs.get("profil", "").lower()
    if not dit:
        return lecture.profil
    if dit not in {p.value for p in Profil}:
        raise SaisieRefusee(f"le profil s’écrit {' ou '.join(p.value for p in Profil)}")
    return Profil(dit)
