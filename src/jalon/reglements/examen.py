"""Whether an accepted invoice can be paid at that instant; asked when a batch is prepared, signed, and first handed over."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from jalon.banque import coffre
from jalon.banque.models import CoordonneesBancaires
from jalon.banque.requetes import NON_VERIFIE, lignes_du_cote, raison_non_payable
from jalon.facturation.comptes import ne_comptent_plus
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.referentiels.requetes import reglage_des_paiements
from jalon.socle.acteurs import Profil
from jalon.socle.chiffre import ValeurIllisible, dechiffrer
from jalon.socle.dates import jour_de_paris
from jalon.socle.montants import ZERO

SANS_COMPTE = "le bénéficiaire n’a pas de coordonnées bancaires"
COMPTE_ALTERE = "le compte figé sur la facture ne correspond pas à celui du bénéficiaire"
AU_DELA = "l’accord de prise en charge ne couvre pas ce montant"


@dataclass(frozen=True, slots=True)
class Ecartee:
    """An invoice that is not paid now, and why. `compte`: the account that waits for somebody to verify it, if that is why."""

    facture: Facture
    raison: str
    compte: UUID | None = None

    def __str__(self) -> str:
        return f"{self.facture.numero}\u00a0: {self.raison}"


@dataclass(frozen=True, slots=True)
class Payable:
    """An invoice that can be paid now, and the account in clear, never kept outside the transaction."""

    facture: Facture
    compte: CoordonneesBancaires
    iban: str


Comptes = dict[tuple[str, Profil], list[CoordonneesBancaires]]


def comptes_de(beneficiaires: Iterable[tuple[str, str]], *, verrou: bool) -> Comptes:
    """Accounts of each beneficiary, locked in one order for everybody: a freeze waits, or is seen."""
    tries = sorted({(siren, Profil(profil)) for siren, profil in beneficiaires})
    return {(siren, profil): lignes_du_cote(siren, profil, verrou=verrou) for siren, profil in tries}


def examiner(factures: Sequence[Facture], maintenant: datetime, *, verrou: bool = False) -> tuple[list[Payable], list[Ecartee]]:
    """Sort accepted invoices into those to pay and those set aside, in the order given."""
    comptes = comptes_de(((f.beneficiaire_siren, f.beneficiaire_profil) for f in factures), verrou=verrou)
    engages = _deja_en_paiement({f.engagement_id for f in factures})
    verifie = compte_verifie_exige(maintenant)
    payables: list[Payable] = []
    ecartees: list[Ecartee] = []
    for facture in factures:
        lignes = comptes[facture.beneficiaire_siren, Profil(facture.beneficiaire_profil)]
        refus = refus_du_compte(facture, facture.coordonnees_id, lignes, maintenant, verifie=verifie)
        resultat = refus or _juger(facture, lignes, engages[facture.engagement_id])
        if isinstance(resultat, Payable):
            engages[facture.engagement_id] += facture.montant_a_payer
            payables.append(resultat)
        else:
            ecartees.append(resultat)
    return payables, ecartees


def compte_verifie_exige(maintenant: datetime) -> bool:
    """Whether, that day, an account that nobody verified is left unpaid. One query."""
    return reglage_des_paiements(jour_de_paris(maintenant)).compte_verifie


def refus_du_compte(
    facture: Facture, compte: UUID | None, lignes: Sequence[CoordonneesBancaires], maintenant: datetime, *, verifie: bool
) -> Ecartee | None:
    """The invoice set aside because of its account, or None when that account can be paid."""
    if compte is None:
        return Ecartee(facture, SANS_COMPTE)
    raison = raison_non_payable(compte, lignes, maintenant, verifie=verifie)
    return Ecartee(facture, raison, compte if raison == NON_VERIFIE else None) if raison else None


def _juger(facture: Facture, lignes: Sequence[CoordonneesBancaires], deja: Decimal) -> Payable | Ecartee:
    if facture.etat != EtatFacture.ACCEPTEE:
        return Ecartee(facture, "la facture n’est pas à payer")
    compte = next(c for c in lignes if c.pk == facture.coordonnees_id)
    iban = iban_conforme(facture.iban_chiffre, facture.pk, compte)
    if not iban or facture.bic != compte.bic:
        return Ecartee(facture, COMPTE_ALTERE)
    if deja + facture.montant_a_payer > facture.engagement.montant_a_payer:
        return Ecartee(facture, AU_DELA)
    return Payable(facture, compte, iban)


def iban_conforme(jeton: str, proprietaire: UUID, compte: CoordonneesBancaires) -> str:
    """The account copied on a row, if it is readable there and still the very account frozen; empty otherwise."""
    try:
        iban = dechiffrer(jeton, proprietaire)
    except ValeurIllisible:
        return ""
    return iban if coffre.empreinte_iban(iban) == compte.iban_empreinte else ""


def _deja_en_paiement(engagements: set[UUID]) -> dict[UUID, Decimal]:
    """Euros already in a batch or paid, by engagement, less what was given back or given up since."""
    factures = Facture.objects.tous("jamais plus que l’accord, tous lots confondus").filter(
        engagement__in=engagements, etat__in=[EtatFacture.EN_PAIEMENT, EtatFacture.REGLEE]
    )
    sommes = factures.order_by().values_list("engagement_id").annotate(somme=Sum("montant_a_payer"))
    sortis = ne_comptent_plus(engagements)
    return defaultdict(lambda: ZERO, {cle: somme - sortis.get(cle, ZERO) for cle, somme in sommes})
