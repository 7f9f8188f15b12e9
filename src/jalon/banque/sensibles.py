"""What closes a change of bank details for seven days: a new password, a new second factor, a new address, a new
administrator (exigences, T5). Each source is declared from an AppConfig.ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest

from jalon.habilitations.administrateurs import q_du_cote
from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.models import DroitAccorde
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Profil


@dataclass(frozen=True, slots=True)
class EvenementSensible:
    """Something that a thief does first, and when."""

    le: datetime
    libelle: str


Source = Callable[[UUID | None, str, Profil], Iterable[EvenementSensible]]
_SOURCES: list[Source] = []


def declarer_evenement_sensible(source: Source) -> None:
    """Register a function (person, SIREN, side) -> events, recent ones at least."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def dernier_evenement(par: Acteur, siren: str, profil: Profil) -> EvenementSensible | None:
    """The latest one, over every source."""
    evenements = (e for source in _SOURCES for e in source(par.identite, siren, profil))
    return max(evenements, key=lambda e: e.le, default=None)


def nouvel_administrateur(personne_id: UUID | None, siren: str, profil: Profil) -> list[EvenementSensible]:
    """The last administrator who came, whoever he is, even if he has left since."""
    del personne_id
    droits = DroitAccorde.objects.filter(
        q_du_cote(siren, profil, "rattachement__"),
        etendue=Etendue.SIREN,
        domaine=Domaine.ACCES,
        niveau__gte=Niveau.GESTION,
    ).exclude(rattachement__etat=EtatRattachement.INVITE)
    le = droits.aggregate(le=Max(Greatest("debut", Coalesce("rattachement__actif_depuis", "debut"))))["le"]
    return [EvenementSensible(le, "un nouvel administrateur a été nommé")] if le else []


def nouveau_second_facteur(personne_id: UUID | None, siren: str, profil: Profil) -> list[EvenementSensible]:
    """A second factor set up by the person who acts."""
    del siren, profil
    moyens = Authenticator.objects.filter(user_id=personne_id, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
    le = moyens.aggregate(le=Max("created_at"))["le"] if personne_id else None
    return [EvenementSensible(le, "votre second facteur a changé")] if le else []
