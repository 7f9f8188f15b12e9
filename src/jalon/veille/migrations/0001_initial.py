"""Cuts, reading counters, traps, exceptional accesses and alerts."""

import django.db.models.deletion
import jalon.socle.identifiants
import jalon.veille.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dossiers', '0002_sequence_des_numeros'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Piege',
            fields=[
                ('objet_id', models.UUIDField(primary_key=True, serialize=False)),
                ('numero', models.CharField(max_length=14, verbose_name='numéro')),
                ('pose_le', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Alerte',
            fields=[
                ('id', models.UUIDField(default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False)),
                ('genre', models.CharField(choices=[('budget_compte', 'Lecture en masse'), ('budget_organisation', 'Lecture en masse d’une organisation'), ('piege', 'Dossier piège ouvert'), ('acces_exceptionnel', 'Accès exceptionnel'), ('chaine', 'Registre des consultations altéré')], max_length=24)),
                ('cle', models.CharField(max_length=120, unique=True, verbose_name='clé')),
                ('le', models.DateTimeField()),
                ('acteur_id', models.UUIDField(null=True)),
                ('acteur_libelle', models.CharField(max_length=200)),
                ('siren', models.CharField(blank=True, default='', max_length=9, verbose_name='SIREN')),
                ('objet_id', models.UUIDField(null=True)),
                ('detail', models.CharField(max_length=500, verbose_name='détail')),
                ('traitee_le', models.DateTimeField(null=True)),
                ('traitee_par', models.UUIDField(null=True)),
                ('traitee_par_nom', models.CharField(blank=True, default='', max_length=200)),
                ('note', models.CharField(blank=True, default='', max_length=1000)),
            ],
            options={
                'indexes': [models.Index(fields=['-le'], name='alerte_le')],
            },
        ),
        migrations.CreateModel(
            name='CompteurLectures',
            fields=[
                ('pk', models.CompositePrimaryKey('cle', 'jour', blank=True, editable=False, primary_key=True, serialize=False)),
                ('cle', models.CharField(max_length=36, verbose_name='clé')),
                ('jour', models.DateField()),
                ('personnes', models.PositiveIntegerField()),
                ('lignes', models.PositiveIntegerField()),
                ('habitude', models.PositiveIntegerField()),
                ('pause_jusqu_a', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['jour'], name='compteur_lectures_jour')],
            },
        ),
        migrations.CreateModel(
            name='Lecture',
            fields=[
                ('pk', models.CompositePrimaryKey('lecteur_id', 'jour', 'objet_id', 'ouvert', blank=True, editable=False, primary_key=True, serialize=False)),
                ('lecteur_id', models.UUIDField()),
                ('jour', models.DateField()),
                ('objet_id', models.UUIDField()),
                ('ouvert', models.BooleanField()),
            ],
            options={
                'indexes': [models.Index(fields=['jour'], name='lecture_jour')],
            },
        ),
        migrations.CreateModel(
            name='AccesExceptionnel',
            fields=[
                ('id', models.UUIDField(default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False)),
                ('motif', models.CharField(max_length=500)),
                ('debut', models.DateTimeField()),
                ('fin', models.DateTimeField()),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['personne', 'dossier', 'fin'], name='acces_exceptionnel')],
            },
        ),
        migrations.CreateModel(
            name='Coupure',
            fields=[
                ('id', models.UUIDField(default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False)),
                ('cible', models.CharField(choices=[('compte', 'compte'), ('organisation', 'organisation'), ('cle', 'cle')], max_length=12)),
                ('siren', models.CharField(blank=True, default='', max_length=9, verbose_name='SIREN')),
                ('cle_id', models.UUIDField(null=True, verbose_name='clé d’API')),
                ('libelle', models.CharField(max_length=200)),
                ('origine', models.CharField(choices=[('opco', 'opco'), ('budget', 'budget')], max_length=8)),
                ('motif', models.CharField(max_length=500)),
                ('le', models.DateTimeField()),
                ('par_id', models.UUIDField(null=True)),
                ('par_nom', models.CharField(max_length=200)),
                ('demande_motif', models.CharField(blank=True, default='', max_length=500)),
                ('demande_le', models.DateTimeField(null=True)),
                ('demande_par', models.UUIDField(null=True)),
                ('demande_par_nom', models.CharField(blank=True, default='', max_length=200)),
                ('levee_le', models.DateTimeField(null=True)),
                ('levee_par', models.UUIDField(null=True)),
                ('levee_par_nom', models.CharField(blank=True, default='', max_length=200)),
                ('personne', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('cible', jalon.veille.enums.Cible['COMPTE']), ('levee_le__isnull', True)), fields=('personne',), name='coupure_compte_unique'), models.UniqueConstraint(condition=models.Q(('cible', jalon.veille.enums.Cible['ORGANISATION']), ('levee_le__isnull', True)), fields=('siren',), name='coupure_siren_unique'), models.UniqueConstraint(condition=models.Q(('cible', jalon.veille.enums.Cible['CLE'])), fields=('cle_id',), name='coupure_cle_unique'), models.CheckConstraint(condition=models.Q(models.Q(('cible', jalon.veille.enums.Cible['COMPTE']), ('personne__isnull', False)), models.Q(('cible', jalon.veille.enums.Cible['ORGANISATION']), models.Q(('siren', ''), _negated=True)), models.Q(('cible', jalon.veille.enums.Cible['CLE']), ('cle_id__isnull', False)), _connector='OR'), name='coupure_vise_quelque_chose'), models.CheckConstraint(condition=models.Q(('levee_le__isnull', True), models.Q(('demande_par__isnull', False), ('levee_par__isnull', False), models.Q(('demande_par', models.F('levee_par')), _negated=True)), _connector='OR'), name='coupure_levee_a_deux')],
            },
        ),
    ]
