"""Recognising the key that a program presents: one indexed lookup, then its dates and addresses (exigences, T11, T15)."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.cles import LONGUEUR_MAX, bien_recopiee, empreinte_de_cle, porte_notre_marque
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import USAGE_NOTE_APRES, adresse_permise
from jalon.habilitations.suspensions import SUSPENDU, q_cle_en_service
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import DroitManquant, ErreurMetier

_REMPLACER = "Un administrateur de l’organisation peut en créer une autre."


class CleRefusee(ErreurMetier):
    """A key that no longer counts, or was mistyped (401). Told to its holder alone: an unknown key is told nothing."""

    code = "cle-refusee"


def authentifier_cle(*, cle: str, adresse: str, maintenant: datetime) -> ActeurCle | None:
    """The actor of a key in force, None for a key that nobody gave. Its last use is noted, once a minute at most.

    Raises CleRefusee (mistyped: no query was made; cut by the OPCO, revoked, expired), DroitManquant (address not in its list).
    """
    if porte_notre_marque(cle, settings.JALON_PREFIXE_CLES) and not bien_recopiee(cle, settings.JALON_PREFIXE_CLES):
        raise CleRefusee(
            "Cette clé est mal recopiée\u00a0: un caractère manque, est en trop ou a changé. Recopiez-la en entier.",
            code="cle-mal-recopiee",
        )
    if len(cle) > LONGUEUR_MAX:
        return None
    toutes = CleApi.objects.tous("clé présentée par un programme")
    trouvee = toutes.annotate(en_service=q_cle_en_service()).filter(empreinte=empreinte_de_cle(cle)).first()
    if trouvee is None:
        return None
    _juger(trouvee, adresse, maintenant)
    if trouvee.dernier_usage_le is None or trouvee.dernier_usage_le <= maintenant - USAGE_NOTE_APRES:
        ancien = Q(dernier_usage_le=None) | Q(dernier_usage_le__lte=maintenant - USAGE_NOTE_APRES)
        toutes.filter(ancien, id=trouvee.id).update(dernier_usage_le=maintenant)
    return ActeurCle(trouvee)


def _juger(cle: CleApi, adresse: str, maintenant: datetime) -> None:
    """Dates are read in the row at each call: a key ends with the request that follows its revocation."""
    if not cle.en_service:  # type: ignore[attr-defined]
        raise CleRefusee(SUSPENDU, code="acces-coupe")
    if cle.revoquee_le is not None:
        raise CleRefusee(f"Cette clé a été révoquée le {_instant(cle.revoquee_le)}. {_REMPLACER}", code="cle-revoquee")
    if maintenant >= cle.expire_le:
        raise CleRefusee(f"Cette clé a expiré le {_instant(cle.expire_le)}. {_REMPLACER}", code="cle-expiree")
    if not adresse_permise(adresse, cle.adresses):
        raise DroitManquant(
            f"Cette clé ne peut pas servir depuis l’adresse {adresse or 'inconnue'}. Un administrateur de l’organisation tient la "
            "liste des adresses permises.",
            code="adresse-refusee",
        )


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%d/%m/%Y à %H:%M}"
