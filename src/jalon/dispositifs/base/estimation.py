"""What the OPCO would pay, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jalon.socle.baremes import ModePaiement
from jalon.socle.montants import ZERO, euros, somme


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneEstimation:
    """One line, in euros HT. `montant_ht` may be less than quantite × prix_unitaire: `motif` says why.

    `soumise_a_tva`: VAT of the action is added when the provider is paid directly. `annexe`: beside a schedule of payments,
    invoiced apart.
    """

    poste: str
    libelle: str
    quantite: Decimal
    unite: str
    prix_unitaire: Decimal
    montant_demande: Decimal
    montant_ht: Decimal
    motif: str
    soumise_a_tva: bool = False
    annexe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Echeance:
    """A payment to come. `part` in percent of the amount of its year; `brut` before the employer's participation, `montant` after it.

    `perdu_apres`: last day for the documents of the last balance, which is not due without them (R6332-25, III, 4°).
    """

    numero: int
    annee: int
    date_ouverture: date
    part: Decimal
    brut: Decimal
    montant: Decimal
    solde: bool = False
    perdu_apres: date | None = None

    @property
    def codification(self) -> str:
        """« E2 »: what a CFA sends back on its invoice, as the clients of the inter-OPCO norm read it."""
        return f"E{self.numero}"


def reste_a_verser(echeances: Iterable[Echeance], deja_verse: Decimal) -> Iterator[Echeance]:
    """Payments less what was paid, the earliest first; those wholly paid are left out."""
    avance = deja_verse
    for echeance in echeances:
        couvert = min(avance, echeance.montant)
        avance -= couvert
        if echeance.montant > couvert:
            yield replace(echeance, montant=euros(echeance.montant - couvert))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explication:
    """Why an amount is what it is, and where that is written."""

    libelle: str
    montant: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimation:
    """The lines, and what follows from them. With `attend` (a box to fill), nothing can be said yet.

    `echeances`: when it is paid, where the law says so; their sum is then `total_ht` without annex costs. `explications`: how
    each amount was counted.

    `impute`: what the agreement would take from the company's yearly `enveloppe` of `annee`, whose ceiling is `plafond`.
    `reste_connu`: False while the price of the provider is not known, so that `reste_a_charge` is only a part of it.
    `bareme_reference`: version and line(s) of the barème that gave the amounts.
    """

    lignes: tuple[LigneEstimation, ...] = ()
    mode_paiement: ModePaiement = ModePaiement.REMBOURSEMENT
    motif_paiement: str = ""
    taux_tva: Decimal = ZERO
    bareme_reference: str = ""
    enveloppe: str = ""
    annee: int = 0
    impute: Decimal = ZERO
    plafond: Decimal | None = None
    avertissements: tuple[str, ...] = ()
    echeances: tuple[Echeance, ...] = ()
    explications: tuple[Explication, ...] = ()
    attend: str = ""
    reste_connu: bool = True

    @property
    def total_demande(self) -> Decimal:
        """What the company spends, HT."""
        return somme(ligne.montant_demande for ligne in self.lignes)

    @property
    def total_ht(self) -> Decimal:
        """What the OPCO would grant, HT."""
        return somme(ligne.montant_ht for ligne in self.lignes)

    @property
    def total_annexe(self) -> Decimal:
        """What is granted beside the schedule, HT."""
        return somme(ligne.montant_ht for ligne in self.lignes if ligne.annexe)

    @property
    def reste_a_charge(self) -> Decimal:
        """What stays with the company, HT."""
        return euros(self.total_demande - self.total_ht)

    @property
    def montant_tva(self) -> Decimal:
        """VAT on the lines that bear it, half-up to the cent on their total."""
        base = somme(ligne.montant_ht for ligne in self.lignes if ligne.soumise_a_tva)
        return euros(base * self.taux_tva / 100)

    @property
    def total_ttc(self) -> Decimal:
        """What the OPCO would grant with its VAT."""
        return euros(self.total_ht + self.montant_tva)

    @property
    def a_payer(self) -> Decimal:
        """What would leave the OPCO's account: TTC to a provider, HT to a company."""
        return self.total_ttc if self.mode_paiement == ModePaiement.SUBROGATION else self.total_ht
