"""An account that the OPCO has cut."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0002_cache_commun"),
    ]

    operations = [
        migrations.AddField(
            model_name="personne",
            name="suspendue_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="accès coupé depuis"),
        ),
    ]
