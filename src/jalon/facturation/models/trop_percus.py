"""What was paid in excess, and the money that came back."""

from decimal import Decimal
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from jalon.engagements.models import Engagement
from jalon.facturation.enums import LIBELLES_POSTES, TROP_PERCUS_OUVERTS, EtatTropPercu, PosteVerse
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Profil
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import ModeleProtege, q_du_perimetre


class TropPercu(ModeleProtege):
    """What was paid in excess on a part of an agreement that was counted again, until it is given back or given up.

    `montant`: to be given back in all, what was already received included; it follows the agreement while it is open. `reclame_avant`:
    last day given to pay. `abandon_…`: proposed by one person, decided by another.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    poste = models.CharField(max_length=10, choices=[(p.value, p.value) for p in PosteVerse])
    dossier_numero = models.CharField("dossier", max_length=14)
    dossier_titre = models.CharField("formation", max_length=200, default="", blank=True)
    beneficiaire_profil = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Profil])
    beneficiaire_siren = models.CharField(max_length=9)
    beneficiaire_nom = models.CharField("bénéficiaire", max_length=200, default="", blank=True)
    montant = models.DecimalField("à rendre", max_digits=12, decimal_places=2)
    recu = models.DecimalField("reçu", max_digits=12, decimal_places=2, default=0)
    motif = models.CharField(max_length=500, default="", blank=True)
    etat = models.CharField(
        "état", max_length=12, default=EtatTropPercu.A_RECLAMER, choices=[(e.value, e.value) for e in EtatTropPercu]
    )
    etat_depuis = models.DateTimeField()
    constate_le = models.DateTimeField("constaté le")
    reclame_le = models.DateTimeField("réclamé le", null=True)
    reclame_avant = models.DateField("à rendre avant le", null=True)
    abandon_propose_le = models.DateTimeField(null=True)
    abandon_propose_par = models.UUIDField(null=True)
    abandon_propose_par_nom = models.CharField(max_length=200, default="", blank=True)
    abandon_motif = models.CharField(max_length=500, default="", blank=True)
    abandonne = models.DecimalField("abandonné", max_digits=12, decimal_places=2, default=0)
    abandonne_par = models.UUIDField(null=True)
    abandonne_par_nom = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["engagement", "poste"], condition=Q(etat__in=TROP_PERCUS_OUVERTS), name="trop_percu_ouvert_unique"
            ),
            models.CheckConstraint(
                condition=Q(montant__gte=0, recu__gte=0, abandonne__gte=0) & Q(montant__gte=F("recu") + F("abandonne")),
                name="trop_percu_juste",
            ),
            models.CheckConstraint(
                condition=Q(abandonne_par__isnull=True) | ~Q(abandonne_par=F("abandon_propose_par")), name="trop_percu_a_deux"
            ),
            models.CheckConstraint(condition=Q(etat__in=[e.value for e in EtatTropPercu]), name="trop_percu_etat_connu"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["portefeuille_id", "etat", "constate_le"], name="trop_percu_portefeuille"),
            models.Index(fields=["beneficiaire_siren", "constate_le"], name="trop_percu_beneficiaire"),
            models.Index(fields=["engagement"], name="trop_percu_engagement"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="trop_percu_garde", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.dossier_numero} {self.poste} {self.etat}"

    @property
    def reste(self) -> Decimal:
        """Euros still to be given back."""
        return self.montant - self.recu - self.abandonne

    @property
    def ouvert(self) -> bool:
        """Whether something is still expected."""
        return self.etat in TROP_PERCUS_OUVERTS

    @property
    def libelle(self) -> str:
        """« Échéances du CFA »."""
        return LIBELLES_POSTES[PosteVerse(self.poste)]

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The domain FACTURES at that level, on the side that was paid; portefeuilles of the OPCO."""
        return q_du_perimetre(acteur.perimetre(Droit(Domaine.FACTURES, niveau)))


class Remboursement(models.Model):
    """Money that came back, as the bank's account shows it. Never changed; reached by its overpayment only."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    trop_percu = models.ForeignKey(TropPercu, on_delete=models.PROTECT, related_name="remboursements")
    montant = models.DecimalField(max_digits=12, decimal_places=2)
    recu_le = models.DateField("reçu le")
    reference = models.CharField("référence", max_length=60)
    saisi_le = models.DateTimeField()
    saisi_par = models.UUIDField(null=True)
    saisi_par_nom = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(montant__gt=0), name="remboursement_positif")]
        triggers: ClassVar = [pgtrigger.Protect(name="remboursement_garde", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.reference} {self.montant}"
