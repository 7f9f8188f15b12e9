"""Mandates written in conventions: those that a provider declared, those that no administrator of the client has been told of."""

from datetime import datetime

from django.db.models import Q

from jalon.habilitations.administrateurs import administrateurs_de
from jalon.habilitations.enums import OrigineMandat
from jalon.habilitations.models import Mandat
from jalon.habilitations.requetes.mandats import FINIS_MONTRES, MandatAffiche, affichages
from jalon.socle.acteurs import Acteur, Pouvoir, Profil

MONTREES = 200


def conventions_declarees(mandataire: str, acteur: Acteur, maintenant: datetime) -> list[MandatAffiche]:
    """Those of a provider whose accesses the actor sees, last declared first: those that run or will, and those that ended in the
    last twelve months."""
    depuis = maintenant - FINIS_MONTRES
    conventions = (
        Mandat.objects.visibles_par(acteur)
        .filter(mandataire_siren=mandataire, origine=OrigineMandat.CONVENTION)
        .filter(Q(termine_le__isnull=True, fin__gt=depuis) | Q(termine_le__gt=depuis))
        .order_by("-cree_le", "-id")
    )
    return affichages(conventions, maintenant, acteur)


def conventions_sans_administrateur(acteur: Acteur, maintenant: datetime) -> list[MandatAffiche]:
    """In the portefeuilles of the adviser, those that run or will where nobody administers the client: nobody but its head office
    can say that it did not sign. Last declared first."""
    conventions = Mandat.objects.visibles_par(acteur).filter(
        origine=OrigineMandat.CONVENTION,
        portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.DEMANDER_CODES)),
        termine_le__isnull=True,
        fin__gt=maintenant,
    )
    clients = set(conventions.order_by().values_list("siren", flat=True).distinct())
    seuls = clients - set(administrateurs_de(clients, Profil.ADHERENT, maintenant))
    montrees = conventions.filter(siren__dans=seuls).order_by("-cree_le", "-id")[:MONTREES]
    return affichages(list(montrees.select_related("piece")), maintenant, acteur)
