"""What the OPCO owes after a grant, copied once and never computed again; and what each company used of its yearly budgets."""

from decimal import Decimal
from typing import ClassVar

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from jalon.dispositifs.base import Echeance
from jalon.dossiers.models import Dossier
from jalon.dossiers.models.dossier import perimetres_restreints
from jalon.editions.models import Edition
from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau
from jalon.socle.baremes import ModePaiement
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import ModeleProtege, q_du_perimetre


def _montant(libelle: str) -> "models.DecimalField[Decimal | float | str | Combinable, Decimal]":
    return models.DecimalField(libelle, max_digits=12, decimal_places=2)


class Engagement(ModeleProtege):
    """An accord de prise en charge, frozen on the day of the grant. `numero` is the request's.

    Where the law sets when it is paid (`echelonne`), it may be counted again: `version` and the amounts follow, the lines and the payments of
    before are kept. `explications`: libelle, montant and source of each reason of the amounts in force.

    `montant_a_payer`: the most that leaves the OPCO's account (VAT included only where the provider is paid). `impute`: what was
    taken from the company's `enveloppe` of `annee`. `edition`: the typeset agreement, once the job made it.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    numero = models.CharField("numéro", max_length=14, unique=True)
    accorde_le = models.DateTimeField("accordé le")
    accorde_par = models.UUIDField(null=True)
    accorde_par_nom = models.CharField(max_length=200, default="", blank=True)
    mode_paiement = models.CharField(max_length=14, choices=[(m.value, m.value) for m in ModePaiement])
    motif_paiement = models.CharField(max_length=400, default="", blank=True)
    taux_tva = models.DecimalField("taux de TVA", max_digits=5, decimal_places=2)
    montant_ht = _montant("HT")
    montant_tva = _montant("TVA")
    montant_ttc = _montant("TTC")
    montant_a_payer = _montant("à payer")
    bareme_reference = models.CharField(max_length=300, default="", blank=True)
    explications = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
    enveloppe = models.CharField(max_length=20, default="", blank=True)
    annee = models.PositiveSmallIntegerField("année")
    impute = _montant("imputé au budget annuel")
    commentaire = models.CharField(max_length=1000, default="", blank=True)
    echelonne = models.BooleanField("payé par échéances", default=False)
    version = models.PositiveSmallIntegerField(default=1)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    annule_le = models.DateTimeField("annulé le", null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(montant_ttc=F("montant_ht") + F("montant_tva")), name="engagement_ttc_juste"),
            models.CheckConstraint(
                condition=Q(montant_ht__gte=0, montant_tva__gte=0, impute__gte=0)
                & Q(montant_a_payer__gte=F("montant_ht"), montant_a_payer__lte=F("montant_ttc")),
                name="engagement_montants_coherents",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["siren", "-accorde_le"], name="engagement_siren"),
            models.Index(fields=["prestataire_siren", "-accorde_le"], name="engagement_prestataire"),
        ]

    def __str__(self) -> str:
        return self.numero

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Who reads the request, by its family or its dispositif, or invoices, there: company, provider, portefeuilles of the OPCO."""
        q = q_du_perimetre(acteur.perimetre(Droit(Domaine.FACTURES, niveau)))
        for domaine in FAMILLES:
            q |= Q(domaine=domaine.value) & q_du_perimetre(acteur.perimetre(Droit(domaine, niveau)))
            for code, perimetre in perimetres_restreints(acteur, domaine, niveau).items():
                q |= Q(domaine=domaine.value, dossier__dispositif=code) & q_du_perimetre(perimetre)
        return q


class LigneEngagement(models.Model):
    """One granted line, in euros HT. Reached by its engagement only.

    `annexe`: beside the schedule, invoiced apart. `remplacee_le`: no longer counts, the schedule was counted again.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="lignes")
    rang = models.PositiveSmallIntegerField()
    poste = models.CharField(max_length=40)
    libelle = models.CharField("libellé", max_length=120)
    quantite = models.DecimalField("quantité", max_digits=12, decimal_places=2)
    unite = models.CharField("unité", max_length=20, default="", blank=True)
    prix_unitaire = _montant("prix unitaire")
    montant_demande = _montant("demandé HT")
    montant_ht = _montant("accordé HT")
    soumise_a_tva = models.BooleanField(default=False)
    annexe = models.BooleanField("frais annexe", default=False)
    remplacee_le = models.DateTimeField("remplacée le", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["engagement", "poste"], condition=Q(remplacee_le__isnull=True), name="ligne_engagement_poste"
            ),
            models.CheckConstraint(condition=Q(montant_ht__gte=0), name="ligne_engagement_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.poste} {self.montant_ht}"


class EcheanceEngagement(models.Model):
    """A payment to come of an engagement, in euros, in one `version` of its schedule. Reached by its engagement only.

    `montant_brut`: before the employer's participation; `montant`: after it. In each version the amounts sum to what is granted
    without annex costs, whatever was already paid. Never changed: `remplacee_le` says that a later version counts instead.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="echeances")
    version = models.PositiveSmallIntegerField()
    numero = models.PositiveSmallIntegerField("numéro")
    annee = models.PositiveSmallIntegerField("année de contrat")
    date_ouverture = models.DateField("ouverture")
    part = models.DecimalField("part de l’année, en pour cent", max_digits=5, decimal_places=2)
    montant_brut = _montant("avant participation")
    montant = _montant("montant")
    solde = models.BooleanField(default=False)
    perdu_apres = models.DateField("perdu après le", null=True)
    remplacee_le = models.DateTimeField("remplacée le", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "version", "numero"], name="echeance_engagement_numero"),
            models.UniqueConstraint(
                fields=["engagement", "numero"], condition=Q(remplacee_le__isnull=True), name="echeance_engagement_en_vigueur"
            ),
            models.CheckConstraint(
                condition=Q(montant__gte=0, montant_brut__gte=F("montant"), part__gte=0, part__lte=100, numero__gte=1),
                name="echeance_engagement_positive",
            ),
            models.CheckConstraint(condition=Q(perdu_apres__isnull=True) | Q(solde=True), name="echeance_engagement_perdue"),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="echeance_engagement_figee", exclude=["remplacee_le"]),
            pgtrigger.Protect(name="echeance_engagement_gardee", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.codification} {self.montant}"

    @property
    def codification(self) -> str:
        """« E2 »."""
        return self.figee.codification

    @property
    def figee(self) -> Echeance:
        """As it was computed."""
        return Echeance(
            numero=self.numero,
            annee=self.annee,
            date_ouverture=self.date_ouverture,
            part=self.part,
            brut=self.montant_brut,
            montant=self.montant,
            solde=self.solde,
            perdu_apres=self.perdu_apres,
        )


class ConsommationAnnuelle(models.Model):
    """Euros HT that a company (SIREN) was granted in a calendar year from one envelope. The row is locked by each grant."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    siren = models.CharField("SIREN", max_length=9)
    annee = models.PositiveSmallIntegerField("année")
    enveloppe = models.CharField(max_length=20)
    montant = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["siren", "annee", "enveloppe"], name="consommation_unique"),
            models.CheckConstraint(condition=Q(montant__gte=0), name="consommation_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.siren} {self.annee} {self.enveloppe} {self.montant}"
