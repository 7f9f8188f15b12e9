"""What the OPCO knows of providers and that no public list says."""

from django.db import models


class DeclarationActivite(models.Model):
    """The day when the déclaration d’activité of a provider was registered, as it proved it: under six months, its advances wait for
    a proof that the training began (R6332-25, V). `differe`: the first of them also waits for the third month."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True, db_collation="C")
    enregistree_le = models.DateField("enregistrée le")
    differe = models.BooleanField("premier versement au troisième mois", default=False)
    saisie_le = models.DateTimeField()
    saisie_par_nom = models.CharField(max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.siren} {self.enregistree_le}"
