"""The application's role only inserts into the journal (exigences, P2)."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations


def retirer(apps: object, editeur: object) -> None:
    editeur.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON journal_evenement FROM "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


def rendre(apps: object, editeur: object) -> None:
    editeur.execute(f'GRANT UPDATE, DELETE ON journal_evenement TO "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(retirer, rendre)]
