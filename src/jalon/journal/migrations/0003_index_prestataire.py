"""The journal of accesses of a provider, without reading the events of the requests that it trains for."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0002_insertion_seule")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="evenement",
            index=models.Index(
                fields=["prestataire_siren", "-le"],
                condition=Q(domaine__in=("acces", "rib")) & ~Q(prestataire_siren=""),
                name="journal_prestataire",
            ),
        ),
    ]
