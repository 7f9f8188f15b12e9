"""The register of revelations, insert-only, and the chain that seals it (exigences, P2)."""

import django.contrib.postgres.fields
import jalon.socle.identifiants
from django.conf import settings
from django.db import migrations, models


def retirer(apps: object, editeur: object) -> None:
    """The application inserts revelations, and only reads their seals; the role of the seal is granted by `preparer-base`."""
    role = settings.JALON_ROLE_APP
    editeur.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON journal_revelation FROM "{role}"')  # type: ignore[attr-defined]
    editeur.execute(f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON journal_blocscelle FROM "{role}"')  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0003_index_prestataire"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlocScelle",
            fields=[
                ("rang", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("scelle_le", models.DateTimeField()),
                ("premiere", models.UUIDField()),
                ("derniere", models.UUIDField()),
                ("nombre", models.PositiveIntegerField()),
                ("lignes", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("precedente", models.CharField(max_length=64)),
                ("empreinte", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["scelle_le"], name="bloc_scelle_le")],
            },
        ),
        migrations.CreateModel(
            name="Revelation",
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
                (
                    "domaine",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alternance", "alternance"),
                            ("plan", "plan"),
                            ("factures", "factures"),
                            ("reglements", "reglements"),
                            ("rib", "rib"),
                            ("salaries", "salaries"),
                            ("exports", "exports"),
                            ("acces", "acces"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=models.Func(function="clock_timestamp", output_field=models.DateTimeField()), editable=False
                    ),
                ),
                (
                    "sensible",
                    models.CharField(choices=[("nir", "nir"), ("iban", "iban"), ("document", "document")], max_length=8),
                ),
                ("acteur_id", models.UUIDField(null=True)),
                ("acteur_libelle", models.CharField(max_length=200)),
                ("objet_type", models.CharField(max_length=40)),
                ("objet_id", models.CharField(max_length=40)),
                ("objet_libelle", models.CharField(max_length=200)),
                ("motif", models.CharField(max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-le", "-id"], name="revelation_le"),
                    models.Index(fields=["inscrit_le"], name="revelation_inscrit"),
                    models.Index(fields=["acteur_id", "-le"], name="revelation_acteur"),
                ],
            },
        ),
        migrations.RunPython(retirer, migrations.RunPython.noop),
    ]
