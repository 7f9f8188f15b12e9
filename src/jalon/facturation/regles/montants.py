"""Amounts of an invoice, and the part of the grant that each kind of invoice draws on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.facturation.enums import GenreFacture
from jalon.socle.acteurs import Profil
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import formater_date
from jalon.socle.montants import ZERO, euros, formater_montant, somme
from jalon.socle.texte import normaliser

TAUX_TVA = tuple(Decimal(t) for t in ("0.00", "2.10", "5.50", "8.50", "10.00", "20.00"))
LONGUEUR_NUMERO = 40
MONTANT_MAXIMAL = Decimal("9999999.99")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaisieFacture:
    """What is typed of an invoice, in euros. `montant_a_payer` only differs from the invoice for a reimbursement, when the
    company paid more than what it may claim; without it, all of the invoice is asked: TTC to a provider, HT to a company."""

    numero: str
    date_emission: date
    montant_ht: Decimal
    taux_tva: Decimal
    montant_ttc: Decimal
    montant_a_payer: Decimal | None = None

    @property
    def montant_tva(self) -> Decimal:
        """VAT, half-up to the cent on the total HT."""
        return euros(self.montant_ht * self.taux_tva / 100)


@dataclass(frozen=True, slots=True)
class Montants:
    """Euros HT, and euros that leave the OPCO's account."""

    ht: Decimal = ZERO
    a_payer: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class LigneAccordee:
    """A line of the agreement. `prestation`: what the provider invoices; otherwise what the company spends itself."""

    montant_ht: Decimal
    prestation: bool


def beneficiaire(genre: GenreFacture, mode: ModePaiement) -> Profil:
    """Who is paid, and so who sends: the provider for its invoice in subrogation, else the company."""
    en_direct = genre == GenreFacture.FACTURE and mode == ModePaiement.SUBROGATION
    return Profil.PRESTATAIRE if en_direct else Profil.ADHERENT


def part_accordee(genre: GenreFacture, mode: ModePaiement, taux_tva: Decimal, lignes: Iterable[LigneAccordee]) -> Montants:
    """The part of the grant that this kind of invoice draws on: wages granted to a company are never paid to a provider.

    The OPCO pays TTC to a provider, within the VAT of the agreement, and HT to a company (complements.md §5.5).
    """
    ht = somme(ligne.montant_ht for ligne in lignes if ligne.prestation == (genre == GenreFacture.FACTURE))
    tva = euros(ht * taux_tva / 100) if beneficiaire(genre, mode) == Profil.PRESTATAIRE else ZERO
    return Montants(ht, euros(ht + tva))


def normaliser_numero(numero: str) -> str:
    """What makes two numbers the same: « F-2026/012 » and « f 2026 012 »."""
    return re.sub(r"\s", "", normaliser(numero))


def verifier_facture(
    saisie: SaisieFacture, genre: GenreFacture, mode: ModePaiement, debut: date | None, aujourdhui: date
) -> dict[str, str]:
    """Box -> what to mend. Amounts are checked to the cent."""
    refus = _verifier_numero_et_date(saisie, debut, aujourdhui)
    if not ZERO < saisie.montant_ht <= MONTANT_MAXIMAL or saisie.montant_ht != euros(saisie.montant_ht):
        refus["montant_ht"] = "Indiquez un montant HT supérieur à zéro, avec deux décimales au plus"
    elif saisie.taux_tva not in TAUX_TVA:
        refus["taux_tva"] = "Choisissez un taux de TVA de la liste, ou 0\u00a0% si la formation est exonérée"
    elif saisie.montant_ttc != saisie.montant_ht + saisie.montant_tva:
        attendu = formater_montant(saisie.montant_ht + saisie.montant_tva)
        refus["montant_ttc"] = f"Le montant TTC ne correspond pas\u00a0: HT et TVA donnent {attendu}"
    elif saisie.montant_a_payer is not None:
        refus |= _verifier_a_payer(saisie, saisie.montant_a_payer, beneficiaire(genre, mode))
    return refus


def _verifier_numero_et_date(saisie: SaisieFacture, debut: date | None, aujourdhui: date) -> dict[str, str]:
    refus = {}
    if not normaliser_numero(saisie.numero):
        refus["numero"] = "Indiquez le numéro de la facture"
    elif len(saisie.numero.strip()) > LONGUEUR_NUMERO:
        refus["numero"] = f"Le numéro de la facture comporte {LONGUEUR_NUMERO}\u00a0caractères au plus"
    if saisie.date_emission > aujourdhui:
        refus["date_emission"] = "La date de la facture est dans le futur"
    elif debut is not None and saisie.date_emission < debut:
        refus["date_emission"] = f"La facture est antérieure au début de la formation ({formater_date(debut)})"
    return refus


def _verifier_a_payer(saisie: SaisieFacture, a_payer: Decimal, qui: Profil) -> dict[str, str]:
    if qui == Profil.PRESTATAIRE and a_payer != saisie.montant_ttc:
        return {
            "montant_a_payer": "En subrogation, l’OPCO paie la facture entière\u00a0: facturez-lui sa part, et le reste à l’entreprise"
        }
    if qui == Profil.ADHERENT and not ZERO < a_payer <= saisie.montant_ht:
        return {"montant_a_payer": "Le montant demandé est supérieur à zéro et ne dépasse pas le montant HT de la facture"}
    if a_payer != euros(a_payer):
        return {"montant_a_payer": "Un montant a deux décimales au plus"}
    return {}


def montants_demandes(saisie: SaisieFacture, genre: GenreFacture, mode: ModePaiement) -> Montants:
    """What the invoice draws on the grant."""
    if beneficiaire(genre, mode) == Profil.PRESTATAIRE:
        return Montants(saisie.montant_ht, saisie.montant_ttc)
    demande = saisie.montant_ht if saisie.montant_a_payer is None else saisie.montant_a_payer
    return Montants(demande, demande)


def hors_taxes(ttc: Decimal, taux: Decimal) -> Decimal:
    """What makes that amount with its VAT, half-up to the cent."""
    return euros(ttc * 100 / (100 + taux))


def depassement(part: Montants, deja: Montants, demande: Montants) -> str:
    """Why the invoice goes beyond the grant; empty when it does not."""
    if part.a_payer <= ZERO:
        return "L’accord ne prévoit rien pour cette dépense"
    reste = Montants(euros(part.ht - deja.ht), euros(part.a_payer - deja.a_payer))
    if demande.a_payer > reste.a_payer:
        return _phrase_reste(demande.a_payer, reste.a_payer, part.a_payer, "")
    if demande.ht > reste.ht:
        return _phrase_reste(demande.ht, reste.ht, part.ht, "\u00a0HT")
    return ""


def _phrase_reste(demande: Decimal, reste: Decimal, total: Decimal, suffixe: str) -> str:
    if reste <= ZERO:
        return f"Tout ce qui est accordé est déjà facturé ({formater_montant(total)}{suffixe})"
    return (
        f"Il reste {formater_montant(reste)}{suffixe} à facturer sur les {formater_montant(total)}{suffixe} accordés, "
        f"cette facture en demande {formater_montant(demande)}{suffixe}"
    )
