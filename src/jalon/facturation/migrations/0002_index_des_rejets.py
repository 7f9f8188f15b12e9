"""Refused invoices by side: few among all, counted for thousands of clients at once."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("facturation", "0001_initial")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="facture",
            index=models.Index(fields=["siren"], condition=Q(etat="rejetee"), name="facture_rejetee_siren"),
        ),
        migrations.AddIndex(
            model_name="facture",
            index=models.Index(fields=["prestataire_siren"], condition=Q(etat="rejetee"), name="facture_rejetee_prestataire"),
        ),
    ]
