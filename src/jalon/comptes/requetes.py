"""Reads about people."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from jalon.comptes.models import Personne
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable
from jalon.socle.requetes_preparees import curseur_prepare


def personne(personne_id: UUID) -> Personne | None:
    """An open account by id."""
    return Personne.objects.filter(id=personne_id, is_active=True).first()


def personne_par_adresse(adresse: str) -> Personne | None:
    """An open account whose address is verified."""
    adresse_verifiee = EmailAddress.objects.filter(email=adresse.lower(), verified=True).select_related("user").first()
    return adresse_verifiee.user if adresse_verifiee and adresse_verifiee.user.is_active else None


def adresses_verifiees(personne_id: UUID) -> list[str]:
    """Verified addresses of a person, lower case."""
    return [a.lower() for a in EmailAddress.objects.filter(user_id=personne_id, verified=True).values_list("email", flat=True)]


_SECONDS_FACTEURS = [Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value]
_SECOND_FACTEUR = f"SELECT EXISTS (SELECT 1 FROM {Authenticator._meta.db_table} WHERE user_id = %s AND type = ANY(%s))"  # noqa: S608
"""Asked at every request of everybody: written once, not composed each time."""


def second_facteur_installe(personne_id: UUID) -> bool:
    """Whether a TOTP or a passkey is set up (recovery codes alone do not count)."""
    return _installe(personne_id, _SECONDS_FACTEURS)


def cle_d_acces_installee(personne_id: UUID) -> bool:
    """Whether a passkey is set up."""
    return _installe(personne_id, [Authenticator.Type.WEBAUTHN.value])


def _installe(personne_id: UUID, genres: list[str]) -> bool:
    with curseur_prepare() as curseur:
        curseur.execute(_SECOND_FACTEUR, [personne_id, genres])
        return bool(curseur.fetchone()[0])


def second_facteur_tout_neuf(personne_id: UUID, depuis: datetime) -> bool:
    """Whether the first second factor of the person was set up after that instant, on the clock of the machine."""
    siens = Authenticator.objects.filter(user_id=personne_id, type__in=_SECONDS_FACTEURS)
    return siens.exists() and not siens.filter(created_at__lte=depuis).exists()


def noms(ids: set[UUID]) -> dict[UUID, str]:
    """Display names by id."""
    return {p.id: p.nom_complet for p in Personne.objects.filter(id__in=ids)}


def identite_liee(personne_id: UUID, fournisseur: str) -> SocialAccount | None:
    """The identity of that service by which the person may sign in."""
    return SocialAccount.objects.filter(user_id=personne_id, provider=fournisseur).first()


def titulaire(par: Acteur) -> Personne:
    """The account of the actor, locked in the caller's transaction. Raises Introuvable for what is nobody's."""
    if par.identite is None:
        raise Introuvable
    return Personne.objects.select_for_update().get(id=par.identite)
