"""Ruptures as each side declares them, and avenants."""

import django.core.serializers.json
import django.db.models.deletion
import jalon.contrats.enums
import jalon.messagerie.enums
import jalon.socle.identifiants
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dossiers', '0005_versions_des_avenants'),
    ]

    operations = [
        migrations.CreateModel(
            name='Avenant',
            fields=[
                ('id', models.UUIDField(default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False)),
                ('siren', models.CharField(blank=True, default='', max_length=9, verbose_name='SIREN')),
                ('siret', models.CharField(blank=True, default='', max_length=14, verbose_name='SIRET')),
                ('prestataire_siren', models.CharField(blank=True, default='', max_length=9, verbose_name='SIREN du prestataire')),
                ('portefeuille_id', models.UUIDField(blank=True, null=True, verbose_name='portefeuille')),
                ('domaine', models.CharField(blank=True, choices=[('alternance', 'alternance'), ('plan', 'plan'), ('factures', 'factures'), ('reglements', 'reglements'), ('rib', 'rib'), ('salaries', 'salaries'), ('exports', 'exports'), ('acces', 'acces')], default='', max_length=12)),
                ('rang', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=2)),
                ('etat', models.CharField(choices=[('brouillon', 'brouillon'), ('transmis', 'transmis'), ('accepte', 'accepte'), ('refuse', 'refuse'), ('abandonne', 'abandonne')], default=jalon.contrats.enums.EtatAvenant['BROUILLON'], max_length=10, verbose_name='état')),
                ('version_depart', models.PositiveIntegerField()),
                ('reponses', models.JSONField(default=dict)),
                ('contenu', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('date_effet', models.DateField(null=True, verbose_name='date d’effet')),
                ('commence_le', models.DateTimeField(verbose_name='commencé le')),
                ('commence_par', models.UUIDField(null=True)),
                ('commence_par_nom', models.CharField(blank=True, default='', max_length=200)),
                ('transmis_le', models.DateTimeField(null=True)),
                ('transmis_par_nom', models.CharField(blank=True, default='', max_length=200)),
                ('decide_le', models.DateTimeField(null=True, verbose_name='décidé le')),
                ('decide_par', models.UUIDField(null=True)),
                ('decide_par_nom', models.CharField(blank=True, default='', max_length=200)),
                ('texte', models.TextField(blank=True, default='', verbose_name='raison du refus')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='dossiers.dossier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('dossier', 'rang'), name='avenant_rang_unique'), models.UniqueConstraint(condition=models.Q(('etat__in', ('brouillon', 'transmis'))), fields=('dossier',), name='avenant_en_cours_unique'), models.CheckConstraint(condition=models.Q(('etat__in', [jalon.contrats.enums.EtatAvenant['BROUILLON'], jalon.contrats.enums.EtatAvenant['ABANDONNE']]), models.Q(('contenu__isnull', False), ('date_effet__isnull', False), ('transmis_le__isnull', False)), _connector='OR'), name='avenant_transmis_complet')],
            },
        ),
        migrations.CreateModel(
            name='RuptureDeclaree',
            fields=[
                ('id', models.UUIDField(default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False)),
                ('siren', models.CharField(blank=True, default='', max_length=9, verbose_name='SIREN')),
                ('siret', models.CharField(blank=True, default='', max_length=14, verbose_name='SIRET')),
                ('prestataire_siren', models.CharField(blank=True, default='', max_length=9, verbose_name='SIREN du prestataire')),
                ('portefeuille_id', models.UUIDField(blank=True, null=True, verbose_name='portefeuille')),
                ('domaine', models.CharField(blank=True, choices=[('alternance', 'alternance'), ('plan', 'plan'), ('factures', 'factures'), ('reglements', 'reglements'), ('rib', 'rib'), ('salaries', 'salaries'), ('exports', 'exports'), ('acces', 'acces')], default='', max_length=12)),
                ('cote', models.CharField(choices=[('entreprise', 'entreprise'), ('prestataire', 'prestataire')], max_length=12, verbose_name='côté')),
                ('motif', models.CharField(blank=True, default='', max_length=20)),
                ('le', models.DateField(verbose_name='dernier jour du contrat')),
                ('dates', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('jours_pratiques', models.PositiveSmallIntegerField(null=True)),
                ('representant_signe', models.BooleanField(default=False)),
                ('formation_jusqu_au', models.DateField(null=True)),
                ('declaree_le', models.DateTimeField(verbose_name='déclarée le')),
                ('declaree_par', models.UUIDField(null=True)),
                ('declaree_par_nom', models.CharField(blank=True, default='', max_length=200)),
                ('remplacee_le', models.DateTimeField(null=True, verbose_name='remplacée le')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='dossiers.dossier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('remplacee_le__isnull', True)), fields=('dossier', 'cote'), name='rupture_en_vigueur_par_cote'), models.CheckConstraint(condition=models.Q(('cote__in', ('entreprise', 'prestataire'))), name='rupture_cote_connu'), models.CheckConstraint(condition=models.Q(('cote', jalon.messagerie.enums.Cote['PRESTATAIRE']), models.Q(('formation_jusqu_au__isnull', True), models.Q(('motif', ''), _negated=True)), _connector='OR'), name='rupture_de_l_entreprise_motivee')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rupturedeclaree',
            trigger=pgtrigger.compiler.Trigger(name='rupture_figee', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cote" IS DISTINCT FROM (NEW."cote") OR OLD."motif" IS DISTINCT FROM (NEW."motif") OR OLD."le" IS DISTINCT FROM (NEW."le") OR OLD."dates" IS DISTINCT FROM (NEW."dates") OR OLD."declaree_le" IS DISTINCT FROM (NEW."declaree_le") OR OLD."declaree_par" IS DISTINCT FROM (NEW."declaree_par"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='94d0fc2a04d877c74c5f3b7357e21dca84ff451c', operation='UPDATE', pgid='pgtrigger_rupture_figee_bd1df', table='contrats_rupturedeclaree', when='BEFORE')),
        ),
    ]
