"""Numbers of tickets."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("aide", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL("CREATE SEQUENCE aide_numero_ticket", "DROP SEQUENCE aide_numero_ticket")]
