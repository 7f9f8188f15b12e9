"""Requests granted and not invoiced whole, by company: what a cabinet has to invoice, over thousands of clients."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0002_sequence_des_numeros")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["siren", "date_fin"],
                condition=Q(etat="accorde", montant_facture__lt=F("montant_a_payer")),
                name="dossier_a_facturer",
            ),
        ),
    ]
