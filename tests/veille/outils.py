"""People and places of the tests of surveillance."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from jalon.comptes.models import Personne
from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.enums import Role
from jalon.habilitations.models import Rattachement
from jalon.socle.acteurs import Profil
from tests.dossiers import fabrique as dossiers
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, PORTEFEUILLE, SIREN
from tests.habilitations import fabrique as acces
from tests.seances import navigateur_de

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def karim(nom: str = "Karim") -> Personne:
    """An administrator of the OPCO."""
    return acces.agent(Role.ADMINISTRATEUR_OPCO, (PORTEFEUILLE, AUTRE_PORTEFEUILLE), nom, "Essai")


def hugo(portefeuille: Any = PORTEFEUILLE, prenom: str = "Hugo") -> Personne:
    """An AEF."""
    return acces.agent(Role.AEF, (portefeuille,), prenom, "Essai")


def emma(portefeuille: Any = PORTEFEUILLE) -> Personne:
    """An adviser."""
    return acces.agent(Role.CONSEILLER, (portefeuille,), "Emma", "Essai")


def aline(siren: str = SIREN, prenom: str = "Aline", **autres: Any) -> Personne:
    """Somebody who administers a company of that portefeuille."""
    qui = acces.personne(prenom, "Essai")
    rattacher(qui, siren, **autres)
    return qui


def rattacher(qui: Personne, siren: str, profil: Profil = Profil.ADHERENT, **autres: Any) -> Rattachement:
    """A link, in the portefeuille of the place."""
    lien = acces.rattacher(qui, siren, profil, **autres)
    lien.portefeuille_id = AUTRE_PORTEFEUILLE if siren == AUTRE_SIREN else PORTEFEUILLE
    lien.save(update_fields=["portefeuille_id"])
    return lien


def acteur(qui: Personne, le: datetime = LE) -> ActeurPersonne:
    """The same person, read again."""
    return acces.ActeurConfirme(Personne.objects.get(pk=qui.pk), le)


def copies(modele: Dossier, nombre: int, **changements: Any) -> list[Dossier]:
    """Sent requests like that one, each with its own number."""
    faits = []
    for rang in range(nombre):
        copie = Dossier.objects.tous("essai").get(pk=modele.pk)
        copie.pk, copie.numero = dossiers.Dossier().pk, f"2612AF{rang:06d}"
        for nom, valeur in changements.items():
            setattr(copie, nom, valeur)
        faits.append(copie)
    Dossier.objects.tous("essai").bulk_create(faits)
    return faits


def navigateur(qui: Personne) -> Client:
    """A signed-in browser."""
    return navigateur_de(qui, raise_request_exception=False)
