"""Keys of the API: only their hash is kept."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalon.habilitations.enums import VerbeApi
from jalon.habilitations.models.rattachements import ModeleDesAcces


class CleApi(ModeleDesAcces):
    """A key of one side of a SIREN, for chosen verbs, for twelve months at most."""

    nom = models.CharField(max_length=80)
    verbes = ArrayField(models.CharField(max_length=40, choices=[(v.value, v.value) for v in VerbeApi]))
    empreinte = models.CharField(max_length=64, unique=True)
    indice = models.CharField("derniers caractères", max_length=4)
    creee_le = models.DateTimeField()
    creee_par = models.UUIDField(null=True)
    expire_le = models.DateTimeField()
    revoquee_le = models.DateTimeField(null=True)
    revoquee_par = models.UUIDField(null=True)
    dernier_usage_le = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["siren", "nom"], name="cle_siren_nom"),
            models.Index(fields=["prestataire_siren", "nom"], name="cle_prestataire_nom"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} …{self.indice}"
