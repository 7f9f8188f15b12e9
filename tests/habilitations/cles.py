"""What the tests of keys share."""

from datetime import date, datetime
from typing import Any

from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.authentification import authentifier_cle
from jalon.habilitations.actions.cles import CleNouvelle, creer_cle_api, revoquer_cle
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from tests.habilitations.fabrique import (
    LE,
    SIREN,
)

LIRE = (Droit(Domaine.PLAN, Niveau.LECTURE), Droit(Domaine.ALTERNANCE, Niveau.LECTURE))
SYSTEME = ActeurSysteme("ligne de commande")
PLAN_LECTURE = Droit(Domaine.PLAN, Niveau.LECTURE)
JOUR = date(2026, 11, 24)
DERNIER = date(2027, 2, 22)
ICI = "203.0.113.7"


def creer(par: Any = SYSTEME, le: datetime = LE, **champs: Any) -> CleNouvelle:
    demande = {"nom": "Paie", "droits": LIRE, "jusqu_au": DERNIER}
    demande |= {nom: champs.pop(nom) for nom in ("nom", "droits", "jusqu_au", "sirets", "adresses") if nom in champs}
    valeurs: dict[str, Any] = {"siren": SIREN, "profil": Profil.ADHERENT, **champs}
    return creer_cle_api(par=par, maintenant=le, demande=DemandeCle(**demande), **valeurs)


def cles() -> Any:
    return CleApi.objects.tous("essai")


def revoquer(cle: CleApi, par: Any = SYSTEME, le: datetime = LE) -> CleApi:
    return revoquer_cle(cle_id=cle.id, motif="Logiciel remplacé", par=par, maintenant=le)


def appeler(secret: str, le: datetime = LE, adresse: str = ICI) -> ActeurCle | None:
    return authentifier_cle(cle=secret, adresse=adresse, maintenant=le)
