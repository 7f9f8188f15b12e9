"""Groups of establishments, and rights on a group; their history is written by triggers and only inserted by the application's role."""

import django.contrib.postgres.fields
import django.db.models.deletion
import jalon.habilitations.enums
import jalon.socle.acteurs
import jalon.socle.identifiants
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

HISTOIRE = "habilitations_groupeetablissementsevent"


def retirer(apps: object, editeur: object) -> None:
    editeur.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON {HISTOIRE} FROM "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


def rendre(apps: object, editeur: object) -> None:
    editeur.execute(f'GRANT UPDATE, DELETE ON {HISTOIRE} TO "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0008_demandes_et_suivi_des_codes"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupeEtablissements",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("siren", models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN")),
                ("siret", models.CharField(blank=True, default="", max_length=14, verbose_name="SIRET")),
                (
                    "prestataire_siren",
                    models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN du prestataire"),
                ),
                ("portefeuille_id", models.UUIDField(blank=True, null=True, verbose_name="portefeuille")),
                (
                    "domaine",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alternance", "alternance"),
                            ("plan", "plan"),
                            ("factures", "factures"),
                            ("reglements", "reglements"),
                            ("rib", "rib"),
                            ("salaries", "salaries"),
                            ("exports", "exports"),
                            ("acces", "acces"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("profil", models.CharField(choices=[("adherent", "adherent"), ("prestataire", "prestataire")], max_length=12)),
                ("nom", models.CharField(max_length=80)),
                ("cle", models.CharField(max_length=80, verbose_name="nom normalisé")),
                (
                    "sirets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14), blank=True, default=list, size=None
                    ),
                ),
                ("cree_le", models.DateTimeField()),
                ("cree_par", models.UUIDField(null=True)),
                ("supprime_le", models.DateTimeField(null=True)),
                ("supprime_par", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="GroupeEtablissementsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=jalon.socle.identifiants.nouvel_id, editable=False, serialize=False)),
                ("siren", models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN")),
                ("siret", models.CharField(blank=True, default="", max_length=14, verbose_name="SIRET")),
                (
                    "prestataire_siren",
                    models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN du prestataire"),
                ),
                ("portefeuille_id", models.UUIDField(blank=True, null=True, verbose_name="portefeuille")),
                (
                    "domaine",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alternance", "alternance"),
                            ("plan", "plan"),
                            ("factures", "factures"),
                            ("reglements", "reglements"),
                            ("rib", "rib"),
                            ("salaries", "salaries"),
                            ("exports", "exports"),
                            ("acces", "acces"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("profil", models.CharField(choices=[("adherent", "adherent"), ("prestataire", "prestataire")], max_length=12)),
                ("nom", models.CharField(max_length=80)),
                ("cle", models.CharField(max_length=80, verbose_name="nom normalisé")),
                (
                    "sirets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14), blank=True, default=list, size=None
                    ),
                ),
                ("cree_le", models.DateTimeField()),
                ("cree_par", models.UUIDField(null=True)),
                ("supprime_le", models.DateTimeField(null=True)),
                ("supprime_par", models.UUIDField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
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
            name="droit_etendue_coherente",
        ),
        migrations.RemoveConstraint(
            model_name="droitaccorde",
            name="droit_unique_en_vigueur",
        ),
        migrations.RemoveConstraint(
            model_name="droitaccorde",
            name="droit_unique_en_attente",
        ),
        migrations.AlterField(
            model_name="droitaccorde",
            name="etendue",
            field=models.CharField(choices=[("siren", "siren"), ("siret", "siret"), ("groupe", "groupe")], max_length=6),
        ),
        migrations.AlterField(
            model_name="droitaccordeevent",
            name="etendue",
            field=models.CharField(choices=[("siren", "siren"), ("siret", "siret"), ("groupe", "groupe")], max_length=6),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="droitaccorde",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_droitaccordeevent" ("accorde_par", "approuve_par", "attente", "debut", "debut_souhaite", "domaine", "etendue", "fin", "groupe_id", "id", "niveau", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoque_le", "revoque_par", "siret") VALUES (NEW."accorde_par", NEW."approuve_par", NEW."attente", NEW."debut", NEW."debut_souhaite", NEW."domaine", NEW."etendue", NEW."fin", NEW."groupe_id", NEW."id", NEW."niveau", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rattachement_id", NEW."revoque_le", NEW."revoque_par", NEW."siret"); RETURN NULL;',
                    hash="ebbde05fdf5742dd4f6f473542eb0f2efeb89f04",
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
                    func='INSERT INTO "habilitations_droitaccordeevent" ("accorde_par", "approuve_par", "attente", "debut", "debut_souhaite", "domaine", "etendue", "fin", "groupe_id", "id", "niveau", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoque_le", "revoque_par", "siret") VALUES (NEW."accorde_par", NEW."approuve_par", NEW."attente", NEW."debut", NEW."debut_souhaite", NEW."domaine", NEW."etendue", NEW."fin", NEW."groupe_id", NEW."id", NEW."niveau", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rattachement_id", NEW."revoque_le", NEW."revoque_par", NEW."siret"); RETURN NULL;',
                    hash="b7087a7ccb9a4c774b59195c6084d25737c04551",
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
                    func='INSERT INTO "habilitations_droitaccordeevent" ("accorde_par", "approuve_par", "attente", "debut", "debut_souhaite", "domaine", "etendue", "fin", "groupe_id", "id", "niveau", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoque_le", "revoque_par", "siret") VALUES (OLD."accorde_par", OLD."approuve_par", OLD."attente", OLD."debut", OLD."debut_souhaite", OLD."domaine", OLD."etendue", OLD."fin", OLD."groupe_id", OLD."id", OLD."niveau", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rattachement_id", OLD."revoque_le", OLD."revoque_par", OLD."siret"); RETURN NULL;',
                    hash="d93620df35982bc7cfa30480806932b0bc53b6fe",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1a020",
                    table="habilitations_droitaccorde",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="groupeetablissements",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supprime_le__isnull", True)), fields=("siren", "cle"), name="groupe_nom_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupeetablissements",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("prestataire_siren", ""),
                    ("profil", jalon.socle.acteurs.Profil["ADHERENT"]),
                    models.Q(("siren", ""), _negated=True),
                    models.Q(("cle", ""), _negated=True),
                ),
                name="groupe_d_une_entreprise",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupeetablissements",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_groupeetablissementsevent" ("cle", "cree_le", "cree_par", "domaine", "id", "nom", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portefeuille_id", "prestataire_siren", "profil", "siren", "siret", "sirets", "supprime_le", "supprime_par") VALUES (NEW."cle", NEW."cree_le", NEW."cree_par", NEW."domaine", NEW."id", NEW."nom", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."portefeuille_id", NEW."prestataire_siren", NEW."profil", NEW."siren", NEW."siret", NEW."sirets", NEW."supprime_le", NEW."supprime_par"); RETURN NULL;',
                    hash="09b1b5787a53d525e65200479def68c86cc1695f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_87a95",
                    table="habilitations_groupeetablissements",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupeetablissements",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "habilitations_groupeetablissementsevent" ("cle", "cree_le", "cree_par", "domaine", "id", "nom", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portefeuille_id", "prestataire_siren", "profil", "siren", "siret", "sirets", "supprime_le", "supprime_par") VALUES (NEW."cle", NEW."cree_le", NEW."cree_par", NEW."domaine", NEW."id", NEW."nom", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."portefeuille_id", NEW."prestataire_siren", NEW."profil", NEW."siren", NEW."siret", NEW."sirets", NEW."supprime_le", NEW."supprime_par"); RETURN NULL;',
                    hash="304762743ad396851cf3f6dddf9d85dd48403c24",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cb23c",
                    table="habilitations_groupeetablissements",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupeetablissements",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_groupeetablissementsevent" ("cle", "cree_le", "cree_par", "domaine", "id", "nom", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portefeuille_id", "prestataire_siren", "profil", "siren", "siret", "sirets", "supprime_le", "supprime_par") VALUES (OLD."cle", OLD."cree_le", OLD."cree_par", OLD."domaine", OLD."id", OLD."nom", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."portefeuille_id", OLD."prestataire_siren", OLD."profil", OLD."siren", OLD."siret", OLD."sirets", OLD."supprime_le", OLD."supprime_par"); RETURN NULL;',
                    hash="5de358c115fa51e1545709651187c278058df36c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0e3d4",
                    table="habilitations_groupeetablissements",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="droitaccorde",
            name="groupe",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="habilitations.groupeetablissements"
            ),
        ),
        migrations.AddField(
            model_name="droitaccordeevent",
            name="groupe",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="habilitations.groupeetablissements",
            ),
        ),
        migrations.AddConstraint(
            model_name="droitaccorde",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attente", jalon.habilitations.enums.Attente["AUCUNE"]), ("revoque_le__isnull", True)),
                fields=("rattachement", "etendue", "siret", "groupe", "domaine"),
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
                fields=("rattachement", "etendue", "siret", "groupe", "domaine"),
                name="droit_unique_en_attente",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="droitaccorde",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etendue", jalon.habilitations.enums.Etendue["SIREN"]), ("groupe__isnull", True), ("siret", "")),
                    models.Q(
                        ("etendue", jalon.habilitations.enums.Etendue["SIRET"]),
                        ("groupe__isnull", True),
                        models.Q(("siret", ""), _negated=True),
                    ),
                    models.Q(("etendue", jalon.habilitations.enums.Etendue["GROUPE"]), ("groupe__isnull", False), ("siret", "")),
                    _connector="OR",
                ),
                name="droit_etendue_coherente",
            ),
        ),
        migrations.AddField(
            model_name="groupeetablissementsevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="groupeetablissementsevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="habilitations.groupeetablissements",
            ),
        ),
        migrations.RunPython(retirer, rendre),
    ]
