import django.db.models.deletion
from django.db import migrations, models

from jalon.socle.acteurs import Domaine
from jalon.socle.identifiants import nouvel_id


class Migration(migrations.Migration):
    """Contracts whose level of funding was published after their grant."""

    dependencies = [("instruction", "0002_decisions_automatiques"), ("dossiers", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Regularisation",
            fields=[
                ("id", models.UUIDField(default=nouvel_id, editable=False, primary_key=True, serialize=False)),
                ("siren", models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN")),
                ("siret", models.CharField(blank=True, default="", max_length=14, verbose_name="SIRET")),
                (
                    "prestataire_siren",
                    models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN du prestataire"),
                ),
                ("portefeuille_id", models.UUIDField(blank=True, null=True, verbose_name="portefeuille")),
                (
                    "domaine",
                    models.CharField(blank=True, choices=[(d.value, d.value) for d in Domaine], default="", max_length=12),
                ),
                (
                    "montant",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="niveau publié, en euros par an"),
                ),
                ("source", models.CharField(max_length=300)),
                ("trouvee_le", models.DateTimeField(verbose_name="trouvée le")),
                (
                    "dossier",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"),
                ),
            ],
        ),
    ]
