"""A call back asked by the contact form, the page that one left, and what people choose of the help."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aide", "0002_numeros"),
        ("comptes", "0004_compte_suspendu"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProfilAide",
            fields=[
                (
                    "personne",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("branche", models.CharField(blank=True, default="", max_length=4, verbose_name="IDCC")),
                ("region", models.CharField(blank=True, default="", max_length=3, verbose_name="région")),
                ("modifie_le", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="ticket",
            name="espace",
            field=models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN de l’espace quitté"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="page",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="nom de la page quittée"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="rappel_le",
            field=models.DateField(null=True, verbose_name="jour souhaité du rappel"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="rappel_moment",
            field=models.CharField(
                blank=True,
                choices=[("matin", "Le matin"), ("apres-midi", "L’après-midi")],
                default="",
                max_length=10,
                verbose_name="demi-journée du rappel",
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="rappele_le",
            field=models.DateTimeField(null=True, verbose_name="rappelé le"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="rappele_par",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="rappelé par"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="telephone",
            field=models.CharField(blank=True, default="", max_length=16, verbose_name="téléphone"),
        ),
    ]
