"""A key that was cut, then restored, may be cut again."""

from typing import ClassVar

import jalon.veille.enums
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("veille", "0001_initial")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="coupure", name="coupure_cle_unique"),
        migrations.AddConstraint(
            model_name="coupure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cible", jalon.veille.enums.Cible["CLE"]), ("levee_le__isnull", True)),
                fields=("cle_id",),
                name="coupure_cle_unique",
            ),
        ),
    ]
