"""A lost second factor: two people, a letter, and what the base refuses."""

import django.db.models.deletion
import jalon.habilitations.enums
import jalon.socle.identifiants
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0004_droits_des_cles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="avispostal",
            name="nature",
            field=models.CharField(
                choices=[
                    ("administrateur_nomme", "administrateur_nomme"),
                    ("demande_recue", "demande_recue"),
                    ("second_facteur", "second_facteur"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="PerteSecondFacteur",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalon.socle.identifiants.nouvel_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("siren", models.CharField(max_length=9, verbose_name="SIREN")),
                ("profil", models.CharField(choices=[("adherent", "adherent"), ("prestataire", "prestataire")], max_length=12)),
                ("portefeuille_id", models.UUIDField(verbose_name="portefeuille")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("demandee", "demandee"),
                            ("confirmee", "confirmee"),
                            ("remplacee", "remplacee"),
                            ("refusee", "refusee"),
                            ("annulee", "annulee"),
                        ],
                        max_length=10,
                    ),
                ),
                ("demandee_le", models.DateTimeField()),
                (
                    "preuve",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="comment l’identité a été vérifiée"),
                ),
                ("premier_par", models.UUIDField(null=True)),
                ("premier_le", models.DateTimeField(null=True)),
                ("lettre_postee_le", models.DateTimeField(null=True)),
                ("second_par", models.UUIDField(null=True)),
                ("second_le", models.DateTimeField(null=True)),
                ("motif", models.CharField(blank=True, default="", max_length=500)),
                ("close_le", models.DateTimeField(null=True)),
                ("close_par", models.UUIDField(null=True)),
                (
                    "avis",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="habilitations.avispostal"
                    ),
                ),
                (
                    "personne",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["portefeuille_id", "etat"], name="perte_attente")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "etat__in",
                                (
                                    jalon.habilitations.enums.EtatPerte["DEMANDEE"],
                                    jalon.habilitations.enums.EtatPerte["CONFIRMEE"],
                                ),
                            )
                        ),
                        fields=("personne",),
                        name="perte_une_en_cours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", jalon.habilitations.enums.EtatPerte["CONFIRMEE"]), _negated=True),
                            models.Q(
                                ("avis__isnull", False),
                                ("premier_le__isnull", False),
                                ("premier_par__isnull", False),
                                models.Q(("preuve", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="perte_confirmee_avec_preuve",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", jalon.habilitations.enums.EtatPerte["REMPLACEE"]), _negated=True),
                            models.Q(
                                ("lettre_postee_le__isnull", False),
                                ("premier_par__isnull", False),
                                ("second_le__gte", models.F("lettre_postee_le")),
                                ("second_par__isnull", False),
                                models.Q(("second_par", models.F("premier_par")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="perte_deux_personnes_et_une_lettre",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("premier_par__isnull", True),
                                models.Q(("premier_par", models.F("personne_id")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("second_par__isnull", True),
                                models.Q(("second_par", models.F("personne_id")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="perte_jamais_pour_soi",
                    ),
                ],
            },
        ),
    ]
