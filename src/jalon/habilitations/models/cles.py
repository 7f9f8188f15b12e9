"""Keys of the API: only their hash is kept."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalon.habilitations.models.rattachements import ModeleDesAcces
from jalon.habilitations.regles_des_cles import MOTIF_MAX, NOM_MAX
from jalon.socle.acteurs import Domaine, Niveau


class CleApi(ModeleDesAcces):
    """A key of one side of a SIREN, for chosen scopes, until a day. It belongs to the organisation, not to who made it.

    `droits`: « domaine:niveau », « domaine/dispositif:niveau ». `sirets` empty: the whole SIREN. `adresses` empty: from anywhere. `ancienne`: brought from the
    former portal, of any shape, without the last characters that tell ours apart. `suspendue_le`: cut by the OPCO, until two
    of its people give it back.
    """

    nom = models.CharField(max_length=NOM_MAX)
    droits = ArrayField(models.CharField(max_length=60))
    sirets = ArrayField(models.CharField(max_length=14), default=list, verbose_name="établissements")
    adresses = ArrayField(models.CharField(max_length=49), default=list, verbose_name="adresses et réseaux permis")
    ancienne = models.BooleanField("clé de l’ancien portail", default=False)
    empreinte = models.CharField(max_length=64, unique=True)
    indice = models.CharField("derniers caractères", max_length=4, default="", blank=True)
    creee_le = models.DateTimeField()
    creee_par = models.UUIDField(null=True)
    expire_le = models.DateTimeField()
    suspendue_le = models.DateTimeField(null=True)
    revoquee_le = models.DateTimeField(null=True)
    revoquee_par = models.UUIDField(null=True)
    motif_revocation = models.CharField(max_length=MOTIF_MAX, default="", blank=True)
    dernier_usage_le = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(droits__len__gt=0), name="cle_ouvre_quelque_chose"),
            models.CheckConstraint(
                condition=~Q(droits__contains=[f"{Domaine.ACCES.value}:{Niveau.GESTION.value}"]), name="cle_n_administre_pas"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["siren", "nom"], name="cle_siren_nom"),
            models.Index(fields=["prestataire_siren", "nom"], name="cle_prestataire_nom"),
            models.Index(fields=["expire_le"], condition=Q(revoquee_le__isnull=True), name="cle_expire"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} …{self.indice}" if self.indice else self.nom
