"""A school is also found by its SIRET, a certification by its code diplôme."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referentiels", "0002_referentiels_officiels")]

    operations = [
        migrations.AddIndex(
            model_name="certification",
            index=models.Index(fields=["cfd"], name="certification_cfd"),
        ),
        migrations.AddIndex(
            model_name="etablissementuai",
            index=models.Index(fields=["siret"], name="uai_siret"),
        ),
    ]
