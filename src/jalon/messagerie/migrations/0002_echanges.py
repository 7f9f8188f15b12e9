"""Documents of messages, who read them, who answers, reminders; and the model answers of the OPCO."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import jalon.socle.identifiants

DOMAINES = ("alternance", "plan", "factures", "reglements", "rib", "salaries", "exports", "acces")


class Migration(migrations.Migration):
    dependencies = [
        ("messagerie", "0001_initial"),
        ("pieces", "0001_initial"),
    ]

    operations = [
        migrations.AddField("fil", "confie_a", models.UUIDField(null=True)),
        migrations.AddField("fil", "confie_a_nom", models.CharField(blank=True, db_default="", default="", max_length=200)),
        migrations.AddField("fil", "confie_le", models.DateTimeField(null=True)),
        migrations.AddField("fil", "relance_le", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "fil",
            models.Index(condition=models.Q(relance_le__isnull=False), fields=["relance_le"], name="fil_relance"),
        ),
        migrations.AddField("message", "lu_le", models.DateTimeField(null=True)),
        migrations.AddField("message", "lu_par_nom", models.CharField(blank=True, db_default="", default="", max_length=200)),
        migrations.CreateModel(
            name="PieceJointe",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rang", models.PositiveSmallIntegerField()),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pieces.document"),
                ),
                (
                    "message",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="messagerie.message"),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("message", "rang"), name="jointe_unique")]},
        ),
        migrations.CreateModel(
            name="ModeleReponse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("siren", models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN")),
                ("siret", models.CharField(blank=True, default="", max_length=14, verbose_name="SIRET")),
                (
                    "prestataire_siren",
                    models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN du prestataire"),
                ),
                ("portefeuille_id", models.UUIDField(blank=True, null=True, verbose_name="portefeuille")),
                ("domaine", models.CharField(blank=True, choices=[(d, d) for d in DOMAINES], default="", max_length=12)),
                ("personne_id", models.UUIDField(null=True)),
                ("titre", models.CharField(max_length=80)),
                ("corps", models.TextField()),
                (
                    "usages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("message", "message"), ("complement", "complement"), ("refus", "refus")], max_length=12
                        ),
                        size=None,
                    ),
                ),
                ("modifie_par_nom", models.CharField(max_length=200)),
                ("modifie_le", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(personne_id__isnull=True, portefeuille_id__isnull=False)
                        | models.Q(personne_id__isnull=False, portefeuille_id__isnull=True),
                        name="modele_d_un_portefeuille_ou_d_une_personne",
                    )
                ]
            },
        ),
    ]
