"""The default portefeuille, and the removal of indexes that the primary keys (collation « C ») make useless."""

from typing import ClassVar

from django.db import migrations

PORTEFEUILLE = """
INSERT INTO organisations_portefeuille (id, nom) VALUES ('00000000-0000-7000-8000-000000000001', 'Sans affectation')
"""
INDEX_DE_TROP = """
DROP INDEX IF EXISTS organisations_organisation_siren_89bf3273_like;
DROP INDEX IF EXISTS organisations_etablissement_siret_d8a8caf0_like;
DROP INDEX IF EXISTS organisations_sirenportefeuille_siren_36becb33_like;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("organisations", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(PORTEFEUILLE, migrations.RunSQL.noop),
        migrations.RunSQL(INDEX_DE_TROP, migrations.RunSQL.noop),
    ]
