"""A mandate written in a convention: where it comes from, its reference, its day of signature, its copy."""

import django.db.models.deletion
import jalon.habilitations.enums
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0013_droit_sur_un_dispositif"),
        ("pieces", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="mandat",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="mandat",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="mandat",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="mandat",
            name="mandat_unique_en_cours",
        ),
        migrations.AddField(
            model_name="mandat",
            name="origine",
            field=models.CharField(
                choices=[("client", "client"), ("convention", "convention")],
                default=jalon.habilitations.enums.OrigineMandat["CLIENT"],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="mandat",
            name="piece",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pieces.document"
            ),
        ),
        migrations.AddField(
            model_name="mandat",
            name="reference",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="référence de la convention"),
        ),
        migrations.AddField(
            model_name="mandat",
            name="signee_le",
            field=models.DateField(null=True, verbose_name="convention signée le"),
        ),
        migrations.AddField(
            model_name="mandatevent",
            name="origine",
            field=models.CharField(
                choices=[("client", "client"), ("convention", "convention")],
                default=jalon.habilitations.enums.OrigineMandat["CLIENT"],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="mandatevent",
            name="piece",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="pieces.document",
            ),
        ),
        migrations.AddField(
            model_name="mandatevent",
            name="reference",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="référence de la convention"),
        ),
        migrations.AddField(
            model_name="mandatevent",
            name="signee_le",
            field=models.DateField(null=True, verbose_name="convention signée le"),
        ),
        migrations.AlterField(
            model_name="avispostal",
            name="nature",
            field=models.CharField(
                choices=[
                    ("administrateur_nomme", "administrateur_nomme"),
                    ("demande_recue", "demande_recue"),
                    ("second_facteur", "second_facteur"),
                    ("convention_declaree", "convention_declaree"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddIndex(
            model_name="mandat",
            index=models.Index(
                condition=models.Q(("origine", jalon.habilitations.enums.OrigineMandat["CONVENTION"])),
                fields=["mandataire_siren", "siren", "reference"],
                name="convention_reference",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandat",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "habilitations_mandatevent" ("approuve_par", "attendu_droits", "attendu_par", "attendu_sirets", "attente", "compte_le", "cree_le", "cree_par", "debut", "debut_voulu", "domaine", "droits", "fin", "id", "mandataire_siren", "modifie_le", "motif_fin", "origine", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "piece_id", "portefeuille_id", "prestataire_siren", "profil", "reference", "retenu", "signee_le", "siren", "siret", "sirets", "termine_cote", "termine_le", "termine_par") VALUES (NEW."approuve_par", NEW."attendu_droits", NEW."attendu_par", NEW."attendu_sirets", NEW."attente", NEW."compte_le", NEW."cree_le", NEW."cree_par", NEW."debut", NEW."debut_voulu", NEW."domaine", NEW."droits", NEW."fin", NEW."id", NEW."mandataire_siren", NEW."modifie_le", NEW."motif_fin", NEW."origine", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."piece_id", NEW."portefeuille_id", NEW."prestataire_siren", NEW."profil", NEW."reference", NEW."retenu", NEW."signee_le", NEW."siren", NEW."siret", NEW."sirets", NEW."termine_cote", NEW."termine_le", NEW."termine_par"); RETURN NULL;',
                    hash="74c6489d0a49a0020de6e5114d5cec4ed3d8a5dc",
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
                    func='INSERT INTO "habilitations_mandatevent" ("approuve_par", "attendu_droits", "attendu_par", "attendu_sirets", "attente", "compte_le", "cree_le", "cree_par", "debut", "debut_voulu", "domaine", "droits", "fin", "id", "mandataire_siren", "modifie_le", "motif_fin", "origine", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "piece_id", "portefeuille_id", "prestataire_siren", "profil", "reference", "retenu", "signee_le", "siren", "siret", "sirets", "termine_cote", "termine_le", "termine_par") VALUES (NEW."approuve_par", NEW."attendu_droits", NEW."attendu_par", NEW."attendu_sirets", NEW."attente", NEW."compte_le", NEW."cree_le", NEW."cree_par", NEW."debut", NEW."debut_voulu", NEW."domaine", NEW."droits", NEW."fin", NEW."id", NEW."mandataire_siren", NEW."modifie_le", NEW."motif_fin", NEW."origine", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."piece_id", NEW."portefeuille_id", NEW."prestataire_siren", NEW."profil", NEW."reference", NEW."retenu", NEW."signee_le", NEW."siren", NEW."siret", NEW."sirets", NEW."termine_cote", NEW."termine_le", NEW."termine_par"); RETURN NULL;',
                    hash="1b44169ca9fb13e499ccf80d42cefc27afc52cac",
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
                    func='INSERT INTO "habilitations_mandatevent" ("approuve_par", "attendu_droits", "attendu_par", "attendu_sirets", "attente", "compte_le", "cree_le", "cree_par", "debut", "debut_voulu", "domaine", "droits", "fin", "id", "mandataire_siren", "modifie_le", "motif_fin", "origine", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "piece_id", "portefeuille_id", "prestataire_siren", "profil", "reference", "retenu", "signee_le", "siren", "siret", "sirets", "termine_cote", "termine_le", "termine_par") VALUES (OLD."approuve_par", OLD."attendu_droits", OLD."attendu_par", OLD."attendu_sirets", OLD."attente", OLD."compte_le", OLD."cree_le", OLD."cree_par", OLD."debut", OLD."debut_voulu", OLD."domaine", OLD."droits", OLD."fin", OLD."id", OLD."mandataire_siren", OLD."modifie_le", OLD."motif_fin", OLD."origine", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."piece_id", OLD."portefeuille_id", OLD."prestataire_siren", OLD."profil", OLD."reference", OLD."retenu", OLD."signee_le", OLD."siren", OLD."siret", OLD."sirets", OLD."termine_cote", OLD."termine_le", OLD."termine_par"); RETURN NULL;',
                    hash="4d6336e3b7e961407ddafb75112b429bc9f8cb19",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c32e",
                    table="habilitations_mandat",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mandat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origine", jalon.habilitations.enums.OrigineMandat["CLIENT"]), ("termine_le__isnull", True)),
                fields=("siren", "prestataire_siren", "mandataire_siren"),
                name="mandat_unique_en_cours",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandat",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("origine", jalon.habilitations.enums.OrigineMandat["CONVENTION"]), ("termine_le__isnull", True)
                ),
                fields=("siren", "mandataire_siren", "reference"),
                name="convention_unique_en_cours",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("origine", jalon.habilitations.enums.OrigineMandat["CLIENT"]),
                        ("piece__isnull", True),
                        ("reference", ""),
                        ("signee_le__isnull", True),
                    ),
                    models.Q(
                        ("attente", jalon.habilitations.enums.Attente["AUCUNE"]),
                        ("droits__regex", "^alternance [123]$"),
                        ("origine", jalon.habilitations.enums.OrigineMandat["CONVENTION"]),
                        ("piece__isnull", False),
                        ("prestataire_siren", ""),
                        ("retenu", False),
                        ("signee_le__isnull", False),
                        models.Q(("reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mandat_origine_coherente",
            ),
        ),
    ]
