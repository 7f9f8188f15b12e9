"""Numbers of batches: six digits, holes allowed, given again after a million (the day differs by then)."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reglements", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE SEQUENCE reglements_lot_numero AS integer MINVALUE 1 MAXVALUE 999999 CYCLE",
            "DROP SEQUENCE reglements_lot_numero",
        )
    ]
