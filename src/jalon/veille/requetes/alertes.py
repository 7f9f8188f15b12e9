"""Alerts, and who receives them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jalon.comptes.models import Personne
from jalon.habilitations.requetes.opco import roles_en_vigueur
from jalon.habilitations.roles import POUVOIRS
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.veille.models import Alerte


def veilleurs(maintenant: datetime) -> list[Personne]:
    """People of the OPCO who handle the alerts, whatever their portefeuilles."""
    roles = [role.value for role, pouvoirs in POUVOIRS.items() if Pouvoir.VEILLER in pouvoirs]
    lignes = roles_en_vigueur(maintenant).filter(role__role__in=roles)
    return list(Personne.objects.filter(pk__in=lignes.values("role__personne_id")).order_by("nom", "prenom", "id"))


def alertes_visibles(acteur: Acteur) -> QuerySet[Alerte]:
    """Every alert, the newest first, for who handles them; none for anybody else."""
    toutes = Alerte.objects.order_by("-le", "-id")
    return toutes if acteur.portefeuilles(Pouvoir.VEILLER) else toutes.none()


def alerte_accessible(alerte_id: UUID, acteur: Acteur, *, verrou: bool = False) -> Alerte:
    """One alert. Raises Introuvable, DroitManquant."""
    acteur.exiger_pouvoir(Pouvoir.VEILLER, None)
    alertes = alertes_visibles(acteur).filter(pk=alerte_id)
    alerte = (alertes.select_for_update() if verrou else alertes).first()
    if alerte is None:
        raise Introuvable("Nous ne trouvons pas cette alerte.")
    return alerte


def nombre_d_alertes(acteur: Acteur) -> int:
    """How many wait for somebody."""
    return alertes_visibles(acteur).filter(traitee_le__isnull=True).count()
