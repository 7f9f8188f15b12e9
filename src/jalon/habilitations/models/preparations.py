"""Rights prepared in a file for large filers, before they sign in (FAQ, « Cas 1 »)."""

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatOrganisationPreparee, EtatPreparation
from jalon.habilitations.models.rattachements import ModeleDesAcces
from jalon.habilitations.regles import VALIDITE_DEMANDE
from jalon.socle.identifiants import nouvel_id


class PreparationDroits(models.Model):
    """A file of rights as it was read, byte for byte, that two different people of the OPCO sign: the database refuses that
    one of them is both, and that the file, its hash or its author changes.

    `auteur`: who answers for the file; she may be one of the two. `refus`: lines set aside when it was stored, [number, reason].
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    nom = models.CharField("nom du fichier", max_length=200)
    contenu = models.BinaryField("fichier")
    sha256 = models.CharField("empreinte SHA-256 du fichier", max_length=64)
    lignes = models.PositiveIntegerField("lignes lues")
    refus = models.JSONField("lignes refusées", default=list)
    auteur = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    deposee_le = models.DateTimeField()
    etat = models.CharField(
        max_length=10, default=EtatPreparation.EN_ATTENTE, choices=[(e.value, e.value) for e in EtatPreparation]
    )
    premiere_par = models.ForeignKey(Personne, on_delete=models.PROTECT, null=True, related_name="+")
    premiere_le = models.DateTimeField(null=True)
    seconde_par = models.ForeignKey(Personne, on_delete=models.PROTECT, null=True, related_name="+")
    seconde_le = models.DateTimeField(null=True)
    appliquee_le = models.DateTimeField(null=True)
    ecartee_par = models.ForeignKey(Personne, on_delete=models.PROTECT, null=True, related_name="+")
    ecartee_le = models.DateTimeField(null=True)
    motif_ecart = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(etat__in=[EtatPreparation.SIGNEE, EtatPreparation.APPLIQUEE])
                | (Q(premiere_par__isnull=False, seconde_par__isnull=False) & ~Q(seconde_par=F("premiere_par"))),
                name="preparation_signee_par_deux",
            ),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(etat__in=[EtatPreparation.EN_ATTENTE, EtatPreparation.SIGNEE]),
                name="preparation_vivante_unique",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="fichier_intact", fields=["nom", "contenu", "sha256", "lignes", "refus", "auteur", "deposee_le"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.nom} {self.etat}"

    def expiree(self, maintenant: datetime) -> bool:
        """Whether it was not signed by two people in its 30 days."""
        return self.etat == EtatPreparation.EN_ATTENTE and self.deposee_le + VALIDITE_DEMANDE <= maintenant


class OrganisationPreparee(ModeleDesAcces):
    """One side of one SIREN in a preparation, and the lines of the file that are about it: applied whole, or not at all.

    `refus`: why it was not applied, [number, reason]. `invitations`: the links that wait for somebody since.
    """

    preparation = models.ForeignKey(PreparationDroits, on_delete=models.PROTECT, related_name="+")
    denomination = models.TextField("dénomination")
    numeros = ArrayField(models.PositiveIntegerField(), verbose_name="lignes du fichier")
    recherche = models.TextField("noms et adresses, normalisés")
    personnes = models.PositiveIntegerField()
    administrateurs = models.PositiveIntegerField()
    etat = models.CharField(
        max_length=10,
        default=EtatOrganisationPreparee.EN_ATTENTE,
        choices=[(e.value, e.value) for e in EtatOrganisationPreparee],
    )
    refus = models.JSONField("raisons du refus", default=list)
    invitations = ArrayField(models.UUIDField(), default=list, blank=True)
    changees = models.PositiveIntegerField("personnes créées ou complétées", default=0)
    traitee_le = models.DateTimeField(null=True)
    relancee_le = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["preparation", "siren", "prestataire_siren"], name="organisation_preparee_une_fois")
        ]
        indexes: ClassVar = [models.Index(fields=["preparation", "etat"], name="organisation_preparee_etat")]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="lignes_intactes", fields=["preparation", "siren", "prestataire_siren", "profil", "numeros"])
        ]

    def __str__(self) -> str:
        return f"{self.organisation_siren} {self.profil} {self.etat}"
