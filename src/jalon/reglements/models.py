"""Batches of transfers and their lines. The database enforces two people, one payment per invoice, and frozen amounts."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Collate

from jalon.banque.models import CoordonneesBancaires
from jalon.facturation.models import Facture
from jalon.reglements.enums import EtatLot
from jalon.reglements.regles import TABLE
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Perimetre, Pouvoir, Profil
from jalon.socle.modeles import ModeleProtege, q_du_perimetre

AVEC_FICHIER = [EtatLot.SIGNE.value, EtatLot.EXECUTE.value]
_FIGES_SIGNES = ["sha256", "message_id", "total", "nombre", "signe_par", "signe_le", "date_demandee"]


class LotVirements(ModeleProtege):
    """An order to the bank. `xml_chiffre`: the file, written once, encrypted for this row; `sha256` is that of its clear bytes.

    `remis_le`: first download; from then on it may be at the bank, and is no longer abandoned.
    """

    numero = models.CharField("numéro", max_length=20, unique=True)
    etat = models.CharField("état", max_length=10, default=EtatLot.PREPARE, choices=[(e.value, e.value) for e in EtatLot])
    total = models.DecimalField(max_digits=14, decimal_places=2)
    nombre = models.PositiveIntegerField()
    prepare_le = models.DateTimeField()
    prepare_par = models.UUIDField()
    prepare_par_nom = models.CharField(max_length=200, default="", blank=True)
    signe_le = models.DateTimeField(null=True)
    signe_par = models.UUIDField(null=True)
    signe_par_nom = models.CharField(max_length=200, default="", blank=True)
    message_id = models.CharField(max_length=35, null=True, unique=True)
    date_demandee = models.DateField("exécution demandée le", null=True)
    xml_chiffre = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    remis_le = models.DateTimeField("fichier remis le", null=True)
    date_execution = models.DateField("exécuté le", null=True)
    reference = models.CharField("référence de la banque", max_length=60, default="", blank=True)
    execute_le = models.DateTimeField(null=True)
    execute_par = models.UUIDField(null=True)
    execute_par_nom = models.CharField(max_length=200, default="", blank=True)
    abandonne_le = models.DateTimeField(null=True)
    abandonne_par = models.UUIDField(null=True)
    abandonne_par_nom = models.CharField(max_length=200, default="", blank=True)
    motif_abandon = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(signe_par__isnull=True) | ~Q(signe_par=F("prepare_par")), name="lot_deux_personnes"
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=AVEC_FICHIER)
                | Q(signe_par__isnull=False, signe_le__isnull=False, message_id__isnull=False, xml_chiffre__isnull=False)
                & ~Q(sha256=""),
                name="lot_signe_complet",
            ),
            models.CheckConstraint(
                condition=~Q(etat=EtatLot.EXECUTE)
                | Q(remis_le__isnull=False, date_execution__isnull=False, execute_le__isnull=False) & ~Q(reference=""),
                name="lot_execute_complet",
            ),
            models.CheckConstraint(condition=Q(total__gt=0, nombre__gte=1), name="lot_non_vide"),
            models.CheckConstraint(condition=Q(etat__in=[e.value for e in EtatLot]), name="lot_etat_connu"),
        ]
        indexes: ClassVar = [models.Index(fields=["-prepare_le", "-id"], name="lot_recents")]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="lot_fige", fields=["numero", "prepare_par", "prepare_le"]),
            pgtrigger.Protect(name="lot_garde", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="lot_signe_fige",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sha256__gt="")
                & pgtrigger.Q(*[(f"old__{c}__df", pgtrigger.F(f"new__{c}")) for c in _FIGES_SIGNES], _connector=pgtrigger.Q.OR),
            ),
            pgtrigger.Protect(
                name="lot_clos",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__etat__in=[EtatLot.EXECUTE.value, EtatLot.ABANDONNE.value])
                & pgtrigger.Q(old__etat__df=pgtrigger.F("new__etat")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero} {self.etat}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Only who prepares or signs, and only batches whose every line is inside those portefeuilles."""
        del niveau
        portefeuilles = acteur.portefeuilles(Pouvoir.PREPARER_LOTS) | acteur.portefeuilles(Pouvoir.SIGNER_LOTS)
        if not portefeuilles:
            return Q(pk__in=[])
        ailleurs = Virement.objects.tous("un lot n’est vu que si toutes ses lignes le sont").filter(lot=OuterRef("pk"))
        return Q(~Exists(ailleurs.exclude(portefeuille_id__in=portefeuilles)))

    def avancer(self, vers: EtatLot) -> None:
        """Move along the table of states. Raises TransitionImpossible."""
        TABLE.exiger(self.etat, vers)
        self.etat = vers.value


class Virement(ModeleProtege):
    """One line of an order: amount and account copied when the batch is prepared, encrypted for this row.

    Companies and providers see it once executed, as a « règlement ». `retire_le`: taken out before the file was written.
    `recherche`: words of its invoice, who is paid, references.
    """

    lot = models.ForeignKey(LotVirements, on_delete=models.PROTECT, related_name="+")
    facture = models.ForeignKey(Facture, on_delete=models.PROTECT, related_name="+")
    facture_numero = models.CharField("facture", max_length=40)
    dossier_numero = models.CharField("dossier", max_length=14)
    montant = models.DecimalField(max_digits=12, decimal_places=2)
    beneficiaire = models.CharField("bénéficiaire", max_length=70)
    beneficiaire_profil = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Profil])
    beneficiaire_siren = models.CharField(max_length=9)
    coordonnees = models.ForeignKey(CoordonneesBancaires, on_delete=models.PROTECT, related_name="+")
    iban_chiffre = models.TextField()
    iban_masque = models.CharField("IBAN", max_length=40)
    bic = models.CharField("BIC", max_length=11)
    end_to_end = models.CharField("référence du virement", max_length=35, unique=True)
    execute_le = models.DateField("date du règlement", null=True)
    reference = models.CharField("référence de la banque", max_length=60, default="", blank=True)
    retire_le = models.DateTimeField(null=True)
    motif_retrait = models.CharField(max_length=500, default="", blank=True)
    recherche = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["facture"], condition=Q(retire_le__isnull=True), name="virement_une_fois_par_facture"
            ),
            models.CheckConstraint(condition=Q(montant__gt=0), name="virement_positif"),
            models.CheckConstraint(
                condition=Q(execute_le__isnull=True) | Q(retire_le__isnull=True), name="virement_execute_ou_retire"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lot"], name="virement_lot"),
            models.Index(fields=["siren", "-execute_le", "-id"], name="virement_siren"),
            models.Index(fields=["prestataire_siren", "-execute_le", "-id"], name="virement_prestataire"),
            *(
                models.Index(F(cote), cle, F("id"), condition=Q(execute_le__isnull=False), name=f"virement_{cote[:11]}_{nom}")
                for cote in ("siren", "prestataire_siren")
                for nom, cle in (("montant", F("montant")), ("reference", Collate("reference", "C")))
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="virement_fige",
                fields=["lot", "facture", "montant", "beneficiaire", "coordonnees", "bic", "iban_masque", "end_to_end"],
            ),
            pgtrigger.Protect(name="virement_garde", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="virement_execute_clos",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__execute_le__isnull=False)
                & (
                    pgtrigger.Q(old__execute_le__df=pgtrigger.F("new__execute_le"))
                    | pgtrigger.Q(old__reference__df=pgtrigger.F("new__reference"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The domain RÈGLEMENTS at that level: both sides once it is executed, the OPCO's portefeuilles from the start."""
        vu = acteur.perimetre(Droit(Domaine.REGLEMENTS, niveau))
        des_parties = q_du_perimetre(Perimetre(vu.sirens, vu.sirets, vu.prestataires, couples=vu.couples))
        return q_du_perimetre(Perimetre(portefeuilles=vu.portefeuilles)) | des_parties & Q(execute_le__isnull=False)
