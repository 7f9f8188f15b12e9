"""An organisation that the OPCO has cut; the index holds those alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_portefeuille_par_defaut"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="suspendue_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="accès coupé depuis"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("suspendue_le__isnull", False)), fields=["siren"], name="organisation_suspendue"
            ),
        ),
    ]
