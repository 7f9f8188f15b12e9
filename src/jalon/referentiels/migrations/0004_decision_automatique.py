from django.db import migrations, models

from jalon.socle.reglages import DecisionAutomatique


class Migration(migrations.Migration):
    """What the portal may decide by itself: until the OPCO says otherwise, it proposes."""

    dependencies = [("referentiels", "0003_retrouver_par_siret_et_par_code_diplome")]

    operations = [
        migrations.AddField(
            model_name="reglagedispositif",
            name="decision_automatique",
            field=models.CharField(
                choices=[("aucune", "aucune"), ("proposee", "proposee"), ("prise", "prise")],
                db_default=DecisionAutomatique.PROPOSEE,
                default=DecisionAutomatique.PROPOSEE,
                max_length=8,
                verbose_name="décision automatique",
            ),
        ),
    ]
