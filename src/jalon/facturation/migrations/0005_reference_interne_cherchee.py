"""An invoice is found by the internal reference of its request too."""

from typing import Any, ClassVar

from django.db import migrations

from jalon.socle.texte import normaliser


def completer(apps: Any, schema_editor: Any) -> None:
    del schema_editor
    factures = apps.get_model("facturation", "Facture").objects.exclude(engagement__dossier__reference_interne="")
    lues = factures.values_list("pk", "recherche", "engagement__dossier__reference_interne")
    for cle, recherche, reference in lues.iterator():
        factures.filter(pk=cle).update(recherche=f"{recherche} {normaliser(reference)}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("facturation", "0004_trop_percus")]
    operations: ClassVar = [migrations.RunPython(completer, migrations.RunPython.noop)]
