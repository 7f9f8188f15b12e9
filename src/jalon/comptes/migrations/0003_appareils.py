"""Browsers that signed in to an account."""

import django.db.models.deletion
import jalon.socle.identifiants
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0002_cache_commun"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appareil",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("empreinte", models.CharField(max_length=64)),
                ("navigateur", models.CharField(max_length=60)),
                ("premier_le", models.DateTimeField()),
                ("dernier_le", models.DateTimeField()),
                (
                    "personne",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dernier_le"], name="appareil_oubli")],
                "constraints": [models.UniqueConstraint(fields=("personne", "empreinte"), name="appareil_unique")],
            },
        ),
    ]
