"""Where each payment of a schedule stands, and what must come with its invoice (Code du travail, R6332-25, III)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import Echeance
from jalon.facturation.enums import EtatEcheance
from jalon.facturation.regles.debut import SANS_CONDITION, DebutDuCfa
from jalon.socle.dates import formater_date
from jalon.socle.montants import ZERO, euros, formater_montant, somme

SOURCE_DU_SOLDE = "Code du travail, R6332-25, III, 4°"


@dataclass(frozen=True, slots=True)
class Demande:
    """Euros HT of the invoices of a payment that are not rejected: settled, and not yet."""

    regle: Decimal = ZERO
    en_cours: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiviEcheance:
    """A payment, on a given day. `regle`, `en_cours`: what counts for it, in euros HT. `en_attente`: an invoice of its own waits.

    `derniere`: the last balance of the contract, paid on documents.
    """

    echeance: Echeance
    regle: Decimal
    en_cours: Decimal
    en_attente: bool
    derniere: bool
    etat: EtatEcheance

    @property
    def reste(self) -> Decimal:
        """Euros HT that nothing asks yet."""
        return euros(self.echeance.montant - self.regle - self.en_cours)

    @property
    def facturable(self) -> bool:
        """Whether an invoice of it can be sent that day."""
        return self.etat == EtatEcheance.OUVERTE


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiviEcheancier:
    """A schedule on a given day. `trop_verse`: asked or paid beyond it, before it was counted again."""

    lignes: tuple[SuiviEcheance, ...] = ()
    trop_verse: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Euros HT of the whole schedule."""
        return somme(ligne.echeance.montant for ligne in self.lignes)

    @property
    def regle(self) -> Decimal:
        """Euros HT settled, without what is to be taken back."""
        return somme(ligne.regle for ligne in self.lignes)

    @property
    def en_cours(self) -> Decimal:
        """Euros HT invoiced and not yet settled."""
        return somme(ligne.en_cours for ligne in self.lignes)

    @property
    def reste(self) -> Decimal:
        """Euros HT that are still to be asked; what is lost is not."""
        return somme(ligne.reste for ligne in self.lignes if ligne.etat != EtatEcheance.PERDUE)

    @property
    def ouvert(self) -> Decimal:
        """Euros HT that can be asked that day."""
        return somme(ligne.reste for ligne in self.lignes if ligne.facturable)

    @property
    def participation(self) -> Decimal:
        """Euros that the employer owes the CFA: taken off the payments."""
        return somme(ligne.echeance.brut - ligne.echeance.montant for ligne in self.lignes)

    @property
    def facturables(self) -> tuple[SuiviEcheance, ...]:
        """What can be invoiced that day."""
        return tuple(ligne for ligne in self.lignes if ligne.facturable)

    def numero(self, numero: int) -> SuiviEcheance | None:
        """A payment by its number."""
        return next((ligne for ligne in self.lignes if ligne.echeance.numero == numero), None)


def suivre(echeances: Sequence[Echeance], siennes: Mapping[int, Demande], anterieur: Demande, jour: date) -> SuiviEcheancier:
    """Every payment with what was asked for it. `siennes`: by number; `anterieur`: on the versions before this one.

    What was asked before the schedule was counted again counts for the earliest payments, settled amounts first.
    """
    lignes, reglees, attendues = [], anterieur.regle, anterieur.en_cours
    derniere = max((e.numero for e in echeances), default=0)
    for echeance in echeances:
        sienne = siennes.get(echeance.numero, Demande())
        libre = max(ZERO, euros(echeance.montant - sienne.regle - sienne.en_cours))
        avance = min(reglees, libre)
        attente = min(attendues, euros(libre - avance))
        reglees, attendues = euros(reglees - avance), euros(attendues - attente)
        regle, en_cours = euros(sienne.regle + avance), euros(sienne.en_cours + attente)
        lignes.append(
            SuiviEcheance(
                echeance=echeance,
                regle=regle,
                en_cours=en_cours,
                en_attente=sienne.en_cours > ZERO,
                derniere=echeance.numero == derniere,
                etat=_etat(echeance, regle, en_cours, sienne.en_cours > ZERO, jour),
            )
        )
    return SuiviEcheancier(lignes=tuple(lignes), trop_verse=euros(reglees + attendues))


def _etat(echeance: Echeance, regle: Decimal, en_cours: Decimal, en_attente: bool, jour: date) -> EtatEcheance:
    if echeance.montant <= ZERO:
        return EtatEcheance.SANS_VERSEMENT
    if en_attente or (en_cours > ZERO and regle + en_cours >= echeance.montant):
        return EtatEcheance.FACTUREE
    if regle >= echeance.montant:
        return EtatEcheance.REGLEE
    if jour < echeance.date_ouverture:
        return EtatEcheance.A_VENIR
    if echeance.perdu_apres is not None and jour > echeance.perdu_apres:
        return EtatEcheance.PERDUE
    return EtatEcheance.OUVERTE


def refus_de_l_echeance(suivi: SuiviEcheance) -> str:
    """Why no invoice of that payment can be sent that day; empty when one can."""
    echeance, nom = suivi.echeance, suivi.echeance.codification
    if suivi.etat == EtatEcheance.A_VENIR:
        return f"L’échéance {nom} s’ouvre le {formater_date(echeance.date_ouverture)}\u00a0: facturez-la à partir de ce jour"
    if suivi.etat == EtatEcheance.PERDUE and echeance.perdu_apres is not None:
        limite = formater_date(echeance.perdu_apres)
        return (
            f"L’échéance {nom} n’est plus due\u00a0: sa facture et ses justificatifs étaient à transmettre au plus tard "
            f"le {limite} ({SOURCE_DU_SOLDE})"
        )
    if suivi.etat == EtatEcheance.FACTUREE:
        return (
            f"Une facture de l’échéance {nom} est déjà en cours\u00a0: attendez son règlement, ou annulez-la si elle est fausse"
        )
    if suivi.etat == EtatEcheance.REGLEE:
        return f"L’échéance {nom} est déjà réglée"
    if suivi.etat == EtatEcheance.SANS_VERSEMENT:
        return f"L’échéance {nom} ne donne lieu à aucun versement"
    return ""


def depassement_de_l_echeance(suivi: SuiviEcheance, montant_ht: Decimal) -> str:
    """Why that amount is more than the payment; empty when it is not."""
    if montant_ht <= suivi.reste:
        return ""
    return (
        f"L’échéance {suivi.echeance.codification} a encore {formater_montant(suivi.reste)} à verser, "
        f"cette facture en demande {formater_montant(montant_ht)}"
    )


def depassement_des_annexes(accorde: Decimal, deja: Decimal, montant_ht: Decimal) -> str:
    """Why that amount is more than what is granted for annex costs; empty when it is not."""
    reste = max(ZERO, euros(accorde - deja))
    if montant_ht <= reste:
        return ""
    if accorde <= ZERO:
        return "L’accord ne prévoit pas de frais annexes\u00a0: choisissez une échéance"
    return (
        f"Il reste {formater_montant(reste)} à facturer sur les {formater_montant(accorde)} de frais annexes accordés, "
        f"cette facture en demande {formater_montant(montant_ht)}"
    )


@dataclass(frozen=True, slots=True)
class Preuves:
    """What comes with an invoice, beside it. `participation`: a copy of the invoice sent to the employer (R6332-25-2). `attestation`: that
    the training began (R6332-25, V)."""

    certificat: bool
    participation: bool = False
    attestation: bool = False


def preuves_exigees(suivi: SuiviEcheancier | None, echeance: SuiviEcheance | None, debut: DebutDuCfa = SANS_CONDITION) -> Preuves:
    """The certificate of what was done, except for the advances and for annex costs: the law asks it for the last balance.

    The copy of the employer's invoice is asked where the participation is due, of the contracts for which the balance is lost
    without it. `suivi` None: no schedule, the training is paid once done (R6332-25, I).
    """
    if suivi is None:
        return Preuves(certificat=True)
    if echeance is None or not echeance.derniere:
        attestation = echeance is not None and debut.exige_l_attestation(echeance.echeance)
        return Preuves(certificat=False, attestation=attestation)
    copie = echeance.echeance.perdu_apres is not None and suivi.participation > ZERO
    return Preuves(certificat=True, participation=copie)
