"""Numbers of letters; the history of rights is written by triggers and only inserted by the application's role."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations

HISTOIRES = ("habilitations_rattachementevent", "habilitations_droitaccordeevent")


def retirer(apps: object, editeur: object) -> None:
    for table in HISTOIRES:
        editeur.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


def rendre(apps: object, editeur: object) -> None:
    for table in HISTOIRES:
        editeur.execute(f'GRANT UPDATE, DELETE ON {table} TO "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("habilitations", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE habilitations_numero_lettre", "DROP SEQUENCE habilitations_numero_lettre"),
        migrations.RunPython(retirer, rendre),
    ]
