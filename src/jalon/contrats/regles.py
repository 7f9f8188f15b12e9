"""Whether a contract may pass to another company: pure, from what the register says of it."""

from dataclasses import dataclass
from datetime import date

from jalon.socle.dates import formater_date


@dataclass(frozen=True, slots=True, kw_only=True)
class NouvelEmployeur:
    """What the register and the OPCO know of the company that takes a contract over, on a given day.

    `adherent_depuis` None: it is no member of the OPCO. `suspendu`: its access is cut.
    """

    siret: str
    connu: bool = False
    actif: bool = False
    adherent_depuis: date | None = None
    suspendu: bool = False
    etablissement_ouvert: bool = False


def refus_du_nouvel_employeur(nouveau: NouvelEmployeur, jour: date) -> str:
    """Why the contract cannot pass to it that day; empty when it can. The agreement goes only to a member that the register knows."""
    if not nouveau.connu:
        return "Ce SIRET n’est pas au registre\u00a0: vérifiez-le, ou écrivez à l’OPCO dans les échanges du contrat"
    if not nouveau.actif or not nouveau.etablissement_ouvert:
        return "Cet établissement est fermé au registre\u00a0: indiquez celui où le contrat continue"
    if nouveau.adherent_depuis is None or nouveau.adherent_depuis > jour:
        return "Cette entreprise n’adhère pas à l’OPCO\u00a0: l’accord ne peut pas lui passer. Écrivez à l’OPCO dans les échanges du contrat"
    if nouveau.suspendu:
        return "L’OPCO a coupé les accès de cette entreprise\u00a0: écrivez-lui dans les échanges du contrat"
    return ""


def refus_du_jour(effet: date, jour: date) -> str:
    """Why a contract cannot pass yet: rights never move before the day of effect."""
    if effet <= jour:
        return ""
    return f"Le contrat change d’entreprise le {formater_date(effet)}\u00a0: acceptez cet avenant à partir de ce jour."
