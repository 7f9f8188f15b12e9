"""Tables of the official referentials: NPEC, RNCP and RS, UAI, training providers, SIRET to OPCO; and what each import did."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referentiels", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AncienNda",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("ancien", "nda", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("ancien", models.CharField(db_collation="C", max_length=11, verbose_name="NDA précédent")),
                ("nda", models.CharField(db_collation="C", max_length=11, verbose_name="NDA")),
            ],
            options={
                "verbose_name": "NDA précédent",
            },
        ),
        migrations.CreateModel(
            name="BrancheNpec",
            fields=[
                ("pk", models.CompositePrimaryKey("idcc", "cpne", blank=True, editable=False, primary_key=True, serialize=False)),
                ("idcc", models.CharField(db_collation="C", max_length=4, verbose_name="IDCC")),
                ("cpne", models.CharField(db_collation="C", max_length=10, verbose_name="code CPNE")),
                ("libelle", models.TextField(blank=True, default="", verbose_name="CPNE")),
                ("edition", models.DateField(verbose_name="édition du référentiel")),
            ],
            options={
                "verbose_name": "branche du référentiel NPEC",
            },
        ),
        migrations.CreateModel(
            name="Certification",
            fields=[
                ("code", models.CharField(db_collation="C", max_length=10, primary_key=True, serialize=False)),
                ("intitule", models.TextField(verbose_name="intitulé")),
                ("abrege", models.TextField(blank=True, default="", verbose_name="type de diplôme")),
                ("niveau", models.CharField(blank=True, default="", max_length=2)),
                ("enregistrement", models.TextField(blank=True, default="", verbose_name="type d’enregistrement")),
                ("actif", models.BooleanField(default=True)),
                ("active_du", models.DateField(blank=True, null=True)),
                ("active_au", models.DateField(blank=True, null=True)),
                ("cfd", models.CharField(blank=True, default="", max_length=9, verbose_name="code diplôme")),
                (
                    "nsf",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None),
                ),
                (
                    "remplacee_par",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EtablissementUai",
            fields=[
                ("uai", models.CharField(db_collation="C", max_length=8, primary_key=True, serialize=False, verbose_name="UAI")),
                ("denomination", models.TextField(verbose_name="dénomination")),
                ("siret", models.CharField(blank=True, db_default="", default="", max_length=14, verbose_name="SIRET")),
                ("nature", models.TextField(blank=True, db_default="", default="")),
                ("code_postal", models.TextField(blank=True, db_default="", default="")),
                ("commune", models.TextField(blank=True, db_default="", default="")),
                ("ouvert_le", models.DateField(blank=True, null=True)),
                ("ferme_le", models.DateField(blank=True, null=True, verbose_name="fermé le")),
            ],
            options={
                "verbose_name": "établissement du répertoire UAI",
            },
        ),
        migrations.CreateModel(
            name="HabilitationCertification",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "certification", "siret", "habilitation", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("certification", models.CharField(db_collation="C", max_length=10)),
                ("siret", models.CharField(db_collation="C", max_length=14, verbose_name="SIRET")),
                ("habilitation", models.TextField()),
                ("nom", models.TextField(blank=True, default="")),
            ],
            options={
                "verbose_name": "habilitation à former ou à certifier",
            },
        ),
        migrations.CreateModel(
            name="ImportReferentiel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "referentiel", "empreinte", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "referentiel",
                    models.CharField(
                        choices=[
                            ("npec", "Niveaux de prise en charge (NPEC)"),
                            ("rncp", "Certifications (RNCP et RS)"),
                            ("uai", "Répertoire des UAI"),
                            ("organismes", "Organismes de formation"),
                            ("siro", "Table SIRET-OPCO"),
                        ],
                        max_length=10,
                        verbose_name="référentiel",
                    ),
                ),
                ("empreinte", models.CharField(max_length=64)),
                ("nom", models.TextField()),
                ("edition", models.DateField(verbose_name="édition")),
                ("lus", models.BigIntegerField(default=0)),
                ("inseres", models.BigIntegerField(default=0)),
                ("mis_a_jour", models.BigIntegerField(default=0)),
                ("inchanges", models.BigIntegerField(default=0)),
                ("retires", models.BigIntegerField(default=0)),
                ("rejetes", models.BigIntegerField(default=0)),
                ("importe_le", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="NiveauNpec",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "rncp", "cpne", "applicable_du", "valeur", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rncp", models.CharField(db_collation="C", max_length=10, verbose_name="code RNCP")),
                ("cpne", models.CharField(db_collation="C", max_length=10, verbose_name="code CPNE")),
                ("applicable_du", models.DateField(verbose_name="applicable aux contrats conclus à partir du")),
                ("valeur", models.CharField(db_collation="C", max_length=15)),
                ("montant", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("statut", models.TextField(blank=True, default="")),
                ("edition", models.DateField(verbose_name="édition du référentiel")),
                ("rang", models.PositiveIntegerField(verbose_name="ligne du fichier")),
            ],
            options={
                "verbose_name": "niveau de prise en charge",
            },
        ),
        migrations.CreateModel(
            name="OrganismeFormation",
            fields=[
                ("nda", models.CharField(db_collation="C", max_length=11, primary_key=True, serialize=False, verbose_name="NDA")),
                ("siret", models.CharField(db_collation="C", db_index=True, max_length=14, verbose_name="SIRET")),
                ("denomination", models.TextField(verbose_name="dénomination")),
                ("code_postal", models.TextField(blank=True, default="")),
                ("ville", models.TextField(blank=True, default="")),
                ("qualiopi_formation", models.BooleanField(default=False)),
                ("qualiopi_bilan", models.BooleanField(default=False)),
                ("qualiopi_vae", models.BooleanField(default=False)),
                ("qualiopi_apprentissage", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "organisme de formation",
            },
        ),
        migrations.CreateModel(
            name="RattachementOpco",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("siret", "idcc", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("siret", models.CharField(db_collation="C", max_length=14, verbose_name="SIRET")),
                ("idcc", models.CharField(db_collation="C", max_length=4, verbose_name="IDCC")),
                ("opco", models.TextField(verbose_name="OPCO propriétaire")),
                ("opco_gestion", models.TextField(verbose_name="OPCO gestionnaire")),
            ],
            options={
                "verbose_name": "rattachement à un OPCO",
            },
        ),
        migrations.CreateModel(
            name="RejetReferentiel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "referentiel",
                    models.CharField(
                        choices=[
                            ("npec", "Niveaux de prise en charge (NPEC)"),
                            ("rncp", "Certifications (RNCP et RS)"),
                            ("uai", "Répertoire des UAI"),
                            ("organismes", "Organismes de formation"),
                            ("siro", "Table SIRET-OPCO"),
                        ],
                        max_length=10,
                        verbose_name="référentiel",
                    ),
                ),
                ("fichier", models.TextField()),
                ("ligne", models.PositiveIntegerField()),
                ("raison", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["referentiel", "ligne"], name="rejet_referentiel")],
            },
        ),
    ]
