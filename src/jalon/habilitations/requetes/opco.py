"""Who works at the OPCO, on which portefeuilles."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.comptes.models import Personne
from jalon.habilitations.models import PortefeuilleDuRole
from jalon.habilitations.roles import POUVOIRS
from jalon.socle.acteurs import Pouvoir


def roles_en_vigueur(maintenant: datetime) -> QuerySet[PortefeuilleDuRole]:
    """Rows role × portefeuille of open accounts of the OPCO, at that instant."""
    return PortefeuilleDuRole.objects.filter(
        Q(role__fin__isnull=True) | Q(role__fin__gt=maintenant),
        role__debut__lte=maintenant,
        role__personne__is_active=True,
        role__personne__est_opco=True,
        role__personne__suspendue_le__isnull=True,
    )


def personnes_du_pouvoir(pouvoir: Pouvoir, portefeuille_id: UUID | None, maintenant: datetime) -> list[Personne]:
    """People whose role gives that power on that portefeuille."""
    if portefeuille_id is None:
        return []
    roles = [role.value for role, pouvoirs in POUVOIRS.items() if pouvoir in pouvoirs]
    lignes = roles_en_vigueur(maintenant).filter(portefeuille_id=portefeuille_id, role__role__in=roles)
    return list(Personne.objects.filter(id__in=lignes.values("role__personne_id")).order_by("nom", "prenom", "id"))
