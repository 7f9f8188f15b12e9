"""Roles at the OPCO, over named portefeuilles: a role without a row of portefeuille reaches nothing."""

from typing import ClassVar

from django.db import models

from jalon.comptes.models import Personne
from jalon.habilitations.enums import LIBELLES_ROLES, Role
from jalon.organisations.models import Portefeuille
from jalon.socle.identifiants import nouvel_id


class RoleOpco(models.Model):
    """One role of one person, with dates."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=[(r.value, LIBELLES_ROLES[r]) for r in Role])
    debut = models.DateTimeField()
    fin = models.DateTimeField(null=True)
    donne_par = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["personne", "debut"], name="role_personne")]

    def __str__(self) -> str:
        return self.role


class PortefeuilleDuRole(models.Model):
    """One portefeuille of a role."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    role = models.ForeignKey(RoleOpco, on_delete=models.CASCADE, related_name="portefeuilles")
    portefeuille = models.ForeignKey(Portefeuille, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "portefeuille"], name="portefeuille_du_role")]

    def __str__(self) -> str:
        return str(self.portefeuille_id)
