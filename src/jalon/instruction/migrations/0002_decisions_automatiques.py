import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    """A decision keeps the checks that it was taken on, and whether a person took it."""

    dependencies = [("instruction", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="automatique",
            field=models.BooleanField(db_default=False, default=False, verbose_name="prise sans intervention"),
        ),
        migrations.AddField(
            model_name="decision",
            name="controles",
            field=models.JSONField(
                default=list,
                encoder=django.core.serializers.json.DjangoJSONEncoder,
            ),
        ),
    ]
