"""Dated reference data. Rules are inserted, never changed: the last revision of a code that covers a day wins."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from jalon.referentiels.enums import Origine
from jalon.socle.baremes import TOUS, Fonds, Gravite, Zone
from jalon.socle.identifiants import nouvel_id
from jalon.socle.reglages import DecisionAutomatique

ORIGINES = [(o.value, o.value) for o in Origine]
FONDS = [(f.value, f.value) for f in Fonds]


def _montant(libelle: str) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(libelle, max_digits=12, decimal_places=2, null=True, blank=True)


class Idcc(models.Model):
    """A collective agreement of the public table."""

    code = models.CharField(primary_key=True, max_length=4)
    libelle = models.CharField(max_length=200, default="", blank=True)
    opco = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        verbose_name = "convention collective"

    def __str__(self) -> str:
        return f"{self.code} – {self.libelle}" if self.libelle else self.code


class VersionBareme(models.Model):
    """A published set of lines."""

    code = models.CharField(primary_key=True, max_length=40)
    dispositif = models.CharField(max_length=40)
    libelle = models.CharField(max_length=120)
    publiee_le = models.DateField()
    source_url = models.URLField(max_length=300, default="", blank=True)

    def __str__(self) -> str:
        return self.libelle


class Revision(models.Model):
    """One revision of a rule, in force between two days, both included."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    code = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=1)
    valide_du = models.DateField()
    valide_au = models.DateField(null=True, blank=True)
    retiree = models.BooleanField(default=False)
    source_url = models.URLField(max_length=300, default="", blank=True)
    origine = models.CharField(max_length=6, choices=ORIGINES, default=Origine.PAQUET)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "revision"], name="%(class)s_revision_unique"),
            models.CheckConstraint(
                condition=Q(valide_au__isnull=True) | Q(valide_au__gte=F("valide_du")), name="%(class)s_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.revision}"


class RegleDeBranche(Revision):
    """A rule for a branch (« * »: every branch) and, where given, a range of sizes."""

    dispositif = models.CharField(max_length=40)
    idcc = models.CharField(max_length=4, default=TOUS)
    effectif_min = models.PositiveIntegerField(null=True, blank=True)
    effectif_max = models.PositiveIntegerField(null=True, blank=True)
    zone = models.CharField(max_length=10, default=TOUS, choices=[(z.value, z.value) for z in Zone])
    enveloppe = models.CharField(max_length=20, default="", blank=True)

    class Meta(Revision.Meta):
        abstract = True
        indexes: ClassVar = [models.Index(fields=["dispositif", "idcc"], name="%(class)s_branche")]


class LigneBareme(RegleDeBranche):
    """What is paid for one kind of action, in euros HT. Null: not paid, or no ceiling for a ceiling."""

    version = models.ForeignKey(VersionBareme, on_delete=models.PROTECT, related_name="lignes")
    fonds = models.CharField(max_length=14, choices=FONDS, default=Fonds.LEGAL)
    type_action = models.CharField(max_length=20, default=TOUS)
    modalite = models.CharField(max_length=20, default=TOUS)
    certification = models.CharField(max_length=20, default=TOUS)
    theme = models.CharField(max_length=20, default=TOUS)
    interne = models.CharField(max_length=3, default=TOUS)
    taux_horaire = _montant("taux horaire pédagogique")
    forfait_jour_intra = _montant("forfait par jour en intra")
    intra_min = models.PositiveIntegerField("stagiaires au moins en intra", null=True, blank=True)
    intra_max = models.PositiveIntegerField("stagiaires au plus en intra", null=True, blank=True)
    plafond_jour = _montant("plafond par jour")
    plafond_heures = _montant("plafond d’heures par stagiaire")
    forfait_action = _montant("forfait par action")
    forfait_stagiaire = _montant("forfait par stagiaire")
    taux_salaire = _montant("taux horaire des salaires")
    salaire_sans_pedagogie = models.BooleanField("salaires seulement sans coût pédagogique", default=False)
    forfait_repas = _montant("forfait par repas")
    plafond_repas = models.PositiveIntegerField("repas au plus par stagiaire", null=True, blank=True)
    forfait_nuit = _montant("forfait par nuit")
    plafond_nuits = models.PositiveIntegerField("nuits au plus par stagiaire", null=True, blank=True)
    forfait_transport = _montant("forfait de transport par stagiaire")
    annexes_hors_plafond = models.BooleanField("frais annexes hors plafond annuel", default=False)
    duree_minimale = _montant("durée minimale en heures")
    note = models.CharField(max_length=300, default="", blank=True)

    class Meta(RegleDeBranche.Meta):
        verbose_name = "ligne de barème"


class PlafondAnnuel(RegleDeBranche):
    """Most that a company (SIREN) may receive in a calendar year from one enveloppe, in euros HT."""

    montant = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta(RegleDeBranche.Meta):
        verbose_name = "plafond annuel"


class RegleModePaiement(Revision):
    """Whether the provider may be paid directly."""

    fonds = models.CharField(max_length=14, default=TOUS)
    integral = models.CharField(max_length=3, default=TOUS)
    subrogation_possible = models.BooleanField()
    motif = models.CharField(max_length=400)

    class Meta(Revision.Meta):
        verbose_name = "règle de mode de paiement"


class ReglageDispositif(Revision):
    """Settings of one dispositif; its code is that of the dispositif."""

    dispositif = models.CharField(max_length=40)
    limite_stagiaires = models.PositiveIntegerField(null=True, blank=True)
    delai_depot_jours = models.PositiveIntegerField(default=30)
    gravite_delai = models.CharField(max_length=8, choices=[(g.value, g.value) for g in Gravite], default=Gravite.AVERTIT)
    decision_automatique = models.CharField(
        "décision automatique",
        max_length=8,
        choices=[(d.value, d.value) for d in DecisionAutomatique],
        default=DecisionAutomatique.PROPOSEE,
        db_default=DecisionAutomatique.PROPOSEE,
    )

    class Meta(Revision.Meta):
        verbose_name = "réglage de dispositif"


class ReglagePaiement(Revision):
    """Settings of every payment; there is one rule, whose code is `CODE`. Without any row, the defaults are in force."""

    CODE: ClassVar = "paiements"
    compte_verifie = models.BooleanField("un compte que personne n’a vérifié n’est pas payé", default=True)

    class Meta(Revision.Meta):
        verbose_name = "réglage des paiements"


class GuichetSuspendu(models.Model):
    """No new request of a branch on a fund between two days of deposit; reopened from `rouvert_le` on."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    code = models.CharField(max_length=60, unique=True)
    dispositif = models.CharField(max_length=40)
    idcc = models.CharField(max_length=4, default=TOUS)
    fonds = models.CharField(max_length=14, default=TOUS)
    du = models.DateField()
    au = models.DateField(null=True, blank=True)
    rouvert_le = models.DateField(null=True, blank=True)
    message = models.CharField(max_length=400)
    source_url = models.URLField(max_length=300, default="", blank=True)
    origine = models.CharField(max_length=6, choices=ORIGINES, default=Origine.PAQUET)

    class Meta:
        verbose_name = "guichet suspendu"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(au__isnull=True) | Q(au__gte=F("du")), name="guichetsuspendu_dates")
        ]

    def __str__(self) -> str:
        return self.code


class ExceptionDepot(models.Model):
    """Actions that begin between two days may be sent until `depot_au`, whatever the usual delay."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    code = models.CharField(max_length=60, unique=True)
    dispositif = models.CharField(max_length=40)
    debut_du = models.DateField()
    debut_au = models.DateField()
    depot_au = models.DateField()
    motif = models.CharField(max_length=400)

    class Meta:
        verbose_name = "exception au délai de dépôt"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(debut_au__gte=F("debut_du")), name="exceptiondepot_dates")]

    def __str__(self) -> str:
        return self.code
