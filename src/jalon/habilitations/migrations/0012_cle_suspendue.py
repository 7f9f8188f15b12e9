"""A key of the API that the OPCO cuts can be given back (docs/adr/0018)."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("habilitations", "0011_droits_prepares")]
    operations: ClassVar = [
        migrations.AddField(model_name="cleapi", name="suspendue_le", field=models.DateTimeField(null=True)),
    ]
