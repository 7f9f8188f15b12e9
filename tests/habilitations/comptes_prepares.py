"""Accounts and links of the tests of prepared rights."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from jalon.comptes.models import Personne
from jalon.habilitations.actions.invitations import rattacher_invitations
from jalon.habilitations.models import (
    Rattachement,
)
from tests.habilitations.fabrique import (
    LE,
)

BRUNO = "bruno@essai.example"
CHLOE = "chloe@essai.example"
JOUR = timedelta(days=1)


def liens(**champs: Any) -> list[Rattachement]:
    return list(Rattachement.objects.tous("essai").filter(**champs).order_by("id"))


def compte(adresse: str = BRUNO, *, verifiee: bool = True, second_facteur: bool = True) -> Personne:
    creee = Personne.objects.create_user(adresse, prenom="Bruno", nom="Marchetti")
    EmailAddress.objects.create(user=creee, email=adresse, verified=verifiee, primary=True)
    if second_facteur:
        Authenticator.objects.create(user=creee, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return creee


def entrer(qui: Personne, le: Any = LE) -> list[Rattachement]:
    return rattacher_invitations(personne_id=qui.id, maintenant=le)
