"""A second factor that its owner lost: who asked, who confirmed, the letter, who replaced it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatPerte
from jalon.habilitations.models.codes import PROFILS, AvisPostal
from jalon.socle.identifiants import nouvel_id

EN_COURS = (EtatPerte.DEMANDEE, EtatPerte.CONFIRMEE)


class PerteSecondFacteur(models.Model):
    """Two people of the OPCO and a letter to the head office, whatever the code says: the base refuses less (exigences, T14).

    `siren` and `profil`: the organisation that is written to, of the `portefeuille_id` whose people decide.
    `lettre_postee_le`: copied from the letter when the second person confirms.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    siren = models.CharField("SIREN", max_length=9)
    profil = models.CharField(max_length=12, choices=PROFILS)
    portefeuille_id = models.UUIDField("portefeuille")
    etat = models.CharField(max_length=10, choices=[(e.value, e.value) for e in EtatPerte])
    demandee_le = models.DateTimeField()
    preuve = models.CharField("comment l’identité a été vérifiée", max_length=500, default="", blank=True)
    premier_par = models.UUIDField(null=True)
    premier_le = models.DateTimeField(null=True)
    avis = models.ForeignKey(AvisPostal, on_delete=models.PROTECT, null=True, related_name="+")
    lettre_postee_le = models.DateTimeField(null=True)
    second_par = models.UUIDField(null=True)
    second_le = models.DateTimeField(null=True)
    motif = models.CharField(max_length=500, default="", blank=True)
    close_le = models.DateTimeField(null=True)
    close_par = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["personne"], condition=Q(etat__in=EN_COURS), name="perte_une_en_cours"),
            models.CheckConstraint(
                condition=~Q(etat=EtatPerte.CONFIRMEE)
                | Q(premier_par__isnull=False, premier_le__isnull=False, avis__isnull=False) & ~Q(preuve=""),
                name="perte_confirmee_avec_preuve",
            ),
            models.CheckConstraint(
                condition=~Q(etat=EtatPerte.REMPLACEE)
                | Q(
                    premier_par__isnull=False,
                    second_par__isnull=False,
                    lettre_postee_le__isnull=False,
                    second_le__gte=F("lettre_postee_le"),
                )
                & ~Q(second_par=F("premier_par")),
                name="perte_deux_personnes_et_une_lettre",
            ),
            models.CheckConstraint(
                condition=(Q(premier_par__isnull=True) | ~Q(premier_par=F("personne_id")))
                & (Q(second_par__isnull=True) | ~Q(second_par=F("personne_id"))),
                name="perte_jamais_pour_soi",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["portefeuille_id", "etat"], name="perte_attente")]

    def __str__(self) -> str:
        return f"{self.siren} {self.etat}"
