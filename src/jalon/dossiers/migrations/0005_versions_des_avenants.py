"""A version of the content may come from an avenant."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_conventions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="versioncontenu",
            name="motif",
            field=models.CharField(
                choices=[("transmission", "transmission"), ("complement", "complement"), ("avenant", "avenant")], max_length=16
            ),
        ),
    ]
