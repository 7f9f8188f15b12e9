"""The guided tours that somebody no longer wants to be offered."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0004_compte_suspendu"),
    ]

    operations = [
        migrations.AddField(
            model_name="personne",
            name="visites_vues",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                blank=True,
                default=list,
                size=None,
                verbose_name="visites guidées déjà vues",
            ),
        ),
    ]
