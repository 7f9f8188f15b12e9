"""A demand for a complement says why for each thing, what it ended in, and between which versions of the content; and what a
company changes, or asks to change, in a request that was sent."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import jalon.socle.identifiants

DOMAINES = ("alternance", "plan", "factures", "reglements", "rib", "salaries", "exports", "acces")

REPONDUES = """
    UPDATE dossiers_demandecomplement d SET issue = 'repondu', version = v.numero - 1, version_rendue = v.numero
    FROM dossiers_versioncontenu v
    WHERE v.dossier_id = d.dossier_id AND v.le = d.satisfaite_le AND v.motif = 'complement'
"""
SANS_SUITE = "UPDATE dossiers_demandecomplement SET issue = 'sans_suite' WHERE satisfaite_le IS NOT NULL AND issue = ''"
EN_COURS = """
    UPDATE dossiers_demandecomplement d SET version = o.contenu_version
    FROM dossiers_dossier o WHERE o.id = d.dossier_id AND d.satisfaite_le IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0006_index_des_listes"),
    ]

    operations = [
        migrations.AlterField("demandecomplement", "message", models.TextField(blank=True)),
        migrations.AddField(
            "demandecomplement",
            "liees",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=120), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField("demandecomplement", "motifs", models.JSONField(blank=True, default=dict)),
        migrations.AddField("demandecomplement", "version", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.AddField("demandecomplement", "commencee_le", models.DateTimeField(null=True)),
        migrations.AddField(
            "demandecomplement",
            "issue",
            models.CharField(
                blank=True,
                choices=[("repondu", "repondu"), ("retire", "retire"), ("sans_suite", "sans_suite")],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            "demandecomplement", "motif_fin", models.CharField(blank=True, db_default="", default="", max_length=500)
        ),
        migrations.AddField("demandecomplement", "version_rendue", models.PositiveIntegerField(null=True)),
        migrations.RunSQL([REPONDUES, SANS_SUITE, EN_COURS], migrations.RunSQL.noop),
        migrations.AddConstraint(
            "demandecomplement",
            models.CheckConstraint(
                condition=models.Q(satisfaite_le__isnull=True, issue="")
                | models.Q(satisfaite_le__isnull=False) & ~models.Q(issue=""),
                name="complement_issue_si_clos",
            ),
        ),
        migrations.AlterField(
            "versioncontenu",
            "motif",
            models.CharField(
                choices=[
                    ("transmission", "transmission"),
                    ("complement", "complement"),
                    ("avenant", "avenant"),
                    ("mise_a_jour", "mise_a_jour"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="DemandeModification",
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
                ("chemin", models.CharField(max_length=120)),
                ("libelle", models.CharField(max_length=200, verbose_name="libellé")),
                ("souhait", models.CharField(blank=True, max_length=500)),
                ("motif", models.CharField(max_length=500)),
                (
                    "etat",
                    models.CharField(
                        choices=[("demandee", "demandee"), ("acceptee", "acceptee"), ("refusee", "refusee")],
                        default="demandee",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("par", models.UUIDField(null=True)),
                ("par_nom", models.CharField(max_length=200)),
                ("le", models.DateTimeField()),
                ("reponse", models.CharField(blank=True, default="", max_length=500, verbose_name="réponse")),
                ("decidee_par_nom", models.CharField(blank=True, default="", max_length=200)),
                ("decidee_le", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dossiers.dossier"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(etat="demandee"), fields=["portefeuille_id", "le"], name="modification_demandee"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(etat="demandee"),
                        fields=("dossier", "chemin"),
                        name="modification_demandee_unique",
                    )
                ],
            },
        ),
    ]
