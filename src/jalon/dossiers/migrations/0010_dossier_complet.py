"""One request as one PDF with its documents: asked, then made by the job of the acts on many requests."""

from typing import ClassVar

from django.db import migrations, models

GENRES = [(g, g) for g in ("supprimer", "pieces", "attribuer", "complet")]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0009_modification_retiree")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="operationennombre",
            name="genre",
            field=models.CharField(choices=GENRES, max_length=12),
        ),
        migrations.AddField(
            model_name="operationennombre",
            name="cote",
            field=models.CharField(blank=True, db_default="", default="", max_length=12, verbose_name="côté"),
        ),
        migrations.AddField(
            model_name="operationennombre",
            name="feuillets",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
    ]
