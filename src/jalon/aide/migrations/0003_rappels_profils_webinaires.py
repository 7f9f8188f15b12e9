"""A call back asked by the contact form, what people choose of the help, and webinars."""

import django.db.models.deletion
import jalon.socle.identifiants
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aide", "0002_numeros"),
        ("comptes", "0004_compte_suspendu"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.CreateModel(
            name="Webinaire",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("titre", models.CharField(max_length=120)),
                ("resume", models.TextField(verbose_name="résumé")),
                ("debut", models.DateTimeField(verbose_name="début")),
                ("duree", models.PositiveSmallIntegerField(verbose_name="durée")),
                ("places", models.PositiveSmallIntegerField()),
                ("lien", models.URLField(max_length=500, verbose_name="lien de connexion")),
                ("region", models.CharField(blank=True, default="", max_length=3, verbose_name="région")),
                ("branche", models.CharField(blank=True, default="", max_length=4, verbose_name="IDCC")),
                ("annule_le", models.DateTimeField(null=True, verbose_name="annulé le")),
            ],
            options={
                "indexes": [models.Index(fields=["debut"], name="webinaire_debut")],
            },
        ),
        migrations.CreateModel(
            name="InscriptionWebinaire",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("le", models.DateTimeField()),
                (
                    "personne",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "webinaire",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="aide.webinaire"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("webinaire", "personne"), name="inscription_unique")],
            },
        ),
    ]
