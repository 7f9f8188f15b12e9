"""A right limited to one dispositif of its family (docs/adr/0027); everything given before is for the whole family."""

import django.contrib.postgres.fields
import jalon.habilitations.enums
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0012_cle_suspendue"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="droitaccorde",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="droitaccorde",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="droitaccorde",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="droitaccorde",
            name="droit_unique_en_vigueur",
        ),
        migrations.RemoveConstraint(
            model_name="droitaccorde",
            name="droit_unique_en_attente",
        ),
        migrations.AddField(
            model_name="droitaccorde",
            name="dispositif",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="code du seul dispositif ouvert"),
        ),
        migrations.AddField(
            model_name="droitaccordeevent",
            name="dispositif",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="code du seul dispositif ouvert"),
        ),
        migrations.AlterField(
            model_name="cleapi",
            name="droits",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="droitaccorde",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_droitaccordeevent" ("accorde_par", "approuve_par", "attente", "debut", "debut_souhaite", "dispositif", "domaine", "etendue", "fin", "groupe_id", "id", "niveau", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoque_le", "revoque_par", "siret") VALUES (NEW."accorde_par", NEW."approuve_par", NEW."attente", NEW."debut", NEW."debut_souhaite", NEW."dispositif", NEW."domaine", NEW."etendue", NEW."fin", NEW."groupe_id", NEW."id", NEW."niveau", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rattachement_id", NEW."revoque_le", NEW."revoque_par", NEW."siret"); RETURN NULL;',
                    hash="4b8bb2ae3f9fdc7ddfa37529fda58c73bfff41d9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b5c72",
                    table="habilitations_droitaccorde",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="droitaccorde",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "habilitations_droitaccordeevent" ("accorde_par", "approuve_par", "attente", "debut", "debut_souhaite", "dispositif", "domaine", "etendue", "fin", "groupe_id", "id", "niveau", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoque_le", "revoque_par", "siret") VALUES (NEW."accorde_par", NEW."approuve_par", NEW."attente", NEW."debut", NEW."debut_souhaite", NEW."dispositif", NEW."domaine", NEW."etendue", NEW."fin", NEW."groupe_id", NEW."id", NEW."niveau", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rattachement_id", NEW."revoque_le", NEW."revoque_par", NEW."siret"); RETURN NULL;',
                    hash="1374c5275d948973f1cf42cbf246a7e4cbdfa672",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cea7d",
                    table="habilitations_droitaccorde",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="droitaccorde",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_droitaccordeevent" ("accorde_par", "approuve_par", "attente", "debut", "debut_souhaite", "dispositif", "domaine", "etendue", "fin", "groupe_id", "id", "niveau", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoque_le", "revoque_par", "siret") VALUES (OLD."accorde_par", OLD."approuve_par", OLD."attente", OLD."debut", OLD."debut_souhaite", OLD."dispositif", OLD."domaine", OLD."etendue", OLD."fin", OLD."groupe_id", OLD."id", OLD."niveau", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rattachement_id", OLD."revoque_le", OLD."revoque_par", OLD."siret"); RETURN NULL;',
                    hash="0cc8e8c60b6493431e0d527b873cec6dfb170a53",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1a020",
                    table="habilitations_droitaccorde",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="droitaccorde",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attente", jalon.habilitations.enums.Attente["AUCUNE"]), ("revoque_le__isnull", True)),
                fields=("rattachement", "etendue", "siret", "groupe", "domaine", "dispositif"),
                name="droit_unique_en_vigueur",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="droitaccorde",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("revoque_le__isnull", True),
                    models.Q(("attente", jalon.habilitations.enums.Attente["AUCUNE"]), _negated=True),
                ),
                fields=("rattachement", "etendue", "siret", "groupe", "domaine", "dispositif"),
                name="droit_unique_en_attente",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="droitaccorde",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dispositif", ""),
                    models.Q(("domaine__in", ["alternance", "plan"]), ("dispositif__regex", "^[a-z0-9_-]+$")),
                    _connector="OR",
                ),
                name="droit_dispositif_d_une_famille",
            ),
        ),
    ]
