"""The queue of e-mails. What was sent is kept as subject and template version; a direct body is ciphertext, wiped once sent."""

from typing import ClassVar

from django.db import models

from jalon.courriers.enums import EtatCourriel
from jalon.socle.identifiants import nouvel_id


class Courriel(models.Model):
    """One message to one address."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    genre = models.CharField(max_length=60)
    objet_id = models.UUIDField(null=True)
    cle = models.CharField(max_length=80, default="", blank=True)
    destinataire_id = models.UUIDField(null=True)
    adresse = models.EmailField()
    etat = models.CharField(max_length=12, default=EtatCourriel.A_ENVOYER, choices=[(e.value, e.value) for e in EtatCourriel])
    sujet = models.CharField(max_length=200, default="", blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    texte = models.TextField(default="", blank=True)
    html = models.TextField(default="", blank=True)
    prepare_le = models.DateTimeField()
    envoye_le = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["genre", "objet_id", "adresse", "cle"],
                condition=models.Q(objet_id__isnull=False),
                name="courriel_une_fois",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["etat", "prepare_le"], name="courriel_attente"),
            models.Index(fields=["prepare_le"], name="courriel_prepare"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.etat}"
