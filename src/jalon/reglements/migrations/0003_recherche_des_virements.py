"""Words that find a payment: those of its invoice, who is paid, the references."""

from typing import Any, ClassVar

from django.db import migrations, models

from jalon.socle.texte import normaliser


def remplir(apps: Any, schema_editor: Any) -> None:
    del schema_editor
    virements = apps.get_model("reglements", "Virement").objects
    lus = virements.values_list("pk", "facture__recherche", "beneficiaire", "end_to_end", "reference")
    for cle, de_la_facture, *propres in lus.iterator():
        virements.filter(pk=cle).update(recherche=f"{de_la_facture} {normaliser(' '.join(propres))}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("reglements", "0002_sequence_des_lots"),
        ("facturation", "0005_reference_interne_cherchee"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            model_name="virement",
            name="recherche",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(remplir, migrations.RunPython.noop),
    ]
