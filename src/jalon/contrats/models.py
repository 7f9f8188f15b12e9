"""What happens to a granted contract. Company and OPCO see it as the request; the provider, what concerns it, by its door."""

from typing import ClassVar

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from jalon.contrats.enums import EN_COURS, EtatAvenant
from jalon.dossiers.models.suites import SuiteDeDossier
from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Fil

COTES_DECLARANTES = (Cote.ENTREPRISE.value, Cote.PRESTATAIRE.value)


class RuptureDeclaree(SuiteDeDossier):
    """A rupture as one side declared it; a correction replaces it, both are kept.

    `le`: last day of the contract. `dates`: code of a day of the motive -> ISO date. `formation_jusqu_au`: last day of the teaching
    that goes on after it, which the provider alone declares. `heures_faites`: hours of training followed, where it is paid by the hour.
    """

    cote = models.CharField("côté", max_length=12, choices=[(c, c) for c in COTES_DECLARANTES])
    motif = models.CharField(max_length=20, default="", blank=True)
    le = models.DateField("dernier jour du contrat")
    dates = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    jours_pratiques = models.PositiveSmallIntegerField(null=True)
    heures_faites = models.DecimalField("heures de formation suivies", max_digits=8, decimal_places=2, null=True)
    representant_signe = models.BooleanField(default=False)
    formation_jusqu_au = models.DateField(null=True)
    declaree_le = models.DateTimeField("déclarée le")
    declaree_par = models.UUIDField(null=True)
    declaree_par_nom = models.CharField(max_length=200, default="", blank=True)
    remplacee_le = models.DateTimeField("remplacée le", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "cote"], condition=Q(remplacee_le__isnull=True), name="rupture_en_vigueur_par_cote"
            ),
            models.CheckConstraint(condition=Q(cote__in=COTES_DECLARANTES), name="rupture_cote_connu"),
            models.CheckConstraint(
                condition=Q(cote=Cote.PRESTATAIRE) | Q(formation_jusqu_au__isnull=True) & ~Q(motif=""),
                name="rupture_de_l_entreprise_motivee",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="rupture_figee", fields=["cote", "motif", "le", "dates", "heures_faites", "declaree_le", "declaree_par"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.cote} {self.le}"


class Avenant(SuiteDeDossier):
    """A change of a granted contract: prepared by the company, decided by the OPCO.

    `reponses`: every answer of the contract, of which only the boxes of `code` change; `contenu`: the validated document, once sent.
    Sensitive boxes are ciphertext for the request in both. `version_depart`: the version of the content that it changes.
    """

    rang = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    etat = models.CharField(
        "état", max_length=10, default=EtatAvenant.BROUILLON, choices=[(e.value, e.value) for e in EtatAvenant]
    )
    version_depart = models.PositiveIntegerField()
    reponses = models.JSONField(default=dict)
    contenu = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    date_effet = models.DateField("date d’effet", null=True)
    commence_le = models.DateTimeField("commencé le")
    commence_par = models.UUIDField(null=True)
    commence_par_nom = models.CharField(max_length=200, default="", blank=True)
    transmis_le = models.DateTimeField(null=True)
    transmis_par_nom = models.CharField(max_length=200, default="", blank=True)
    decide_le = models.DateTimeField("décidé le", null=True)
    decide_par = models.UUIDField(null=True)
    decide_par_nom = models.CharField(max_length=200, default="", blank=True)
    texte = models.TextField("raison du refus", default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "rang"], name="avenant_rang_unique"),
            models.UniqueConstraint(fields=["dossier"], condition=Q(etat__in=EN_COURS), name="avenant_en_cours_unique"),
            models.CheckConstraint(
                condition=Q(etat__in=[EtatAvenant.BROUILLON, EtatAvenant.ABANDONNE])
                | Q(contenu__isnull=False, transmis_le__isnull=False, date_effet__isnull=False),
                name="avenant_transmis_complet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rang} {self.code} {self.etat}"


class Transfert(SuiteDeDossier):
    """A contract that passed to another company, as the former one keeps it: the row carries the portée that the contract had.

    `titre`, `numero`: as they were that day. `fil`: its exchanges with the OPCO, which the new company never reads.
    """

    avenant = models.OneToOneField(Avenant, on_delete=models.CASCADE, related_name="+")
    numero = models.CharField("numéro", max_length=14)
    titre = models.CharField(max_length=200, default="", blank=True)
    denomination = models.CharField("ancien employeur", max_length=200, default="", blank=True)
    vers_siren = models.CharField("SIREN du nouvel employeur", max_length=9)
    vers_denomination = models.CharField("nouvel employeur", max_length=200, default="", blank=True)
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["siren", "-le"], name="transfert_siren")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(siren=F("vers_siren")), name="transfert_ailleurs")]
        triggers: ClassVar = [pgtrigger.ReadOnly(name="transfert_fige", exclude=["portefeuille_id"])]

    def __str__(self) -> str:
        return f"{self.numero} {self.siren} {self.vers_siren}"
