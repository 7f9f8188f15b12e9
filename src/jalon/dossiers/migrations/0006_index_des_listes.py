"""Lists in the order of the first day or of the deposit, from each side; drafts, few among all, in an index of theirs."""

from datetime import date
from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

DEBUT = Coalesce("date_debut", Value(date(9999, 12, 31)))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0005_versions_des_avenants")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index("siren", DEBUT, "id", include=["etat", "domaine", "date_debut"], name="dossier_siren_debut"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                "prestataire_siren",
                DEBUT,
                "id",
                include=["etat", "domaine", "date_debut"],
                condition=Q(accorde_le__isnull=False),
                name="dossier_prestataire_debut",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                "portefeuille_id",
                "etat",
                DEBUT,
                "id",
                include=["domaine", "date_debut"],
                condition=~Q(etat="brouillon"),
                name="dossier_portefeuille_debut",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["siren", "transmis_le", "id"],
                include=["etat", "domaine", "date_debut"],
                condition=Q(transmis_le__isnull=False),
                name="dossier_siren_depot",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["prestataire_siren", "transmis_le", "id"],
                include=["etat", "domaine", "date_debut"],
                condition=Q(accorde_le__isnull=False, transmis_le__isnull=False),
                name="dossier_prestataire_depot",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["portefeuille_id", "etat", "transmis_le", "id"],
                include=["domaine", "date_debut"],
                condition=~Q(etat="brouillon") & Q(transmis_le__isnull=False),
                name="dossier_portefeuille_depot",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["siren", "modifie_le", "id"], condition=Q(etat="brouillon"), name="dossier_brouillon"),
        ),
    ]
