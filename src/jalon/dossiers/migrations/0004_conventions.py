"""The provider for whom a draft was begun under a convention, and the walk of the requests that name one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0003_index_a_facturer"),
        ("messagerie", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="convention_siren",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=9, verbose_name="SIREN du prestataire sous convention"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(domaine="alternance") & ~models.Q(prestataire_siren=""),
                fields=["prestataire_siren", "siren", "modifie_le", "id"],
                include=("siret", "etat", "date_debut"),
                name="dossier_convention",
            ),
        ),
    ]
