from django.db import migrations, models

from jalon.socle.identifiants import nouvel_id


class Migration(migrations.Migration):
    """Whether an account that nobody verified is paid: until the OPCO says otherwise, it is not (exigences, T5)."""

    dependencies = [("referentiels", "0004_decision_automatique")]

    operations = [
        migrations.CreateModel(
            name="ReglagePaiement",
            fields=[
                ("id", models.UUIDField(default=nouvel_id, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("valide_du", models.DateField()),
                ("valide_au", models.DateField(blank=True, null=True)),
                ("retiree", models.BooleanField(default=False)),
                ("source_url", models.URLField(blank=True, default="", max_length=300)),
                (
                    "origine",
                    models.CharField(choices=[("paquet", "paquet"), ("opco", "opco")], default="paquet", max_length=6),
                ),
                (
                    "compte_verifie",
                    models.BooleanField(default=True, verbose_name="un compte que personne n’a vérifié n’est pas payé"),
                ),
            ],
            options={
                "verbose_name": "réglage des paiements",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "revision"), name="reglagepaiement_revision_unique"),
                    models.CheckConstraint(
                        condition=models.Q(valide_au__isnull=True) | models.Q(valide_au__gte=models.F("valide_du")),
                        name="reglagepaiement_dates",
                    ),
                ],
            },
        ),
    ]
