"""Upkeep of the accounts: sessions, and the browsers that signed in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from jalon.comptes.appareils import MEMOIRE_D_UN_APPAREIL, nom_du_navigateur
from jalon.comptes.courriels import IdentiteChangee, NouvelAppareil
from jalon.comptes.models import Appareil, Personne
from jalon.comptes.requetes import titulaire
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.chiffre import empreinte
from jalon.socle.erreurs import Introuvable, TransitionImpossible

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


def lier_identite(
    *, fournisseur: str, identite: str, preuve: Mapping[str, str], par: Acteur, maintenant: datetime
) -> SocialAccount:
    """Link to the actor's account an identity that the server just proved; she is told.

    Raises TransitionImpossible (the account has another identity, or the identity another account).
    """
    with transaction.atomic():
        personne = titulaire(par)
        ancienne = SocialAccount.objects.filter(user=personne, provider=fournisseur).exclude(uid=identite)
        if ancienne.exists():
            raise TransitionImpossible("Votre compte est déjà lié à une autre identité. Retirez-la d’abord.")
        lien, nouveau = SocialAccount.objects.get_or_create(
            provider=fournisseur, uid=identite, defaults={"user": personne, "extra_data": dict(preuve)}
        )
        if lien.user_id != personne.id:
            raise TransitionImpossible("Cette identité est déjà liée à un autre compte. Déliez-la depuis ce compte.")
        if nouveau:
            noter("compte.identite_liee", par=par, portee=Portee(), objet=personne, le=maintenant)
            preparer(
                IdentiteChangee, personne.id, [Destinataire(personne.email, personne.id)], le=maintenant,
                cle=cle_d_envoi(maintenant),
            )  # fmt: skip
    return lien


def delier_identite(*, fournisseur: str, par: Acteur, maintenant: datetime) -> int:
    """Forget the identity of the actor's account; the password and the second factor stay. Repeated, it does nothing."""
    with transaction.atomic():
        personne = titulaire(par)
        liens = SocialAccount.objects.filter(user=personne, provider=fournisseur)
        nombre, _ = liens.delete()
        if nombre:
            noter("compte.identite_deliee", par=par, portee=Portee(), objet=personne, le=maintenant)
            preparer(
                IdentiteChangee, personne.id, [Destinataire(personne.email, personne.id)], le=maintenant,
                cle=cle_d_envoi(maintenant),
            )  # fmt: skip
    return int(nombre)


def fermer_toutes_les_seances(*, personne_id: UUID) -> int:
    """Close every session of a person, in the caller's transaction if it has one."""
    with transaction.atomic():
        cles = list(UserSession.objects.filter(user_id=personne_id).values_list("session_key", flat=True))
        _fermer(cles)
    return len(cles)


def _fermer(cles: list[str]) -> None:
    Session.objects.filter(session_key__in=cles).delete()
    UserSession.objects.filter(session_key__in=cles).delete()
