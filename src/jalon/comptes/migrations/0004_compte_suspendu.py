"""An account that the OPCO has cut."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0003_appareils"),
    ]

    operations = [
        migrations.AddField(
            model_name="personne",
            name="suspendue_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="accès coupé depuis"),
        ),
    ]
