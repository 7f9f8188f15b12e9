"""The only place where a NIR of the directory, or a file of employees, is encrypted, decrypted or compared."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jalon.salaries.models import ImportSalaries, Salarie
from jalon.socle.chiffre import ValeurIllisible, chiffrer, dechiffrer, empreinte
from jalon.socle.identifiants import masquer_nir

USAGE_NIR = "salaries.nir"


def empreinte_nir(nir: str, siren: str) -> str:
    """Blind index of a NIR within one company: two companies' indexes of the same person have nothing in common."""
    return empreinte(nir, f"{USAGE_NIR}.{siren}") if nir else ""


def poser_nir(salarie: Salarie, nir: str) -> None:
    """Encrypt a NIR for that record; nothing changes when it is empty."""
    if nir:
        salarie.nir_chiffre = chiffrer(nir, salarie.id)
        salarie.nir_empreinte = empreinte_nir(nir, salarie.siren)


def nir_en_clair(salarie: Salarie) -> str:
    """The NIR of a record, empty when it has none. Raises ValeurIllisible when the ciphertext was moved here."""
    if not salarie.nir_chiffre:
        return ""
    nir = dechiffrer(salarie.nir_chiffre, salarie.id)
    if empreinte_nir(nir, salarie.siren) != salarie.nir_empreinte:
        raise ValeurIllisible("Le NIR déchiffré n’est pas celui de la fiche")
    return nir


def nir_masque(salarie: Salarie) -> str:
    """« 2 95 ** ** *** *** ** », or empty."""
    nir = nir_en_clair(salarie)
    return masquer_nir(nir) if nir else ""


def sceller(contenu: Mapping[str, Any], import_id: UUID) -> str:
    """A file being looked at, as it is stored: it can only be read for that import."""
    return chiffrer(json.dumps(contenu, ensure_ascii=False, separators=(",", ":")), import_id)


def ouvrir(ligne: ImportSalaries) -> dict[str, Any]:
    """The file being looked at. Raises ValeurIllisible."""
    contenu: dict[str, Any] = json.loads(dechiffrer(ligne.contenu, ligne.id))
    return contenu
