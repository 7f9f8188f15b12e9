"""Keys of the API: scopes instead of verbs, establishments, addresses, reason of a revocation, keys of the former portal."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

LIRE_LES_DOSSIERS = "UPDATE habilitations_cleapi SET droits = ARRAY['alternance:1', 'plan:1']::varchar(20)[]"
"""The one verb there was."""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("habilitations", "0003_decisions_a_deux")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="cleapi",
            name="droits",
            field=ArrayField(models.CharField(max_length=20), default=list, size=None),
            preserve_default=False,
        ),
        migrations.RunSQL(LIRE_LES_DOSSIERS, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="cleapi", name="verbes"),
        migrations.AddField(
            model_name="cleapi",
            name="sirets",
            field=ArrayField(models.CharField(max_length=14), default=list, size=None, verbose_name="établissements"),
        ),
        migrations.AddField(
            model_name="cleapi",
            name="adresses",
            field=ArrayField(models.CharField(max_length=49), default=list, size=None, verbose_name="adresses et réseaux permis"),
        ),
        migrations.AddField(
            model_name="cleapi",
            name="ancienne",
            field=models.BooleanField(default=False, verbose_name="clé de l’ancien portail"),
        ),
        migrations.AddField(
            model_name="cleapi",
            name="motif_revocation",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AlterField(
            model_name="cleapi",
            name="indice",
            field=models.CharField(blank=True, default="", max_length=4, verbose_name="derniers caractères"),
        ),
        migrations.AddIndex(
            model_name="cleapi",
            index=models.Index(condition=models.Q(("revoquee_le__isnull", True)), fields=["expire_le"], name="cle_expire"),
        ),
        migrations.AddConstraint(
            model_name="cleapi",
            constraint=models.CheckConstraint(condition=models.Q(("droits__len__gt", 0)), name="cle_ouvre_quelque_chose"),
        ),
        migrations.AddConstraint(
            model_name="cleapi",
            constraint=models.CheckConstraint(
                condition=models.Q(("droits__contains", ["acces:4"]), _negated=True), name="cle_n_administre_pas"
            ),
        ),
    ]
