"""A draft may be the copy of a request, and a part of one that was split; the same act may be asked on many requests."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import jalon.socle.identifiants

GENRES = [("supprimer", "supprimer"), ("pieces", "pieces"), ("attribuer", "attribuer")]
ETATS = [(e, e) for e in ("demandee", "en_cours", "terminee", "arretee", "expiree")]
DOMAINES = [(d, d) for d in ("alternance", "plan", "factures", "reglements", "rib", "salaries", "exports", "acces")]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0007_complements")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="dossier",
            name="origine",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="dossiers.dossier",
                verbose_name="copié de",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="lot",
            field=models.UUIDField(blank=True, null=True, verbose_name="lot de scission"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="lot_rang",
            field=models.PositiveSmallIntegerField(blank=True, db_default=0, default=0, verbose_name="rang dans le lot"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(condition=Q(lot__isnull=False), fields=["lot", "lot_rang"], name="dossier_lot"),
        ),
        migrations.CreateModel(
            name="OperationEnNombre",
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
                ("domaine", models.CharField(blank=True, choices=DOMAINES, default="", max_length=12)),
                ("genre", models.CharField(choices=GENRES, max_length=12)),
                ("etat", models.CharField(choices=ETATS, default="demandee", max_length=10, verbose_name="état")),
                ("personne", models.UUIDField()),
                ("par_filtre", models.BooleanField(default=False)),
                ("liste", models.CharField(blank=True, default="", max_length=20)),
                ("filtre", models.JSONField(blank=True, default=dict)),
                (
                    "dossiers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None),
                ),
                ("beneficiaire", models.UUIDField(blank=True, null=True, verbose_name="bénéficiaire")),
                ("faits", models.PositiveIntegerField(default=0)),
                (
                    "servis",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None),
                ),
                ("refus", models.JSONField(blank=True, default=list)),
                ("octets", models.PositiveBigIntegerField(default=0)),
                ("demandee_le", models.DateTimeField()),
                ("finie_le", models.DateTimeField(blank=True, null=True)),
            ],
            options={"indexes": [models.Index(fields=["personne", "-demandee_le"], name="operation_personne")]},
        ),
    ]
