"""Pure judgements about where a code is: letter, validity."""

from dataclasses import dataclass
from datetime import datetime

from jalon.habilitations.enums import EtatCode, EtatCommande, EtatSuivi
from jalon.habilitations.regles import dernier_jour
from jalon.socle.dates import jour_de_paris

_FINS = {EtatCode.REMPLACE: EtatSuivi.REMPLACE, EtatCode.ABANDONNE: EtatSuivi.ABANDONNE, EtatCode.TERMINE: EtatSuivi.TERMINE}


@dataclass(frozen=True, slots=True)
class VieDuCode:
    """What is known of a letter and of its code. No date: it has not happened, or there is no letter yet."""

    ecartee: bool = False
    commande: EtatCommande | None = None
    postee: bool = False
    revenue: bool = False
    code: EtatCode | None = None
    expire_le: datetime | None = None
    utilise: bool = False


def etat_du_suivi(vie: VieDuCode, maintenant: datetime) -> EtatSuivi:
    """Where a code stands: what ended it comes first, then its use, then how far its letter went."""
    expire = vie.expire_le is not None and vie.expire_le <= maintenant
    imprimee = vie.code is not None and vie.commande in {EtatCommande.IMPRIMEE, EtatCommande.EFFACEE}
    etapes = (
        (vie.ecartee, EtatSuivi.ECARTEE),
        (vie.commande is None, EtatSuivi.DEMANDEE),
        (vie.revenue, EtatSuivi.REVENUE),
        *((vie.code == code, fin) for code, fin in _FINS.items()),
        (expire, EtatSuivi.EXPIRE),
        (vie.utilise, EtatSuivi.UTILISE),
        (vie.postee, EtatSuivi.POSTEE),
        (imprimee, EtatSuivi.IMPRIMEE),
    )
    return next((etat for vrai, etat in etapes if vrai), EtatSuivi.COMMANDEE)


def jours_restants(expire_le: datetime, maintenant: datetime) -> int:
    """Days in Paris during which the code still serves, today included; 0 once it has expired."""
    return max((dernier_jour(expire_le) - jour_de_paris(maintenant)).days + 1, 0)
