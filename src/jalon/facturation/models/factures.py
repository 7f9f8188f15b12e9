"""Invoices and certificates: written once, cancelled and issued again, never edited. The database refuses the rest."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate

from jalon.banque.models import CoordonneesBancaires
from jalon.engagements.models import EcheanceEngagement, Engagement
from jalon.facturation.enums import (
    LIBELLES_ETATS,
    EtatFacture,
    GenreFacture,
    MotifRejet,
    NatureAction,
)
from jalon.facturation.regles import TABLE
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.modeles import ModeleProtege, q_du_perimetre

ETATS_EN_COURS = [EtatFacture.TRANSMISE.value, EtatFacture.ACCEPTEE.value, EtatFacture.EN_PAIEMENT.value]
ETATS_AVEC_COMPTE = [EtatFacture.EN_PAIEMENT.value, EtatFacture.REGLEE.value]
_FIGES = [
    "engagement", "siren", "siret", "prestataire_siren", "genre", "emetteur_siren", "emetteur_siret", "numero",
    "numero_normalise", "date_emission", "montant_ht", "taux_tva", "montant_tva", "montant_ttc", "montant_a_payer",
    "document", "beneficiaire_profil", "beneficiaire_siren", "deposee_le", "deposee_par", "echeance",
    "copie_participation", "attestation_debut",
]  # fmt: skip


def _index_des_tris() -> list[models.Index]:
    """For each side of an invoice, each other order of its list."""
    cotes = {"siren": ("siren",), "prestataire": ("prestataire_siren",), "portefeuille": ("portefeuille_id", "etat")}
    cles: dict[str, F | Collate] = {
        "emission": F("date_emission"),
        "montant": F("montant_a_payer"),
        "numero": Collate("numero_normalise", "C"),
    }
    return [
        models.Index(*(F(champ) for champ in champs), cle, F("id"), name=f"facture_{cote}_{nom}"[:30])
        for cote, champs in cotes.items()
        for nom, cle in cles.items()
    ]


class Facture(ModeleProtege):
    """An invoice against an engagement. `emetteur`: who numbered it; `beneficiaire`: who is paid (the company, for a
    reimbursement). `echeance`: the payment that it asks, where there is a schedule; none for costs invoiced apart.
    `copie_participation`: the invoice of the CFA to the employer, due with the last balance (R6332-25, III, 4°). `attestation_debut`:
    that the training began, due with the first advance of a recent CFA (R6332-25, V). From
    `coordonnees` on, what is frozen when it is accepted: the account is copied, encrypted for this row."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    echeance = models.ForeignKey(EcheanceEngagement, on_delete=models.PROTECT, null=True, related_name="+")
    dossier_numero = models.CharField("dossier", max_length=14)
    dossier_titre = models.CharField("formation", max_length=200, default="", blank=True)
    genre = models.CharField(max_length=14, choices=[(g.value, g.value) for g in GenreFacture])
    emetteur_siren = models.CharField(max_length=9)
    emetteur_siret = models.CharField(max_length=14)
    emetteur_nom = models.CharField("émetteur", max_length=200, default="", blank=True)
    numero = models.CharField("numéro", max_length=40)
    numero_normalise = models.CharField(max_length=80)
    date_emission = models.DateField("date d’émission")
    montant_ht = models.DecimalField("HT", max_digits=12, decimal_places=2)
    taux_tva = models.DecimalField("taux de TVA", max_digits=5, decimal_places=2)
    montant_tva = models.DecimalField("TVA", max_digits=12, decimal_places=2)
    montant_ttc = models.DecimalField("TTC", max_digits=12, decimal_places=2)
    montant_a_payer = models.DecimalField("à payer", max_digits=12, decimal_places=2)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    copie_participation = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    attestation_debut = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    beneficiaire_profil = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Profil])
    beneficiaire_siren = models.CharField(max_length=9)
    beneficiaire_nom = models.CharField("bénéficiaire", max_length=200, default="", blank=True)
    deposee_le = models.DateTimeField("déposée le")
    deposee_par = models.UUIDField(null=True)
    deposee_par_nom = models.CharField(max_length=200, default="", blank=True)
    recherche = models.TextField(default="", blank=True)

    etat = models.CharField(
        "état", max_length=12, default=EtatFacture.TRANSMISE, choices=[(e.value, e.value) for e in EtatFacture]
    )
    etat_depuis = models.DateTimeField()
    decidee_par = models.UUIDField(null=True)
    decidee_par_nom = models.CharField(max_length=200, default="", blank=True)
    motif_rejet = models.CharField(max_length=24, default="", blank=True, choices=[(m.value, m.value) for m in MotifRejet])
    texte_rejet = models.CharField(max_length=1000, default="", blank=True)
    service_fait = models.CharField("contrôle de service fait", max_length=1000, default="", blank=True)

    coordonnees = models.ForeignKey(CoordonneesBancaires, on_delete=models.PROTECT, null=True, related_name="+")
    coordonnees_figees_le = models.DateTimeField(null=True)
    titulaire = models.CharField(max_length=70, default="", blank=True)
    iban_chiffre = models.TextField(default="", blank=True)
    bic = models.CharField("BIC", max_length=11, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["emetteur_siren", "numero_normalise"],
                condition=~Q(etat=EtatFacture.REJETEE),
                name="facture_numero_une_fois",
            ),
            models.UniqueConstraint(
                fields=["echeance"], condition=Q(etat__in=ETATS_EN_COURS), name="facture_echeance_une_a_la_fois"
            ),
            models.CheckConstraint(
                condition=Q(echeance__isnull=True) | Q(genre=GenreFacture.FACTURE), name="facture_echeance_du_prestataire"
            ),
            models.CheckConstraint(condition=Q(montant_ttc=F("montant_ht") + F("montant_tva")), name="facture_ttc_juste"),
            models.CheckConstraint(
                condition=Q(montant_ht__gt=0, montant_tva__gte=0, montant_a_payer__gt=0)
                & Q(montant_a_payer__lte=F("montant_ttc")),
                name="facture_montants_positifs",
            ),
            models.CheckConstraint(
                condition=Q(etat=EtatFacture.REJETEE) & ~Q(motif_rejet="") | ~Q(etat=EtatFacture.REJETEE) & Q(motif_rejet=""),
                name="facture_motif_si_rejetee",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=ETATS_AVEC_COMPTE) | Q(coordonnees__isnull=False) & ~Q(iban_chiffre=""),
                name="facture_compte_si_payee",
            ),
            models.CheckConstraint(condition=Q(etat__in=[e.value for e in EtatFacture]), name="facture_etat_connu"),
            models.CheckConstraint(
                condition=Q(beneficiaire_profil=Profil.ADHERENT, beneficiaire_siren=F("siren"))
                | Q(beneficiaire_profil=Profil.PRESTATAIRE, beneficiaire_siren=F("prestataire_siren")),
                name="facture_beneficiaire_partie",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["engagement"], name="facture_engagement"),
            models.Index(fields=["siren", "-deposee_le", "-id"], name="facture_siren"),
            models.Index(fields=["prestataire_siren", "-deposee_le", "-id"], name="facture_prestataire"),
            models.Index(fields=["portefeuille_id", "etat", "-deposee_le", "-id"], name="facture_portefeuille"),
            *_index_des_tris(),
            models.Index(fields=["siren"], condition=Q(etat=EtatFacture.REJETEE), name="facture_rejetee_siren"),
            models.Index(fields=["prestataire_siren"], condition=Q(etat=EtatFacture.REJETEE), name="facture_rejetee_prestataire"),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="facture_figee", fields=_FIGES),
            pgtrigger.Protect(name="facture_gardee", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="facture_reglee_close",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__etat=EtatFacture.REGLEE.value) & pgtrigger.Q(old__etat__df=pgtrigger.F("new__etat")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero} {self.etat}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The domain FACTURES at that level: company, provider, portefeuilles of the OPCO."""
        return q_du_perimetre(acteur.perimetre(Droit(Domaine.FACTURES, niveau)))

    def avancer(self, vers: EtatFacture, *depuis: EtatFacture) -> None:
        """Move along the table of states, from one of these only: two acts may lead to the same state. Raises
        TransitionImpossible."""
        TABLE.exiger(self.etat, vers)
        if self.etat not in depuis:
            raise TransitionImpossible(
                f"Cette action n’est plus possible\u00a0: la facture est «\u00a0{LIBELLES_ETATS[self.etat]}\u00a0»."
            )
        self.etat = vers.value


class CertificatRealisation(ModeleProtege):
    """What was really done, attested by its signatory; names of trainees are in the document only."""

    facture = models.OneToOneField(Facture, on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=20, choices=[(n.value, n.value) for n in NatureAction])
    intitule = models.CharField("intitulé", max_length=200, default="", blank=True)
    date_debut = models.DateField()
    date_fin = models.DateField()
    heures_realisees = models.DecimalField(max_digits=8, decimal_places=2)
    nombre_stagiaires = models.PositiveIntegerField()
    signataire_nom = models.CharField(max_length=120)
    signataire_qualite = models.CharField(max_length=120)
    lieu = models.CharField(max_length=120)
    signe_le = models.DateField()
    conservation = models.BooleanField("engagement de conservation des justificatifs")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(date_fin__gte=F("date_debut")), name="certificat_dates"),
            models.CheckConstraint(
                condition=Q(heures_realisees__gt=0, nombre_stagiaires__gte=1, conservation=True), name="certificat_complet"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="certificat_garde", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"certificat de {self.facture_id}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """As its invoice."""
        return q_du_perimetre(acteur.perimetre(Droit(Domaine.FACTURES, niveau)))
