"""The OPCO may end a convention."""

from django.db import migrations, models

CHOIX = [("client", "client"), ("mandataire", "mandataire"), ("opco", "opco"), ("terme", "terme")]


class Migration(migrations.Migration):
    dependencies = [("habilitations", "0014_conventions")]

    operations = [
        migrations.AlterField(
            model_name=modele,
            name="termine_cote",
            field=models.CharField(blank=True, choices=CHOIX, default="", max_length=10),
        )
        for modele in ("mandat", "mandatevent")
    ]
