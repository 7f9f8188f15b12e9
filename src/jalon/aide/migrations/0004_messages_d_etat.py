"""What the OPCO says of the portal at the top of its pages."""

import django.contrib.postgres.fields
import jalon.socle.identifiants
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aide", "0003_rappels_profils_webinaires"),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageEtat",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "niveau",
                    models.CharField(
                        choices=[
                            ("perturbation", "Perturbation"),
                            ("maintenance", "Maintenance"),
                            ("information", "Information"),
                        ],
                        max_length=12,
                    ),
                ),
                ("texte", models.CharField(max_length=240, verbose_name="message")),
                ("debut", models.DateTimeField(verbose_name="début")),
                ("fin_prevue", models.DateTimeField(null=True, verbose_name="fin prévue")),
                ("terminee_le", models.DateTimeField(null=True, verbose_name="terminé le")),
                ("publics", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ("guide", models.CharField(blank=True, default="", max_length=40, verbose_name="code du guide")),
                ("auteur", models.CharField(max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["-debut"], name="etat_debut")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fin_prevue__gt", models.F("debut"))), name="etat_fin_apres_debut")
                ],
            },
        ),
    ]
