"""Groups of establishments that an administrator names, to give rights on them at once."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalon.habilitations.models.rattachements import ModeleDesAcces
from jalon.socle.acteurs import Profil


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class GroupeEtablissements(ModeleDesAcces):
    """Some SIRET of a company under a name; none at first. A right on the group opens what it holds at each request.

    A closed establishment stays. It is put aside, never deleted: the rights that it carried are part of the history.
    `cle`: the name without accents nor capitals, one group a company. Providers have no group: their rights are on the SIREN.
    """

    nom = models.CharField(max_length=80)
    cle = models.CharField("nom normalisé", max_length=80)
    sirets = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    cree_le = models.DateTimeField()
    cree_par = models.UUIDField(null=True)
    supprime_le = models.DateTimeField(null=True)
    supprime_par = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["siren", "cle"], condition=Q(supprime_le__isnull=True), name="groupe_nom_unique"),
            models.CheckConstraint(
                condition=Q(profil=Profil.ADHERENT, prestataire_siren="") & ~Q(siren="") & ~Q(cle=""),
                name="groupe_d_une_entreprise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.siren} {self.nom}"
