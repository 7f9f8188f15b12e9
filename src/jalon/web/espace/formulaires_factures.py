"""What is typed of an invoice and of its proofs."""

from decimal import Decimal
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from jalon.engagements.models import Engagement
from jalon.facturation.actions import Fichier
from jalon.facturation.enums import NatureAction
from jalon.facturation.regles import (
    Preuves,
    SaisieCertificat,
    SaisieFacture,
    SuiviEcheance,
    SuiviEcheancier,
    preuves_exigees,
)
from jalon.facturation.regles.debut import SANS_CONDITION, DebutDuCfa
from jalon.socle.baremes import ModePaiement
from jalon.socle.montants import ZERO, formater_montant
from jalon.web.composants.champs import ChampDate, ChampMontant

ANNEXES = "annexes"
TAUX = [("0", "Exonérée (0\u00a0%)"), ("20", "20\u00a0%"), ("10", "10\u00a0%"), ("5.5", "5,5\u00a0%")]


class FormulaireFacture(forms.Form):
    """The invoice as it stands on paper, then the certificate."""

    nature = NatureAction.ACTION_FORMATION
    echeancier = False

    @property
    def avec_certificat(self) -> bool:
        """Whether the boxes of the certificate are there."""
        return "certificat" in self.fields

    @property
    def avec_participation(self) -> bool:
        """Whether the copy of the employer's invoice is asked."""
        return "participation" in self.fields

    @property
    def avec_attestation(self) -> bool:
        """Whether the proof that the training began is asked."""
        return "attestation" in self.fields

    numero = forms.CharField(
        label="Numéro de la facture", max_length=40, error_messages={"required": "Indiquez le numéro de la facture"}
    )
    date_emission = ChampDate(label="Date d’émission")
    montant_ht = ChampMontant(label="Montant HT")
    taux_tva = forms.ChoiceField(label="Taux de TVA", choices=TAUX)
    montant_ttc = ChampMontant(label="Montant TTC")
    facture = forms.FileField(
        label="La facture",
        help_text="PDF (Factur-X compris), JPEG ou PNG, 10\u00a0Mo au plus.",
        error_messages={"required": "Joignez la facture"},
    )
    date_debut = ChampDate(label="Début réalisé")
    date_fin = ChampDate(label="Fin réalisée")
    heures_realisees = forms.DecimalField(
        label="Heures réalisées", max_digits=8, decimal_places=2, localize=True,
        help_text="Pour tous les salariés ensemble.", error_messages={"required": "Indiquez les heures réalisées", "invalid": "Écrivez un nombre d’heures, par exemple 28"},
    )  # fmt: skip
    nombre_stagiaires = forms.IntegerField(
        label="Nombre de salariés formés",
        min_value=1,
        error_messages={
            "required": "Indiquez le nombre de salariés formés",
            "invalid": "Écrivez un nombre entier, par exemple 2",
        },
    )
    signataire_nom = forms.CharField(
        label="Nom du signataire", max_length=120, error_messages={"required": "Indiquez le nom du signataire du certificat"}
    )
    signataire_qualite = forms.CharField(
        label="Qualité du signataire", max_length=120, error_messages={"required": "Indiquez la qualité du signataire"}
    )
    lieu = forms.CharField(label="Fait à", max_length=120, error_messages={"required": "Indiquez le lieu de signature"})
    signe_le = ChampDate(label="Signé le", error_messages={"required": "Indiquez le jour de signature du certificat"})
    certificat = forms.FileField(
        label="Le certificat de réalisation",
        help_text="PDF, JPEG ou PNG, 10 Mo au plus.",
        error_messages={"required": "Joignez le certificat de réalisation"},
    )
    conservation = forms.BooleanField(
        label="Je m’engage à conserver les justificatifs de la formation",
        error_messages={"required": "Cochez cet engagement\u00a0: il figure sur le certificat"},
    )

    def saisie_facture(self) -> SaisieFacture:
        """What is judged of the invoice."""
        lu = self.cleaned_data
        return SaisieFacture(
            numero=lu["numero"], date_emission=lu["date_emission"], montant_ht=lu["montant_ht"],
            taux_tva=Decimal(lu["taux_tva"]), montant_ttc=lu["montant_ttc"],
        )  # fmt: skip

    def saisie_certificat(self) -> SaisieCertificat | None:
        """What is judged of the certificate; None when the invoice asks none."""
        lu = self.cleaned_data
        return SaisieCertificat(
            nature=self.nature, date_debut=lu["date_debut"], date_fin=lu["date_fin"],
            heures_realisees=lu["heures_realisees"], nombre_stagiaires=lu["nombre_stagiaires"],
            signataire_nom=lu["signataire_nom"], signataire_qualite=lu["signataire_qualite"], lieu=lu["lieu"],
            signe_le=lu["signe_le"], conservation=lu["conservation"],
        )  # fmt: skip

    def fichier(self, nom: str) -> Fichier:
        """An uploaded file, as the action takes it."""
        recu: UploadedFile[bytes] = self.cleaned_data[nom]
        return Fichier(recu.name or "", cast("BinaryIO", recu.file))

    def fichier_joint(self, nom: str) -> Fichier | None:
        """The same, of a document that only some invoices ask."""
        return self.fichier(nom) if self.cleaned_data.get(nom) else None

    def numero_echeance(self) -> int | None:
        """The payment that is asked; None without a schedule."""
        return None


CASES_DU_CERTIFICAT = (
    "date_debut", "date_fin", "heures_realisees", "nombre_stagiaires", "signataire_nom", "signataire_qualite", "lieu", "signe_le",
    "certificat", "conservation",
)  # fmt: skip


class FormulaireEcheance(FormulaireFacture):
    """The payment that is asked, then the invoice; the certificate and the copy of the employer's invoice for the last balance only."""

    nature = NatureAction.APPRENTISSAGE
    echeancier = True
    echeance = forms.ChoiceField(
        label="Échéance facturée", widget=forms.RadioSelect,
        help_text="Une facture par échéance. Les frais annexes se facturent à part.",
        error_messages={"required": "Choisissez l’échéance facturée", "invalid_choice": "Choisissez une échéance ouverte"},
    )  # fmt: skip
    participation = forms.FileField(
        label="La copie de la facture de participation envoyée à l’employeur",
        help_text="PDF, JPEG ou PNG, 10 Mo au plus. Elle accompagne le dernier solde (Code du travail, R6332-25).",
        required=False,
    )

    attestation = forms.FileField(
        label="L’attestation de début de la formation",
        help_text="PDF, JPEG ou PNG, 10 Mo au plus. Votre déclaration d’activité a moins de six mois\u00a0: une fois, avec la première avance (Code du travail, R6332-25, V).",
        error_messages={"required": "Joignez l’attestation de début de la formation"},
        required=False,
    )

    def __init__(
        self, suivi: SuiviEcheancier, annexes: Decimal, choisie: str, *args: Any, debut: DebutDuCfa = SANS_CONDITION
    ) -> None:
        super().__init__(*args)
        self.suivi, self.debut = suivi, debut
        choix = [(str(ligne.echeance.numero), _libelle(ligne)) for ligne in suivi.facturables]
        if annexes > ZERO:
            choix.append((ANNEXES, f"Frais annexes, {formater_montant(annexes)} à facturer"))
        champ = self.fields["echeance"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = choix
        self._alleger(suivi, annexes)
        premiere = choisie if choisie in dict(choix) else next((code for code, _ in choix), "")
        ligne = suivi.numero(int(premiere)) if premiere.isdecimal() else None
        montant = ligne.reste if ligne else annexes
        self.initial.update(echeance=premiere, montant_ht=montant, taux_tva="0", montant_ttc=montant, nombre_stagiaires=1)

    def _alleger(self, suivi: SuiviEcheancier, annexes: Decimal) -> None:
        """The boxes of the proofs are there when an open payment asks them, and compulsory with that payment only."""
        preuves = [preuves_exigees(suivi, ligne, self.debut) for ligne in suivi.facturables]
        for nom in CASES_DU_CERTIFICAT:
            if any(p.certificat for p in preuves):
                self.fields[nom].required = False
            else:
                del self.fields[nom]
        if not any(p.participation for p in preuves):
            del self.fields["participation"]
        if not any(p.attestation for p in preuves):
            del self.fields["attestation"]
        elif all(p.attestation for p in preuves) and annexes <= ZERO:
            self.fields["attestation"].required = True

    def _preuves(self) -> Preuves:
        numero = self.numero_echeance()
        return preuves_exigees(self.suivi, self.suivi.numero(numero) if numero else None, self.debut)

    def clean(self) -> dict[str, Any]:
        """Everything of the certificate, with the payment that asks it."""
        lues: dict[str, Any] = super().clean() or self.cleaned_data
        if self._preuves().certificat:
            for nom in CASES_DU_CERTIFICAT:
                if nom not in self.errors and not lues.get(nom):
                    self.add_error(nom, str(self.fields[nom].error_messages["required"]))
        return lues

    def saisie_certificat(self) -> SaisieCertificat | None:
        """Of the last balance only."""
        return super().saisie_certificat() if self._preuves().certificat else None

    def numero_echeance(self) -> int | None:
        """Its number; None for annex costs."""
        choisie = self.cleaned_data.get("echeance", "")
        return int(choisie) if choisie.isdecimal() else None


def _libelle(ligne: SuiviEcheance) -> str:
    echeance = ligne.echeance
    solde = ", solde" if echeance.solde else ""
    return f"{echeance.codification}, année {echeance.annee}{solde}, {formater_montant(ligne.reste)} à facturer"


def preremplir(engagement: Engagement, reste: Decimal) -> dict[str, object]:
    """What the agreement already says: the amounts that are left."""
    subrogation = engagement.mode_paiement == ModePaiement.SUBROGATION
    taux = engagement.taux_tva
    ht = (reste / (1 + taux / 100)).quantize(Decimal("0.01")) if subrogation else reste
    return {"montant_ht": ht, "taux_tva": f"{taux.normalize():f}", "montant_ttc": reste if subrogation else ht * (1 + taux / 100)}
