"""Mandates and their spreading; their history is written by triggers and only inserted by the application's role."""

import django.contrib.postgres.fields
import django.db.models.deletion
import jalon.socle.identifiants
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

HISTOIRES = ("habilitations_mandatevent", "habilitations_affectationevent")


def retirer(apps: object, editeur: object) -> None:
    for table in HISTOIRES:
        editeur.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


def rendre(apps: object, editeur: object) -> None:
    for table in HISTOIRES:
        editeur.execute(f'GRANT UPDATE, DELETE ON {table} TO "{settings.JALON_ROLE_APP}"')  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0005_second_facteur_perdu"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="MandatEvent",
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
                ("mandataire_siren", models.CharField(max_length=9, verbose_name="SIREN du mandataire")),
                ("droits", models.CharField(max_length=200)),
                (
                    "sirets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14), blank=True, default=list, size=None
                    ),
                ),
                ("debut", models.DateTimeField()),
                ("fin", models.DateTimeField()),
                ("cree_le", models.DateTimeField()),
                ("cree_par", models.UUIDField(null=True)),
                ("modifie_le", models.DateTimeField()),
                ("termine_le", models.DateTimeField(null=True)),
                ("termine_par", models.UUIDField(null=True)),
                (
                    "termine_cote",
                    models.CharField(
                        blank=True,
                        choices=[("client", "client"), ("mandataire", "mandataire"), ("terme", "terme")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("motif_fin", models.CharField(blank=True, default="", max_length=500, verbose_name="motif de la fin")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Affectation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("droits", models.CharField(max_length=200)),
                ("debut", models.DateTimeField()),
                ("donnee_par", models.UUIDField(null=True)),
                ("revoquee_le", models.DateTimeField(null=True)),
                ("revoquee_par", models.UUIDField(null=True)),
                (
                    "rattachement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affectations",
                        to="habilitations.rattachement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mandat",
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
                ("mandataire_siren", models.CharField(max_length=9, verbose_name="SIREN du mandataire")),
                ("droits", models.CharField(max_length=200)),
                (
                    "sirets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14), blank=True, default=list, size=None
                    ),
                ),
                ("debut", models.DateTimeField()),
                ("fin", models.DateTimeField()),
                ("cree_le", models.DateTimeField()),
                ("cree_par", models.UUIDField(null=True)),
                ("modifie_le", models.DateTimeField()),
                ("termine_le", models.DateTimeField(null=True)),
                ("termine_par", models.UUIDField(null=True)),
                (
                    "termine_cote",
                    models.CharField(
                        blank=True,
                        choices=[("client", "client"), ("mandataire", "mandataire"), ("terme", "terme")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("motif_fin", models.CharField(blank=True, default="", max_length=500, verbose_name="motif de la fin")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("termine_le__isnull", True)),
                        fields=["mandataire_siren", "id"],
                        name="mandat_mandataire",
                    ),
                    models.Index(condition=models.Q(("termine_le__isnull", True)), fields=["fin"], name="mandat_echeance"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("termine_le__isnull", True)),
                        fields=("siren", "prestataire_siren", "mandataire_siren"),
                        name="mandat_unique_en_cours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("siren", ""), models.Q(("prestataire_siren", ""), _negated=True)),
                            models.Q(models.Q(("siren", ""), _negated=True), ("prestataire_siren", "")),
                            _connector="OR",
                        ),
                        name="mandat_un_client",
                    ),
                    models.CheckConstraint(condition=models.Q(("fin__gt", models.F("debut"))), name="mandat_fin_apres_debut"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("droits", ""), _negated=True), models.Q(("droits__regex", "(acces|rib) 4"), _negated=True)
                        ),
                        name="mandat_sans_gestion_reservee",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AffectationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=jalon.socle.identifiants.nouvel_id, editable=False, serialize=False)),
                ("droits", models.CharField(max_length=200)),
                ("debut", models.DateTimeField()),
                ("donnee_par", models.UUIDField(null=True)),
                ("revoquee_le", models.DateTimeField(null=True)),
                ("revoquee_par", models.UUIDField(null=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="habilitations.affectation",
                    ),
                ),
                (
                    "rattachement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="habilitations.rattachement",
                    ),
                ),
                (
                    "mandat",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="habilitations.mandat",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="affectation",
            name="mandat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="affectations", to="habilitations.mandat"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandat",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_mandatevent" ("cree_le", "cree_par", "debut", "domaine", "droits", "fin", "id", "mandataire_siren", "modifie_le", "motif_fin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portefeuille_id", "prestataire_siren", "profil", "siren", "siret", "sirets", "termine_cote", "termine_le", "termine_par") VALUES (NEW."cree_le", NEW."cree_par", NEW."debut", NEW."domaine", NEW."droits", NEW."fin", NEW."id", NEW."mandataire_siren", NEW."modifie_le", NEW."motif_fin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."portefeuille_id", NEW."prestataire_siren", NEW."profil", NEW."siren", NEW."siret", NEW."sirets", NEW."termine_cote", NEW."termine_le", NEW."termine_par"); RETURN NULL;',
                    hash="607ef153e45ef8e9a1e6117cc1e41b41e9ccd43b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_70502",
                    table="habilitations_mandat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandat",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "habilitations_mandatevent" ("cree_le", "cree_par", "debut", "domaine", "droits", "fin", "id", "mandataire_siren", "modifie_le", "motif_fin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portefeuille_id", "prestataire_siren", "profil", "siren", "siret", "sirets", "termine_cote", "termine_le", "termine_par") VALUES (NEW."cree_le", NEW."cree_par", NEW."debut", NEW."domaine", NEW."droits", NEW."fin", NEW."id", NEW."mandataire_siren", NEW."modifie_le", NEW."motif_fin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."portefeuille_id", NEW."prestataire_siren", NEW."profil", NEW."siren", NEW."siret", NEW."sirets", NEW."termine_cote", NEW."termine_le", NEW."termine_par"); RETURN NULL;',
                    hash="3262eeac843a0b7099a837b3a628b66465985ca1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d1555",
                    table="habilitations_mandat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandat",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_mandatevent" ("cree_le", "cree_par", "debut", "domaine", "droits", "fin", "id", "mandataire_siren", "modifie_le", "motif_fin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portefeuille_id", "prestataire_siren", "profil", "siren", "siret", "sirets", "termine_cote", "termine_le", "termine_par") VALUES (OLD."cree_le", OLD."cree_par", OLD."debut", OLD."domaine", OLD."droits", OLD."fin", OLD."id", OLD."mandataire_siren", OLD."modifie_le", OLD."motif_fin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."portefeuille_id", OLD."prestataire_siren", OLD."profil", OLD."siren", OLD."siret", OLD."sirets", OLD."termine_cote", OLD."termine_le", OLD."termine_par"); RETURN NULL;',
                    hash="daed3428317b0457055c2e234ef990c533fddcff",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c32e",
                    table="habilitations_mandat",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="mandatevent",
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
            model_name="mandatevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="habilitations.mandat",
            ),
        ),
        migrations.AddConstraint(
            model_name="affectation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoquee_le__isnull", True)),
                fields=("rattachement", "mandat"),
                include=("droits",),
                name="affectation_unique_en_cours",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="affectation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_affectationevent" ("debut", "donnee_par", "droits", "id", "mandat_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoquee_le", "revoquee_par") VALUES (NEW."debut", NEW."donnee_par", NEW."droits", NEW."id", NEW."mandat_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rattachement_id", NEW."revoquee_le", NEW."revoquee_par"); RETURN NULL;',
                    hash="1508c3e7e74e0ced43297bc346c3fc3cf9d701c3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1aff0",
                    table="habilitations_affectation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="affectation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "habilitations_affectationevent" ("debut", "donnee_par", "droits", "id", "mandat_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoquee_le", "revoquee_par") VALUES (NEW."debut", NEW."donnee_par", NEW."droits", NEW."id", NEW."mandat_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rattachement_id", NEW."revoquee_le", NEW."revoquee_par"); RETURN NULL;',
                    hash="f3e7ff76b7718f36e811795266de2a2835696682",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_afca3",
                    table="habilitations_affectation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="affectation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_affectationevent" ("debut", "donnee_par", "droits", "id", "mandat_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachement_id", "revoquee_le", "revoquee_par") VALUES (OLD."debut", OLD."donnee_par", OLD."droits", OLD."id", OLD."mandat_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rattachement_id", OLD."revoquee_le", OLD."revoquee_par"); RETURN NULL;',
                    hash="37e4c72ac3afd0fc30c3e0f9aed5b60c9f77bff2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3f7f1",
                    table="habilitations_affectation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(retirer, rendre),
    ]
