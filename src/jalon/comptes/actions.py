"""Upkeep of the accounts: sessions, and the browsers that signed in."""

from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from jalon.comptes.appareils import MEMOIRE_D_UN_APPAREIL, nom_du_navigateur
from jalon.comptes.courriels import NouvelAppareil
from jalon.comptes.models import Appareil, Personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.chiffre import empreinte
from jalon.socle.erreurs import Introuvable

USAGE_APPAREIL = "appareil"


def oublier_seances(*, maintenant: datetime) -> int:
    """Delete the sessions that are over, and what was noted of their browser (address, name of the program)."""
    nombre, _ = Session.objects.filter(expire_date__lt=maintenant).delete()
    UserSession.objects.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()
    return nombre


def oublier_appareils(*, maintenant: datetime) -> int:
    """Delete the browsers that did not sign in for as long as their cookie lasts."""
    nombre, _ = Appareil.objects.filter(dernier_le__lt=maintenant - MEMOIRE_D_UN_APPAREIL).delete()
    return nombre


def reconnaitre_appareil(*, personne: Personne, jeton: str, agent: str, annoncer: bool, maintenant: datetime) -> Appareil:
    """Note that a browser signed in to an account; the first time, its owner is told (exigences, T17).

    `jeton` is the number that the browser holds, `agent` what it says of itself; a sign-in that ends a sign-up announces
    nothing. Two first times at once tell once.
    """
    with transaction.atomic():
        appareil, nouveau = Appareil.objects.get_or_create(
            personne=personne,
            empreinte=empreinte(jeton, USAGE_APPAREIL),
            defaults={
                "navigateur": nom_du_navigateur(agent) or "Navigateur inconnu",
                "premier_le": maintenant,
                "dernier_le": maintenant,
            },
        )
        if nouveau and annoncer:
            preparer(NouvelAppareil, appareil.id, [Destinataire(personne.email, personne.id)], le=maintenant)
        elif not nouveau:
            appareil.dernier_le = maintenant
            appareil.save(update_fields=["dernier_le"])
    return appareil


def noter_passage(*, cle_de_seance: str, maintenant: datetime) -> None:
    """Write when a session was last seen."""
    UserSession.objects.filter(session_key=cle_de_seance).update(last_seen_at=maintenant)


def fermer_seance(*, seance_id: int, par: Acteur, maintenant: datetime) -> str:
    """Close one session of the actor, wherever it is open: its next request finds nobody. Gives the key that was closed.

    Raises Introuvable (unknown, or somebody else's).
    """
    with transaction.atomic():
        seance = UserSession.objects.select_for_update().filter(id=seance_id, user_id=par.identite).first()
        if seance is None:
            raise Introuvable
        cle = str(seance.session_key)
        _fermer([cle])
        noter(
            "compte.seance_fermee", par=par, portee=Portee(), objet=None, le=maintenant,
            details={"navigateur": nom_du_navigateur(seance.user_agent)},
        )  # fmt: skip
    return cle


def fermer_toutes_les_seances(*, personne_id: UUID) -> int:
    """Close every session of a person, in the caller's transaction if it has one."""
    with transaction.atomic():
        cles = list(UserSession.objects.filter(user_id=personne_id).values_list("session_key", flat=True))
        _fermer(cles)
    return len(cles)


def _fermer(cles: list[str]) -> None:
    Session.objects.filter(session_key__in=cles).delete()
    UserSession.objects.filter(session_key__in=cles).delete()
