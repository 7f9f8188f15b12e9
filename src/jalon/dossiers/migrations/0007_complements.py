"""A demand for a complement says why for each thing, what it ended in, and between which versions of the content."""

import django.contrib.postgres.fields
from django.db import migrations, models

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
        ("dossiers", "0005_versions_des_avenants"),
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
    ]
