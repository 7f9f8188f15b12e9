"""The journal: one line per event, inserted only (the application's role cannot update or delete it)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q

from jalon.journal.enums import Sensible
from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau, Pouvoir
from jalon.socle.modeles import ModeleProtege, q_du_perimetre

DES_ACCES = (Domaine.ACCES.value, Domaine.RIB.value)
"""What concerns an organisation itself: who acts for it, on which account it is paid."""


class Evenement(ModeleProtege):
    """What happened, to what, by whom, when. Details never hold a NIR, an IBAN, a code or a file."""

    le = models.DateTimeField()
    code = models.CharField(max_length=60)
    acteur_id = models.UUIDField(null=True)
    acteur_libelle = models.CharField(max_length=200)
    objet_type = models.CharField(max_length=40, default="")
    objet_id = models.CharField(max_length=40, default="")
    details = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["objet_id", "-le"], name="journal_objet"),
            models.Index(fields=["siren", "-le"], name="journal_siren"),
            models.Index(
                fields=["prestataire_siren", "-le"],
                condition=Q(domaine__in=DES_ACCES) & ~Q(prestataire_siren=""),
                name="journal_prestataire",
            ),
            models.Index(fields=["acteur_id", "-le"], name="journal_acteur"),
        ]

    def __str__(self) -> str:
        return f"{self.le:%Y-%m-%d %H:%M} {self.code}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """An event is read by who reads its domain; events of access are read by administrators alone."""
        q = Q(pk__in=[])
        for domaine in (*FAMILLES, Domaine.SALARIES, Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB):
            q |= Q(domaine=domaine) & q_du_perimetre(acteur.perimetre(Droit(domaine, niveau)))
        return q | Q(domaine=Domaine.ACCES) & q_du_perimetre(acteur.perimetre(Droit(Domaine.ACCES, Niveau.GESTION)))


class Revelation(ModeleProtege):
    """Somebody was shown a NIR, an IBAN or a document: who, which one, why, when; never the value (exigences, P2).

    Inserted only, and sealed by another role. `le`: on the clock of the product; `inscrit_le`: on that of the database, which
    the chain trusts.
    """

    le = models.DateTimeField()
    inscrit_le = models.DateTimeField(
        db_default=Func(function="clock_timestamp", output_field=models.DateTimeField()), editable=False
    )
    sensible = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Sensible])
    acteur_id = models.UUIDField(null=True)
    acteur_libelle = models.CharField(max_length=200)
    objet_type = models.CharField(max_length=40)
    objet_id = models.CharField(max_length=40)
    objet_libelle = models.CharField(max_length=200)
    motif = models.CharField(max_length=500)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-le", "-id"], name="revelation_le"),
            models.Index(fields=["inscrit_le"], name="revelation_inscrit"),
            models.Index(fields=["acteur_id", "-le"], name="revelation_acteur"),
        ]

    def __str__(self) -> str:
        return f"{self.le:%Y-%m-%d %H:%M} {self.sensible} {self.objet_libelle}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Read by who handles the alerts of the OPCO, whatever the portefeuille; by nobody else."""
        del niveau
        return Q() if acteur.portefeuilles(Pouvoir.VEILLER) else Q(pk__in=[])


class BlocScelle(models.Model):
    """A link of the chain over the revelations: written by the role of the seal, read by the application.

    `empreinte` covers the number, the instant, the previous digest and every row named by `lignes` (docs/adr/0016).
    """

    rang = models.PositiveBigIntegerField(primary_key=True)
    scelle_le = models.DateTimeField()
    premiere = models.UUIDField()
    derniere = models.UUIDField()
    nombre = models.PositiveIntegerField()
    lignes = ArrayField(models.UUIDField())
    precedente = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["scelle_le"], name="bloc_scelle_le")]

    def __str__(self) -> str:
        return f"bloc {self.rang}"
