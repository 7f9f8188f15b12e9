"""Numbers of requests: six digits, holes allowed, given again after a million (the month differs by then)."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE SEQUENCE dossiers_numero AS integer MINVALUE 1 MAXVALUE 999999 CYCLE",
            "DROP SEQUENCE dossiers_numero",
        )
    ]
